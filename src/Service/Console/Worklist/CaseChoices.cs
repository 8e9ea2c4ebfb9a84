using System.Text.Json.Nodes;
using Dunning.Service.Api.Operations;

namespace Dunning.Service.Console.Worklist;

/// <summary>What there is to choose from: creditors, policies and their steps.</summary>
public sealed record CaseChoices(SeenCreditors Creditors, IReadOnlyList<string> Policies, IReadOnlyList<string> Steps)
{
    public static async Task<CaseChoices> Of(PageRequest r, string? creditor)
    {
        var creditors = await SeenCreditors.Of(r);
        var policies = (await r.Api.Get<PageView<JsonObject>>("listPolicies", null, ("creditor", creditor ?? (creditors.Count == 1 ? creditors[0].Id : null))))?.Items ?? [];
        return new(creditors, [.. policies.Select(p => (string)p["name"]!).Distinct()], [.. policies.SelectMany(p => p["steps"]!.AsArray()).Select(s => (string)s!["id"]!).Distinct()]);
    }
}
