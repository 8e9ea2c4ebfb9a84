using Dunning.Service.Letters.Pdf;

namespace Dunning.Service.Letters;

/// <summary>Text in one face. A line feed in it ends the line.</summary>
internal readonly record struct Run(string Text, Face Face = Face.Regular);

/// <summary>Size of the type and distance between lines, in points.</summary>
internal readonly record struct TypeSize(double Size, double Leading)
{
    /// <summary>From the top of a line to the foot of its letters, with the capitals (0.714 of the size in Open Sans) in its middle.</summary>
    public double Baseline => (Leading + 0.714 * Size) / 2;
}

/// <summary>One line as it is drawn, and its width in points.</summary>
internal sealed record Line(IReadOnlyList<Run> Runs, double Width);

/// <summary>Measures and draws text in the three faces of a document.</summary>
internal sealed class Typesetting(PdfDocument document)
{
    private readonly PdfFont[] fonts = [.. LetterFonts.All.Select(document.Font)];

    public double Width(ReadOnlySpan<char> text, Face face, double size) => fonts[(int)face].Width(text, size);

    public IReadOnlyList<Line> Lines(string text, Face face, double size, double width) => LineBreaker.Break([new(text, face)], this, size, width);

    public void Draw(PdfPage page, double x, double baseline, Line line, double size, Ink ink)
    {
        foreach (var run in line.Runs)
        {
            page.Text(x, baseline, run.Text, fonts[(int)run.Face], size, ink);
            x += Width(run.Text, run.Face, size);
        }
    }

    /// <summary>Draws lines from <paramref name="top"/> down and returns where they end.</summary>
    public double Draw(PdfPage page, double x, double top, IEnumerable<Line> lines, TypeSize type, Ink ink)
    {
        foreach (var line in lines)
        {
            Draw(page, x, top + type.Baseline, line, type.Size, ink);
            top += type.Leading;
        }
        return top;
    }
}
