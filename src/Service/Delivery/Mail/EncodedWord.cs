using System.Text;

namespace Dunning.Service.Delivery.Mail;

/// <summary>Non-ASCII header text as RFC 2047 encoded words: at most 75 characters each, never cutting a character in two.</summary>
internal static class EncodedWord
{
    private const string Start = "=?utf-8?Q?";
    private const string End = "?=";
    private const int LongestWord = 75;
    private const int LongestLine = 76;
    // Room for one character of four octets, so that every word makes progress.
    private const int ShortestWord = 24;

    /// <summary>Text that would be misread if written as it is; "=?" would be taken for an encoded word.</summary>
    internal static bool Needed(string text) => text.Any(c => c is < ' ' or > '~') || text.Contains("=?", StringComparison.Ordinal);

    /// <param name="text">What people read.</param>
    /// <param name="column">How much of the first line is already taken.</param>
    internal static string Encode(string text, int column)
    {
        var folded = new StringBuilder();
        var room = LongestLine - column;
        if (room < ShortestWord)
        {
            folded.Append("\r\n ");
            room = LongestWord;
        }

        var word = new StringBuilder(Start);
        foreach (var rune in text.EnumerateRunes())
        {
            var encoded = Quote(rune);
            if (word.Length + encoded.Length + End.Length > Math.Min(room, LongestWord))
            {
                // White space between two encoded words is not part of the text (RFC 2047 6.2).
                folded.Append(word).Append(End).Append("\r\n ");
                word.Clear().Append(Start);
                room = LongestWord;
            }

            word.Append(encoded);
        }

        return folded.Append(word).Append(End).ToString();
    }

    // The narrow set of RFC 2047 5(3): safe in a display name as well as in a subject.
    private static string Quote(Rune rune)
    {
        if (rune.Value == ' ') return "_";
        if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || "!*+-/".Contains((char)rune.Value, StringComparison.Ordinal)))
            return rune.ToString();
        return QuotedPrintable.Octets(rune);
    }
}
