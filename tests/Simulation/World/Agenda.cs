namespace Dunning.Simulation;

/// <summary>What people and providers have planned; it goes on whether the process lives or not.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _plans = new();
    private long _planned;

    public DateTimeOffset? Next => _plans.TryPeek(out _, out var when) ? when.At : null;

    public void Plan(DateTimeOffset at, Action act) => _plans.Enqueue(act, (at, _planned++));

    public bool Play(DateTimeOffset now)
    {
        var played = false;
        while (_plans.TryPeek(out _, out var when) && when.At <= now)
        {
            _plans.Dequeue()();
            played = true;
        }
        return played;
    }
}
