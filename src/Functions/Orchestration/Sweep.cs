using Dunning.Service.Engine;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Dunning.Functions.Orchestration;

/// <summary>
/// Finds what was acknowledged and whose signal was lost: unread inboxes, cases nobody started, wake-ups that passed, messages without an outcome. It
/// costs nothing for cases that sleep.
/// </summary>
public sealed class Sweep(ICaseStore store, Resuming resuming, Cases cases, TimeProvider clock, ILogger<Sweep> log)
{
    private const int Batch = 1000;

    /// <summary>Younger ones have their signal or their timer on its way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Function(nameof(Sweep))]
    public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        await cases.Signal(client, await resuming.Resume(ct), ct);
        var due = (await store.Due(clock.GetUtcNow() - Patience, Batch, ct)).Cases;
        var orphans = await store.Orphans(ct);
        await cases.Signal(client, due.Union(orphans, StringComparer.Ordinal), ct);
        if (due.Count > 0 || orphans.Count > 0)
            log.LogWarning("SweepSignalled {Due} cases with something unread or overdue and {Orphans} with a message without an outcome", due.Count, orphans.Count);
        await foreach (var failed in client.GetAllInstancesAsync(new(Statuses: [OrchestrationRuntimeStatus.Failed])).WithCancellation(ct))
        {
            log.LogError("InstanceFailed {CaseId}, last seen {LastUpdated:O}; it is started again", failed.InstanceId, failed.LastUpdatedAt);
            await cases.Signal(client, [failed.InstanceId], ct);
        }
    }
}
