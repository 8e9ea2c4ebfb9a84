using Dunning.Service.Policies;
using Dunning.Service.Register;
using Dunning.Service.Upcoming;

namespace Dunning.Service.Api.Operations;

/// <summary>Days are those one may look at: today and the fourteen that follow.</summary>
public sealed record UpcomingView(DateOnly Date, DateOnly NextBusinessDay, IReadOnlyList<DateOnly> Days, IReadOnlyList<UpcomingStep> Items, string? NextCursor);

public sealed record NoticeSettingsView(string Creditor, bool Enabled, string? To);

/// <summary>What will leave on a coming day, and whether the creditor is told the afternoon before.</summary>
public sealed class UpcomingOperations(UpcomingPost post, PolicyBook policies, Registry registry)
{
    private const int Ahead = 14;

    public async Task<Answer> List(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var (creditor, date, limit, cursor) = (query.Text("creditor"), query.Date("date"), Paging.Limit(query), query.Text("cursor", max: 500));
        if (creditor is not null && !r.Caller.Sees(creditor))
            return Answer.NotFound("creditor");
        var one = creditor ?? r.Caller.OnlyCreditor;
        var known = one is null ? null : (await registry.Creditors.Get(one, r.Ct))?.Value;
        var where = await CreditorDay.Of(known ?? new("(all)", ""), policies, r.Ct);
        var today = where.Today(r.Now);
        if (date < today || date > today.AddDays(Ahead))
            query.Add("date", "outOfRange", $"must be one of the {Ahead} days from {today:yyyy-MM-dd} on.");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        var day = date ?? where.NextBusinessDay(today);
        try
        {
            var page = await post.Of(creditor is null ? r.Caller.Creditors : [creditor], day, cursor, limit, r.Ct);
            return Answer.Ok(new UpcomingView(day, where.NextBusinessDay(today), [.. Enumerable.Range(0, Ahead + 1).Select(today.AddDays)], page.Items, page.NextCursor));
        }
        catch (FormatException)
        {
            return Answer.Invalid([new("cursor", "invalidCursor", "is not a cursor this list gave.")]);
        }
    }

    public async Task<Answer> GetSettings(ApiRequest r)
    {
        if (!r.Caller.Sees(r.Route("id")) || await registry.Creditors.Get(r.Route("id"), r.Ct) is not { } creditor)
            return Answer.NotFound("creditor");
        var kept = (await registry.NoticeSettings.Get(creditor.Value.Id, r.Ct))?.Value;
        return Answer.Ok(new NoticeSettingsView(creditor.Value.Id, kept?.Enabled ?? false, kept?.To));
    }

    /// <summary><c>{"enabled", "to"}</c>: without an address the creditor's own is written to.</summary>
    public async Task<Answer> PutSettings(ApiRequest r)
    {
        if (!r.Caller.Sees(r.Route("id")) || await registry.Creditors.Get(r.Route("id"), r.Ct) is not { Value: var creditor })
            return Answer.NotFound("creditor");
        var (enabled, to) = (r.Body.Flag("enabled"), PartyBody.Email(r.Body, "to"));
        if (enabled is null && r.Body.Faults.Count == 0)
            r.Body.Add("enabled", "required", "is required: true or false.");
        if (enabled == true && to is null && creditor.Email is null && r.Body.Faults.Count == 0)
            r.Body.Add("to", "required", "is required: the creditor has no address of its own.");
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        var known = await registry.NoticeSettings.Get(creditor.Id, r.Ct);
        var answer = Answer.Ok(new NoticeSettingsView(creditor.Id, enabled!.Value, to));
        return await registry.NoticeSettings.Put(creditor.Id, creditor.Id, new(creditor.Id, enabled.Value, to), known?.Version ?? 0, r.Receipt(answer), r.Ct)
            ? answer
            : Answer.Conflict("changedMeanwhile", "It changed at the same time; try again.");
    }
}
