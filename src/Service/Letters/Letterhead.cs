using System.Globalization;
using Dunning.Service.Letters.Pdf;
using static Dunning.Service.Letters.LetterPaper;

namespace Dunning.Service.Letters;

/// <summary>What stands on a letter around its text: who writes to whom, when and about what, and the head and foot of each page.</summary>
internal sealed class Letterhead
{
    /// <summary>Where text begins on the pages after the first.</summary>
    public const double ContinuationTop = 29 * Millimetre;

    private const double Top = 16 * Millimetre;
    private const double ColumnWidth = 80 * Millimetre;

    // Nothing may stand where a window could show it: below this, no window of a DL or C5 envelope reaches, however the sheet slides.
    private const double BelowWindows = 92 * Millimetre;

    private const int MostFootLines = 12;

    private static readonly TypeSize Small = new(8.5, 11.5);
    private static readonly TypeSize Plain = new(10, 14);
    private static readonly TypeSize Subject = new(12, 16);
    private static readonly TypeSize FootType = new(7.2, 9.6);

    private readonly Letter letter;
    private readonly Typesetting type;
    private readonly List<Line> foot;

    public Letterhead(Letter letter, Typesetting type)
    {
        (this.letter, this.type) = (letter, type);
        foot = [.. letter.Footer.SelectMany(line => type.Lines(line, Face.Regular, FootType.Size, Width - 24 * Millimetre))];
        Bottom = PdfPage.Height - 13 * Millimetre - Math.Max(foot.Count, 1) * FootType.Leading - 5 * Millimetre;
    }

    /// <summary>Where text ends on each page.</summary>
    public double Bottom { get; }

    private double FootTop => Bottom + 5 * Millimetre;

    public void Open(LetterPaper paper)
    {
        var page = paper.Page;
        // A paper addressed to nobody goes into no envelope.
        var isPosted = letter.To.Count > 0;
        var below = Math.Max(Sender(page, paper.Content), isPosted ? BelowWindows : 0);
        var cut = isPosted && new AddressWindow(letter.To, letter.Window, type).Draw(page, paper.Content.Add("P"));
        below = Math.Max(Notes(page, paper.Content, below), Place(page, paper.Content, below));
        if (foot.Count > MostFootLines || below > Bottom)
            throw new ArgumentException("The sender's lines, the references or the footer leave no room for the letter.");
        paper.Y = below + 8 * Millimetre;
        if (cut)
        {
            var whole = letter.To.SelectMany(line => type.Lines(line, Face.Regular, Small.Size, Width)).ToList();
            paper.Lines(whole, Small, type, Left, paper.Content.Add("P"), Ink.Black);
            paper.Y += 4 * Millimetre;
        }
        paper.Lines(type.Lines(letter.Subject, Face.Bold, Subject.Size, Width), Subject, type, Left, paper.Content.Add("H1"), Ink.Blue);
        paper.Y += 4 * Millimetre;
    }

    public void Continue(PdfPage page)
    {
        page.Begin(null);
        var top = 15 * Millimetre;
        var subject = OneLine(letter.Subject, Width * 0.55);
        type.Draw(page, Left, top + Small.Baseline, OneLine(letter.SenderName, Width * 0.4), Small.Size, Ink.Grey);
        type.Draw(page, Right - subject.Width, top + Small.Baseline, subject, Small.Size, Ink.Grey);
        page.Rectangle(Left, top + Small.Leading + 3, Width, 0.5, Ink.Rule);
        page.End();
    }

    public void Foot(PdfPage page, int number, int of)
    {
        page.Begin(null);
        page.Rectangle(Left, FootTop - 4, Width, 0.5, Ink.Rule);
        for (var i = 0; i < foot.Count; i++)
            type.Draw(page, Left, FootTop + i * FootType.Leading + FootType.Baseline, foot[i], FootType.Size, Ink.Grey);
        if (of > 1)
        {
            var pages = type.Lines(string.Create(CultureInfo.InvariantCulture, $"{number}/{of}"), Face.Regular, Small.Size, Width)[0];
            type.Draw(page, Right - pages.Width, FootTop + FootType.Baseline, pages, Small.Size, Ink.Grey);
        }
        page.End();
    }

    private double Sender(PdfPage page, PdfTag content)
    {
        var x = letter.Window == WindowSide.Right ? Left : AddressWindow.RightColumn;
        var name = letter.SenderName;
        var large = type.Lines(name, Face.Bold, 13, ColumnWidth);
        page.Begin(content.Add("P"));
        var y = large.Count <= 2
            ? type.Draw(page, x, Top, large, new(13, 17), Ink.Blue)
            : type.Draw(page, x, Top, type.Lines(name, Face.Bold, Small.Size, ColumnWidth), Small, Ink.Blue);
        var rest = letter.From.Skip(1).SelectMany(line => type.Lines(line, Face.Regular, Small.Size, ColumnWidth));
        y = type.Draw(page, x, y + 2, rest, Small, Ink.Grey);
        page.End();
        return y + 4 * Millimetre;
    }

    private double Notes(PdfPage page, PdfTag content, double y) =>
        letter.References.Count == 0 ? y : Block(page, content, Left, y, letter.References);

    private double Place(PdfPage page, PdfTag content, double y) =>
        letter.PlaceAndDate is { } place ? Block(page, content, AddressWindow.RightColumn, y, [place]) : y;

    private double Block(PdfPage page, PdfTag content, double x, double y, IEnumerable<string> lines)
    {
        page.Begin(content.Add("P"));
        y = type.Draw(page, x, y, lines.SelectMany(line => type.Lines(line, Face.Regular, Plain.Size, ColumnWidth)), Plain, Ink.Black);
        page.End();
        return y;
    }

    private Line OneLine(string text, double width)
    {
        var lines = type.Lines(text, Face.Regular, Small.Size, width);
        return lines.Count == 1 ? lines[0] : type.Lines(lines[0].Runs[0].Text[..^1] + "…", Face.Regular, Small.Size, double.MaxValue)[0];
    }
}
