using System.Globalization;
using Dunning.Service.Letters.Pdf;
using Dunning.Service.Rendering;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace Dunning.Service.Letters;

/// <summary>Lays the blocks of a letter's Markdown out on paper, one below the other.</summary>
internal sealed class LetterBody(LetterPaper paper, Typesetting type, Characters characters, string? paymentCode)
{
    private const double Gap = 7;
    private const double Indent = 15;

    private static readonly TypeSize Plain = new(9.8, 13.8);
    private static readonly TypeSize[] Headings = [new(11.5, 16), new(10.6, 15), new(9.8, 13.8)];

    public void Draw(string markdown) => DrawAll(MessageMarkdown.Parse(markdown), LetterPaper.Left, paper.Content);

    private void DrawAll(ContainerBlock blocks, double x, PdfTag parent)
    {
        for (var i = 0; i < blocks.Count; i++)
            Draw(blocks[i], x, parent, RoomAfter(blocks, i));
    }

    // A heading stays with the words below it, also when those go overleaf with the table they announce.
    private double RoomAfter(ContainerBlock blocks, int i)
    {
        if (i + 1 == blocks.Count) return 0;
        var next = RoomToBegin(blocks[i + 1]);
        return next == 0 && i + 2 < blocks.Count && blocks[i] is HeadingBlock && RoomToBegin(blocks[i + 2]) is > 0 and var more ? 4 * Plain.Leading + Gap + more : next;
    }

    private void Draw(Block block, double x, PdfTag parent, double after)
    {
        switch (block)
        {
            case HeadingBlock heading: Heading(heading, x, parent, after); break;
            case Table table: Table(table, x, parent); break;
            case ListBlock list: List(list, x, parent.Add("L")); break;
            case QuoteBlock quote: Quote(quote, x, parent.Add("BlockQuote")); break;
            case ThematicBreakBlock: Rule(x); break;
            case ContainerBlock other: DrawAll(other, x, parent); break;
            case CodeBlock code: Lines([new(characters.Drawable(code.Lines.ToString()))], x, parent); break;
            case LeafBlock leaf: Paragraph(leaf, x, parent, after); break;
        }
    }

    private void Heading(HeadingBlock heading, double x, PdfTag parent, double after)
    {
        var size = Headings[Math.Min(heading.Level, Headings.Length) - 1];
        var runs = MarkdownRuns.Of(heading.Inline, characters, Face.Bold).Runs;
        var lines = LineBreaker.Break(runs, type, size.Size, LetterPaper.Right - x);
        paper.Y += 4;
        paper.Keep(lines.Count * size.Leading + Gap + Math.Max(after, 3 * Plain.Leading));
        // The letter's subject is its only heading of level 1.
        paper.Lines(lines, size, type, x, parent.Add($"H{Math.Min(heading.Level + 1, 6)}"), Ink.Blue);
        paper.Y += Gap / 2;
    }

    // What the words before a table, a list, a quotation or a payment code announce must follow them on the same page.
    private double RoomToBegin(Block next) => next switch
    {
        Markdig.Extensions.Tables.Table => 60,
        ListBlock or QuoteBlock => 3 * Plain.Leading,
        LeafBlock leaf when paymentCode is not null && MarkdownRuns.Of(leaf.Inline, characters).PaymentCode is not null => 110,
        _ => 0,
    };

    private void Paragraph(LeafBlock leaf, double x, PdfTag parent, double after)
    {
        var text = MarkdownRuns.Of(leaf.Inline, characters);
        if (text.PaymentCode is { } words && paymentCode is not null)
            Code(words, text.Runs, x, parent);
        else
            Lines(text.Runs, x, parent, after);
    }

    private void Lines(IReadOnlyList<Run> runs, double x, PdfTag parent, double after = 0)
    {
        if (runs.All(run => string.IsNullOrWhiteSpace(run.Text))) return;
        var lines = LineBreaker.Break(runs, type, Plain.Size, LetterPaper.Right - x);
        if (after > 0 && lines.Count <= 4) paper.Keep(lines.Count * Plain.Leading + Gap + after);
        paper.Lines(lines, Plain, type, x, parent.Add("P"), Ink.Black);
        paper.Y += Gap;
    }

    /// <summary>The code, and beside it the text of its paragraph; a text much higher than the code follows it instead.</summary>
    private void Code(string words, IReadOnlyList<Run> runs, double x, PdfTag parent)
    {
        var code = new PaymentSquare(paymentCode!);
        var textX = x + code.Side + 4;
        var lines = LineBreaker.Break(runs, type, Plain.Size, LetterPaper.Right - textX);
        var isBeside = runs.Any(run => !string.IsNullOrWhiteSpace(run.Text)) && lines.Count * Plain.Leading <= 1.5 * code.Side;
        var height = isBeside ? Math.Max(code.Side, lines.Count * Plain.Leading) : code.Side;
        paper.Keep(height);
        var top = paper.Y;
        code.Draw(paper.Page, x, top, parent.Add("Figure", words.Length > 0 ? words : "QR"));
        paper.Y = top + Math.Max(0, (code.Side - lines.Count * Plain.Leading) / 2);
        if (isBeside) paper.Lines(lines, Plain, type, textX, parent.Add("P"), Ink.Black);
        paper.Y = top + height + Gap;
        if (!isBeside) Lines(runs, x, parent);
    }

    private void List(ListBlock list, double x, PdfTag tag)
    {
        var number = list.IsOrdered && int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            // Three lines are never torn apart: the marker stays with them.
            paper.Keep(3 * Plain.Leading);
            var marker = type.Lines(list.IsOrdered ? $"{number++}." : "•", Face.Regular, Plain.Size, LetterPaper.Width)[0];
            var entry = tag.Add("LI");
            paper.Page.Begin(entry.Add("Lbl"));
            type.Draw(paper.Page, x + (list.IsOrdered ? 0 : 4), paper.Y + Plain.Baseline, marker, Plain.Size, Ink.Black);
            paper.Page.End();
            var top = paper.Y;
            DrawAll(item, x + Indent, entry.Add("LBody"));
            if (top == paper.Y) paper.Y += Plain.Leading + Gap;
            paper.Y -= Gap / 2;
        }
        paper.Y += Gap / 2;
    }

    private void Quote(QuoteBlock quote, double x, PdfTag tag)
    {
        var (page, top) = (paper.Page, paper.Y);
        DrawAll(quote, x + Indent, tag);
        // A quotation that goes on overleaf has its bar there.
        if (page != paper.Page) top = Letterhead.ContinuationTop;
        paper.Page.Begin(null);
        paper.Page.Rectangle(x + 4, top + 1, 1.5, Math.Max(0, paper.Y - Gap - top - 2), Ink.Rule);
        paper.Page.End();
    }

    private void Table(Table table, double x, PdfTag parent)
    {
        var grid = new LetterTable(table, type, characters, LetterPaper.Right - x);
        grid.Draw(paper, x, parent.Add("Table"));
        paper.Y += Gap + 3;
        if (grid.PaymentCode is { } words && paymentCode is not null) Code(words, [], x, parent);
    }

    private void Rule(double x)
    {
        paper.Keep(Plain.Leading);
        paper.Page.Begin(null);
        paper.Page.Rectangle(x, paper.Y + 2, LetterPaper.Right - x, 0.5, Ink.Rule);
        paper.Page.End();
        paper.Y += 4 + Gap;
    }
}
