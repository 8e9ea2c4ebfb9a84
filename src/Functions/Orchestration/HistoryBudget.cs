namespace Dunning.Functions.Orchestration;

/// <summary>
/// Keeps the history of a generation short, since all of it is read at each wake-up: 60 events at most. A turn of the orchestrator writes four (it
/// started, what woke it, what it asks for, it completed); a timer longer than three days is a chain of such turns.
/// </summary>
internal sealed class HistoryBudget
{
    public const int Most = 60;
    public const int EventsPerTurn = 4;
    public static readonly TimeSpan Hop = TimeSpan.FromDays(3);

    // Waking, two messages of a step or a retry, and asking for the next wait.
    private const int EventsPerAct = 4 * EventsPerTurn;

    private int _spent = EventsPerTurn;

    /// <summary>Whether a wait, and what is done after it, still fit; until is as long as may be waited at once. A generation may always wait once.</summary>
    public bool Allows(TimeSpan? wait, out TimeSpan until)
    {
        var longest = Hop * ((Most - EventsPerTurn - EventsPerAct) / EventsPerTurn);
        until = wait is null ? longest : wait < longest ? wait.Value : longest;
        var cost = Hops(wait is null ? TimeSpan.Zero : until) * EventsPerTurn + EventsPerAct;
        if (_spent > EventsPerTurn && _spent + cost > Most)
            return false;
        _spent += cost;
        return true;
    }

    private static int Hops(TimeSpan wait) => Math.Max(0, (int)Math.Ceiling(wait / Hop) - 1);
}
