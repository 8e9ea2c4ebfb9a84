namespace Dunning.Simulation;

/// <summary>
/// One thread and one gate: whoever awaits a store or a provider stands here, and the seed says who goes on. A process that dies is
/// everyone at the gate never going on; nothing is thrown, so no code of the engine can tidy up as no code of a dead process could.
/// </summary>
internal sealed class Turnstile(Chance chance, Trace trace)
{
    private readonly List<TaskCompletionSource> _waiting = [];

    // Some seeds are fair, some starve the oldest, some hurry it: races hide at the extremes.
    private readonly int _bias = chance.Below(3);

    public bool IsIdle => _waiting.Count == 0;

    public Task Pause()
    {
        var turn = new TaskCompletionSource();
        _waiting.Add(turn);
        return turn.Task;
    }

    public void LetOneGo()
    {
        var index = _bias switch
        {
            1 when !chance.OneIn(4) => 0,
            2 when !chance.OneIn(4) => _waiting.Count - 1,
            _ => chance.Below(_waiting.Count),
        };
        trace.Mix(index);
        var turn = _waiting[index];
        _waiting.RemoveAt(index);
        turn.SetResult();
    }

    public void DropEveryone() => _waiting.Clear();
}
