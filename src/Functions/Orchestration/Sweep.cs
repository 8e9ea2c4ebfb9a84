using Dunning.Domain;
using Dunning.Functions.Store;
using Dunning.Service.Engine;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Orchestration;

/// <summary>
/// Finds what was acknowledged and whose signal was lost: unread inboxes, cases nobody started, wake-ups that passed, messages without an outcome. It
/// costs nothing for cases that sleep: nobody looks for the failed instance of one before it has something to do.
/// </summary>
public sealed class Sweep(ICaseStore store, ICaseLists lists, Resuming resuming, DunningEngine engine, Cases cases, AzureOptions options, IPassedOver aside, OperatorLog log, TimeProvider clock)
{
    private const int Batch = 1000;
    private const int LooksAtOnce = 16;

    /// <summary>Younger ones have their signal or their timer on its way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Stuck = TimeSpan.FromHours(1);

    [Function(nameof(Sweep))]
    public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await cases.Signal(client, await resuming.Free(ct), ct);
        var waiting = await Waiting(now, ct);
        var told = await cases.Signal(client, waiting.Select(w => w.CaseId), ct);
        foreach (var (caseId, reason) in told.Failed)
            log.InstanceFailed(caseId, reason);
        var stuck = waiting.Where(w => w.WakeAt <= now - Stuck).ToList();
        stuck.ForEach(w => log.CaseStuck(w.CaseId, w.WakeAt!.Value));
        var oldest = waiting.Min(w => w.UnreadSince);
        log.Swept(
            new(
                told.Count, told.Started, told.Failed.Count, stuck.Count, (await aside.SetAside(null, ct)).Count, await Uncertain(ct),
                oldest is { } since ? (long)(now - since).TotalSeconds : 0),
            options.SendingMode);
    }

    /// <summary>What should have been done by now, of a thousand at most: the next sweep finds the rest.</summary>
    private async Task<IReadOnlyList<Late>> Waiting(DateTimeOffset now, CancellationToken ct)
    {
        // A message on its way has no outcome either: whether it is late is seen in its case.
        var ids = (await store.Due(now - Patience, Batch, ct)).Cases.Union(await store.Orphans(ct), StringComparer.Ordinal).ToList();
        var late = new List<Late>();
        foreach (var some in ids.Chunk(LooksAtOnce))
            late.AddRange((await Task.WhenAll(some.Select(id => Look(id, now, ct)))).OfType<Late>());
        return late;
    }

    // One that cannot even be looked at must not hide the others: its own instance says what is wrong with it.
    private async Task<Late?> Look(string caseId, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            if (await engine.Look(caseId, ct) is not { } folded)
                return null;
            var unread = folded.Stored.Unread is [var first, ..] ? first.At : (DateTimeOffset?)null;
            var wake = Decider.WakeAt(folded.State, folded.Policy);
            var overdue = MessageFates.Claimed(folded.File).Any(c => c.Since + Schedule.AskAfter <= now - Patience);
            return overdue || unread <= now - Patience || wake <= now - Patience ? new(caseId, wake, unread) : null;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or StoreUnavailable))
        {
            log.InstanceFailed(caseId, failure.GetType().Name);
            return new(caseId, null, null);
        }
    }

    private async Task<int> Uncertain(CancellationToken ct)
    {
        var (count, filter) = (0, new TaskFilter { Kind = TaskKind.UncertainMessage, Limit = Batch });
        do
        {
            var page = await lists.Tasks(filter, ct);
            count += page.Items.Count;
            filter = filter with { Cursor = page.NextCursor };
        }
        while (filter.Cursor is not null);
        return count;
    }

    private sealed record Late(string CaseId, DateTimeOffset? WakeAt, DateTimeOffset? UnreadSince);
}
