using System.Text;

namespace Dunning.Service.Delivery.Mail;

/// <summary>The file name of an attachment as parameters of Content-Disposition (RFC 2183, RFC 2231).</summary>
internal static class FileNameParameter
{
    private const int LongestPiece = 60;

    /// <summary>Each parameter on its own folded line, starting with the semicolon that ends the line before.</summary>
    internal static string Write(string fileName)
    {
        var plain = fileName.Length <= LongestPiece && fileName.All(c => c is >= ' ' and <= '~' and not ('"' or '\\'));
        return plain ? $";\r\n filename=\"{fileName}\"" : Extended(fileName);
    }

    private static string Extended(string fileName)
    {
        var pieces = Pieces(fileName);
        if (pieces.Count == 1) return $";\r\n filename*=utf-8''{pieces[0]}";
        return string.Concat(pieces.Select((piece, i) => $";\r\n filename*{i}*={(i == 0 ? "utf-8''" : "")}{piece}"));
    }

    private static List<string> Pieces(string fileName)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        foreach (var rune in fileName.EnumerateRunes())
        {
            var encoded = Percent(rune);
            if (piece.Length + encoded.Length > LongestPiece)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }

            piece.Append(encoded);
        }

        return [.. pieces, piece.ToString()];
    }

    private static string Percent(Rune rune) =>
        rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '-' or '_')
            ? rune.ToString()
            : QuotedPrintable.Octets(rune).Replace('=', '%');
}
