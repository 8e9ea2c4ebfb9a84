using System.Globalization;
using Dunning.Service.Register;

namespace Dunning.Service.Webhooks;

/// <summary>One event as it was delivered. Body is its JSON as the provider wrote it; Outcome null is one still to be processed.</summary>
/// <param name="Sha256">Of the whole delivery, byte for byte.</param>
public sealed record WebhookEvent(string Creditor, string Provider, string EventId, DateTimeOffset ReceivedAt, string Sha256, string Body)
{
    public string? Outcome { get; init; }

    public DateTimeOffset? ProcessedAt { get; init; }

    /// <summary>Unique by provider, creditor and event: the only defence against replay where no time is signed.</summary>
    public string Id => $"{Creditor}/{Provider}/{EventId}";
}

/// <summary>Up to which hour nothing waits.</summary>
public sealed record WebhooksSwept(DateTimeOffset Until);

/// <summary>
/// Deliveries, stored before they are answered. Those to be processed belong to the hour they came in, so that a sweep reads the few hours in which something may
/// be left, and no more.
/// </summary>
public sealed class WebhookInbox(Registry registry, TimeProvider clock)
{
    private const string Cursor = "all";
    private const int Page = 200;
    private static readonly TimeSpan Late = TimeSpan.FromHours(2);

    private bool _hasCursor;

    /// <summary>Durable when it returns. False for one that is there already.</summary>
    public async Task<bool> Store(WebhookEvent delivery, CancellationToken ct)
    {
        await Begin(ct);
        return await registry.WebhookEvents.Put(delivery.Id, Bucket(delivery.ReceivedAt), delivery, 0, null, ct);
    }

    public Task<Shelved<WebhookEvent>?> Find(string id, CancellationToken ct) => registry.WebhookEvents.Get(id, ct);

    public Task Settle(Shelved<WebhookEvent> kept, string outcome, CancellationToken ct) => registry.WebhookEvents.Put(
        kept.Value.Id, kept.Value.Creditor, kept.Value with { Outcome = outcome, ProcessedAt = clock.GetUtcNow() }, kept.Version, null, ct);

    /// <summary>What has come and was not processed yet, the oldest hour first; process is asked for each, and true when it is done with.</summary>
    public async Task Sweep(Func<string, Task<bool>> process, CancellationToken ct)
    {
        var now = Hour(clock.GetUtcNow());
        if (await registry.WebhooksSwept.Get(Cursor, ct) is not { } swept)
            return;
        var (until, isClear) = (swept.Value.Until, true);
        for (var hour = until; hour <= now; hour = hour.AddHours(1))
        {
            isClear &= await Sweep(hour, process, ct);
            if (isClear && hour < now - Late)
                until = hour.AddHours(1);
        }
        if (until > swept.Value.Until)
            await registry.WebhooksSwept.Put(Cursor, null, new(until), swept.Version, null, ct);
    }

    private async Task<bool> Sweep(DateTimeOffset hour, Func<string, Task<bool>> process, CancellationToken ct)
    {
        var isClear = true;
        IReadOnlyList<(string Id, WebhookEvent)> page;
        string? after = null;
        do
        {
            page = await registry.WebhookEvents.List(Bucket(hour), after, Page, ct);
            foreach (var (id, _) in page)
                isClear &= await process(id);
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == Page);
        return isClear;
    }

    // Before the first delivery is stored, or a sweep would not know where to begin.
    private async Task Begin(CancellationToken ct)
    {
        if (_hasCursor)
            return;
        if (await registry.WebhooksSwept.Get(Cursor, ct) is null)
            await registry.WebhooksSwept.Put(Cursor, null, new(Hour(clock.GetUtcNow())), 0, null, ct);
        _hasCursor = true;
    }

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcDateTime.Date.AddHours(at.UtcDateTime.Hour), TimeSpan.Zero);

    private static string Bucket(DateTimeOffset at) => "unprocessed " + at.UtcDateTime.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture);
}
