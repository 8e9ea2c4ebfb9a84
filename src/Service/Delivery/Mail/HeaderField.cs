using System.Globalization;
using System.Text;

namespace Dunning.Service.Delivery.Mail;

/// <summary>One header field with its CRLF, folded at 76 characters where a space allows it (RFC 5322 2.2.3).</summary>
internal static class HeaderField
{
    internal const int LongestWord = 900;
    private const int LongestLine = 76;

    internal static string Text(string name, string value) =>
        EncodedWord.Needed(value) || value.Split(' ').Any(word => word.Length > LongestWord)
            ? $"{name}: {EncodedWord.Encode(value, name.Length + 2)}\r\n"
            : Fold(name, value.Split(' '));

    internal static string Mailbox(string name, Mailbox mailbox)
    {
        var address = $"<{mailbox.WireAddress}>";
        return mailbox.Name is null ? $"{name}: {address}\r\n" : Fold(name, [DisplayName(mailbox.Name, name.Length + 2), address]);
    }

    internal static string MessageIds(string name, IEnumerable<string> ids) => Fold(name, ids.Select(id => $"<{id}>"));

    internal static string Date(DateTimeOffset date)
    {
        var offset = date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        return $"Date: {date.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} {offset}\r\n";
    }

    private static string DisplayName(string name, int column)
    {
        if (EncodedWord.Needed(name) || name.Length > LongestLine - column - 2) return EncodedWord.Encode(name, column);
        return name.All(c => c == ' ' || HeaderRules.IsAtomText(c)) ? name
            : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static string Fold(string name, IEnumerable<string> words)
    {
        var folded = new StringBuilder(name).Append(':');
        var column = folded.Length;
        var first = true;
        foreach (var word in words)
        {
            // Never a line of spaces only: it would read as the end of the headers to some programs.
            if (!first && word.Length > 0 && column + 1 + word.Length > LongestLine)
            {
                folded.Append("\r\n");
                column = 0;
            }

            folded.Append(' ').Append(word);
            var lineStart = word.LastIndexOf('\n');
            column = lineStart < 0 ? column + 1 + word.Length : word.Length - lineStart - 1;
            first = false;
        }

        return folded.Append("\r\n").ToString();
    }
}
