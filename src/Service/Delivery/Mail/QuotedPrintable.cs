using System.Text;

namespace Dunning.Service.Delivery.Mail;

/// <summary>Text as RFC 2045 6.7 quoted-printable: lines of at most 76 characters, readable where it is ASCII.</summary>
internal static class QuotedPrintable
{
    private const int LongestLine = 76;

    /// <summary>Every line ends in CRLF, the last one included, whatever line ends the text uses.</summary>
    internal static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + (text.Length / 4));
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        foreach (var line in lines.Take(count)) Line(line, encoded);
        return encoded.ToString();
    }

    internal static string Octets(Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var octets = new StringBuilder(12);
        foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)]) octets.Append('=').Append(Convert.ToHexString([octet]));
        return octets.ToString();
    }

    private static void Line(string line, StringBuilder encoded)
    {
        var column = 0;
        var rest = line.Length;
        foreach (var rune in line.EnumerateRunes())
        {
            rest -= rune.Utf16SequenceLength;
            var quoted = IsPlain(rune, last: rest == 0) ? rune.ToString() : Octets(rune);
            if (column + quoted.Length > LongestLine - 1)
            {
                encoded.Append("=\r\n");
                column = 0;
            }

            encoded.Append(quoted);
            column += quoted.Length;
        }

        encoded.Append("\r\n");
    }

    // White space at the end of a line is dropped by some servers, so it is quoted there.
    private static bool IsPlain(Rune rune, bool last) => rune.Value is ' ' or '\t' ? !last : rune.Value is > ' ' and <= '~' and not '=';
}
