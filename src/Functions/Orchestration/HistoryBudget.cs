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

    /// <summary>Limitation, the end of a long hold.</summary>
    public static readonly TimeSpan LeftToSweep = TimeSpan.FromDays(120);

    private static readonly TimeSpan Longest = Hop * ((Most - 3 * EventsPerTurn) / EventsPerTurn);
    private int _spent = EventsPerTurn;

    /// <summary>
    /// What may be waited at once: all of it, or as long a part as one generation can hold. Null, for what says nothing to the debtor and is further away than
    /// <see cref="LeftToSweep"/>: a chain of timers over years costs more than it is worth, and the sweep, which looks at what is due, wakes the case within
    /// minutes of its time.
    /// </summary>
    public static TimeSpan? Cap(TimeSpan? wait, bool speaks) => wait > LeftToSweep && !speaks ? null : wait > Longest ? Longest : wait;

    /// <summary>Whether a wait, and one thing done after it, still fit. A generation that has done nothing yet may always wait.</summary>
    public bool Allows(TimeSpan? wait) => _spent == EventsPerTurn || _spent + Cost(wait) + EventsPerTurn <= Most;

    public void Wait(TimeSpan? wait) => _spent += Cost(wait);

    /// <summary>An activity was asked for and answered.</summary>
    public void Act() => _spent += EventsPerTurn;

    public bool IsSpent => _spent + EventsPerTurn > Most;

    // Waking is a turn, and so is each hop on the way.
    private static int Cost(TimeSpan? wait) => EventsPerTurn * (wait is { } time ? Math.Max(1, (int)Math.Ceiling(time / Hop)) : 1);
}
