using System.Globalization;

namespace Dunning.Service.Letters;

/// <summary>How many pages a PDF has, read from its page tree.</summary>
public static class PdfPages
{
    private static ReadOnlySpan<byte> Tree => "/Type/Pages/Count "u8;

    /// <summary>Null for a file whose page tree is not written as <see cref="PdfLetterRenderer"/> writes it.</summary>
    public static int? Count(ReadOnlySpan<byte> pdf)
    {
        var at = pdf.IndexOf(Tree);
        if (at < 0)
            return null;
        var digits = pdf[(at + Tree.Length)..];
        var end = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end > 0 && int.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var pages) ? pages : null;
    }
}
