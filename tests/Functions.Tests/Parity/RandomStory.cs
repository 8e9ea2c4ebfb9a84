using System.Globalization;
using System.Text.Json.Nodes;
using Dunning.Simulation;

namespace Dunning.Functions.Tests.Parity;

/// <summary>One thing somebody asks of a host.</summary>
internal sealed record Act(string Kind, string Path, JsonObject Body);

/// <summary>
/// One debtor, a few invoices and what happens to them, from one seed: what is asked depends on the seed and on what the case shows, on no other story.
/// </summary>
internal sealed class RandomStory
{
    public static readonly DateTimeOffset End = new(2027, 6, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Policies = ["fr-b2b", "fr-b2b-fast", "fr-public", "fr-b2c", "be-b2b", "be-b2c"];

    private readonly Chance _chance;
    private readonly JsonObject _debtor;
    private readonly string _policy;
    private readonly Acts _acts;

    public RandomStory(ulong seed)
    {
        (Seed, _chance) = (seed, new(seed));
        _policy = _chance.OneIn(3) ? _chance.Of(Policies) : _chance.Of(Policies[..2]);
        _debtor = Debtor();
        _acts = new(_chance, $"s{seed}", DebtorId);
        Invoices = [.. Enumerable.Range(1, _chance.OneIn(3) ? _chance.Between(2, 3) : 1).Select(Invoice)];
        Plan = [.. Invoices.SelectMany((invoice, number) => Lived(invoice, number)).OrderBy(p => p.At)];
    }

    public ulong Seed { get; }

    public string DebtorId => $"debtor-{Seed}";

    public IReadOnlyList<JsonObject> Invoices { get; }

    /// <summary>When something happens to which invoice; first its registration.</summary>
    public IReadOnlyList<(DateTimeOffset At, int Invoice)> Plan { get; }

    /// <summary>What happens next to a case that shows this.</summary>
    public Act Next(JsonNode shown, DateTimeOffset now) => _acts.Next(shown, DateOnly.FromDateTime(now.UtcDateTime));

    public override string ToString() => $"seed {Seed}";

    private IEnumerable<(DateTimeOffset At, int Invoice)> Lived(JsonObject invoice, int number)
    {
        var due = Date(invoice["dueDate"]!);
        var latest = due.AddDays(20) < End.AddDays(-60) ? due.AddDays(20) : End.AddDays(-60);
        var from = due.AddDays(-40) > AzureWorld.Start ? due.AddDays(-40) : AzureWorld.Start;
        var registered = latest > from ? Moments.Between(_chance, from, latest) : AzureWorld.Start;
        yield return (registered, number);
        for (var acts = _chance.Below(_chance.OneIn(3) ? 14 : 7); acts > 0; acts--)
            yield return (Moments.Between(_chance, registered, registered.AddDays(_chance.Between(1, 110)) is var to && to < End ? to : End), number);
    }

    private JsonObject Invoice(int number)
    {
        var due = new DateOnly(2026, 9, 1).AddDays(_chance.Below(210));
        var invoice = new JsonObject
        {
            ["creditor"] = "demo",
            ["number"] = $"S{Seed}-{number}",
            ["issueDate"] = Text(due.AddDays(-_chance.Between(0, 60))),
            ["dueDate"] = Text(due),
            ["amount"] = _chance.Between(150, 900_000) / 100m,
            ["currency"] = "EUR",
            ["debtor"] = _debtor.DeepClone(),
        };
        if (!_chance.OneIn(5))
            invoice["policy"] = _policy;
        if (_chance.OneIn(6))
            invoice["alreadySent"] = _chance.Between(1, 3);
        if (_chance.OneIn(10))
            invoice["sentAt"] = null;
        if (_chance.OneIn(5))
            invoice["purchaseOrder"] = $"PO-{number}";
        if (_chance.OneIn(5))
            invoice["paymentUrl"] = $"https://pay.example.org/{number}";
        return invoice;
    }

    private JsonObject Debtor()
    {
        var belgian = _policy.StartsWith("be", StringComparison.Ordinal);
        var debtor = new JsonObject
        {
            ["id"] = DebtorId,
            ["name"] = _chance.Of(["Boulangerie Martin", "Garage du Lac", "Ville de Sète", "J. Peeters"]),
            ["kind"] = _policy.EndsWith("b2c", StringComparison.Ordinal) ? "consumer" : _policy == "fr-public" ? "public" : "business",
            ["country"] = belgian ? "BE" : "FR",
            ["language"] = belgian ? _chance.Of(["fr", "nl"]) : "fr",
        };
        if (!_chance.OneIn(8))
            debtor["email"] = $"compta{Seed}@example.org";
        if (!_chance.OneIn(4))
            debtor["phone"] = belgian ? "+32470000000" : "+33600000000";
        if (!_chance.OneIn(4))
            debtor["address"] = JsonNode.Parse("""{ "line1": "12 rue des Lilas", "postalCode": "69003", "city": "Lyon" }""");
        return debtor;
    }

    private static DateTimeOffset Date(JsonNode date) => new(DateOnly.Parse(date.ToString(), CultureInfo.InvariantCulture).ToDateTime(default), TimeSpan.Zero);

    internal static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
