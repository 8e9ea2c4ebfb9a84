using System.Text.RegularExpressions;

namespace Dunning.Service.Rendering;

/// <summary>
/// Which text: read from, and written back to, the file's place <c>fr/formal-notice.email.consumer.be.md</c>. Country is that of the regime. The channel
/// "part" is a piece that texts of the language include with <c>{{> name}}</c>.
/// </summary>
public sealed partial record TextKey(string Language, string Template, string Channel, bool Consumer, string? Country)
{
    public const string Part = "part";

    /// <summary>What reminders of several invoices say when they leave as one.</summary>
    public const string Statement = "statement";

    public static IReadOnlyList<string> Templates { get; } =
        ["courtesy", "first-reminder", "firm-reminder", "final-reminder", "formal-notice", "promise-confirmed", "plan-agreed", "call-follow-up", "call-script", "plan-agreement", "debit-note", Statement];

    private static readonly string[] Channels = ["email", "sms", "letter", "call", Part];
    private static readonly string[] Countries = ["fr", "be"];

    public string Name => $"{Template}.{Channel}{(Consumer ? ".consumer" : "")}{(Country is null ? "" : "." + Country)}";

    public string File => $"{Language}/{Name}.md";

    /// <summary>The key of a name such as <c>courtesy.email</c>, or null with what is wrong with it.</summary>
    public static TextKey? Parse(string language, string name, List<string> faults)
    {
        var before = faults.Count;
        var (parts, place) = (name.Split('.'), $"{language}/{name}.md:1");
        if (!TextLanguage.All.Contains(language))
            faults.Add($"{place}: unknown language \"{language}\"; known: {string.Join(", ", TextLanguage.All)}");
        var (consumer, country) = parts switch
        {
            [_, _] => (false, null),
            [_, _, "consumer"] => (true, null),
            [_, _, "consumer", var c] => (true, c),
            [_, _, var c] => (false, c),
            _ => (false, ""),
        };
        if (country is not null && !Countries.Contains(country))
        {
            faults.Add($"{place}: a text is called <template>.<channel>.md, with .consumer and a country ({string.Join(", ", Countries)}) before .md where it differs");
            return null;
        }
        if (!Channels.Contains(parts[1]))
            faults.Add($"{place}: unknown channel \"{parts[1]}\"; known: {string.Join(", ", Channels)}");
        if (parts[1] == Part ? !PartName().IsMatch(parts[0]) || consumer || country is not null : !Templates.Contains(parts[0]))
            faults.Add(parts[1] == Part ? $"{place}: a part is called <name>.part.md" : $"{place}: unknown template \"{parts[0]}\"; known: {string.Join(", ", Templates)}");
        return faults.Count > before ? null : new TextKey(language, parts[0], parts[1], consumer, country);
    }

    /// <summary>This text, then the more general ones that stand in for it where it does not exist.</summary>
    public IEnumerable<TextKey> Substitutes =>
        Consumer ? [this, this with { Country = null }, this with { Consumer = false }, this with { Consumer = false, Country = null }] : [this, this with { Country = null }];

    [GeneratedRegex("^[a-z][a-z-]{0,40}$")]
    private static partial Regex PartName();
}
