using System.Globalization;
using System.Text;
using Dunning.Service.Payments;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Dunning.Service.Rendering;

/// <summary>
/// A text as the HTML of an e-mail, written for the programs people really have: one table 600 pixels wide at most, every style inline, nothing fetched from
/// anywhere, colours that a dark screen may turn. The payment QR code is the image <see cref="PaymentCode.ContentId"/> of the message itself.
/// </summary>
internal sealed class MailPage(string language, CreditorValues creditor, string subject, string? preheader)
{
    private const string Font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
    private const string Flow = "margin:0 0 16px 0;font-size:16px;line-height:24px;";
    private const string Cell = "padding:8px 12px;font-size:15px;line-height:22px;border-bottom:1px solid #dde3ea;vertical-align:top;";

    private const int LongWord = 24;

    private readonly StringBuilder _html = new(8000);

    public string Write(MarkdownDocument document)
    {
        Open();
        foreach (var block in document)
            Write(block);
        Close();
        return _html.ToString();
    }

    private void Open()
    {
        _html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <meta name="format-detection" content="telephone=no, date=no, address=no">
            <title>{HtmlText.Escape(subject)}</title>
            <style>
            @media (prefers-color-scheme: dark) {"{"}
            .page {"{"} background:#16191d !important; {"}"}
            .sheet {"{"} background:#20252b !important; color:#e8ebee !important; {"}"}
            .quiet {"{"} color:#a9b3bd !important; {"}"}
            .line {"{"} border-color:#3d464f !important; {"}"}
            a.word {"{"} color:#8ab8f0 !important; {"}"}
            {"}"}
            @media (max-width: 480px) {"{"}
            .pad {"{"} padding-left:16px !important; padding-right:16px !important; {"}"}
            {"}"}
            </style>
            </head>
            <body class="page" style="margin:0;padding:0;background:#eef1f4;">

            """);
        if (preheader is not null)
            _html.Append(CultureInfo.InvariantCulture, $"<div style=\"display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:#eef1f4;\">{HtmlText.Escape(preheader)}</div>\n");
        _html.Append(CultureInfo.InvariantCulture, $"""
            <table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eef1f4;"><tr><td align="center" style="padding:24px 8px;">
            <!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
            <table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;color:#1f2933;border-radius:6px;text-align:left;{Font}">
            <tr><td class="quiet pad" style="padding:24px 32px 0 32px;font-size:14px;line-height:20px;color:#52606d;overflow-wrap:anywhere;word-break:break-word;">{HtmlText.Escape(creditor.Name)}</td></tr>
            <tr><td class="pad" style="padding:16px 32px 16px 32px;overflow-wrap:anywhere;word-break:break-word;">

            """);
    }

    private void Close()
    {
        var identity = string.Join(" · ", new[] { creditor.Name, creditor.Address, creditor.Registration }.OfType<string>().Select(HtmlText.Escape));
        _html.Append(CultureInfo.InvariantCulture, $"""
            </td></tr>
            <tr><td class="quiet pad" style="padding:0 32px 24px 32px;font-size:12px;line-height:18px;color:#52606d;overflow-wrap:anywhere;word-break:break-word;">{identity}</td></tr>
            </table>
            <!--[if mso]></td></tr></table><![endif]-->
            </td></tr></table>
            </body>
            </html>

            """);
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case HeadingBlock { Inline: { } title } heading:
                var size = heading.Level == 1 ? "22px;line-height:28px" : "17px;line-height:24px";
                Element($"h{heading.Level}", $"margin:8px 0 16px 0;font-size:{size};font-weight:bold;", title);
                break;
            case ParagraphBlock { Inline: { } inline }:
                Paragraph(inline);
                break;
            case Table table:
                Write(table);
                break;
            case ListBlock list:
                var tag = list.IsOrdered ? "ol" : "ul";
                _html.Append(CultureInfo.InvariantCulture, $"<{tag} style=\"{Flow}padding-left:24px;\">\n");
                foreach (var item in list.OfType<ListItemBlock>())
                    Item(item);
                _html.Append(CultureInfo.InvariantCulture, $"</{tag}>\n");
                break;
            case ThematicBreakBlock:
                _html.Append("<hr style=\"border:0;border-top:1px solid #dde3ea;margin:16px 0;\">\n");
                break;
            case ContainerBlock container:
                foreach (var inner in container)
                    Write(inner);
                break;
            case LeafBlock leaf:
                _html.Append(CultureInfo.InvariantCulture, $"<p style=\"{Flow}\">{HtmlText.Escape(leaf.Lines.ToString())}</p>\n");
                break;
        }
    }

    // A link alone in its paragraph is what the reader is asked to do: a button.
    private void Paragraph(ContainerInline inline)
    {
        if (inline.FirstChild is LinkInline { IsImage: false, NextSibling: null } link && HtmlText.Address(link.Url) is { } address)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px 0;\"><tr><td style=\"background:#1d5fa8;border-radius:4px;\"><a href=\"{address}\" style=\"display:inline-block;padding:12px 24px;font-size:16px;line-height:20px;font-weight:bold;color:#ffffff;text-decoration:none;{Font}\">");
            HtmlText.Write(link, _html);
            _html.Append("</a></td></tr></table>\n");
            return;
        }
        Element("p", Flow, inline);
    }

    private void Item(ListItemBlock item)
    {
        _html.Append("<li style=\"margin:0 0 4px 0;\">");
        foreach (var block in item)
            if (block is ParagraphBlock { Inline: { } inline })
                HtmlText.Write(inline, _html);
            else
                Write(block);
        _html.Append("</li>\n");
    }

    private void Write(Table table)
    {
        _html.Append("<table cellpadding=\"0\" cellspacing=\"0\" border=\"0\" class=\"line\" width=\"100%\" style=\"margin:0 0 16px 0;border-top:1px solid #dde3ea;border-collapse:collapse;\">\n");
        foreach (var row in table.OfType<TableRow>())
        {
            _html.Append("<tr>");
            for (var column = 0; column < row.Count; column++)
                Write((TableCell)row[column], column, table, isHead: row.IsHeader && row.Count > 2);
            _html.Append("</tr>\n");
        }
        _html.Append("</table>\n");
    }

    private void Write(TableCell cell, int column, Table table, bool isHead)
    {
        var right = column < table.ColumnDefinitions.Count && table.ColumnDefinitions[column].Alignment == TableColumnAlign.Right;
        var weight = isHead ? "font-weight:bold;font-size:13px;" : "";
        // Six narrow columns have no room to spare.
        var narrow = table.ColumnDefinitions.Count > 4 ? "padding:6px 2px;font-size:12px;" : "";
        _html.Append(CultureInfo.InvariantCulture, $"<td class=\"line\" align=\"{(right ? "right" : "left")}\" style=\"{Cell}{narrow}{weight}{Wrapping(cell, right)}\">");
        foreach (var block in cell)
            if (block is ParagraphBlock { Inline: { } inline })
                HtmlText.Write(inline, _html);
        _html.Append("</td>");
    }

    // An amount is never broken, a word only when it is longer than any word: else a long name would squeeze the column beside it to single letters.
    private static string Wrapping(TableCell cell, bool right)
    {
        var words = string.Join(' ', cell.Select(PlainText.Of)).Split(' ');
        return words.Max(w => w.Length) > LongWord ? "overflow-wrap:anywhere;word-break:break-word;"
            : right && words.Sum(w => w.Length + 1) <= LongWord ? "white-space:nowrap;" : "overflow-wrap:normal;word-break:normal;";
    }

    private void Element(string tag, string style, ContainerInline inline)
    {
        _html.Append(CultureInfo.InvariantCulture, $"<{tag} style=\"{style}\">");
        HtmlText.Write(inline, _html);
        _html.Append(CultureInfo.InvariantCulture, $"</{tag}>\n");
    }
}
