using Dunning.Service.Letters.Pdf;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace Dunning.Service.Letters;

/// <summary>A table with columns as wide as their content asks for. Its header row is repeated on each page it reaches.</summary>
internal sealed class LetterTable
{
    private const double PadX = 5;
    private const double PadY = 3.4;
    private const double LongestAmount = 100;

    // Smaller type when words do not fit in their columns; the smallest is still read without effort.
    private static readonly TypeSize[] Sizes = [new(9, 12), new(8, 10.8), new(7.2, 9.8)];

    private readonly Typesetting type;
    private readonly TypeSize size;
    private readonly double[] widths;
    private readonly bool[] isRightAligned;
    private readonly List<Row> rows = [];

    public LetterTable(Table table, Typesetting type, Characters characters, double width)
    {
        this.type = type;
        var cells = table.OfType<TableRow>().Select(row => (row.IsHeader, Cells: Cells(row, characters))).ToList();
        var columns = cells.Max(row => row.Cells.Count);
        isRightAligned = [.. Enumerable.Range(0, columns).Select(i =>
            i < table.ColumnDefinitions.Count && table.ColumnDefinitions[i].Alignment is TableColumnAlign.Right)];
        size = Sizes.FirstOrDefault(s => Columns(s, Narrowest).Sum() <= width, Sizes[^1]);
        widths = ColumnWidths.Share(Columns(size, Narrowest), Columns(size, WholeLines), width);
        // Markdown asks for a header row; one without words is none.
        foreach (var (isHeader, row) in cells.Where(row => !row.IsHeader || row.Cells.Any(cell => cell.Count > 0)))
            rows.Add(new(isHeader, [.. row.Select((cell, i) => LineBreaker.Break(cell, type, size.Size, widths[i] - 2 * PadX))]));

        double[] Columns(TypeSize at, Func<IReadOnlyList<Run>, TypeSize, bool, double> measure) => [.. Enumerable.Range(0, columns).Select(i =>
            cells.Max(row => i < row.Cells.Count ? measure(row.Cells[i], at, isRightAligned[i]) : 0) + 2 * PadX + 0.1)];
    }

    /// <summary>What is said of the payment code when it stands in a cell; it is then drawn below the table.</summary>
    public string? PaymentCode { get; private set; }

    public void Draw(LetterPaper paper, double x, PdfTag tag)
    {
        var header = rows.Where(row => row.IsHeader).Take(1).ToList();
        var repeated = header.Sum(Height) is var height && height <= paper.FullRoom / 2 ? header : [];
        // A short table is not cut at all, a long one keeps its header and two rows together.
        var whole = rows.Sum(Height);
        paper.Keep(whole <= paper.FullRoom / 3 ? whole : rows.Take(3).Sum(Height));
        foreach (var row in rows)
            for (var from = 0; from < row.LineCount;)
            {
                if (Fits(paper, row, from) is not { } count)
                {
                    paper.NewPage();
                    foreach (var again in repeated)
                        DrawLines(paper, x, again, 0, again.LineCount, null);
                    count = Math.Clamp((int)((paper.Room - 2 * PadY) / size.Leading), 1, row.LineCount - from);
                }
                DrawLines(paper, x, row, from, count, tag.Add("TR"));
                from += count;
            }
    }

    // How many lines of a row go on this page; null for none. A row is cut only when no page holds it.
    private int? Fits(LetterPaper paper, Row row, int from)
    {
        var left = row.LineCount - from;
        var fit = Math.Min((int)((paper.Room - 2 * PadY + 0.01) / size.Leading), left);
        return fit == left || (fit > 0 && Height(row) > paper.FullRoom / 2) ? fit : null;
    }

    private double Height(Row row) => row.LineCount * size.Leading + 2 * PadY;

    // A header repeated on a later page is an ornament: without a tag, it is not read aloud again.
    private void DrawLines(LetterPaper paper, double x, Row row, int from, int count, PdfTag? tag)
    {
        var height = count * size.Leading + 2 * PadY;
        var page = paper.Page;
        var right = x + widths.Sum();
        page.Begin(null);
        if (row.IsHeader) page.Rectangle(x, paper.Y, right - x, height, Ink.Pale);
        page.Rectangle(x, paper.Y + height - 0.5, right - x, 0.5, row.IsHeader ? Ink.Blue : Ink.Rule);
        page.End();
        for (var i = 0; i < row.Cells.Count; i++)
        {
            page.Begin(tag?.Add(row.IsHeader ? "TH" : "TD"));
            var top = paper.Y + PadY;
            foreach (var line in row.Cells[i].Skip(from).Take(count))
            {
                var start = isRightAligned[i] ? x + widths[i] - PadX - line.Width : x + PadX;
                top = type.Draw(page, start, top, [line], size, row.IsHeader ? Ink.Blue : Ink.Black);
            }
            page.End();
            x += widths[i];
        }
        paper.Y += height;
    }

    private List<IReadOnlyList<Run>> Cells(TableRow row, Characters characters) =>
        [.. row.OfType<TableCell>().Select(cell =>
        {
            var runs = new List<Run>();
            foreach (var leaf in cell.Descendants<LeafBlock>())
            {
                var read = MarkdownRuns.Of(leaf.Inline, characters, row.IsHeader ? Face.Bold : Face.Regular);
                PaymentCode ??= read.PaymentCode;
                runs.AddRange(read.Runs);
            }
            return runs;
        })];

    // What stands at the right of its column is an amount: it is kept whole. A word wider than a third of the table may be cut.
    private double Narrowest(IReadOnlyList<Run> cell, TypeSize at, bool isAmount) =>
        isAmount && WholeLines(cell, at, isAmount) is var whole && whole <= LongestAmount
            ? whole
            : Math.Min(LineBreaker.WidestWord(cell, type, at.Size), LetterPaper.Width / 3);

    private double WholeLines(IReadOnlyList<Run> cell, TypeSize at, bool isAmount) =>
        LineBreaker.Break(cell, type, at.Size, double.MaxValue).Max(l => l.Width);

    private sealed record Row(bool IsHeader, IReadOnlyList<IReadOnlyList<Line>> Cells)
    {
        public int LineCount { get; } = Cells.Max(cell => cell.Count);
    }
}
