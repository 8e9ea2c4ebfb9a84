namespace Dunning.Service.Rendering;

/// <summary>What a text must be before anything is sent with it.</summary>
internal static class TextCheck
{
    private const int LockScreen = 40;
    private static readonly string[] PrivateWords = ["debt", "dette", "impayé", "impaye"];

    public static IEnumerable<string> Faults(TextFile file)
    {
        var lines = file.Body.Prepend(file.Subject).OfType<TextLine>();
        var faults = lines.SelectMany(Placeholders).Concat(Subject(file)).Concat(Body(file));
        if (file.Key.Channel == "sms") faults = faults.Concat(Sms(file));
        return faults.Select(fault => $"{file.Key.File}:{fault}");
    }

    private static IEnumerable<string> Placeholders(TextLine line)
    {
        foreach (var name in line.Names.Where(name => !TextValues.Longest.ContainsKey(name)))
            yield return $"{line.Number}: unknown value \"{name}\"";
        var words = line.WithValuesAs(_ => "");
        if (words.Contains("{{", StringComparison.Ordinal) || words.Contains("}}", StringComparison.Ordinal))
            yield return $"{line.Number}: braces that do not close";
        if (line.Optional && line.Names.Count == 0)
            yield return $"{line.Number}: an optional line names no value, so nothing would ever leave it out";
        if (!line.Optional && line.Text.StartsWith('?'))
            yield return $"{line.Number}: an optional line starts with \"? \", a question mark and a space";
    }

    // Subjects are read over shoulders and on locked screens.
    private static IEnumerable<string> Subject(TextFile file) =>
        file.Subject is { } subject && TellsTooMuch(Shortest([subject]))
            ? [$"{subject.Number}: a subject tells no amount and does not speak of debt"] : [];

    private static IEnumerable<string> Body(TextFile file) =>
        file.Body.Any(line => !line.Optional && line.Text.Length > 0)
            ? [] : [$"{(file.Body is [var first, ..] ? first.Number : 1)}: the body is empty, or may be"];

    private static IEnumerable<string> Sms(TextFile file)
    {
        foreach (var (number, stranger) in file.Body.SelectMany(Strangers))
            yield return $"{number}: '{stranger}' (U+{(int)stranger:X4}) is not GSM-7";

        IEnumerable<TextLine>[] versions = [file.Body, file.Body.Where(line => !line.Optional)];
        if (versions.Select(Shortest).Any(text => TellsTooMuch(text[..Math.Min(LockScreen, text.Length)])))
            yield return $"1: the first {LockScreen} characters tell no amount and do not speak of debt";

        if (file.Body.SelectMany(line => line.Missing(TextValues.Longest)).Any()) yield break;
        var longest = file.Fill(TextValues.Longest).Body;
        if (!SmsLength.IsShortEnough(longest))
            yield return $"1: {longest.Length} characters with long values, {SmsLength.Segments(longest)} segments";
    }

    private static IEnumerable<(int Line, char Stranger)> Strangers(TextLine line) =>
        line.WithValuesAs(_ => "").Where(c => Gsm7.Places(c) == 0).Distinct().Select(c => (line.Number, c));

    // The least a name can take is one character; an amount shows as a tab, which no line holds otherwise.
    private static string Shortest(IEnumerable<TextLine> lines) =>
        string.Join(' ', lines.Select(line => line.WithValuesAs(name => TextValues.Amounts.Contains(name) ? "\t" : "x")));

    private static bool TellsTooMuch(string text) =>
        text.Contains('\t', StringComparison.Ordinal) || PrivateWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
