using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dunning.Service.Payments;
using Markdig.Syntax.Inlines;

namespace Dunning.Service.Rendering;

/// <summary>The words of a text as HTML: nothing in them is markup but what the Markdown says, and only web, mail and telephone links are links.</summary>
internal static partial class HtmlText
{
    private static readonly string[] Schemes = ["https://", "http://", "mailto:", "tel:"];

    public static void Write(ContainerInline container, StringBuilder html)
    {
        foreach (var inline in container)
            switch (inline)
            {
                case LiteralInline literal:
                    html.Append(Isolate(Escape(literal.Content.ToString())));
                    break;
                case EmphasisInline emphasis:
                    var tag = emphasis.DelimiterCount == 2 ? "strong" : "em";
                    html.Append(CultureInfo.InvariantCulture, $"<{tag}>");
                    Write(emphasis, html);
                    html.Append(CultureInfo.InvariantCulture, $"</{tag}>");
                    break;
                case LineBreakInline line:
                    html.Append(line.IsHard ? "<br>\n" : "\n");
                    break;
                case CodeInline code:
                    html.Append(Escape(code.Content));
                    break;
                case HtmlEntityInline entity:
                    html.Append(Escape(entity.Transcoded.ToString()));
                    break;
                case LinkInline { IsImage: true } image:
                    Image(image, html);
                    break;
                case LinkInline link when Address(link.Url) is { } address:
                    html.Append(CultureInfo.InvariantCulture, $"<a class=\"word\" href=\"{address}\" style=\"color:#1d5fa8;\">");
                    Write(link, html);
                    html.Append("</a>");
                    break;
                case AutolinkInline auto:
                    html.Append(Escape(auto.Url));
                    break;
                case ContainerInline other:
                    Write(other, html);
                    break;
            }
    }

    public static string Escape(string text) =>
        text.AsSpan().ContainsAny("&<>\"") ? text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;") : text;

    /// <summary>Ready for an attribute; null for what is not safe to follow.</summary>
    public static string? Address(string? url) =>
        url is not null && Schemes.Any(s => url.StartsWith(s, StringComparison.OrdinalIgnoreCase)) ? Escape(url) : null;

    // White around it, whatever the background: a camera needs the quiet zone.
    private static void Image(LinkInline image, StringBuilder html)
    {
        if (image.Url != MessageMarkdown.PaymentCode)
            return;
        var words = new StringBuilder();
        Write(image, words);
        html.Append(CultureInfo.InvariantCulture, $"<img src=\"cid:{PaymentCode.ContentId}\" width=\"180\" height=\"180\" alt=\"{words}\" style=\"display:block;border:0;background:#ffffff;\">");
    }

    // A name written from right to left must not turn the figures that follow it around.
    private static string Isolate(string text) => RightToLeft().Replace(text, "<bdi>$0</bdi>");

    [GeneratedRegex(@"[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]+(?:[ \u00A0]+[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]+)*")]
    private static partial Regex RightToLeft();
}
