using System.Collections.Concurrent;
using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Upcoming;

namespace Dunning.Service.Api.Operations;

public sealed record BulkSampleView(string CaseId, string Number, NextView Before, NextView After);

/// <summary>
/// previewed: nothing is done yet, Changed, Already and Refused say what would be, as it was found when it was chosen. expired: that was more than a day ago. running: Done of Total were come to. done: what became of it. A preview shows what is next before and after, for
/// some.
/// </summary>
public sealed record BulkView(
    string Id, string State, string Act, string Reason, DateOnly? Until, string? Policy, int Total, int Done, int Changed, int Already, int RefusedCount, IReadOnlyList<BulkRefusal> Refused,
    IReadOnlyList<BulkSampleView> Sample);

/// <summary>One act on many cases: shown first, then done, each case by an event of its own.</summary>
public sealed class BulkOperations(BulkJudge judge, Acknowledger acknowledger, ICaseLists lists, Registry registry, LocalToday days, TimeProvider clock)
{
    public const int Most = 5000;

    private const int AtOnce = 32;
    private const int Chunk = 250;
    private const int Shown = 10;
    private const int Listed = 200;
    private static readonly Dictionary<string, string> Acts = new(StringComparer.Ordinal) { ["hold"] = "hold", ["release"] = "release", ["policy"] = "policy" };

    /// <summary><c>{"act", "cases": [case id] | "filter": {…}, "reason", "until"?, "policy"?}</c>: kept as it was chosen, and judged; nothing is done.</summary>
    public async Task<Answer> Preview(ApiRequest r)
    {
        var (kind, reason) = (r.Body.OneOf("act", Acts, required: true), r.Body.Note("reason", required: true));
        var (until, policy) = (r.Body.Date("until"), r.Body.Text("policy", required: kind == "policy", max: 60));
        var (ids, filter) = (r.Body.Strings("cases", max: Most), r.Body.Member("filter"));
        if (!r.Body.Has("cases") && filter is null)
            r.Body.Add("cases", "required", "is required, or filter.");
        var asked = filter is null ? null : await CaseQuery.Read(r, filter, days, lists.CanSearch);
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        var cases = ids?.Distinct().ToList() ?? await Found(asked!, r.Ct);
        if (cases.Count == 0)
            return Answer.Unprocessable(new Fault(filter is null ? "cases" : "filter", "nothingChosen", "chooses no case."));
        if (cases.Count > Most)
            return Answer.Unprocessable(new Fault("filter", "tooMany", $"finds more than {Most} cases; one act takes no more."));
        var act = new BulkAct(ApiRequest.NewId("bulk", r.Now), r.Caller.KeyId, kind!, reason!, r.Now, cases) { Until = kind == "hold" ? until : null, Policy = kind == "policy" ? policy : null };
        act = await Judged(r, act);
        await registry.BulkActs.Put(act.Id, null, act, 0, null, r.Ct);
        return Answer.Ok(await View(r, act)) with { Location = $"/api/bulk/{act.Id}" };
    }

    public async Task<Answer> Get(ApiRequest r) => await Find(r) is { } found ? Answer.Ok(await View(r, found.Value)) : Answer.NotFound("act");

    /// <summary>Does it, or what is left of it. Asked twice, it is done once.</summary>
    public async Task<Answer> Apply(ApiRequest r)
    {
        if (await Find(r) is not { } found)
            return Answer.NotFound("act");
        var (act, version) = (found.Value, found.Version);
        if (act.IsExpired(clock.GetUtcNow()))
            return Answer.Conflict("previewExpired", "It was shown more than a day ago, and the cases have moved on since; choose them again.");
        act = act with { StartedAt = act.StartedAt ?? clock.GetUtcNow() };
        while (!act.IsOver)
        {
            var outcomes = new ConcurrentBag<(BulkVerdict Verdict, bool Told)>();
            var chunk = act.Cases.Skip(act.Done).Take(Chunk).ToList();
            await Parallel.ForEachAsync(chunk, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = r.Ct }, async (id, ct) => outcomes.Add(await Do(r, act, id, ct)));
            var done = outcomes.ToList();
            act = act with
            {
                Done = act.Done + chunk.Count,
                Changed = act.Changed + done.Count(o => o.Told),
                Already = act.Already + done.Count(o => o is { Told: false, Verdict: { Event: null, Why: null } }),
                Refused = [.. act.Refused, .. done.Where(o => o.Verdict.Why is not null).Select(o => new BulkRefusal(o.Verdict.CaseId, o.Verdict.Number, o.Verdict.Why!))],
            };
            // Somebody else is at the same act: what both told is one event, and his account of it stands.
            if (!await registry.BulkActs.Put(act.Id, null, act, version++, null, r.Ct))
                return await Get(r);
        }
        return Answer.Ok(await View(r, act));
    }

    private async Task<(BulkVerdict Verdict, bool Told)> Do(ApiRequest r, BulkAct act, string id, CancellationToken ct)
    {
        // One that was told just before a crash would look as if it had been so already.
        if (await Applied(r, act, id, ct) is { } before)
            return (before, true);
        var verdict = await judge.Judge(r.Caller, act, id, clock.GetUtcNow(), foresee: false, ct);
        if (verdict.Event is not { } @event)
            // So already, perhaps by somebody who is at this very act too and told it since the look above.
            return verdict.Why is null && await Applied(r, act, id, ct) is { } since ? (since, true) : (verdict, false);
        return await acknowledger.Tell(id, @event, r.Caller.KeyId, ct, f => @event is not CaseEvent.Held || !BulkJudge.IsHeld(act, f.File) || f.File.Applied.Contains(@event.Id)) ? (verdict, true) : (verdict with { Event = null, Why = "It changed meanwhile and does not take the act any more." }, false);
    }

    private async Task<BulkVerdict?> Applied(ApiRequest r, BulkAct act, string id, CancellationToken ct) =>
        await acknowledger.Find(r.Caller, id, ct) is { } folded && folded.File.Applied.Contains(Inheritance.IdIn(id, act.Id)) ? new(id, folded.File.Invoice.Number, null, null) : null;

    // Whoever made it, and whoever sees every creditor.
    private async Task<Shelved<BulkAct>?> Find(ApiRequest r) =>
        await registry.BulkActs.Get(r.Route("id"), r.Ct) is { } found && (found.Value.By == r.Caller.KeyId || r.Caller is { Creditors: null, Role: Role.Admin }) ? found : null;

    private async Task<List<string>> Found(CaseFilter filter, CancellationToken ct)
    {
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await lists.Cases(filter with { Cursor = cursor, Limit = Paging.Max }, ct);
            found.AddRange(page.Items.Select(i => i.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null && found.Count <= Most);
        return found;
    }

    private async Task<BulkAct> Judged(ApiRequest r, BulkAct act)
    {
        var verdicts = new BulkVerdict[act.Cases.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, verdicts.Length), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = r.Ct },
            async (i, ct) => verdicts[i] = await judge.Judge(r.Caller, act, act.Cases[i], r.Now, foresee: false, ct));
        var refused = verdicts.Where(v => v.Why is not null).ToList();
        return act with
        {
            Policies = [.. verdicts.Select(v => v.Policy).OfType<PinnedPolicy>().DistinctBy(p => p.Creditor)],
            Preview = new(verdicts.Count(v => v.Event is not null), verdicts.Count(v => v is { Event: null, Why: null }), refused.Count)
            {
                Refused = [.. refused.Take(Listed).Select(v => new BulkRefusal(v.CaseId, v.Number, v.Why!))],
                Sample = [.. verdicts.Where(v => v.Event is not null).Take(Shown).Select(v => v.CaseId)],
            },
        };
    }

    // What was counted stays; what would come next is told as things stand.
    private async Task<BulkView> View(ApiRequest r, BulkAct act)
    {
        if (act.StartedAt is not null)
            return Of(act, act.IsOver ? "done" : "running", new(act.Changed, act.Already, act.Refused.Count) { Refused = act.Refused }, []);
        var (isExpired, sample) = (act.IsExpired(clock.GetUtcNow()), new List<BulkSampleView>());
        foreach (var id in isExpired ? [] : act.Preview?.Sample ?? [])
            if (await judge.Judge(r.Caller, act, id, r.Now, foresee: true, r.Ct) is { After: { } after } verdict)
                sample.Add(new(verdict.CaseId, verdict.Number, verdict.Before!, after));
        return Of(act, isExpired ? "expired" : "previewed", act.Preview ?? new(0, 0, 0), sample);
    }

    private static BulkView Of(BulkAct act, string state, BulkPreview counts, IReadOnlyList<BulkSampleView> sample) =>
        new(act.Id, state, act.Kind, act.Reason, act.Until, act.Policy, act.Cases.Count, act.Done, counts.Changed, counts.Already, counts.RefusedCount, [.. counts.Refused.Take(Listed)], sample);
}
