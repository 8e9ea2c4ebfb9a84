using Dunning.Service.Letters.Pdf;

namespace Dunning.Service.Letters;

/// <summary>The pages of a letter as they fill from top to bottom.</summary>
internal sealed class LetterPaper(PdfDocument document, Letterhead head)
{
    public const double Millimetre = 72 / 25.4;
    public const double Left = 25 * Millimetre;
    public const double Width = PdfPage.Width - Left - 20 * Millimetre;
    public const double Right = Left + Width;

    private readonly List<PdfPage> pages = [document.AddPage()];

    public PdfPage Page => pages[^1];

    /// <summary>The parent of what the body's blocks are.</summary>
    public PdfTag Content => document.Content;

    /// <summary>Where the next thing goes, from the top of the page.</summary>
    public double Y { get; set; }

    public double Room => head.Bottom - Y;

    /// <summary>The room of a page that nothing stands on yet, but the first.</summary>
    public double FullRoom => head.Bottom - Letterhead.ContinuationTop;

    public void NewPage()
    {
        pages.Add(document.AddPage());
        head.Continue(Page);
        Y = Letterhead.ContinuationTop;
    }

    /// <summary>Goes to a new page unless this height is left; what no page can hold goes on where it is.</summary>
    public void Keep(double height)
    {
        if (height > Room && height <= FullRoom) NewPage();
    }

    /// <summary>A page never ends with the first line of a paragraph, nor begins with its last.</summary>
    public void Lines(IReadOnlyList<Line> lines, TypeSize type, Typesetting typesetting, double x, PdfTag tag, Ink ink)
    {
        for (var i = 0; i < lines.Count;)
        {
            var left = lines.Count - i;
            var fit = Math.Min((int)((Room + 0.01) / type.Leading), left);
            if (fit == left - 1) fit--;
            if ((fit < 2 && fit < left) || (left <= 3 && fit < left))
            {
                NewPage();
                fit = Math.Min((int)(FullRoom / type.Leading), left);
            }
            Page.Begin(tag);
            Y = typesetting.Draw(Page, x, Y, lines.Skip(i).Take(fit), type, ink);
            Page.End();
            i += fit;
        }
    }

    /// <summary>Draws what could not be drawn before the number of pages was known.</summary>
    public void Close()
    {
        for (var i = 0; i < pages.Count; i++)
            head.Foot(pages[i], i + 1, pages.Count);
    }
}
