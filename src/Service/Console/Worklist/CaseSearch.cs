using System.Globalization;
using System.Text;
using Dunning.Service.Console.Forms;

namespace Dunning.Service.Console.Worklist;

/// <summary>
/// What somebody looks for on the page of cases, in the page's own words: an age instead of two dates, "open" among the statuses. It is what links, saved filters and exports carry, and what the API's
/// words are made from.
/// </summary>
public sealed record CaseSearch(IReadOnlyDictionary<string, string?> Given)
{
    /// <summary>What narrows a list, in the order of the form.</summary>
    public static readonly IReadOnlyList<string> Names = ["q", "creditor", "status", "debtor", "age", "minBalance", "maxBalance", "step", "waitingFor", "policy", "sort"];

    public const string Open = "open";
    public const string All = "all";

    /// <summary>Days late, from and to.</summary>
    public static readonly IReadOnlyList<(string Name, int? From, int? To)> Ages = [("notDue", null, 0), ("1-30", 1, 30), ("31-60", 31, 60), ("61-90", 61, 90), ("over90", 91, null)];

    public string? this[string name] => Given.GetValueOrDefault(name);

    public string Status => this["status"] ?? Open;

    public string Sort => this["sort"] ?? "";

    /// <summary>Nothing chosen is what is most at risk among what is open.</summary>
    public static CaseSearch Read(Func<string, string?> given, bool canSearch)
    {
        var search = Names.ToDictionary(n => n, given, StringComparer.Ordinal);
        search["status"] ??= Open;
        search["sort"] ??= canSearch ? "-risk" : "dueDate";
        return new(search);
    }

    /// <summary>As the API asks for it.</summary>
    public IReadOnlyList<(string Name, string? Value)> Asked(DateOnly today, bool canSearch)
    {
        var (_, from, to) = Ages.FirstOrDefault(a => a.Name == this["age"]);
        return
        [
            (canSearch ? "q" : "number", this["q"]), ("creditor", this["creditor"]), ("debtor", this["debtor"]), ("step", this["step"]), ("waitingFor", this["waitingFor"]), ("policy", this["policy"]),
            ("status", Status is Open or All ? null : Status), ("open", Status == Open ? "true" : null),
            ("dueBefore", from is { } least ? Day(today.AddDays(1 - least)) : null), ("dueAfter", to is { } most ? Day(today.AddDays(-1 - most)) : null),
            ("minBalance", Amount("minBalance")), ("maxBalance", Amount("maxBalance")), ("sort", this["sort"]),
        ];
    }

    /// <summary>A query that finds the same again.</summary>
    public string Query(params (string Name, string? Value)[] more)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in Names.Select(n => (n, this[n])).Concat(more))
            if (value is not null)
                query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return query.ToString();
    }

    // What is no amount goes on as it is: the API says so beside the field.
    private string? Amount(string name) => this[name] is { } text ? Filled.AmountOf(text)?.ToString(CultureInfo.InvariantCulture) ?? text : null;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
