using System.Collections.Concurrent;
using Dunning.Service.Webhooks;

namespace Dunning.Local;

/// <summary>Processes the events providers delivered, once they are answered; and each minute those a full disk left behind.</summary>
public sealed class WebhookRunner(WebhookWork work, TimeProvider clock, ILogger<WebhookRunner> log) : BackgroundService, IArrivals
{
    // Enough that one flush of the disk serves several, as long as nobody waits for an answer; whoever does comes first, and one goes on.
    private const int Workers = 8;
    private const int Least = 1;
    private const int AnsweredBeside = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    private readonly System.Threading.Channels.Channel<string> _queue = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, bool> _waiting = new(StringComparer.Ordinal);

    // Requests being received now.
    private int _receiving;

    public async Task Receive(Func<Task> request)
    {
        Interlocked.Increment(ref _receiving);
        try
        {
            await request();
        }
        finally
        {
            Interlocked.Decrement(ref _receiving);
        }
    }

    public void Arrived(HttpContext request, IReadOnlyList<string> eventIds)
    {
        foreach (var id in eventIds)
            if (_waiting.TryAdd(id, true))
                _queue.Writer.TryWrite(id);
    }

    /// <summary>Waits until every event that was answered is processed, or waits for a store that does not answer.</summary>
    public async Task Quiet(CancellationToken ct)
    {
        while (!_waiting.IsEmpty)
            await Task.Delay(5, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await Task.WhenAll([Sweep(stoppingToken), .. Enumerable.Range(0, Workers).Select(i => Work(i, stoppingToken))]);

    private async Task Work(int number, CancellationToken ct)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(ct))
                // Who has to wait takes nothing: the oldest must not wait with him.
                if (number >= Math.Max(Least, Workers / (1 + (Volatile.Read(ref _receiving) / AnsweredBeside))))
                    await Task.Delay(Pause, ct);
                else if (_queue.Reader.TryRead(out var id))
                {
                    await work.Process(id, ct);
                    _waiting.TryRemove(id, out _);
                }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    private Task Sweep(CancellationToken stopping) =>
        RealTime.Every(Tick, clock, ct => work.Sweep(ct, _waiting.ContainsKey), log, "What was delivered could not be read; trying again in a minute", stopping);
}
