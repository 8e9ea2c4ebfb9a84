using System.Collections.Concurrent;
using Dunning.Service.Events;
using Dunning.Service.Outgoing;

namespace Dunning.Local;

/// <summary>
/// Delivers outgoing webhooks: a second after something was announced, and when a retry is due. Its timers are in memory and follow from the documents; each endpoint
/// runs by itself, so that a slow one keeps nobody waiting. Once an hour what the feed need not keep is taken away.
/// </summary>
public sealed class DeliveryRunner(OutgoingWebhooks webhooks, IEventFeed feed, EndpointChanges changes, TimeProvider clock, ILogger<DeliveryRunner> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pruning = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Watched> _watched = new(StringComparer.Ordinal);
    private int _changes = -1;
    private DateTimeOffset _pruned;

    /// <summary>Everything due at this instant, one after the other; when something is due again. For a clock that stands still.</summary>
    public Task<DateTimeOffset?> RunDue(CancellationToken ct) => webhooks.RunAll(TimeSpan.MaxValue, ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await RealTime.Every(Tick, clock, Look, log, "What is to be delivered could not be read; trying again", stoppingToken);
        await Task.WhenAll(_watched.Values.Select(w => w.Running));
    }

    private async Task Look(CancellationToken ct)
    {
        // The count first: a change that comes while they are read is seen at the next tick.
        var seen = changes.Count;
        if (seen != _changes)
            await Reload(ct);
        _changes = seen;
        var (now, end) = (clock.GetUtcNow(), await feed.End("", ct));
        foreach (var (id, watched) in _watched)
            if (watched.Running.IsCompleted && (watched.End != end || watched.Next <= now))
                watched.Running = Run(id, watched, end, ct);
        if (now - _pruned < Pruning)
            return;
        while (await feed.Prune("", now - IEventFeed.Kept, ct))
            continue;
        _pruned = now;
    }

    private async Task Reload(CancellationToken ct)
    {
        var active = (await webhooks.Active(ct)).Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _watched.Keys.Where(id => !active.Contains(id)))
            _watched.TryRemove(gone, out _);
        // Whatever changed: each is looked at once.
        foreach (var id in active)
            _watched.GetOrAdd(id, _ => new()).End = null;
    }

    private async Task Run(string id, Watched watched, string end, CancellationToken ct)
    {
        try
        {
            (watched.End, watched.Next) = (end, null);
            watched.Next = await webhooks.Run(id, TimeSpan.MaxValue, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogError(failure, "Endpoint {Endpoint} could not be served; trying again in a minute", id);
            watched.Next = clock.GetUtcNow() + Rest;
        }
        catch (OperationCanceledException)
        {
            // Stopping: what was not written down goes out again after the next start.
        }
    }

    /// <summary>End is that of the feed when the endpoint was run last; null when it must be run whatever that is.</summary>
    private sealed class Watched
    {
        public string? End { get; set; }

        public DateTimeOffset? Next { get; set; }

        public Task Running { get; set; } = Task.CompletedTask;
    }
}
