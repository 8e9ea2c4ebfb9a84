using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Simulation;

public sealed record StepTally(string Step, string Channel, int Messages, int AfterPaid);

public sealed record FirstContactTally(int DaysFromDue, int Cases);

/// <summary>
/// What left, or would have. AfterPaid counts messages that left after the value date of the money that settled the invoice: it was in fact paid, and nobody had told us yet.
/// First contacts are in days from the due date; Silent is how many cases heard nothing at all.
/// </summary>
public sealed record LedgerTallyView(
    string? Policy, int? Version, int Cases, int Messages, int AfterPaid, int FormalNotices, int HandOvers, int Silent, int? MedianFirstContact, IReadOnlyList<StepTally> Steps,
    IReadOnlyList<FirstContactTally> FirstContacts);

/// <summary>What one case received: its log as far as messages go, and where it ended.</summary>
internal sealed record Received(IReadOnlyList<(MessageKey Key, DateOnly On)> Messages, bool HandedOver)
{
    public static Received Of(IEnumerable<LoggedEvent> log, DunningCase state, Policy policy) => new(
        [.. log.Select(l => (Key: KeyOf(l.Event), l.At)).Where(m => m.Key is not null).DistinctBy(m => m.Key).Select(m => (m.Key!.Value, policy.Zone.LocalDate(m.At)))],
        state.Known!.Steps.Any(s => s.Legs.Any(l => l.Channel == Channel.Handover && l.Status == LegStatus.Tasked)));

    // A letter is accepted when it is printed and posted after: the first word about a message is the one that counts.
    private static MessageKey? KeyOf(CaseEvent @event) => @event switch { MessageAccepted e => e.Key, MessageDelivered e => e.Key, _ => null };
}

/// <summary>Adds up what cases received. One thread adds at a time.</summary>
internal sealed class LedgerTally(Policy? policy)
{
    private readonly Dictionary<(string Step, Channel Channel), (int Messages, int AfterPaid, int Order)> _steps = [];
    private readonly SortedDictionary<int, int> _first = [];
    private int _cases, _notices, _handOvers, _silent;

    /// <param name="notices">The steps that are formal notices under the policy the case was under.</param>
    public void Add(Received received, DateOnly due, DateOnly? settledOn, Func<string, bool> notices)
    {
        _cases++;
        foreach (var (key, on) in received.Messages)
        {
            var place = (key.Step, key.Channel);
            var known = _steps.GetValueOrDefault(place, (0, 0, _steps.Count));
            _steps[place] = (known.Item1 + 1, known.Item2 + (settledOn < on ? 1 : 0), known.Item3);
        }
        _notices += received.Messages.Any(m => notices(m.Key.Step)) ? 1 : 0;
        _handOvers += received.HandedOver ? 1 : 0;
        if (received.Messages.Count == 0)
            _silent++;
        else
            _first[Days(received, due)] = _first.GetValueOrDefault(Days(received, due)) + 1;
    }

    public LedgerTallyView View()
    {
        var steps = _steps.OrderBy(s => policy?.FindRung(s.Key.Step)?.Offset ?? int.MaxValue).ThenBy(s => s.Value.Order)
            .Select(s => new StepTally(s.Key.Step, MessageKey.Name(s.Key.Channel), s.Value.Messages, s.Value.AfterPaid)).ToList();
        return new(policy?.Name, policy?.Version, _cases, steps.Sum(s => s.Messages), steps.Sum(s => s.AfterPaid), _notices, _handOvers, _silent, Median(), steps,
            [.. _first.Select(f => new FirstContactTally(f.Key, f.Value))]);
    }

    private static int Days(Received received, DateOnly due) => received.Messages.Min(m => m.On).DayNumber - due.DayNumber;

    private int? Median()
    {
        var left = (_first.Values.Sum() + 1) / 2;
        foreach (var (days, cases) in _first)
            if ((left -= cases) <= 0)
                return days;
        return null;
    }
}
