using System.Globalization;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Console.Forms;

namespace Dunning.Service.Console.WhatIf;

/// <summary>Something that might happen, as it was filled in. Until is the promised date, or the end of a hold.</summary>
public sealed record AskedEvent(string? Type, string? On, string? Amount, string? Until)
{
    public static readonly IReadOnlyList<string> Types = ["payment", "promise", "dispute", "hold", "creditNote", "reply", "bounce", "insolvency"];

    public JsonObject Json(Zone zone)
    {
        var json = new JsonObject { ["type"] = Type, ["at"] = DateOnly.TryParseExact(On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? zone.At(on, new(10, 0)).ToString("O") : On ?? "" };
        void Add(string name, JsonNode? value)
        {
            if (value is not null)
                json[name] = value;
        }
        if (Type is "payment" or "creditNote" or "promise" or "dispute")
            Add("amount", WhatIfAsked.Amount(Amount));
        if (Type is "payment" or "creditNote")
            Add("date", On);
        if (Type == "promise")
            Add("date", Until);
        if (Type == "dispute")
            Add("kind", "commercial");
        if (Type == "hold")
            (json["reason"], json["until"]) = ("what if", Until);
        if (Type == "insolvency")
            Add("judgmentDate", On);
        return json;
    }
}

/// <summary>
/// What somebody wants to know: an invoice, or a case that is there, one policy or two, and what might happen. All of it stands in the address, so that it can be sent to
/// somebody else: it names nobody.
/// </summary>
public sealed record WhatIfAsked
{
    private const int MostEvents = 20;

    private readonly Func<string, string?> _query;

    public WhatIfAsked(PageRequest r, DateOnly today)
    {
        _query = r.Query;
        Wanted = r.Query("policy") is not null;
        Events = [.. Enumerable.Range(0, MostEvents).Select(i => new AskedEvent(_query($"events[{i}].type"), _query($"events[{i}].at"), _query($"events[{i}].amount"), _query($"events[{i}].date")))
            .Where(e => e.Type is not null)];
        (IssueDate, DueDate) = (_query("invoice.issueDate") ?? Iso(today.AddDays(-30)), _query("invoice.dueDate") ?? Iso(today));
    }

    /// <summary>False for the empty form.</summary>
    public bool Wanted { get; }

    public IReadOnlyList<AskedEvent> Events { get; }

    public string? Creditor => _query("creditor");

    public string? Case => _query("case");

    public string IssueDate { get; }

    public string DueDate { get; }

    public string AmountText => _query("invoice.amount") ?? "1200";

    public string Currency => _query("invoice.currency") ?? "EUR";

    public string Kind => _query("kind") ?? "business";

    public string Country => _query("country") ?? "FR";

    public string PostalCode => _query("postalCode") ?? (Country == "BE" ? "1000" : "75001");

    public string? Policy => _query("policy");

    public string? Against => _query("against");

    public string? Until => _query("until");

    /// <summary>The request to the simulation under a policy; null for the case's own.</summary>
    public JsonObject Body(string? policy, Zone zone)
    {
        var body = new JsonObject { ["events"] = new JsonArray([.. Events.Where(e => e.Type is not null).Select(e => e.Json(zone))]) };
        if (policy is not null)
            body["policy"] = policy;
        if (Until is { } until)
            body["until"] = until;
        if (Case is { } known)
        {
            body["case"] = known;
            return body;
        }
        body["creditor"] = Creditor;
        body["invoice"] = new JsonObject
        {
            ["number"] = "1",
            ["issueDate"] = IssueDate,
            ["dueDate"] = DueDate,
            ["amount"] = Amount(AmountText),
            ["currency"] = Currency,
            ["description"] = "…",
            ["debtor"] = Sample(Kind, Country, PostalCode),
        };
        if (DateOnly.TryParseExact(IssueDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var issued))
            body["registeredAt"] = zone.At(issued, new(10, 0)).ToString("O");
        return body;
    }

    /// <summary>Somebody who can be reached in every way.</summary>
    public static JsonObject Sample(string kind, string country, string postalCode) => new()
    {
        ["name"] = "…",
        ["kind"] = kind,
        ["country"] = country,
        ["language"] = "fr",
        ["email"] = "debtor@example.org",
        ["phone"] = country == "BE" ? "+32470000000" : "+33600000000",
        ["address"] = new JsonObject { ["line1"] = "1", ["postalCode"] = postalCode, ["city"] = "…" },
    };

    /// <summary>What is no amount is passed on as it is: the API says so.</summary>
    internal static JsonNode? Amount(string? text) => text is null ? null : Filled.AmountOf(text) is { } amount ? amount : text;

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
