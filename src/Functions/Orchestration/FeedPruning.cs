using Dunning.Service.Events;
using Dunning.Service.Register;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Functions.Orchestration;

/// <summary>Takes away, at night, what was announced so long ago that nobody can ask for it: one query a creditor, and a delete for each hundred.</summary>
public sealed class FeedPruning(Registry registry, IEventFeed feed, TimeProvider clock)
{
    private const int Page = 500;

    [Function(nameof(FeedPruning))]
    public async Task Run([TimerTrigger("0 17 3 * * *")] TimerInfo timer, CancellationToken ct)
    {
        // A day more than promised: a cursor that is not refused yet must not have lost anything.
        var before = clock.GetUtcNow() - IEventFeed.Kept - TimeSpan.FromDays(1);
        IReadOnlyList<(string Id, Creditor)> page;
        string? after = null;
        do
        {
            page = await registry.Creditors.List(null, after, Page, ct);
            foreach (var (creditor, _) in page)
                while (await feed.Prune(creditor, before, ct))
                    continue;
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == Page);
    }
}
