using System.Collections.Concurrent;
using System.Diagnostics;
using Dunning.Service.Engine;
using Dunning.Service.Events;
using Dunning.Service.Register;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Outgoing;

/// <summary>
/// Delivers to endpoints what their creditors' feeds hold. It keeps nothing between two calls: killed after a delivery and before it was written down, the same
/// delivery goes out again, under the same id.
/// </summary>
public sealed class OutgoingWebhooks(Registry registry, IEventFeed feed, WebhookSender sender, TimeProvider clock, ILogger<OutgoingWebhooks> log)
{
    private const int Batch = 32;
    private const int AtOnce = 8;
    private const int Page = 200;
    private static readonly TimeSpan PlaceAge = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>Every endpoint that is told something, with what is due at the instant and the next after it unknown.</summary>
    public async Task<IReadOnlyList<WebhookEndpoint>> Active(CancellationToken ct)
    {
        var active = new List<WebhookEndpoint>();
        IReadOnlyList<(string Id, WebhookEndpoint Endpoint)> page;
        string? after = null;
        do
        {
            page = await registry.WebhookEndpoints.List(null, after, Page, ct);
            active.AddRange(page.Select(p => p.Endpoint).Where(e => e.IsActive));
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == Page);
        return active;
    }

    /// <summary>
    /// Delivers what is due, the oldest retry first, then what is new. One caller at a time for an endpoint: the others wait. Returns when something is due again, now
    /// included when patience ran out before the work did; null when nothing is known to be.
    /// </summary>
    public async Task<DateTimeOffset?> Run(string endpointId, TimeSpan patience, CancellationToken ct)
    {
        var turn = _turns.GetOrAdd(endpointId, _ => new(1));
        await turn.WaitAsync(ct);
        try
        {
            var time = Stopwatch.StartNew();
            while (true)
            {
                var (more, next) = await Round(endpointId, ct);
                if (!more)
                    return next;
                if (time.Elapsed > patience)
                    return clock.GetUtcNow();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Runs every endpoint until nothing is due at this instant; the first instant at which something will be.</summary>
    public async Task<DateTimeOffset?> RunAll(TimeSpan patience, CancellationToken ct)
    {
        var next = await Task.WhenAll((await Active(ct)).Select(e => RunOne(e.Id, patience, ct)));
        return next.Min();
    }

    // One whose state cannot be read or written must not keep the others waiting.
    private async Task<DateTimeOffset?> RunOne(string endpointId, TimeSpan patience, CancellationToken ct)
    {
        try
        {
            return await Run(endpointId, patience, ct);
        }
        catch (StoreUnavailable failure)
        {
            log.LogError(failure, "Endpoint {Endpoint} waits: the store is unavailable", endpointId);
            return null;
        }
    }

    private async Task<(bool More, DateTimeOffset? Next)> Round(string endpointId, CancellationToken ct)
    {
        if (await registry.WebhookEndpoints.Get(endpointId, ct) is not { Value: { IsActive: true } endpoint } kept)
            return (false, null);
        var now = clock.GetUtcNow();
        var batch = endpoint.FailingSince is null ? Batch : AtOnce;
        var due = endpoint.Pending.Where(p => p.NextAt <= now).OrderBy(p => p.NextAt).Take(batch).ToList();
        var room = Math.Min(batch - due.Count, WebhookEndpoint.MostPending - endpoint.Pending.Count);
        var page = room > 0 ? await News(endpoint, room, ct) : new([], endpoint.Place);
        if (due.Count == 0 && page.Items.Count == 0)
        {
            if (page.Next != endpoint.Place && endpoint.PlacedAt < now - PlaceAge)
                await Save(kept, [], endpoint.Place, page.Next, ct);
            return (false, endpoint.Pending.Min(p => p.NextAt));
        }
        var attempts = await Attempts(endpoint, due, page.Items, now, ct);
        await Save(kept, attempts, endpoint.Place, page.Next, ct);
        return (true, null);
    }

    private async Task<FeedPage> News(WebhookEndpoint endpoint, int limit, CancellationToken ct)
    {
        IReadOnlyList<string>? types = endpoint.Types.Count == 0 ? null : endpoint.Types;
        if (await feed.Read(endpoint.Creditor, endpoint.Place, types, limit, ct) is { } page)
            return page;
        log.LogWarning("Endpoint {Endpoint} was away for longer than the feed is kept: what is older is not delivered", endpoint.Id);
        return await feed.Read(endpoint.Creditor, null, types, limit, ct) ?? new([], endpoint.Place);
    }

    // What is new of one case goes out one after the other; cases, and what is tried again, at once.
    private async Task<IReadOnlyList<Attempt>> Attempts(
        WebhookEndpoint endpoint, IReadOnlyList<WebhookDelivery> due, IReadOnlyList<Told> news, DateTimeOffset now, CancellationToken ct)
    {
        var (time, secrets, attempts) = (Stopwatch.StartNew(), endpoint.SecretsAt(now), new ConcurrentQueue<Attempt>());
        IEnumerable<IEnumerable<(WebhookDelivery Of, Announcement? News)>> rows =
        [
            .. due.Select(d => ((WebhookDelivery, Announcement?)[])[(d, null)]),
            .. news.Where(n => endpoint.Pending.All(p => p.Id != n.News.Id)).GroupBy(n => n.News.CaseId)
                .Select(c => c.Select(n => (new WebhookDelivery(n.News.Id, n.News.Type, n.Place, now), (Announcement?)n.News))),
        ];
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (row, token) =>
        {
            foreach (var (of, said) in row)
                attempts.Enqueue(time.Elapsed < WebhookSender.Patience ? await Try(endpoint, of, said, secrets, now, token) : new(of, now, null, null));
        });
        return [.. attempts];
    }

    private async Task<Attempt> Try(WebhookEndpoint endpoint, WebhookDelivery of, Announcement? news, IReadOnlyList<string> secrets, DateTimeOffset now, CancellationToken ct)
    {
        var payload = news?.Payload() ?? await Payload(endpoint, of, ct);
        return new(of, now, payload is null ? new(null, "noLongerKept", 0) : await sender.Send(endpoint.Url, of.Id, payload, secrets, ct), payload);
    }

    private async Task<string?> Payload(WebhookEndpoint endpoint, WebhookDelivery delivery, CancellationToken ct) => delivery.FromDead
        ? (await registry.DeadLetters.Get(DeadLetter.Key(endpoint.Id, delivery.Id), ct))?.Value.Payload
        : (await feed.Find(endpoint.Creditor, delivery.Place, ct))?.Payload();

    // What an operator changed meanwhile stays changed; the attempts were made all the same.
    private async Task Save(Shelved<WebhookEndpoint> kept, IReadOnlyList<Attempt> attempts, string from, string to, CancellationToken ct)
    {
        for (var races = new Races(kept.Value.Id); ; races.Lose())
        {
            var (endpoint, dead) = AfterAttempts.Take(kept.Value, attempts, from, to, clock.GetUtcNow());
            foreach (var letter in dead)
                await Bury(letter, ct);
            if (await registry.WebhookEndpoints.Put(endpoint.Id, endpoint.Creditor, endpoint, kept.Version, null, ct))
            {
                if (endpoint.Disabled && !kept.Value.Disabled)
                    log.LogError("Endpoint {Endpoint} of {Creditor} was disabled: {Because}", endpoint.Id, endpoint.Creditor, endpoint.DisabledBecause);
                return;
            }
            if (await registry.WebhookEndpoints.Get(endpoint.Id, ct) is not { } now)
                return;
            kept = now;
        }
    }

    // Before it leaves the pending ones: whoever dies in between has it twice, never not at all.
    private async Task Bury(DeadLetter letter, CancellationToken ct)
    {
        var key = DeadLetter.Key(letter.Endpoint, letter.Delivery.Id);
        for (var races = new Races(key); ; races.Lose())
        {
            var known = await registry.DeadLetters.Get(key, ct);
            var kept = letter.Payload.Length > 0 ? letter : letter with { Payload = known?.Value.Payload ?? "" };
            if (await registry.DeadLetters.Put(key, letter.Endpoint, kept, known?.Version ?? 0, null, ct))
                return;
        }
    }
}
