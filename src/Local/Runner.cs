using System.Collections.Concurrent;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;

namespace Dunning.Local;

/// <summary>
/// Runs the cases that have something to do: those nudged, and once a second those the timer index says are due. Sleeping cases cost nothing: they are
/// rows, not objects. A case is run by one worker at a time.
/// </summary>
public sealed class Runner(DunningEngine engine, ICaseStore store, TimeProvider clock, ILogger<Runner> log) : BackgroundService, INudge
{
    // Many, so that one flush of the disk serves many: between two flushes a worker only waits.
    private const int Workers = 256;
    private const int Batch = 1000;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly System.Threading.Channels.Channel<string> _queue = System.Threading.Channels.Channel.CreateUnbounded<string>();

    // The value is true when a case was nudged again while it was being run.
    private readonly ConcurrentDictionary<string, bool> _busy = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _resting = new(StringComparer.Ordinal);
    private readonly AsyncLocal<Held?> _held = new();

    public void Nudge(string caseId)
    {
        if (_held.Value?.Keep(caseId) != true)
            Queue(caseId);
    }

    public IDisposable? Together() => _held.Value is null ? _held.Value = new(this) : null;

    public void Registered(FoldedCase registered)
    {
        if (Decider.WakeAt(registered.State, registered.Policy) <= clock.GetUtcNow())
            Nudge(registered.Stored.Id);
    }

    /// <summary>Settles what a crash left behind, before anything else runs: messages claimed without an outcome, cases stopped by a switch.</summary>
    public async Task Recover(CancellationToken ct)
    {
        foreach (var id in await store.Orphans(ct))
            if (await engine.Look(id, ct) is { } folded)
                foreach (var (key, _) in MessageFates.Claimed(folded.File).ToList())
                    await engine.Recover(key, ct);
        foreach (var id in await store.Stopped(null, ct))
            if (await store.Load(id, ct) is { State.Known: { } file })
                await store.Append([new(id, file.Creditor, new CaseEvent.SendingResumed(), clock.GetUtcNow(), "restart")], ct);
    }

    /// <summary>Waits until no worker has anything to do.</summary>
    public async Task Quiet(CancellationToken ct)
    {
        while (!_busy.IsEmpty)
            await Task.Delay(5, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll([RealTime.Every(Tick, clock, Watch, stoppingToken), .. Enumerable.Range(0, Workers).Select(_ => Work(stoppingToken))]);
    }

    private void Queue(string caseId)
    {
        if (!_busy.AddOrUpdate(caseId, false, (_, _) => true))
            _queue.Writer.TryWrite(caseId);
    }

    private async Task Watch(CancellationToken ct)
    {
        try
        {
            foreach (var id in (await store.Due(clock.GetUtcNow(), Batch + _resting.Count, ct)).Cases)
                if (!_resting.TryGetValue(id, out var until) || until <= clock.GetUtcNow())
                    Nudge(id);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "What is due could not be read; trying again");
        }
    }

    private async Task Work(CancellationToken ct)
    {
        try
        {
            await foreach (var id in _queue.Reader.ReadAllAsync(ct))
            {
                await Run(id, ct);
                if (_busy.TryRemove(new(id, false)))
                    continue;
                // It never leaves in between: a nudge would be lost, and whoever waits for quiet would believe there is some.
                _busy[id] = false;
                _queue.Writer.TryWrite(id);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    // One case that fails must not take the others with it, nor be tried without pause: the timer index brings it back.
    private async Task Run(string id, CancellationToken ct)
    {
        try
        {
            await engine.Run(id, ct);
            _resting.TryRemove(id, out _);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogError(failure, "Case {Case} could not be run; trying again in a minute", id);
            _resting[id] = clock.GetUtcNow() + Rest;
        }
    }

    private sealed class Held(Runner runner) : IDisposable
    {
        private readonly System.Threading.Channels.Channel<string> _cases = System.Threading.Channels.Channel.CreateUnbounded<string>();

        /// <summary>False once it is over: what the caller left running has its turn at once.</summary>
        public bool Keep(string caseId) => _cases.Writer.TryWrite(caseId);

        public void Dispose()
        {
            _cases.Writer.Complete();
            runner._held.Value = null;
            while (_cases.Reader.TryRead(out var id))
                runner.Queue(id);
        }
    }
}
