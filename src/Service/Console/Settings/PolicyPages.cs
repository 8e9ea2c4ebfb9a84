using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Console.Audit;
using Dunning.Service.Console.WhatIf;
using Dunning.Service.Rendering;
using Dunning.Service.Simulation;

namespace Dunning.Service.Console.Settings;

/// <summary>Policies: read as ladders, compared, and written anew. A version never changes; a change is a new version, which running cases do not follow.</summary>
public sealed class PolicyPages : IConsolePages
{
    private const string Place = "/console/settings/policies";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IEnumerable<Page> Pages =>
    [
        new("GET", "settings/policies", List),
        new("GET", "settings/policies/{name}", Show),
        new("GET", "settings/policies/{name}/edit", Edit),
        new("POST", "settings/policies/{name}/edit", Write),
    ];

    internal static string Of(string name, string? creditor) => $"{Place}/{SettingsPages.At(name)}{(creditor is null ? "" : $"?creditor={SettingsPages.At(creditor)}")}";

    /// <summary>A policy's own JSON, as files have it, one member a line: whose it is stands beside it.</summary>
    internal static string Canonical(JsonObject shown, bool versioned = true)
    {
        var json = (JsonObject)shown.DeepClone();
        json.Remove("creditor");
        if (!versioned)
            json.Remove("version");
        return json.ToJsonString(Indented);
    }

    private static async Task<PageAnswer> List(PageRequest r)
    {
        var creditors = await SeenCreditors.Of(r);
        var creditor = SettingsPages.Chosen(r, creditors);
        return await All(r, creditor) is { } all
            ? PageAnswer.Of<PoliciesPage>(r.Ui.Say("Scénarios", "Policies"), ("Creditors", creditors), ("Creditor", creditor), ("Policies", Latest(all)))
            : new PageAnswer.NotFound();
    }

    private static async Task<PageAnswer> Show(PageRequest r)
    {
        var creditor = SettingsPages.Chosen(r, await SeenCreditors.Of(r));
        var versions = Versions(await All(r, creditor) ?? [], r.Route["name"]);
        var shown = r.Query("version") is { } asked ? versions.FirstOrDefault(v => v.Key == asked) : First(versions);
        if (shown is null)
            return new PageAnswer.NotFound();
        var compared = r.Query("with") is { } with ? versions.FirstOrDefault(v => v.Key == with) : null;
        var use = creditor is null ? null : await r.Api.Get<PolicyUseView>("getPolicyUse", SettingsPages.Route(("name", shown.Policy.Name)), ("creditor", creditor));
        return PageAnswer.Of<PolicyPage>(shown.Policy.Name, ("Creditor", creditor), ("Shown", shown), ("Versions", versions), ("Compared", compared), ("Use", use),
            ("Sample", (await Sample(r, shown.Policy, shown.Json, creditor)).Future), ("Acts", await LastActs.On(r, $"/api/policies/{shown.Policy.Name}", creditor)));
    }

    private static async Task<PageAnswer> Edit(PageRequest r)
    {
        var creditors = await SeenCreditors.Of(r);
        var creditor = SettingsPages.Chosen(r, creditors);
        var known = First(Versions(await All(r, creditor) ?? [], r.Route["name"]));
        return !r.Ui.IsAdmin || known is null || creditor is null ? new PageAnswer.NotFound()
            : PageAnswer.Of<PolicyEditPage>(known.Policy.Name, ("Name", known.Policy.Name), ("Creditor", creditor), ("Creditors", creditors), ("Text", Canonical(known.Json, versioned: false)));
    }

    private static async Task<PageAnswer> Write(PageRequest r)
    {
        var (creditor, text, ui) = (r.Field("creditor") ?? "", r.Form["policy"].ToString(), r.Ui);
        if (!ui.IsAdmin)
            return new PageAnswer.NotFound();
        async Task<PageAnswer> Again(Problem refusal) => PageAnswer.Of<PolicyEditPage>(r.Route["name"], ("Name", r.Route["name"]), ("Creditor", creditor), ("Creditors", await SeenCreditors.Of(r)), ("Text", text), ("Refusal", refusal)) with { Status = refusal.Status };
        if (Read(text, out var where) is not { } json)
            return await Again(new("invalidRequest", ui.Say("Ce n’est pas du JSON.", "This is not JSON."), 400, [new("policy", "notJson", where)]));
        var name = json["name"] is JsonValue given && given.TryGetValue(out string? named) ? named : r.Route["name"];
        var route = SettingsPages.Route(("name", name));
        var tried = await r.Api.Call("putPolicy", route, json, ("creditor", creditor), ("dryRun", "true"));
        if (tried.Body is not JsonObject written)
            return await Again((Problem)tried.Body!);
        // Somebody else wrote a version since this one was looked at: it is looked at again, against theirs.
        if (r.Field("confirm") != "yes" || r.Field("seen") != written["version"]!.ToString())
            return await Before(r, creditor, name, written);
        var answer = await r.Api.Call("putPolicy", route, json, ("creditor", creditor));
        return answer.Body is Problem refusal ? await Again(refusal)
            : new PageAnswer.SeeOther(Of(name, creditor), ui.Say($"La version {written["version"]} est écrite.", $"Version {written["version"]} is written."));
    }

    // What the new version changes, and whom it reaches, before it is written.
    private static async Task<PageAnswer> Before(PageRequest r, string creditor, string name, JsonObject written)
    {
        var known = First(Versions(await All(r, creditor) ?? [], name));
        var after = PolicyChoices.Read(written)!;
        var use = await r.Api.Get<PolicyUseView>("getPolicyUse", SettingsPages.Route(("name", name)), ("creditor", creditor));
        var futures = new List<Future>();
        foreach (var (policy, json) in new[] { (known?.Policy, known?.Json), (after, written) })
            if (policy is not null && (await Sample(r, policy, json!, creditor)).Future is { } future)
                futures.Add(future);
        return PageAnswer.Of<PolicyConfirmPage>(name, ("Name", name), ("Creditor", creditor), ("Known", known), ("After", after), ("Written", written), ("Use", use), ("Futures", futures), ("Form", r.Form));
    }

    /// <summary>A sample invoice under a policy, issued today and due in thirty days, that nobody pays.</summary>
    private static async Task<(Future? Future, Problem? Refusal)> Sample(PageRequest r, Policy policy, JsonObject json, string? creditor)
    {
        var (today, whole) = (await r.Api.Today(creditor), (JsonObject)json.DeepClone());
        whole.Remove("creditor");
        var (country, due) = (policy.Regime.StartsWith("be", StringComparison.Ordinal) ? "BE" : "FR", today.AddDays(30));
        var kind = ApiJson.Name(SampleCase.KindOf(policy.Regime));
        var debtor = WhatIfAsked.Sample(kind, country, country == "BE" ? "1000" : "75001");
        var answer = await r.Api.Call("simulate", null, new()
        {
            ["policy"] = whole,
            ["creditor"] = creditor,
            ["registeredAt"] = policy.Zone.At(today, new(8, 0)).ToString("O"),
            ["until"] = due.AddDays(Math.Max(120, policy.Rungs[^1].Offset + 60)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["invoice"] = new JsonObject
            {
                ["number"] = "1",
                ["issueDate"] = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["dueDate"] = due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["amount"] = 1200m,
                ["currency"] = "EUR",
                ["description"] = "…",
                ["debtor"] = debtor,
            },
        });
        var calendar = BusinessCalendar.Of(new("", "", DebtorKind.Business, country, "fr") { Address = new("", null, country == "BE" ? "1000" : "75001", "") }, policy.Calendar);
        return answer.Body is SimulationView view ? (new(policy, view, calendar, "EUR", due), null) : (null, answer.Body as Problem);
    }

    private static async Task<IReadOnlyList<JsonObject>?> All(PageRequest r, string? creditor) => (await r.Api.Get<PageView<JsonObject>>("listPolicies", null, ("creditor", creditor)))?.Items;

    private static IReadOnlyList<PolicyVersion> Latest(IReadOnlyList<JsonObject> all) =>
        [.. all.Select(p => (string)p["name"]!).Distinct().Order(StringComparer.Ordinal).Select(n => Versions(all, n)[0])];

    // The creditor's own before those shipped, the latest first: the order in which a name is looked up.
    private static IReadOnlyList<PolicyVersion> Versions(IReadOnlyList<JsonObject> all, string name) =>
        [.. all.Where(p => (string)p["name"]! == name).Select(p => new PolicyVersion(PolicyChoices.Read(p)!, p, (string?)p["creditor"])).OrderByDescending(v => v.Creditor is not null).ThenByDescending(v => v.Version)];

    private static PolicyVersion? First(IReadOnlyList<PolicyVersion> versions) => versions.Count > 0 ? versions[0] : null;

    private static JsonObject? Read(string text, out string where)
    {
        where = "";
        try
        {
            using var document = JsonDocument.Parse(text, BodyReader.Strict);
            where = "must be a JSON object.";
            return JsonNode.Parse(document.RootElement.GetRawText()) as JsonObject;
        }
        catch (JsonException error)
        {
            where = $"line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}";
            return null;
        }
    }
}

/// <summary>One version of a policy; creditor is null for one that is shipped.</summary>
public sealed record PolicyVersion(Policy Policy, JsonObject Json, string? Creditor)
{
    public int Version => Policy.Version;

    /// <summary>Two versions may have one number: the creditor's and the shipped one.</summary>
    public string Key => $"{(Creditor is null ? "shipped" : "own")}-{Version}";
}
