using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Dunning.Service.Rendering;

/// <summary>A text for programs that show nothing else: what the page says, in the same order, but for a paragraph that shows the payment QR code.</summary>
internal static class PlainText
{
    public static string Of(MarkdownDocument document, string language) => string.Join("\n\n", Blocks(document, language).Where(b => b.Length > 0));

    /// <summary>The words of one block, whatever the language.</summary>
    public static string Of(Block block) => block is LeafBlock { Inline: { } inline } ? Inlines(inline) : "";

    private static IEnumerable<string> Blocks(ContainerBlock container, string language)
    {
        foreach (var block in container)
            yield return block switch
            {
                Table table => Rows(table, language),
                ListBlock list => string.Join('\n', list.OfType<ListItemBlock>().Select((item, i) =>
                    (list.IsOrdered ? $"{i + 1}. " : "- ") + string.Join("\n  ", Blocks(item, language)))),
                ContainerBlock other => string.Join("\n\n", Blocks(other, language)),
                LeafBlock { Inline: { } inline } => ShowsCode(inline) ? "" : Inlines(inline).Trim(),
                LeafBlock leaf => leaf.Lines.ToString().Trim(),
                _ => "",
            };
    }

    // Two columns are a name and its value; more are read across.
    private static string Rows(Table table, string language)
    {
        var lines = table.OfType<TableRow>().Select(row => row.OfType<TableCell>().Select(cell => string.Join(' ', Blocks(cell, language))).ToList());
        var colon = language == TextLanguage.French ? "\u00A0: " : ": ";
        return string.Join('\n', lines.Select(cells => cells switch
        {
            [var only] => only,
            [var name, ""] => name,
            [var name, var value] => name + colon + value,
            _ => string.Join(" | ", cells),
        }));
    }

    // What is said about a code that cannot be seen goes with it.
    private static bool ShowsCode(ContainerInline inline) => inline.OfType<LinkInline>().Any(l => l is { IsImage: true, Url: MessageMarkdown.PaymentCode });

    private static string Inlines(ContainerInline container)
    {
        var text = new StringBuilder();
        foreach (var inline in container)
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                LineBreakInline line => line.IsHard ? "\n" : " ",
                CodeInline code => code.Content,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                LinkInline { Url: { } url } link => Inlines(link) is var words && words == url ? url : $"{words} ({url})",
                AutolinkInline auto => auto.Url,
                ContainerInline other => Inlines(other),
                _ => "",
            });
        return text.ToString();
    }
}
