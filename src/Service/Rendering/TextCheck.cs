namespace Dunning.Service.Rendering;

/// <summary>What a text must be before anything is sent with it.</summary>
internal static class TextCheck
{
    private const int LockScreen = 40;
    private static readonly string[] PrivateWords =
        ["debt", "dette", "impayé", "impaye", "unpaid", "schuld", "onbetaald", "unbezahlt", "wanbetal"];

    /// <summary>Each as <c>fr/courtesy.sms.md:1: what</c>. The text has been read without faults.</summary>
    public static IEnumerable<string> Faults(PreparedText text) =>
        Shown(text.File.Subject, "subject").Concat(Shown(text.File.Preheader, "preheader")).Concat(Body(text.File)).Concat(text.File.Key.Channel == "sms" ? Sms(text) : []);

    // Subjects are read over shoulders and on locked screens, and what a mailbox shows beside them too.
    private static IEnumerable<string> Shown(TextTemplate? line, string what) =>
        line is not null && (line.Amounts.Any() || TellsTooMuch(line.Words))
            ? [$"{At(line)}: a {what} tells no amount and does not speak of debt"] : [];

    private static IEnumerable<string> Body(TextFile file) =>
        string.IsNullOrWhiteSpace(file.Body.Words) ? [$"{(file.Body.Lines.Count > 0 ? At(file.Body) : file.Key.File + ":1")}: the body is empty"] : [];

    private static IEnumerable<string> Sms(PreparedText text)
    {
        var file = text.File;
        foreach (var line in file.Body.Lines)
            foreach (var stranger in line.Text.Where(c => Gsm7.Places(c) == 0).Distinct())
                yield return $"{line.File}:{line.Number}: '{stranger}' (U+{(int)stranger:X4}) is not GSM-7";

        foreach (var values in new[] { TextSamples.Shortest(TextSamples.Longest), TextSamples.Shortest(TextSamples.Least) })
            if (text.Sms(values) is { } shown && TellsTooMuch(shown[..Math.Min(LockScreen, shown.Length)]))
            {
                yield return $"{file.Key.File}:1: the first {LockScreen} characters tell no amount and do not speak of debt";
                break;
            }

        // One who cannot be sent to pay is sent to their own page: the one address or the other.
        foreach (var values in new[] { TextSamples.Longest, TextSamples.Longest with { Payment = TextSamples.Longest.Payment with { Link = null } } })
            if (text.Sms(values) is { } longest && !SmsLength.IsShortEnough(longest))
            {
                yield return $"{file.Key.File}:1: {longest.Length} characters with long values, {SmsLength.Segments(longest)} segments";
                break;
            }
    }

    private static string At(TextTemplate template) => $"{template.Lines[0].File}:{template.Lines[0].Number}";

    private static bool TellsTooMuch(string text) =>
        text.Contains(TextSamples.AmountMark, StringComparison.Ordinal) || PrivateWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
