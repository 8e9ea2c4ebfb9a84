using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

/// <summary>Creditor is null for a version that is shipped.</summary>
public sealed record VersionUse(int Version, string? Creditor, int Running);

/// <summary>Running cases by the version they began with, which they keep. More: there are more cases than were counted.</summary>
public sealed record PolicyUseView(string Name, string Creditor, IReadOnlyList<VersionUse> Versions, int Counted, bool More);

/// <summary>Waiting: cases that wait for sending to resume. The others are cases whose next step is due within a day, and within a week.</summary>
public sealed record SendingStateView(string Creditor, bool Stopped, bool EverywhereStopped, int Waiting, int WithinADay, int WithinAWeek, int Counted, bool More);

/// <summary>What a change would reach: which running cases keep the old version of a policy, how many messages the stop switch holds back.</summary>
public sealed class RunningCaseOperations(ICaseLists lists, ICaseStore store, IPolicyBook policies, Registry registry)
{
    /// <summary>They are counted for a page that is only looked at: no more are read than for any count.</summary>
    public const int MostCounted = CaseListOperations.Bound;

    private static readonly CaseStatus[] Running = [.. Enum.GetValues<CaseStatus>().Except([CaseStatus.Paid, CaseStatus.Cancelled, CaseStatus.WrittenOff])];

    public async Task<Answer> PolicyUse(ApiRequest r)
    {
        var creditor = r.Query("creditor") ?? r.Caller.OnlyCreditor;
        if (creditor is null)
            return Answer.Invalid([new("creditor", "required", "is required, unless the key is of one creditor.")]);
        if (!await Sees(r, creditor))
            return Answer.NotFound("creditor");
        var (name, counts, counted) = (r.Route("name"), new Dictionary<PolicyRef, int>(), 0);
        await foreach (var item in Cases(creditor, lists.CanSearch ? name : null, r.Ct))
        {
            counted++;
            if (item.State.Known!.Policy is var used && used.Name == name)
                counts[used] = counts.GetValueOrDefault(used) + 1;
        }
        var versions = counts.OrderByDescending(c => c.Key.Version).Select(c => new VersionUse(c.Key.Version, c.Key.Creditor, c.Value));
        return Answer.Ok(new PolicyUseView(name, creditor, [.. versions], counted, counted == MostCounted));
    }

    public async Task<Answer> Sending(ApiRequest r)
    {
        var creditor = r.Route("id");
        if (!await Sees(r, creditor))
            return Answer.NotFound("creditor");
        var (day, week, counted) = (0, 0, 0);
        await foreach (var item in lists.CanSearch ? Foreseen(creditor, r.Now.AddDays(7), r.Ct) : Cases(creditor, null, r.Ct))
        {
            counted++;
            if (NextView.Of(item.State, await policies.Get(item.State.Known!.Policy, r.Ct)) is not { Step: not null, WaitingFor: null, At: { } at })
                continue;
            day += at <= r.Now.AddDays(1) ? 1 : 0;
            week += at <= r.Now.AddDays(7) ? 1 : 0;
        }
        var stopped = (await registry.Creditors.Get(creditor, r.Ct))!.Value.SendingStopped;
        var everywhere = await registry.Sending.Get(Switches.Global, r.Ct) is { Value.Stopped: true };
        return Answer.Ok(new SendingStateView(creditor, stopped, everywhere, (await store.Stopped(creditor, r.Ct)).Count, day, week, counted, counted == MostCounted));
    }

    private async Task<bool> Sees(ApiRequest r, string creditor) => r.Caller.Sees(creditor) && await registry.Creditors.Get(creditor, r.Ct) is not null;

    private async IAsyncEnumerable<ListedCase> Cases(string creditor, string? policy, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var left = MostCounted;
        foreach (var status in Running)
        {
            var filter = new CaseFilter { Creditors = [creditor], Status = status, Policy = policy, Limit = Paging.Max };
            do
            {
                var page = await lists.Cases(filter, ct);
                foreach (var item in page.Items)
                {
                    yield return item;
                    if (--left == 0)
                        yield break;
                }
                filter = filter with { Cursor = page.NextCursor };
            }
            while (filter.Cursor is not null);
        }
    }

    // By the index of what comes next. A store that does not search keeps it of everybody at once, and would read other creditors' cases too.
    private async IAsyncEnumerable<ListedCase> Foreseen(string creditor, DateTimeOffset before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (left, filter) = (MostCounted, new ForeseenFilter(DateTimeOffset.UnixEpoch, before.AddTicks(1)) { Creditors = [creditor], Limit = Paging.Max });
        do
        {
            var page = await lists.Foreseen(filter, ct);
            foreach (var item in page.Items)
            {
                yield return item;
                if (--left == 0)
                    yield break;
            }
            filter = filter with { Cursor = page.NextCursor };
        }
        while (filter.Cursor is not null);
    }
}
