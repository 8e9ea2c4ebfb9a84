using System.Globalization;
using System.Text.Json.Nodes;
using Dunning.Simulation;

namespace Dunning.Functions.Tests.Parity;

/// <summary>What platforms, banks, debtors and operators ask for over HTTP, at random: mostly what fits what the case shows, sometimes not.</summary>
internal sealed class Acts(Chance luck, string prefix, string debtor)
{
    private static readonly string[] Steps = ["courtesy", "first", "second", "call", "formal-notice", "hand-over"];

    private static readonly (int Weight, string Kind, Func<Acts, Case, (string Path, JsonObject Body)?> Make)[] Kinds =
    [
        (6, "payment in part", (a, c) => ("payments", a.Money(a.Part(c.Balance), c.Today))),
        (3, "payment in full", (a, c) => ("payments", a.Money(c.Balance, c.Today))),
        (1, "payment beyond", (a, c) => ("payments", a.Money(c.Balance + a.Part(100m), c.Today))),
        (6, "payment told twice", (a, c) => c.Payments is [var paid, ..] ? ("payments", Body(("amount", (decimal)paid!["amount"]!), ("date", paid["date"]!.ToString()), ("source", "bank"))) : null),
        (60, "duplicate", (a, c) => c.Payments.FirstOrDefault(p => p!["standing"]!.ToString() == "possibleDuplicate") is { } p ? ($"payments/{p["id"]}/duplicate", Body(("sameMoney", a._chance.OneIn(2)))) : null),
        (3, "reversal", (a, c) => ("reversals", Body(("paymentId", c.Payments.Count == 0 ? "unknown" : c.Payments[a._chance.Below(c.Payments.Count)]!["id"]!.ToString()), ("amount", a._chance.OneIn(3) ? a.Part(c.Amount) : (object?)null)))),
        (2, "credit note", (a, c) => ("credit-notes", Body(("amount", a.Part(c.Balance))))),
        (5, "promise", (a, c) => ("promises", Body(("date", c.Day(a._chance.Between(-1, 20))), ("amount", a._chance.OneIn(2) ? a.Part(c.Balance) : null)))),
        (2, "dispute", (a, c) => ("disputes", Body(("kind", a._chance.Of(["technical", "commercial"])), ("code", "quality")))),
        (2, "partial dispute", (a, c) => ("disputes", Body(("kind", "commercial"), ("amount", a.Part(c.Balance))))),
        (25, "resolution", (a, c) => c.Silence("dispute", "partialDispute") is { } d ? ($"disputes/{d}/resolve", Body(("outcome", a._chance.Of(["upheld", "rejected", "credited"])), ("amount", a.Part(c.Balance)))) : null),
        (3, "hold", (a, c) => ("hold", Body(("reason", "talks"), ("until", a._chance.OneIn(2) ? c.Day(a._chance.Below(25)) : null)))),
        (40, "release", (_, c) => c.Has("hold") ? ("release", Body()) : null),
        (3, "plan", (a, c) => ("plans", a.Plan(c))),
        (3, "proposed plan", (a, c) => ("plans", a.Plan(c, proposed: true))),
        (3, "pending payment", (a, c) => ("pending-payments", Body(("expectedOn", c.Day(a._chance.Below(9)))))),
        (40, "pending payment failed", (_, c) => c.Silence("pendingPayment") is { } p ? ($"pending-payments/{p}/failed", Body()) : null),
        (3, "reply", (_, _) => ("replies", Body(("channel", "email"), ("text", "we shall see")))),
        (40, "classification", (_, c) => c.Silence("reply", "replyUnread") is { } r ? ($"replies/{r}/classify", Body(("meaning", "other"))) : null),
        (2, "contact", (a, _) => ("contact", a.Contact())),
        (2, "due date", (a, c) => ("due-date", Body(("dueDate", c.DueDate(a._chance.Between(-15, 30)))))),
        (1, "amendment", (a, c) => ("amend", Body(("amount", c.Amount + a.Part(30m)), ("reason", "typo")))),
        (1, "policy", (a, _) => ("policy", Body(("policy", a._chance.Of(["fr-b2b", "fr-b2b-fast"]))))),
        (1, "cancellation", (_, _) => ("cancel", Body(("reason", "error")))),
        (1, "write-off", (_, _) => ("write-off", Body(("reason", "old")))),
        (3, "call", (a, _) => ("calls", Body(("step", "call"), ("outcome", "spoke")))),
        (60, "approval", (_, c) => c.Task("approval") is { } t ? ($"steps/{t["subject"]}/approve", Body()) : null),
        (3, "approval of any", (a, _) => ($"steps/{a._chance.Of(Steps)}/approve", Body())),
        (1, "rejection", (a, c) => ($"steps/{c.NextStep ?? a._chance.Of(Steps)}/reject", Body())),
        (2, "send now", (a, c) => ($"steps/{c.NextStep ?? a._chance.Of(Steps)}/send-now", Body())),
        (25, "posting", (_, c) => c.Message("letter") is { } key ? ($"messages/{key}/outcome", Body(("outcome", "posted"))) : null),
        (2, "bounce", (a, c) => c.Message("email") is { } key ? ($"messages/{key}/outcome", Body(("outcome", a._chance.Of(["bounced", "delivered"])))) : null),
        (1, "resend", (_, c) => c.Message("email") is { } key ? ($"messages/{key}/resend", Body()) : null),
        (1, "sent", (_, _) => ("sent", Body())),
        (1, "debtor hold", (a, c) => ($"/api/debtors/{a._debtor}/hold", Body(("reason", "talks"), ("until", c.Day(a._chance.Below(20)))))),
        (60, "debtor release", (a, c) => c.Has("debtorHold") ? ($"/api/debtors/{a._debtor}/release", Body()) : null),
        (1, "insolvency", (a, c) => ($"/api/debtors/{a._debtor}/insolvency", Body(("judgmentDate", c.Day(-1))))),
        (3, "task", (_, c) => c.Task() is { } t ? ($"/api/tasks/{t["id"]}/done", Body(("note", "done"))) : null),
    ];

    private static readonly int Weights = Kinds.Sum(k => k.Weight);

    private readonly Chance _chance = luck;
    private readonly string _debtor = debtor;
    private int _made;
    private Act? _last;

    public static IEnumerable<string> All => Kinds.Select(k => k.Kind);

    public Act Next(JsonNode shown, DateOnly today)
    {
        if (_last is not null && _chance.OneIn(15))
            return _last with { Kind = "the same again" };
        var seen = new Case(shown, today);
        while (true)
        {
            var drawn = _chance.Below(Weights);
            var (_, kind, make) = Kinds.First(k => (drawn -= k.Weight) < 0);
            if (make(this, seen) is not var (path, body))
                continue;
            body["id"] = $"{prefix}:{++_made}";
            return _last = new(kind, path[0] == '/' ? path : $"/api/invoices/{shown["id"]}/{path}", body);
        }
    }

    private decimal Part(decimal of) => (1 + _chance.Below((int)Math.Max(of * 100, 1))) / 100m;

    private JsonObject Money(decimal amount, DateOnly today) =>
        Body(("amount", Math.Max(amount, 0.01m)), ("date", RandomStory.Text(today.AddDays(-_chance.Below(4)))), ("reference", _chance.OneIn(4) ? "DD-1" : null));

    private JsonObject Plan(Case seen, bool proposed = false)
    {
        var (count, left, date) = (_chance.Between(1, 4), (long)(seen.Balance * 100), seen.Today);
        var parts = new JsonArray();
        for (var i = count; i >= 1; i--)
        {
            var part = left / i;
            date = date.AddDays(_chance.Between(1, 25));
            parts.Add(new JsonObject { ["date"] = RandomStory.Text(date), ["amount"] = part / 100m });
            left -= part;
        }
        return new() { ["instalments"] = parts, ["proposed"] = proposed };
    }

    private JsonObject Contact() => _chance.Below(3) switch
    {
        0 => new() { ["email"] = null },
        1 => Body(("email", $"compta{_chance.Below(100)}@example.org")),
        _ => new() { ["address"] = JsonNode.Parse("""{ "line1": "3 place du Marché", "postalCode": "34200", "city": "Sète" }""") },
    };

    private static JsonObject Body(params (string Name, object? Value)[] members)
    {
        var body = new JsonObject();
        foreach (var (name, value) in members)
            if (value is not null)
                body[name] = JsonValue.Create(value);
        return body;
    }

    /// <summary>What a case shows, as whoever acts on it reads it.</summary>
    private sealed record Case(JsonNode Shown, DateOnly Today)
    {
        public decimal Balance => (decimal)Shown["balance"]!;

        public decimal Amount => (decimal)Shown["amount"]!;

        public JsonArray Payments => Shown["payments"]!.AsArray();

        public string? NextStep => Shown["next"]?["step"]?.ToString();

        public string Day(int after) => RandomStory.Text(Today.AddDays(after));

        public string DueDate(int after) => RandomStory.Text(DateOnly.Parse(Shown["dueDate"]!.ToString(), CultureInfo.InvariantCulture).AddDays(after));

        public bool Has(string silence) => Shown["silences"]!.AsArray().Any(s => s!["kind"]!.ToString() == silence);

        public string? Silence(params string[] kinds) => Shown["silences"]!.AsArray().FirstOrDefault(s => kinds.Contains(s!["kind"]!.ToString()))?["id"]?.ToString();

        public JsonNode? Task(string? kind = null) => Shown["tasks"]!.AsArray().FirstOrDefault(t => kind is null || t!["kind"]!.ToString() == kind);

        /// <summary>The key of the latest message on a channel, without the case.</summary>
        public string? Message(string channel) => Shown["steps"]!.AsArray().SelectMany(s => s!["messages"]!.AsArray())
            .LastOrDefault(m => m!["channel"]!.ToString() == channel)?["key"]!.ToString().Split('/', 2)[1];
    }
}
