using System.Text;
using MimeKit.Text;

namespace Dunning.Service.Replies.Mail;

/// <summary>A page as one would read it aloud: its words, and a line for what stands on one.</summary>
public static class HtmlReading
{
    private const int Most = 200_000;

    public static string Text(string html)
    {
        var text = new StringBuilder();
        var hidden = 0;
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (text.Length < Most && tokens.ReadNextToken(out var token))
            switch (token)
            {
                case HtmlTagToken tag when tag.Id is HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Head or HtmlTagId.Title:
                    hidden = tag.IsEndTag ? Math.Max(0, hidden - 1) : tag.IsEmptyElement ? hidden : hidden + 1;
                    break;
                case HtmlTagToken { Id: HtmlTagId.Body, IsEndTag: false }:
                    hidden = 0;
                    break;
                case HtmlTagToken { Id: HtmlTagId.BlockQuote, IsEndTag: false }:
                    text.Append("\n> ");
                    break;
                case HtmlTagToken tag when Breaks(tag.Id):
                    text.Append('\n');
                    break;
                case HtmlDataToken data when hidden == 0:
                    Append(text, data.Data);
                    break;
            }
        return text.ToString();
    }

    private static bool Breaks(HtmlTagId tag) => tag is HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.UL or HtmlTagId.OL or HtmlTagId.HR
        or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.Table or HtmlTagId.BlockQuote or HtmlTagId.Pre;

    // A line break in the source is a space on the page.
    private static void Append(StringBuilder text, string data)
    {
        foreach (var c in data)
            if (!char.IsWhiteSpace(c) || c == '\u00A0')
                text.Append(c);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
                text.Append(' ');
    }
}
