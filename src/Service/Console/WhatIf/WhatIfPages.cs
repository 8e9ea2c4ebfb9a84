using System.Globalization;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;
using Dunning.Service.Policies;
using Dunning.Service.Simulation;

namespace Dunning.Service.Console.WhatIf;

/// <summary>What will happen, and what would under another policy: to an invoice, to a case, to last year's ledger. Nothing is changed by asking.</summary>
public sealed class WhatIfPages : IConsolePages
{
    public IEnumerable<Page> Pages => [new("GET", "what-if", Invoice), new("GET", "what-if/ledger", r => Ledger(r, r.Query, null)), new("POST", "what-if/ledger", Replay)];

    private static async Task<PageAnswer> Invoice(PageRequest r)
    {
        var creditors = await SeenCreditors.Of(r);
        var asked = new WhatIfAsked(r, await r.Api.Today(r.Query("creditor") ?? (creditors.Count > 0 ? creditors[0].Id : null)));
        var creditor = asked.Creditor ?? (creditors.Count > 0 ? creditors[0].Id : null);
        var known = asked.Case is { } id ? await r.Api.Get<CaseView>("getInvoice", new Dictionary<string, string> { ["id"] = id }) : null;
        if (asked.Case is not null && known is null)
            return new PageAnswer.NotFound();
        creditor = known?.Creditor ?? creditor;
        var (futures, refusal) = asked.Wanted || known is not null ? await Futures(r, asked, known, creditor) : ([], null);
        return PageAnswer.Of<WhatIfPage>(r.Ui.Say("Et si…", "What if"), ("Asked", asked), ("Case", known), ("Creditors", creditors), ("Creditor", creditor),
            ("Policies", await PolicyChoices.Of(r, creditor)), ("Futures", futures), ("Refusal", refusal));
    }

    // By a form of its own, never by an address: it costs seconds of the machine.
    private static async Task<PageAnswer> Replay(PageRequest r) => await Ledger(r, r.Field, await r.Api.Call("simulateLedger", null, new()
    {
        ["creditor"] = r.Field("creditor"),
        ["policies"] = new JsonArray([.. new[] { r.Field("policy"), r.Field("against") }.OfType<string>().Distinct().Select(p => (JsonNode)p)]),
        ["from"] = r.Field("from"),
        ["to"] = r.Field("to"),
    }));

    private static async Task<PageAnswer> Ledger(PageRequest r, Func<string, string?> chosen, Answer? answer)
    {
        var creditors = await SeenCreditors.Of(r);
        var creditor = chosen("creditor") ?? (creditors.Count > 0 ? creditors[0].Id : null);
        var lastYear = (await r.Api.Today(creditor)).Year - 1;
        var refusal = answer?.Body as Problem;
        if (refusal?.Code == LedgerOperation.Busy)
            refusal = refusal with { Detail = r.Ui.Say("D’autres comptes sont en train d’être rejoués\u00A0; un seul à la fois, pour que les envois continuent. Réessayez dans une demi-minute.", "Another ledger is being replayed; one at a time, so that sending goes on. Try again in half a minute.") };
        if (answer?.Status == 429)
            r.Http.Response.Headers.RetryAfter = LedgerOperation.RetryAfterSeconds;
        return PageAnswer.Of<LedgerPage>(r.Ui.Say("Et si… sur le passé", "What if: the past"), ("Creditors", creditors), ("Creditor", creditor),
            ("From", chosen("from") ?? Iso(new(lastYear, 1, 1))), ("To", chosen("to") ?? Iso(new(lastYear, 12, 31))), ("Policy", chosen("policy")), ("Against", chosen("against")),
            ("Policies", await PolicyChoices.Of(r, creditor)), ("Replay", answer?.Body as LedgerReplayView), ("Refusal", refusal)) with
        { Status = refusal?.Status ?? 200 };
    }

    private static async Task<(IReadOnlyList<Future> Futures, Problem? Refusal)> Futures(PageRequest r, WhatIfAsked asked, CaseView? known, string? creditor)
    {
        var futures = new List<Future>();
        foreach (var name in new[] { asked.Policy, asked.Against }.Where((n, i) => i == 0 || n is not null).Distinct())
        {
            var policy = await PolicyChoices.Find(r, name ?? known?.Policy.Name, name is null ? known?.Policy.Version : null, creditor);
            if (policy is null && name is not null)
                return (futures, new("unknownPolicy", r.Ui.Say("Ce scénario n’existe pas.", "There is no such policy."), 404, [new("policy", "unknownPolicy", name)]));
            var answer = await r.Api.Call("simulate", null, asked.Body(name, policy?.Zone ?? Zone.Utc));
            if (answer.Body is not SimulationView view || policy is null)
                return (futures, answer.Body as Problem);
            futures.Add(Of(view, policy, known, asked));
        }
        return (futures, null);
    }

    private static Future Of(SimulationView view, Policy policy, CaseView? known, WhatIfAsked asked)
    {
        var address = known?.Debtor.Address is { } at ? new PostalAddress(at.Line1, at.Line2, at.PostalCode, at.City) : known is null ? new PostalAddress("", null, asked.PostalCode, "") : null;
        var debtor = new Debtor("", "", DebtorKind.Business, known?.Debtor.Country ?? asked.Country, "fr") { Address = address };
        return new(policy, view, BusinessCalendar.Of(debtor, policy.Calendar), known?.Currency ?? asked.Currency,
            known?.DueDate ?? DateOnly.ParseExact(asked.DueDate, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }


    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The policies there are to choose from, by name, each in its latest version.</summary>
public static class PolicyChoices
{
    public static async Task<IReadOnlyList<(string Value, string Text)>> Of(PageRequest r, string? creditor)
    {
        var all = (await r.Api.Get<PageView<JsonObject>>("listPolicies", null, ("creditor", creditor)))?.Items ?? [];
        return [.. all.GroupBy(p => (string)p["name"]!).Select(g => (g.Key, $"{g.Key} — {r.Ui.Regime((string)g.First()["regime"]!)}")).OrderBy(c => c.Key, StringComparer.Ordinal)];
    }

    /// <summary>Null when there is none of that name, or not for whoever asks.</summary>
    public static async Task<Policy?> Find(PageRequest r, string? name, int? version, string? creditor) =>
        name is null ? null : await r.Api.Get<JsonObject>("getPolicy", new Dictionary<string, string> { ["name"] = name }, ("creditor", creditor), ("version", version?.ToString(CultureInfo.InvariantCulture))) is { } json ? Read(json) : null;

    /// <summary>A policy as the API shows it.</summary>
    public static Policy? Read(JsonObject shown)
    {
        var json = (JsonObject)shown.DeepClone();
        json.Remove("creditor");
        return PolicyJson.Read(new BodyReader(System.Text.Json.JsonSerializer.SerializeToElement(json)));
    }
}
