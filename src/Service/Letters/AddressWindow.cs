using Dunning.Service.Letters.Pdf;
using static Dunning.Service.Letters.LetterPaper;

namespace Dunning.Service.Letters;

/// <summary>
/// The recipient's address where the envelope's window shows it however the sheet slides: 24 mm high, six lines of 10 points as the post asks
/// for, seven smaller ones at most.
/// </summary>
internal sealed class AddressWindow(IReadOnlyList<string> address, WindowSide side, Typesetting type)
{
    private const double Top = 55 * Millimetre;
    private const double Height = 24 * Millimetre;
    private const double Width = 80 * Millimetre;

    /// <summary>The left edge of what a window at the right shows.</summary>
    public const double RightColumn = 110 * Millimetre;

    // Street, postcode and town, country: what the post cannot do without.
    private const int LastLines = 3;

    private static readonly TypeSize[] Sizes = [new(10, 13.5), new(10, 11.3), new(8, 9.7)];

    /// <returns>Whether lines had to be left out: the whole address then stands above the text.</returns>
    public bool Draw(PdfPage page, PdfTag tag)
    {
        var size = Sizes.FirstOrDefault(Fits, Sizes[^1]);
        var lines = Wrapped(size);
        var most = (int)(Height / size.Leading);
        page.Begin(tag);
        type.Draw(page, side == WindowSide.Right ? RightColumn : Left, Top,
            lines.Count <= most ? lines : lines.Take(most - LastLines).Concat(lines.TakeLast(LastLines)), size, Ink.Black);
        page.End();
        return lines.Count > most;
    }

    private bool Fits(TypeSize size) => Wrapped(size).Count * size.Leading <= Height;

    private List<Line> Wrapped(TypeSize size) => [.. address.SelectMany(line => type.Lines(line, Face.Regular, size.Size, Width))];
}
