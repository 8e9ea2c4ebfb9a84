namespace Dunning.Service.Letters;

/// <summary>
/// Breaks text into lines no wider than asked: at spaces, never at no-break ones; inside a word only when it is wider than a line.
/// </summary>
internal sealed class LineBreaker
{
    private readonly Typesetting type;
    private readonly double size;
    private readonly double width;
    private readonly List<Line> lines = [];
    private readonly List<Run> line = [];
    private readonly List<Run> word = [];
    private double lineWidth;
    private double wordWidth;
    private Run? space;

    private LineBreaker(Typesetting type, double size, double width) => (this.type, this.size, this.width) = (type, size, width);

    public static IReadOnlyList<Line> Break(IEnumerable<Run> runs, Typesetting type, double size, double width)
    {
        var breaker = new LineBreaker(type, size, width);
        foreach (var run in runs)
            breaker.Add(run);
        breaker.EndWord();
        breaker.EndLine("");
        return breaker.lines;
    }

    /// <summary>The width of the widest word: a column narrower than this would cut it.</summary>
    public static double WidestWord(IEnumerable<Run> runs, Typesetting type, double size) =>
        Break(runs.Select(run => run with { Text = run.Text.Replace(' ', '\n') }), type, size, double.MaxValue).Max(l => l.Width);

    private void Add(Run run)
    {
        var start = 0;
        for (var i = 0; i < run.Text.Length; i++)
        {
            if (run.Text[i] is not (' ' or '\n')) continue;
            AddToWord(run with { Text = run.Text[start..i] });
            EndWord();
            start = i + 1;
            if (run.Text[i] == '\n') EndLine(" ");
            else if (line.Count > 0) space = run with { Text = " " };
        }
        AddToWord(run with { Text = run.Text[start..] });
    }

    private void AddToWord(Run piece)
    {
        if (piece.Text.Length == 0) return;
        word.Add(piece);
        wordWidth += type.Width(piece.Text, piece.Face, size);
    }

    private void EndWord()
    {
        if (word.Count == 0) return;
        var gap = space is { } s ? type.Width(s.Text, s.Face, size) : 0;
        if (line.Count > 0 && lineWidth + gap + wordWidth > width + 0.01)
        {
            EndLine(" ");
            gap = 0;
        }
        if (space is { } between) line.Add(between);
        lineWidth += gap;
        foreach (var piece in word)
            Place(piece);
        word.Clear();
        (wordWidth, space) = (0, null);
    }

    private void Place(Run piece)
    {
        while (lineWidth + type.Width(piece.Text, piece.Face, size) > width + 0.01)
        {
            // An empty line takes one character, however narrow it is.
            var fits = line.Count > 0 ? 0 : 1;
            while (fits < piece.Text.Length && lineWidth + type.Width(piece.Text.AsSpan(0, fits + 1), piece.Face, size) <= width) fits++;
            if (fits > 0) line.Add(piece with { Text = piece.Text[..fits] });
            EndLine("");
            piece = piece with { Text = piece.Text[fits..] };
        }
        if (piece.Text.Length == 0) return;
        line.Add(piece);
        lineWidth += type.Width(piece.Text, piece.Face, size);
    }

    // A run that continues in the same face is drawn as one text: fewer operators, and a search finds it whole. The space that a line ends
    // with is drawn too, though it has no width: whoever copies the text or has it read aloud gets two words, not one.
    private void EndLine(string end)
    {
        var merged = new List<Run>();
        foreach (var run in line)
            if (merged.Count > 0 && merged[^1].Face == run.Face)
                merged[^1] = run with { Text = merged[^1].Text + run.Text };
            else
                merged.Add(run);
        var drawn = merged.Sum(run => type.Width(run.Text, run.Face, size));
        if (merged.Count > 0) merged[^1] = merged[^1] with { Text = merged[^1].Text + end };
        lines.Add(new(merged, drawn));
        line.Clear();
        (lineWidth, space) = (0, null);
    }
}
