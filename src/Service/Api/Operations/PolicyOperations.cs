using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Policies;

namespace Dunning.Service.Api.Operations;

/// <summary>Policies: those shipped and a creditor's own. A version is immutable: writing one again with other content is a conflict.</summary>
public sealed class PolicyOperations(PolicyBook book)
{
    public async Task<Answer> List(ApiRequest r)
    {
        var own = Creditor(r) is { } creditor ? await book.Own(creditor, r.Ct) : [];
        var items = own.Select(p => Json(p, Creditor(r))).Concat(book.Shipped.Select(p => Json(p, null)));
        return Answer.Ok(new PageView<JsonObject>([.. items], null));
    }

    public async Task<Answer> Get(ApiRequest r)
    {
        var version = int.TryParse(r.Query("version"), out var asked) ? asked : (int?)null;
        return await book.Find(Creditor(r) ?? "", r.Route("name"), version, r.Ct) is { } found
            ? Answer.Ok(Json(await book.Get(found, r.Ct), found.Creditor))
            : Answer.NotFound("policy");
    }

    public async Task<Answer> Put(ApiRequest r)
    {
        if (Creditor(r) is not { } creditor)
            return Answer.Invalid([new("creditor", "required", "is required (?creditor=) with a key that is not scoped to one creditor.")]);
        var name = r.Route("name");
        var latest = await book.Latest(creditor, name, r.Ct);
        var policy = PolicyJson.Read(r.Body, (latest ?? 0) + 1);
        if (policy is not null && policy.Name != name)
            r.Body.Add("name", "contradiction", "is not the name in the address.");
        if (policy is not null)
            foreach (var fault in PolicyBook.MissingTexts(policy, book.HasText))
                r.Body.Add(fault.Path, "unknownText", fault.Why);
        if (policy is null || r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        var answer = new Answer(201, Json(policy, creditor)) { Location = $"/api/policies/{name}?version={policy.Version}" };
        if (await book.Add(creditor, policy, r.Receipt(answer), r.Ct))
            return answer;
        var known = await book.Get(new(name, policy.Version, creditor), r.Ct);
        return JsonNode.DeepEquals(PolicyJson.Write(known), PolicyJson.Write(policy))
            ? Answer.Ok(Json(known, creditor))
            : Answer.Conflict("versionExists", $"Version {policy.Version} exists with other content; versions never change. Leave the version out for the next one.");
    }

    private static string? Creditor(ApiRequest r) =>
        r.Caller.OnlyCreditor ?? (r.Query("creditor") is { } named && r.Caller.Sees(named) ? named : null);

    private static JsonObject Json(Policy policy, string? creditor)
    {
        var json = PolicyJson.Write(policy);
        json["creditor"] = creditor;
        return json;
    }
}
