using System.Security.Cryptography;
using System.Text;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

/// <summary>Creditor null is the key's own.</summary>
public sealed record SavedFilterView(string Name, string Query, string? Creditor);

public sealed record SavedFiltersView(IReadOnlyList<SavedFilterView> Items);

/// <summary>Lists people look at again: a key's own, and those a creditor's people share.</summary>
public sealed class SavedFilterOperations(Registry registry)
{
    private const int Most = 100;

    public async Task<Answer> List(ApiRequest r)
    {
        var found = new List<SavedFilter>();
        foreach (var owner in (IEnumerable<string>)[Key(r.Caller), .. r.Caller.Creditors?.Select(Creditor) ?? []])
            found.AddRange((await registry.SavedFilters.Of(owner, r.Ct)).Select(f => f.Kept.Value));
        if (r.Caller.Creditors is null)
            found.AddRange(await Shared(r.Ct));
        return Answer.Ok(new SavedFiltersView([.. found.Where(f => f.Query is not null).OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => new SavedFilterView(f.Name, f.Query!, f.Creditor))]));
    }

    /// <summary><c>{"query", "creditor"?}</c>; without a query it is taken back. One for everybody at a creditor needs an operator.</summary>
    public async Task<Answer> Put(ApiRequest r)
    {
        var (name, query, creditor) = (r.Route("name").Trim(), r.Body.Text("query", max: 1000), r.Body.Text("creditor"));
        if (name.Length is 0 or > 60 || name.Any(char.IsControl))
            r.Body.Add("name", "invalidName", "must be 1 to 60 characters on one line.");
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (creditor is not null && !r.Caller.Sees(creditor))
            return Answer.NotFound("creditor");
        if (creditor is not null && r.Caller.Role < Role.Operator)
            return Answer.Refuse(403, "notAllowed", "A filter for everybody needs the role operator.");
        var owner = creditor is null ? Key(r.Caller) : Creditor(creditor);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{name}")));
        var known = await registry.SavedFilters.Get(id, r.Ct);
        if (known is null && query is not null && (await registry.SavedFilters.Of(owner, r.Ct)).Count(f => f.Kept.Value.Query is not null) >= Most)
            return Answer.Unprocessable(new Fault("name", "tooMany", $"there are {Most} already; take one back."));
        var answer = Answer.Ok(new SavedFilterView(name, query ?? "", creditor));
        return await registry.SavedFilters.Put(id, owner, new(name, query, creditor), known?.Version ?? 0, r.Receipt(answer), r.Ct)
            ? answer
            : Answer.Conflict("changedMeanwhile", "It changed at the same time; try again.");
    }

    // Of every creditor, in one listing of all there are: there may be many creditors, and few share any.
    private async Task<IReadOnlyList<SavedFilter>> Shared(CancellationToken ct)
    {
        var (found, after) = (new List<SavedFilter>(), (string?)null);
        for (var more = true; more;)
        {
            var page = await registry.SavedFilters.List(null, after, Paging.Max, ct);
            found.AddRange(page.Select(f => f.Value).Where(f => f.Creditor is not null));
            (after, more) = (page.Count > 0 ? page[^1].Id : after, page.Count == Paging.Max);
        }
        return found;
    }

    private static string Key(Caller caller) => $"key {caller.KeyId}";

    private static string Creditor(string creditor) => $"creditor {creditor}";
}
