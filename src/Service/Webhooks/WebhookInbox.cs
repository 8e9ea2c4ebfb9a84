using Dunning.Service.Register;

namespace Dunning.Service.Webhooks;

/// <summary>
/// Deliveries, stored before they are answered. Each belongs to what became of it, and its id begins with its creditor: what waits, of all or of one creditor, is found
/// by one read.
/// </summary>
public sealed class WebhookInbox(Registry registry, TimeProvider clock)
{
    /// <summary>The outcome of those that have none yet.</summary>
    public const string Waiting = "waiting";

    private const int Page = 200;
    private const int AtOnce = 8;
    private const int Looks = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Durable when it returns. False for one that is there already.</summary>
    public Task<bool> Store(WebhookEvent delivery, CancellationToken ct) => registry.WebhookEvents.Put(delivery.Id, Waiting, delivery, 0, null, ct);

    /// <summary>
    /// What is there at the first look becomes facts in a moment, as a rule, and is waited for: a creditor that is paid all day would never be found with nothing waiting.
    /// What comes later was answered later, too.
    /// </summary>
    public async Task<bool> IsBehind(string creditor, CancellationToken ct)
    {
        var waiting = await List(Waiting, $"{creditor}/", null, Page, ct);
        var left = waiting.Select(e => e.Id).ToList();
        // Under a test clock nothing moves while somebody waits.
        for (var look = clock is VirtualClock || left.Count == Page ? Looks : 0; look < Looks && left.Count > 0; look++)
        {
            await Task.Delay(Pause, ct);
            var found = await Task.WhenAll(left.Select(id => Find(id, ct)));
            left = [.. found.OfType<Shelved<WebhookEvent>>().Where(e => e.Value.Outcome is null).Select(e => e.Value.Id)];
        }
        return left.Count > 0;
    }

    public Task<Shelved<WebhookEvent>?> Find(string id, CancellationToken ct) => registry.WebhookEvents.Get(id, ct);

    public Task Settle(Shelved<WebhookEvent> kept, Processed processed, CancellationToken ct) => registry.WebhookEvents.Put(
        kept.Value.Id, Name(processed.Outcome), kept.Value with { Outcome = processed.Outcome, Why = processed.Why, ProcessedAt = clock.GetUtcNow() }, kept.Version, null, ct);

    /// <summary>To be processed once more; false if it changed meanwhile.</summary>
    public Task<bool> Reopen(Shelved<WebhookEvent> kept, CancellationToken ct) =>
        registry.WebhookEvents.Put(kept.Value.Id, Waiting, kept.Value with { Outcome = null, Why = null, ProcessedAt = null }, kept.Version, null, ct);

    /// <summary>A person has seen to what failed; why it waited for one stays. False if it changed meanwhile.</summary>
    public Task<bool> SeeTo(Shelved<WebhookEvent> kept, CancellationToken ct) =>
        registry.WebhookEvents.Put(kept.Value.Id, Name(DeliveryOutcome.SeenTo), kept.Value with { Outcome = DeliveryOutcome.SeenTo }, kept.Version, null, ct);

    /// <summary>Deliveries of one outcome, or of all, whose ids begin so, by id, from after (excluded) on.</summary>
    public async Task<IReadOnlyList<WebhookEvent>> List(string? outcome, string prefix, string? after, int limit, CancellationToken ct) =>
        [.. (await registry.WebhookEvents.List(outcome, after ?? prefix, limit, ct)).TakeWhile(e => e.Id.StartsWith(prefix, StringComparison.Ordinal)).Select(e => e.Value)];

    /// <summary>What has come and was not processed yet, of every creditor; process is asked for each.</summary>
    public async Task Sweep(Func<string, Task> process, CancellationToken ct)
    {
        IReadOnlyList<(string Id, WebhookEvent)> page;
        string? after = null;
        do
        {
            page = await registry.WebhookEvents.List(Waiting, after, Page, ct);
            foreach (var chunk in page.Chunk(AtOnce))
                await Task.WhenAll(chunk.Select(e => process(e.Id)));
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == Page);
    }

    public static string Name(DeliveryOutcome outcome) => Api.ApiJson.Name(outcome);
}
