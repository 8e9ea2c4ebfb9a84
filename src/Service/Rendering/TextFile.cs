using System.Text.RegularExpressions;

namespace Dunning.Service.Rendering;

/// <summary>One text as its file says it: an e-mail's subject, and the lines of the body.</summary>
internal sealed partial record TextFile(TextKey Key, TextLine? Subject, IReadOnlyList<TextLine> Body)
{
    private const string SubjectMark = "Subject: ";

    /// <summary>Reads a file's lines; what is wrong with its shape goes to the faults.</summary>
    public static TextFile Parse(TextKey key, IReadOnlyList<string> lines, List<string> faults)
    {
        TextLine[] all = [.. lines.Select((line, index) => TextLine.Parse(index + 1, line))];
        if (key.Channel != "email") return new(key, null, all);

        var hasSubject = all.Length > 0 && all[0].Text.StartsWith(SubjectMark, StringComparison.Ordinal) && all[0].Text.Length > SubjectMark.Length;
        if (!hasSubject) faults.Add($"{key.File}:1: an e-mail starts with \"{SubjectMark}\" and the subject");
        if (!hasSubject) return new(key, null, all);
        if (all.Length > 1 && all[1].Text.Length > 0) faults.Add($"{key.File}:2: a blank line follows the subject");
        return new(key, all[0] with { Text = all[0].Text[SubjectMark.Length..] }, all[1..]);
    }

    /// <summary>The text with its values. A demand with a hole in it never leaves: a required value that is absent is refused.</summary>
    public RenderedText Fill(IReadOnlyDictionary<string, string?> values)
    {
        TextLine[] kept = [.. Body.Where(line => line.IsKept(values))];
        string[] missing = [.. kept.Prepend(Subject).OfType<TextLine>().SelectMany(line => line.Missing(values)).Distinct()];
        if (missing.Length > 0) throw new ArgumentException($"{Key.File} cannot be written without {string.Join(", ", missing)}.", nameof(values));

        var body = string.Join('\n', kept.Select(line => line.Fill(values)));
        // A line break in a subject would start a mail header of someone else's choosing.
        var subject = Subject is null ? null : LineBreaksAndControls().Replace(Subject.Fill(values), " ").Trim();
        return new(subject, Key.Channel == "sms" ? OneParagraph(body) : Paragraphs(body));
    }

    // Lines of an SMS file exist only so that each may be optional.
    private static string OneParagraph(string body) => WhiteSpace().Replace(Gsm7.Spell(body), " ").Trim();

    private static string Paragraphs(string body) => BlankLines().Replace(body, "\n\n").Trim('\n');

    [GeneratedRegex(@"[\x00-\x1F\x7F\x85\u2028\u2029]+")]
    private static partial Regex LineBreaksAndControls();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex BlankLines();
}
