using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Policies;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

/// <summary>Policies: those shipped and a creditor's own. A version is immutable: writing one again with other content is a conflict.</summary>
public sealed class PolicyOperations(PolicyBook book, Registry registry, RateBook rates)
{
    public async Task<Answer> List(ApiRequest r)
    {
        if (Creditor(r, out var creditor) is { } hidden)
            return hidden;
        var own = creditor is null ? [] : await book.Own(creditor, r.Ct);
        var items = own.Select(p => Json(p, creditor)).Concat(book.Shipped.Select(p => Json(p, null)));
        return Answer.Ok(new PageView<JsonObject>([.. items], null));
    }

    public async Task<Answer> Get(ApiRequest r)
    {
        if (Creditor(r, out var creditor) is { } hidden)
            return hidden;
        int? version = null;
        if (r.Query("version") is { } text && (version = int.TryParse(text, out var asked) ? asked : null) is null)
            return Answer.Invalid([new("version", "wrongType", "must be a whole number.")]);
        return await book.Find(creditor ?? "", r.Route("name"), version, r.Ct) is { } found
            ? Answer.Ok(Json(await book.Get(found, r.Ct), found.Creditor))
            : Answer.NotFound("policy");
    }

    public async Task<Answer> Put(ApiRequest r)
    {
        if (Creditor(r, out var owner) is { } hidden)
            return hidden;
        if (owner is not { } creditor)
            return Answer.Invalid([new("creditor", "required", "is required (?creditor=) with a key that is not scoped to one creditor.")]);
        var name = r.Route("name");
        var latest = await book.Latest(creditor, name, r.Ct);
        var policy = PolicyJson.Read(r.Body, (latest ?? 0) + 1);
        if (policy is not null && policy.Name != name)
            r.Body.Add("name", "contradiction", "is not the name in the address.");
        if (await registry.Creditors.Get(creditor, r.Ct) is null)
            return Answer.NotFound("creditor");
        if (policy is not null)
            foreach (var fault in PolicyBook.MissingTexts(policy, book.HasText))
                r.Body.Add(fault.Path, "unknownText", fault.Why);
        if (policy is null || r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (await UnderTheFloor(policy, r) is { } tooLow)
            return tooLow;
        var answer = new Answer(201, Json(policy, creditor)) { Location = $"/api/policies/{name}?version={policy.Version}" };
        if (r.HasCondition && r.Precondition(latest is { } last ? ApiPipeline.Etag(Json(await book.Get(new(name, last, creditor), r.Ct), creditor)) : null) is { } moved)
            return moved;
        if (r.IsForesight)
            return (await book.Own(creditor, r.Ct)).FirstOrDefault(p => p.Name == name && p.Version == policy.Version) is { } kept && !JsonNode.DeepEquals(PolicyJson.Write(kept), PolicyJson.Write(policy)) ? Taken(policy) : Answer.Ok(Json(policy, creditor));
        if (await book.Add(creditor, policy, r.Receipt(answer), r.Ct))
            return answer;
        if (await registry.Documents.Replay(r) is { } replayed)
            return replayed;
        var known = await book.Get(new(name, policy.Version, creditor), r.Ct);
        return JsonNode.DeepEquals(PolicyJson.Write(known), PolicyJson.Write(policy))
            ? Answer.Ok(Json(known, creditor))
            : Taken(policy);
    }

    private static Answer Taken(Policy policy) =>
        Answer.Conflict("versionExists", $"Version {policy.Version} exists with other content; versions never change. Leave the version out for the next one.");

    // A contractual rate is judged by the semester it begins to be used in: the floor of one that is to come is not known.
    private async Task<Answer?> UnderTheFloor(Policy policy, ApiRequest r)
    {
        if (policy.Accessories.ContractualRate is null)
            return null;
        var today = policy.Zone.LocalDate(r.Now);
        var terms = new ClaimTerms(policy.Regime, Money.FromMinor(100, Currency.Euro), today.AddDays(-1), today) { ContractualRate = policy.Accessories.ContractualRate };
        _ = ClaimCalculator.Calculate(terms, await rates.Current(r.Ct), out var faults);
        return faults.Count == 0 ? null : Answer.Unprocessable([.. faults.Select(f => new Fault($"accessories.{f.Path}", f.Code, f.Why))]);
    }

    // A creditor the key does not see does not exist for it.
    private static Answer? Creditor(ApiRequest r, out string? creditor)
    {
        creditor = r.Query("creditor") ?? r.Caller.OnlyCreditor;
        return creditor is null || r.Caller.Sees(creditor) ? null : Answer.NotFound("creditor");
    }

    private static JsonObject Json(Policy policy, string? creditor)
    {
        var json = PolicyJson.Write(policy);
        json["creditor"] = creditor;
        return json;
    }
}
