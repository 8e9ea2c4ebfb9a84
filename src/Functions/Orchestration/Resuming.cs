using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Functions.Orchestration;

/// <summary>
/// Cases that were stopped by something that no longer stops them: the mode of this program, which nobody announces when it changes, a switch lifted while
/// the signal got lost, books that have come. A case that is advanced finds out by itself that sending has resumed; this finds the cases to advance.
/// </summary>
public sealed class Resuming(ICaseStore store, IPolicyBook policies, ISwitches switches, TimeProvider clock)
{
    private const int Most = 1000;

    /// <returns>The cases that wait for nothing any more, of a thousand looked at.</returns>
    public async Task<IReadOnlyList<string>> Free(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var causes = new Dictionary<(string Creditor, PolicyRef Policy), StopCause?>();
        var resumed = new List<string>();
        foreach (var id in FromAnyPlace(await store.Stopped(null, ct), now))
        {
            if ((await store.Load(id, ct))?.State.Known is not { } file)
                continue;
            if (!causes.TryGetValue((file.Creditor, file.Policy), out var cause))
                causes[(file.Creditor, file.Policy)] = cause = await switches.Stopped(file.Creditor, await policies.Get(file.Policy, ct), now, ct);
            if (cause is null)
                resumed.Add(id);
        }
        return resumed;
    }

    // Each time from another place, so that many who stay stopped do not hide the others.
    private static IEnumerable<string> FromAnyPlace(IReadOnlyList<string> stopped, DateTimeOffset now)
    {
        var from = stopped.Count > Most ? (int)(now.UtcTicks / TimeSpan.TicksPerMinute % stopped.Count) : 0;
        return stopped.Skip(from).Concat(stopped.Take(from)).Take(Most);
    }
}
