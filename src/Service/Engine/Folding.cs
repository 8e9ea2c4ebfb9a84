using Dunning.Domain;
using Dunning.Service.Events;

namespace Dunning.Service.Engine;

/// <summary>A case with everything acknowledged applied: what anyone who asks is shown, and what every decision starts from.</summary>
public sealed record FoldedCase(StoredCase Stored, DunningCase State, Policy Policy)
{
    public CaseFile File => State.Known!;

    /// <summary>Unread events folded and the events the engine itself adds, in order.</summary>
    public IReadOnlyList<LoggedEvent> Added { get; init; } = [];

    /// <summary>Unread events that cannot be read or applied. They stay in the log; the next commit says so on the record, after them, and a person is asked.</summary>
    public IReadOnlyList<CaseEvent.EventSetAside> Aside { get; init; } = [];

    /// <summary>
    /// The instant they are set aside at: that of the last unread event, so that whoever folds the same log finds the same; and no earlier than what the case has
    /// lived, since an event that is lost has lost its instant, too.
    /// </summary>
    public DateTimeOffset AsideAt => Stored.Unread.Select(u => u.At).Append(Lived(Stored.State.Known!)).Max();

    private static DateTimeOffset Lived(CaseFile file) => file.Written.SelectMany(s => s.Legs).Select(l => l.At)
        .Concat(file.Tasks.Select(t => t.OpenedAt)).Append(file.NotBefore).Append(file.RegisteredAt).Max();

    /// <summary>What each event folded or added made of the case, for those to whom it is announced.</summary>
    public IReadOnlyList<CaseChange> Changes { get; init; } = [];

    public bool HasChanges => Stored.Unread.Count > 0 || Added.Count > 0;

    public long NextSeq => Stored.LastSeq + Aside.Count + Added.Count + 1;
}

/// <summary>Applies events in the order of the log, each at the instant it was acknowledged, under the policy in force after it.</summary>
public static class Folding
{
    private const string Self = "engine";

    public static async ValueTask<FoldedCase> Fold(this IPolicyBook policies, StoredCase stored, CancellationToken ct)
    {
        var file = stored.State.Known ?? throw new InvalidOperationException($"Case {stored.Id} has no registration.");
        var folded = new FoldedCase(stored, stored.State, await policies.Get(file.Policy, ct));
        foreach (var unread in stored.Unread)
            folded = await policies.Take(folded, unread, ct);
        for (var i = 0; i < folded.Aside.Count; i++)
            folded = Changed(folded, await policies.Apply(folded, folded.Aside[i], folded.AsideAt, ct), SetAside(folded, i));
        return folded;
    }

    /// <summary>Decides an event that stands in a log; Fault says why it cannot be applied, and then the state is as it was.</summary>
    public static async ValueTask<(DunningCase State, string? Fault)> Decide(this IPolicyBook policies, DunningCase state, Policy policy, LoggedEvent logged, CancellationToken ct)
    {
        try
        {
            policy = logged.Event is CaseEvent.PolicyMoved moved ? await policies.Get(moved.To, ct) : policy;
        }
        catch (KeyNotFoundException unknown)
        {
            return (state, Unapplied(unknown));
        }
        try
        {
            return (Decider.Decide(state, logged.Event, policy, logged.At).State, null);
        }
        // It is pure: what it throws for an event, it will throw for ever.
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return (state, Unapplied(failure));
        }
    }

    /// <summary>One more event; the same folded case when it changes nothing.</summary>
    public static async ValueTask<FoldedCase> Apply(this IPolicyBook policies, FoldedCase folded, CaseEvent @event, DateTimeOffset at, CancellationToken ct)
    {
        var policy = @event is CaseEvent.PolicyMoved moved ? await policies.Get(moved.To, ct) : folded.Policy;
        return await policies.Follow(folded, Decider.Decide(folded.State, @event, policy, at).State, ct);
    }

    /// <summary>An event of the engine's own: applied, and added to the log if it changed anything.</summary>
    public static async ValueTask<FoldedCase> Add(this IPolicyBook policies, FoldedCase folded, CaseEvent @event, DateTimeOffset at, string by, CancellationToken ct)
    {
        var after = await policies.Apply(folded, @event, at, ct);
        if (ReferenceEquals(after, folded))
            return folded;
        var added = new LoggedEvent(folded.NextSeq, at, by, @event);
        return Changed(folded, after, added) with { Added = [.. folded.Added, added] };
    }

    public static CaseCommit ToCommit(this FoldedCase folded, DateTimeOffset now)
    {
        var before = folded.Stored.State.Known?.Tasks ?? [];
        var after = folded.File.Tasks;
        return new(folded.Stored.Id, folded.Stored.Version, folded.State, CaseIndex.Of(folded.State, folded.Policy, now))
        {
            Events = folded.Aside.Count == 0 ? folded.Added : [.. folded.Aside.Select((_, i) => SetAside(folded, i)), .. folded.Added],
            Changes = folded.Changes,
            Opened = before == after ? [] : [.. after.Where(t => before.All(b => b.Id != t.Id))],
            Closed = before == after ? [] : [.. before.Where(b => after.All(t => t.Id != b.Id)).Select(b => b.Id)],
        };
    }

    // What has arrived was acknowledged and cannot be refused: one that nobody can apply must not keep the others from their case.
    private static async ValueTask<FoldedCase> Take(this IPolicyBook policies, FoldedCase folded, LoggedEvent unread, CancellationToken ct)
    {
        if (unread.Event is CaseEvent.EventSetAside unreadable)
            return folded with { Aside = [.. folded.Aside, unreadable] };
        var (state, fault) = await policies.Decide(folded.State, folded.Policy, unread, ct);
        return fault is null ? Changed(folded, await policies.Follow(folded, state, ct), unread) : folded with { Aside = [.. folded.Aside, new(unread.Seq, fault)] };
    }

    private static FoldedCase Changed(FoldedCase before, FoldedCase after, LoggedEvent by) =>
        ReferenceEquals(before, after) ? before : after with { Changes = [.. before.Changes, new(by, before.State, after.State, after.Policy)] };

    private static LoggedEvent SetAside(FoldedCase folded, int nth) => new(folded.Stored.LastSeq + nth + 1, folded.AsideAt, Self, folded.Aside[nth]);

    // A move that meant nothing leaves the case, and whoever reads it, with its own policy.
    private static async ValueTask<FoldedCase> Follow(this IPolicyBook policies, FoldedCase folded, DunningCase state, CancellationToken ct) =>
        ReferenceEquals(state, folded.State) ? folded : folded with { State = state, Policy = await policies.Get(state.Known!.Policy, ct) };

    private static string Unapplied(Exception failure) => $"it cannot be applied: {failure.Message}";
}
