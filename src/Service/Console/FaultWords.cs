using System.Globalization;
using System.Text.RegularExpressions;
using Dunning.Service.Api;
using Dunning.Service.Console.Casework;

namespace Dunning.Service.Console;

/// <summary>What the API refuses and why, in the language of the page. The API speaks English: its sentences are translated one by one, what varies in them stays; one that is not known is shown as it is.</summary>
public static partial class FaultWords
{
    private static readonly Lazy<IReadOnlyList<(Regex English, string French)>> Patterns = new(() =>
        [.. FaultSentences.All.Select(s => (new Regex($"^{Hole().Replace(Regex.Escape(s.English), "(?<a$1>.+?)")}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline), s.French))]);

    public static string Fault(this Ui ui, Fault fault) => ui.Sentence(fault.Message);

    public static string Detail(this Ui ui, Problem problem) => ui.Sentence(problem.Detail);

    /// <summary>What is named in an answer, by the word its field has on our forms; the path where it has none.</summary>
    public static string FieldName(this Ui ui, string path)
    {
        if (!ui.IsFrench)
            return path;
        var parts = path.Split('.');
        // Who writes a policy looks for the place in its text.
        if (path.Contains("steps[", StringComparison.Ordinal))
            return path;
        var place = Place().Match(path) is { Success: true } nth ? string.Create(CultureInfo.InvariantCulture, $" (n°\u00A0{int.Parse(nth.Groups[1].Value, CultureInfo.InvariantCulture) + 1})") : "";
        return FaultSentences.Fields.TryGetValue(Place().Replace(parts[^1], ""), out var known) ? known + place : path;
    }

    /// <summary>Why a case refused what was done to many: a sentence, or a field and what is wrong with it.</summary>
    public static string Refused(this Ui ui, string why)
    {
        var whole = ui.Sentence(why);
        if (whole != why || why.Split(' ', 2) is not [var field, var message])
            return whole;
        var told = ui.Sentence(message);
        return told == message ? whole : $"{ui.FieldName(field)} {told}";
    }

    /// <summary>A sentence of ours in French; in English, or unknown, as it is.</summary>
    public static string Sentence(this Ui ui, string english)
    {
        if (!ui.IsFrench)
            return english;
        foreach (var (pattern, french) in Patterns.Value)
            if (pattern.Match(english) is { Success: true } match)
                return Filled().Replace(french, m => Argument(ui, m.Groups["kind"].Value, match.Groups[$"a{m.Groups["n"].Value}"].Value));
        return english;
    }

    private static string Argument(Ui ui, string kind, string text) => kind switch
    {
        "status" => ui.Status(text).ToLowerInvariant(),
        "fate" => ui.Fate(text),
        "step" => ui.StepName(text),
        "regime" => ui.Regime(text),
        "amount" => ui.AmountIn(text),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? ui.Date(date) : text,
        "number" => text.Replace('.', ','),
        "word" => FaultSentences.Words.GetValueOrDefault(text, text),
        _ => text,
    };

    // Escaped, "{0}" is "\{0}".
    [GeneratedRegex(@"\\\{(\d)}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\{(?<n>\d)(:(?<kind>[a-z]+))?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Filled();

    [GeneratedRegex(@"\[(\d{1,6})\]")]
    private static partial Regex Place();
}
