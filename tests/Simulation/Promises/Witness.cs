using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Simulation;

/// <summary>
/// Sees every claim as the disk stores it and every message as it physically leaves, and holds both against the promises. What it finds it
/// keeps: an exception thrown here would be taken by the engine for a provider's.
/// </summary>
internal sealed class Witness(IDisk disk, Ladders ladders, Switchboard switches, Trace trace, Tally tally)
{
    private readonly Dictionary<MessageKey, Departure> _departures = [];
    private readonly Dictionary<MessageKey, string> _claimed = [];

    public BrokenPromise? Found { get; private set; }

    public Tally Tally => tally;

    public IReadOnlyCollection<Departure> Departures => _departures.Values;

    public void Check(bool holds, string promise, string about, string otherwise)
    {
        if (!holds)
            Found ??= new(promise, about, otherwise);
    }

    public IReadOnlyList<LoggedEvent> Before(CaseCommit commit) => disk.Log(commit.CaseId);

    public void Committed(CaseCommit commit, bool stored, IReadOnlyList<LoggedEvent>? before)
    {
        trace.Note(stored ? "commit" : "commit lost", commit.CaseId, commit.Version);
        tally.Count(stored ? "commits" : "commits lost to a race");
        if (commit.Sent is not { } message || before is null)
            return;
        tally.Count(stored ? "claims" : "claims lost to a race");
        if (!stored)
            return;
        _claimed[message.Key] = message.Identity;
        var at = commit.Events.LastOrDefault(e => e.Event is MessageClaimed)?.At ?? message.WrittenAt;
        new Claim(message, at, before, commit.State.Known!, ladders.Of(commit.State.Known!)).Check(Check);
        if (switches.Since(message.Creditor) is { } since)
            Check(at - since < TimeSpan.FromMinutes(10), "the stop switch", message.Key.ToString(), $"claimed at {at:u}, stopped since {since:u}");
    }

    public void Attempted(OutgoingMessage message)
    {
        trace.Note("attempt", message.Key.ToString());
        tally.Count("attempts");
        foreach (var key in message.Keys)
            Check(_claimed.GetValueOrDefault(key) == message.Identity, "P2", key.ToString(), $"it was handed over in {message.Identity} and is claimed for {_claimed.GetValueOrDefault(key) ?? "nothing"}");
    }

    public void Left(Departure departure)
    {
        trace.Note("left", departure.Key.ToString(), departure.Balance.Minor);
        tally.Count("sends");
        var (month, day) = (departure.At.Month, departure.At.Day);
        if (month is 3 or 10 && day >= 24)
            tally.Count("sends near a clock change");
        if ((month, day) is (12, >= 24) or (1, <= 7))
            tally.Count("sends at a year's end");
        Check(_departures.TryAdd(departure.Key, departure), "P2", departure.Key.ToString(), "it left twice");
    }
}
