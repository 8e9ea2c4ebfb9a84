using Dunning.Domain;

namespace Dunning.Service.Engine;

/// <summary>
/// What an event would do to a case, both brought to the same instant: the decisions are the engine's own, taken on a copy. Nothing is written, and nothing leaves.
/// </summary>
public sealed record Consequence(FoldedCase Before, FoldedCase After, DateTimeOffset At)
{
    /// <summary>Messages that would leave within this turn and would not without the event.</summary>
    public IReadOnlyList<MessageKey> Leaving => [.. MessageFates.Due(After.State, After.Policy, At).Except(MessageFates.Due(Before.State, Before.Policy, At))];

    public IReadOnlyList<CaseTask> Opened => [.. After.File.Tasks.Where(t => Before.File.Tasks.All(b => b.Id != t.Id))];

    public IReadOnlyList<CaseTask> Closed => [.. Before.File.Tasks.Where(t => After.File.Tasks.All(a => a.Id != t.Id))];

    /// <summary>Steps that would be passed over, and why.</summary>
    public IReadOnlyList<StepRecord> Lapsed =>
        [.. After.File.Steps.Where(s => s.Outcome == StepOutcome.Lapsed && Before.File.Steps.All(b => b.Id != s.Id || b.Outcome != StepOutcome.Lapsed))];

    /// <summary>Messages that were about to leave and would not.</summary>
    public IReadOnlyList<MessageKey> Withdrawn => [.. Issued(Before).Except(Issued(After))];

    private static IEnumerable<MessageKey> Issued(FoldedCase folded) =>
        from step in folded.File.Written from leg in step.Legs where leg.Status == LegStatus.Issued select new MessageKey(folded.File.Id, step.Id, leg.Channel, leg.Sending);
}

/// <summary>Foresees: for whoever is about to act, alone or on many cases.</summary>
public sealed class Foresight(IPolicyBook policies, ISwitches switches)
{
    /// <summary>The case as it stands, without and with the events, in the order given; each is one that the rules let pass.</summary>
    public async Task<Consequence> Of(FoldedCase folded, IReadOnlyList<CaseEvent> events, DateTimeOffset now, CancellationToken ct)
    {
        var after = folded;
        foreach (var @event in events)
            after = await policies.Apply(after, @event, now, ct);
        return new(await Woken(folded, now, ct), await Woken(after, now, ct), now);
    }

    // As an advance would: what is due is decided, and where sending is stopped the case finds out when it would send.
    private async Task<FoldedCase> Woken(FoldedCase folded, DateTimeOffset now, CancellationToken ct)
    {
        var woken = await policies.Apply(folded, new CaseEvent.WokeUp(), now, ct);
        return MessageFates.Due(woken.State, woken.Policy, now).Count > 0 && await switches.Stopped(woken.File.Creditor, woken.Policy, now, ct) is { } cause
            ? await policies.Apply(woken, new CaseEvent.SendingStopped(cause), now, ct)
            : woken;
    }
}
