using System.Text.Json.Nodes;

namespace Dunning.Scenarios;

/// <summary>
/// A case and what happens to it: what both hosts must live through alike. Change adapts the usual invoice; each event has the body of its route.
/// </summary>
public sealed record Story(string Name, string Policy, Action<JsonObject> Change, params (string At, string Type, string Body)[] Events)
{
    public static readonly Dictionary<string, string> Routes = new()
    {
        ["payment"] = "payments",
        ["reversal"] = "reversals",
        ["pendingPayment"] = "pending-payments",
        ["creditNote"] = "credit-notes",
        ["promise"] = "promises",
        ["dispute"] = "disputes",
        ["disputeResolved"] = "disputes/d/resolve",
        ["hold"] = "hold",
        ["release"] = "release",
        ["plan"] = "plans",
        ["cancel"] = "cancel",
        ["writeOff"] = "write-off",
        ["dueDate"] = "due-date",
        ["reply"] = "replies",
        ["bounce"] = "messages/first/email/1/outcome",
    };

    public static readonly IReadOnlyList<Story> All =
    [
        new("design", "fr-b2b", _ => { }, ("2026-11-10T10:00:00+01:00", "promise", """{ "date": "2026-11-20" }""")),
        new("silent debtor", "fr-b2b", _ => { }),
        new("fast", "fr-b2b-fast", _ => { }),
        new("public", "fr-public", i => i["debtor"]!["kind"] = "public"),
        new("consumer", "fr-b2c", i => i["debtor"]!["kind"] = "consumer"),
        new("belgian", "be-b2b", i => (i["debtor"]!["country"], i["debtor"]!["language"]) = ("BE", "fr")),
        new("belgian consumer", "be-b2c", i => (i["debtor"]!["country"], i["debtor"]!["kind"]) = ("BE", "consumer")),
        new("no address", "fr-b2b", i => i["debtor"]!.AsObject().Remove("address")),
        new("overdue already", "fr-b2b", i => (i["issueDate"], i["dueDate"]) = ("2026-06-01", "2026-07-01")),
        new("sent before", "fr-b2b", i => (i["issueDate"], i["dueDate"], i["alreadySent"]) = ("2026-06-01", "2026-07-01", 2)),
        new("paid in two", "fr-b2b", _ => { },
            ("2026-11-12T15:00:00+01:00", "payment", """{ "id": "s1", "amount": 700, "date": "2026-11-12" }"""), ("2026-12-01T09:00:00+01:00", "payment", """{ "id": "s2", "amount": 500 }""")),
        new("bounced cheque", "fr-b2b", _ => { },
            ("2026-11-12T15:00:00+01:00", "payment", """{ "id": "c1", "amount": 1200, "date": "2026-11-12" }"""), ("2026-11-20T09:30:00+01:00", "reversal", """{ "paymentId": "c1" }""")),
        new("dispute lost", "fr-b2b", _ => { },
            ("2026-11-10T15:00:00+01:00", "dispute", """{ "id": "d", "kind": "commercial" }"""), ("2026-12-03T15:00:00+01:00", "disputeResolved", """{ "outcome": "rejected" }""")),
        new("plan broken", "fr-b2b", _ => { },
            ("2026-11-10T15:00:00+01:00", "plan", """{ "instalments": [{ "date": "2026-11-25", "amount": 600 }, { "date": "2026-12-25", "amount": 600 }] }"""),
            ("2026-11-25T15:00:00+01:00", "payment", """{ "id": "pl", "amount": 600 }""")),
        new("held for a week", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "hold", """{ "reason": "talks", "until": "2026-11-24" }""")),
        new("held and released", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "hold", "{}"), ("2026-11-27T20:00:00+01:00", "release", "{}")),
        new("later due date", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "dueDate", """{ "dueDate": "2026-12-15" }""")),
        new("debit on its way", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "pendingPayment", """{ "expectedOn": "2026-11-18" }""")),
        new("credit note", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "creditNote", """{ "id": "cn", "amount": 250 }""")),
        new("bounce", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "bounce", """{ "step": "first", "channel": "email", "outcome": "bounced" }""")),
        new("cancelled", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "cancel", """{ "reason": "error" }""")),
        new("written off", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "writeOff", """{ "reason": "old" }""")),
    ];

    /// <summary>A registration of a French business that owes 1,200 from 31 October on, with changes.</summary>
    public static JsonObject Invoice(int number, Action<JsonObject>? change = null)
    {
        var invoice = (JsonObject)JsonNode.Parse("""
            { "creditor": "demo", "issueDate": "2026-09-30", "dueDate": "2026-10-31", "amount": 1200.00, "currency": "EUR",
              "debtor": { "name": "Boulangerie Martin", "kind": "business", "country": "FR", "language": "fr", "email": "compta@example.org", "phone": "+33600000000",
                "address": { "line1": "12 rue des Lilas", "postalCode": "69003", "city": "Lyon" } } }
            """)!;
        invoice["number"] = $"F-{number}";
        change?.Invoke(invoice);
        return invoice;
    }

    public override string ToString() => Name;
}
