using System.Collections.Concurrent;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Orchestration;

/// <summary>
/// Collects, during one invocation, the cases that have something to do, and tells their orchestrations once it has answered: a function that has returned
/// must leave nothing running behind it. Outside an invocation that collects, as in an activity, nobody needs telling.
/// </summary>
public sealed class Nudges(Cases cases) : INudge
{
    private readonly AsyncLocal<Collected?> _collected = new();

    public void Nudge(string caseId) => _collected.Value?.Signals.TryAdd(caseId, true);

    public void Registered(FoldedCase registered) => _collected.Value?.Starts.TryAdd(registered.Stored.Id, NextAct.Planned(registered));

    public IDisposable? Together() => null;

    /// <summary>Runs work, then tells what it nudged; also when it failed half-way, for what was acknowledged by then.</summary>
    public async Task Around(DurableTaskClient client, Func<Task> work)
    {
        var collected = _collected.Value = new();
        try
        {
            await work();
        }
        finally
        {
            // Not cancellable with the request: the caller has its answer and may be gone.
            await cases.Start(client, collected.Starts.Select(s => (s.Key, s.Value)), CancellationToken.None);
            await cases.Signal(client, collected.Signals.Keys.Where(id => !collected.Starts.ContainsKey(id)), CancellationToken.None);
            _collected.Value = null;
        }
    }

    private sealed class Collected
    {
        public ConcurrentDictionary<string, NextAct> Starts { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, bool> Signals { get; } = new(StringComparer.Ordinal);
    }
}
