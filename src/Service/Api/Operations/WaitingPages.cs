using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

/// <summary>The pages of what waits for a person: of one creditor, or, with a key of every creditor, of all.</summary>
internal static class WaitingPages
{
    public static async Task<Answer> List<T, TView>(ApiRequest r, WaitingList<T> waiting, Func<T, TView> view)
    {
        var query = r.QueryAsBody();
        var (creditor, limit, after) = (query.Text("creditor") ?? r.Caller.OnlyCreditor, Paging.Limit(query), Paging.After(query));
        if (creditor is null && r.Caller.Creditors is not null)
            query.Add("creditor", "required", "is required with a key of several creditors.");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        if (creditor is not null && !r.Caller.Sees(creditor))
            return Answer.NotFound("creditor");
        var items = await waiting.Read(creditor, after, limit + 1, r.Ct);
        var shown = items.Take(limit).Select(i => view(i.Value)).ToList();
        return Answer.Ok(new PageView<TView>(shown, items.Count > limit ? Paging.Cursor(items[limit - 1].Place) : null));
    }
}
