using System.Text.RegularExpressions;

namespace Dunning.Service.Rendering;

/// <summary>A text as somebody wrote it, and where it came from.</summary>
public sealed record TextSource(TextKey Key, IReadOnlyList<string> Lines);

/// <summary>
/// One text as its file says it. An e-mail and a letter begin with their subject between two lines of three dashes; an e-mail may have a preheader there,
/// what a mailbox shows beside the subject.
/// </summary>
internal sealed partial record TextFile(TextKey Key, TextTemplate? Subject, TextTemplate? Preheader, TextTemplate Body)
{
    private const string Fence = "---";
    private const int MostNested = 3;

    public static TextFile Parse(TextSource source, Func<string, TextSource?> part, List<string> faults)
    {
        var lines = source.Lines.Select((text, i) => new SourceLine(source.Key.File, i + 1, text.TrimEnd('\r'))).ToList();
        var head = source.Key.Channel is "email" or "letter" ? Head(source.Key, lines, faults) : [];
        var body = lines.Skip(head.Count == 0 ? 0 : head[^1].Number + 1).SelectMany(line => Included(line, part, faults)).ToList();
        return new(source.Key, Field("subject"), Field("preheader"), TextTemplate.Parse(body, faults));

        TextTemplate? Field(string name) => head.FirstOrDefault(l => l.Text.StartsWith(name + ": ", StringComparison.Ordinal)) is { Text: { } text } line
            ? TextTemplate.Parse([line with { Text = text[(name.Length + 2)..].Trim() }], faults)
            : null;
    }

    private static List<SourceLine> Head(TextKey key, List<SourceLine> lines, List<string> faults)
    {
        var end = lines.FindIndex(1, Math.Max(0, lines.Count - 1), l => l.Text == Fence);
        var (before, head) = (faults.Count, end > 1 && lines[0].Text == Fence ? lines[1..end] : []);
        if (!head.Exists(l => l.Text.StartsWith("subject: ", StringComparison.Ordinal)))
            faults.Add($"{key.File}:1: begins with a line of three dashes, \"subject: \" and the subject, and another line of three dashes");
        foreach (var line in head.Where(l => !HeadLine().IsMatch(l.Text) || (key.Channel == "letter" && l.Text.StartsWith('p'))))
            faults.Add($"{key.File}:{line.Number}: only a subject, and for an e-mail a preheader, stands between the dashes");
        return faults.Count > before ? [] : head;
    }

    private static IEnumerable<SourceLine> Included(SourceLine line, Func<string, TextSource?> part, List<string> faults, int depth = 0)
    {
        if (Include().Match(line.Text) is not { Success: true } include)
            return [line];
        if (depth <= MostNested && part(include.Groups[1].Value) is { } found)
            return found.Lines.Select((text, i) => new SourceLine(found.Key.File, i + 1, text)).SelectMany(l => Included(l, part, faults, depth + 1));
        faults.Add($"{line.File}:{line.Number}: {(depth > MostNested ? "parts include one another too deeply" : $"there is no part \"{include.Groups[1].Value}\"")}");
        return [];
    }

    [GeneratedRegex(@"^(subject|preheader): \S")]
    private static partial Regex HeadLine();

    [GeneratedRegex(@"^\{\{> ?([a-z][a-z-]*) ?\}\}\s*$")]
    private static partial Regex Include();
}
