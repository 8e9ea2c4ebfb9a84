namespace Dunning.Service.Outgoing;

/// <summary>Counts what operators change of endpoints, so that a host that keeps its timers in memory knows when to look at the documents again.</summary>
public sealed class EndpointChanges
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Tell() => Interlocked.Increment(ref _count);
}
