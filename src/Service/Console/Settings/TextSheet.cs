using System.Net;
using System.Text;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;

namespace Dunning.Service.Console.Settings;

/// <summary>The page a preview is shown on: an e-mail as it is, anything else as plain text, or what is wrong with it.</summary>
internal static class TextSheet
{
    private const string Head = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>body{font:15px/1.5 sans-serif;margin:1rem;color:#1c2430;background:#fff}pre{white-space:pre-wrap;font:inherit;margin:0}h1{font-size:1rem;margin:0 0 .75rem}p.note{color:#566173}</style></head><body>";

    public static string Of(Ui ui, object? preview) => preview switch
    {
        TextPreview { Html: { } html } => html,
        TextPreview text => Plain(ui, text),
        Problem problem => Faults(ui, problem),
        _ => Head + "</body></html>",
    };

    private static string Plain(Ui ui, TextPreview text)
    {
        var page = new StringBuilder(Head);
        if (text.Subject is { } subject)
            page.Append("<h1>").Append(WebUtility.HtmlEncode(subject)).Append("</h1>");
        page.Append("<pre>").Append(WebUtility.HtmlEncode(text.Text)).Append("</pre>");
        if (text.Segments is { } segments)
            page.Append("<p class=\"note\">").Append(WebUtility.HtmlEncode(ui.Say($"{ui.Counted(segments, "segment", "segments")}, {ui.Counted(text.Text.Length, "caractère", "caractères")}", $"{ui.Counted(segments, "segment", "segments")}, {ui.Counted(text.Text.Length, "character", "characters")}"))).Append("</p>");
        return page.Append("</body></html>").ToString();
    }

    private static string Faults(Ui ui, Problem problem)
    {
        var page = new StringBuilder(Head).Append("<h1>").Append(WebUtility.HtmlEncode(ui.Detail(problem))).Append("</h1><ul>");
        foreach (var fault in problem.Faults)
            page.Append("<li>").Append(WebUtility.HtmlEncode($"{ui.FieldName(fault.Field)} {ui.Fault(fault)}")).Append("</li>");
        return page.Append("</ul></body></html>").ToString();
    }
}
