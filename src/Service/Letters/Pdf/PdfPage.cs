using System.Globalization;
using System.Text;

namespace Dunning.Service.Letters.Pdf;

/// <summary>One A4 page. Places are in points from its top left corner; a text's height is that of its baseline.</summary>
internal sealed class PdfPage
{
    public const double Width = 595.28;
    public const double Height = 841.89;

    private readonly StringBuilder content = new();
    private readonly List<PdfTag> marked = [];

    /// <summary>The tags of its marked contents, by number.</summary>
    public IReadOnlyList<PdfTag> Marked => marked;

    /// <summary>What is drawn until <see cref="End"/> belongs to this tag; without one it is an ornament, not read aloud.</summary>
    public void Begin(PdfTag? tag)
    {
        if (tag is null)
        {
            content.Append("/Artifact BMC\n");
            return;
        }
        content.Append(CultureInfo.InvariantCulture, $"/{tag.Role}<</MCID {marked.Count}>>BDC\n");
        tag.Add(this, marked.Count);
        marked.Add(tag);
    }

    public void End() => content.Append("EMC\n");

    public void Text(double x, double y, string text, PdfFont font, double size, Ink ink)
    {
        if (text.Length == 0) return;
        content.Append("BT ").Append(ink.Operator).Append('/').Append(font.Resource).Append(' ').Append(Number(size)).Append(" Tf ")
            .Append(Number(x)).Append(' ').Append(Number(Height - y)).Append(" Td ").Append(font.Show(text)).Append("TJ ET\n");
    }

    public void Rectangle(double x, double y, double width, double height, Ink ink) =>
        content.Append(ink.Operator).Append(Number(x)).Append(' ').Append(Number(Height - y - height)).Append(' ')
            .Append(Number(width)).Append(' ').Append(Number(height)).Append(" re f\n");

    /// <summary>Black squares of <paramref name="side"/> points, in one path: no seam shows between neighbours.</summary>
    public void Squares(double x, double y, double side, IEnumerable<(int Column, int Row, int Length)> runs)
    {
        content.Append("q ").Append(Ink.Black.Operator).Append(CultureInfo.InvariantCulture, $"{Math.Round(side, 5)} 0 0 {-Math.Round(side, 5)} ")
            .Append(Number(x)).Append(' ').Append(Number(Height - y)).Append(" cm\n");
        foreach (var (column, row, length) in runs)
            content.Append(CultureInfo.InvariantCulture, $"{column} {row} {length} 1 re\n");
        content.Append("f Q\n");
    }

    public byte[] Content() => Encoding.ASCII.GetBytes(content.ToString());

    private static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
