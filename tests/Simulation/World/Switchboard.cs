using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Simulation;

/// <summary>The stop switches: one for all creditors (""), one for each.</summary>
internal sealed class Switchboard(Func<Task> pause, TimeProvider clock) : ISwitches
{
    private readonly Dictionary<string, DateTimeOffset> _off = [];

    public async ValueTask<StopCause?> Stopped(string creditor, Policy policy, DateTimeOffset now, CancellationToken ct)
    {
        await pause();
        var stopped = Since(creditor) is not null;
        await pause();
        return stopped ? StopCause.Switch : null;
    }

    public DateTimeOffset? Since(string creditor) =>
        _off.TryGetValue("", out var all) ? all : _off.TryGetValue(creditor, out var own) ? own : null;

    public void Stop(string creditor) => _off[creditor] = clock.GetUtcNow();

    public bool Resume(string creditor) => _off.Remove(creditor);

    public bool ResumeAll()
    {
        var stopped = _off.Count > 0;
        _off.Clear();
        return stopped;
    }
}
