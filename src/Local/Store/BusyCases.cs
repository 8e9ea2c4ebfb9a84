using System.Collections.Concurrent;
using Dunning.Domain;

namespace Dunning.Local.Store;

/// <summary>
/// The states of the cases written last, so that a case being run is not read back from JSON at each of its moments. A state is known by how far its log
/// was folded: that number rises with every commit. Cases that fall asleep are forgotten.
/// </summary>
internal sealed class BusyCases
{
    private const int Most = 4096;

    private readonly ConcurrentDictionary<string, (long Folded, DunningCase State)> _states = new(StringComparer.Ordinal);

    private int _written;

    public DunningCase? Find(string caseId, long folded) =>
        _states.TryGetValue(caseId, out var known) && known.Folded == folded ? known.State : null;

    /// <summary>Only what is durable may be remembered.</summary>
    public void Remember(string caseId, long folded, DunningCase state)
    {
        if (state is DunningCase.Closed)
        {
            _states.TryRemove(caseId, out _);
            return;
        }
        // Counting a concurrent dictionary locks all of it: what was written since it was emptied is counted instead.
        if (Interlocked.Increment(ref _written) % Most == 0)
            _states.Clear();
        _states[caseId] = (folded, state);
    }
}
