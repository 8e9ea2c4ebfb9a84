using Dunning.Domain;
using Dunning.Service.Delivery;
using Dunning.Service.Letters;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Engine;

/// <summary>What is left to do for a case after an advance: messages to deliver now, messages to ask after, the next wake-up.</summary>
public sealed record Advanced(IReadOnlyList<MessageKey> Due, IReadOnlyList<MessageKey> Overdue, DateTimeOffset? WakeAt)
{
    public static readonly Advanced Nothing = new([], [], null);

    /// <summary>The case as it stands after; null when there was nothing to do with it.</summary>
    public FoldedCase? Case { get; init; }
}

/// <summary>
/// Advances cases and delivers their messages, the same on every host. It keeps nothing between calls: kill it anywhere, and the store
/// tells the next one what to do.
/// </summary>
/// <param name="intake">Null where everything acknowledged is in the log of its case.</param>
/// <param name="desk">Null where nobody pays online.</param>
public sealed partial class DunningEngine(ICaseStore store, IPolicyBook policies, IPostOffice post, ISwitches switches, TimeProvider clock, IIntake? intake = null, IPaymentDesk? desk = null)
{
    private const string Self = "engine";

    /// <summary>A provider that has not answered by then is asked later; it stays well below <see cref="Schedule.AskAfter"/>.</summary>
    public static readonly TimeSpan SendTimeout = TimeSpan.FromMinutes(5);

    // A provider that says "again, at once" is not asked in a circle.
    private static readonly TimeSpan LeastPause = TimeSpan.FromMinutes(1);

    /// <summary>The case with everything acknowledged applied; nothing is written.</summary>
    public async Task<FoldedCase?> Look(string caseId, CancellationToken ct) =>
        await store.Load(caseId, ct) is { } stored ? await policies.Fold(stored, ct) : null;

    /// <summary>Folds what has arrived, decides what is due now, and writes both down with the next wake-up.</summary>
    public Task<Advanced> Advance(string caseId, CancellationToken ct) => Change(caseId, folded => Resumed(folded, ct), ct);

    /// <summary>
    /// Claims a message, hands it over, and writes down what became of it. The claim is conditional on the version that was looked at, unread
    /// events included: whatever is acknowledged before it stops the message, whatever comes after it comes too late. What was acknowledged but was in no log yet is
    /// looked for between the claim and the sending. Reminders of the debtor's other invoices that may leave now leave in the same message.
    /// </summary>
    public Task<Advanced> Deliver(MessageKey key, CancellationToken ct) => Deliver(key, null, ct);

    /// <param name="beside">What <see cref="Beside"/> answered; null when it was not asked.</param>
    public async Task<Advanced> Deliver(MessageKey key, IReadOnlyList<string>? beside, CancellationToken ct)
    {
        IReadOnlyList<Claimed> claims;
        SendOutcome outcome;
        // Before the turn: a provider that thinks long keeps nobody else from sending.
        var obstacle = await Beforehand(key, ct);
        using var gathered = await Gather(key, beside, alone: obstacle is not null, ct);
        using (await post.Turn(key.Channel, ct))
        {
            claims = gathered.Keys.Count > 1 && await Together(gathered, ct) is { } together ? together : await Claim(key, obstacle, gathered.Seen, ct) is { } own ? [own] : [];
            gathered.Dispose();
            if (claims.Count == 0)
                return Advanced.Nothing;
            outcome = await Missed(claims) ?? await Send(claims[0].Message, ct);
        }
        var (message, since) = (claims[0].Message, claims[0].At);
        var advanced = outcome is SendOutcome.Uncertain ? await AskAndRecord(message, key, since, outcome, ct) : await Record(message, key, since, outcome);
        foreach (var claim in claims)
            await Settle(claim.Case, CancellationToken.None);
        return advanced;
    }

    /// <summary>
    /// Asks the provider about a message whose outcome was lost; if it cannot say, a person decides (P2). Of a joined message there is one answer, for all its rows.
    /// </summary>
    public async Task<Advanced> Recover(MessageKey key, CancellationToken ct)
    {
        if (await Look(key.Case, ct) is not { } folded || MessageFates.Find(folded.File, key)?.Leg is not { Status: LegStatus.Claimed, At: var since } leg)
            return Advanced.Nothing;
        var doubt = new SendOutcome.Uncertain("the outcome was lost and the provider cannot say");
        return await store.FindMessage(key, ct) is { } message ? await AskAndRecord(message, key, since, doubt, ct) : await Record(key, leg.Joined, since, doubt);
    }

    /// <summary>Advances and delivers until nothing of the case is due now; returns its next wake-up.</summary>
    public async Task<DateTimeOffset?> Run(string caseId, CancellationToken ct)
    {
        var advanced = await Advance(caseId, ct);
        while (advanced.Due.Count > 0 || advanced.Overdue.Count > 0)
        {
            foreach (var key in advanced.Due)
                await Deliver(key, ct);
            foreach (var key in advanced.Overdue)
                await Recover(key, ct);
            advanced = await Advance(caseId, ct);
        }
        return advanced.WakeAt;
    }

    // A delivery answered before the claim is a fact, or waits to become one: first whether any waits, then whether one became a fact since the claim. The other
    // way round one could pass between the two looks. Nothing has left yet, so that whoever cannot look does not send.
    private async Task<SendOutcome?> Missed(IReadOnlyList<Claimed> claims)
    {
        foreach (var claim in claims)
            if (await Missed(claim) is { } later)
                return later;
        // Nobody asks after a message before AskAfter: a request that starts now must be over by then.
        return clock.GetUtcNow() < claims[0].At + Schedule.AskAfter - SendTimeout ? null : Later("too much time has passed since its claim");
    }

    private async Task<SendOutcome?> Missed(Claimed claimed)
    {
        try
        {
            if (intake is not null && await intake.IsBehind(claimed.Message.Creditor, claimed.Message.Key.Case, CancellationToken.None))
                return Later("what payment providers have told is still to be read");
            if (await Look(claimed.Message.Key.Case, CancellationToken.None) is not { } folded || !Holds(folded, claimed))
                return Later("its claim was settled by somebody else");
            return intake is null || (folded.Stored.Unread.Count == 0 && folded.File.Applied.Count == claimed.Case.File.Applied.Count)
                ? null
                : Later("something was told at the moment of sending");
        }
        catch (Exception failure)
        {
            return Later($"what was told cannot be read: {failure.GetType().Name}");
        }
    }

    // Whoever stalls after its claim may wake when another has asked after the message, was told that nobody received it, and sent it.
    private static bool Holds(FoldedCase folded, Claimed claimed) =>
        MessageFates.Find(folded.File, claimed.Message.Key)?.Leg is { Status: LegStatus.Claimed } leg && leg.At == claimed.At && leg.Joined == claimed.Message.Joint?.Id;

    private static SendOutcome.TryAgain Later(string why) => new(LeastPause, why);

    private async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(SendTimeout);
            return await post.Send(message, patience.Token);
        }
        catch (Exception failure) when (failure is not StoreUnavailable)
        {
            // Whatever broke in a sender, it broke after the claim: nobody knows how far the message went.
            return new SendOutcome.Uncertain(failure.GetType().Name);
        }
    }

    // Soon after a claim "never received" may only mean "not yet", even from a request of a process that died: the message stays
    // claimed, its wake-up asks again after AskAfter, and only then is it believed.
    private async Task<Advanced> AskAndRecord(OutgoingMessage message, MessageKey key, DateTimeOffset since, SendOutcome doubt, CancellationToken ct)
    {
        var (answered, outcome) = await Ask(message, ct);
        return (!answered || outcome is SendOutcome.TryAgain) && clock.GetUtcNow() < since + Schedule.AskAfter
            ? Advanced.Nothing
            : await Record(message, key, since, outcome ?? doubt);
    }

    // What loses an answer often keeps the provider from being asked, too: soon after the claim the question is left to later, and only then
    // does one that cannot be asked count as one that cannot say. A host that is stopping leaves it to its next start.
    private async Task<(bool Answered, SendOutcome? Outcome)> Ask(OutgoingMessage message, CancellationToken ct)
    {
        try
        {
            return (true, await post.Ask(message, ct));
        }
        catch (Exception failure) when (failure is not StoreUnavailable && !ct.IsCancellationRequested)
        {
            return (false, null);
        }
    }

    private async Task<string?> Beforehand(MessageKey key, CancellationToken ct) =>
        desk is not null && await desk.IsOpen(ct) && await Look(key.Case, ct) is { } folded && MessageFates.MayLeave(folded.State, key, folded.Policy, clock.GetUtcNow())
            ? await desk.Before(folded, key, ct)
            : null;

    // Most commits change nothing of what a case asks for, and cost nothing here.
    private async Task Settle(FoldedCase committed, CancellationToken ct)
    {
        var (before, after) = (committed.Stored.State, committed.State);
        var isSame = before.GetType() == after.GetType() && ReferenceEquals(before.Known!.Account, committed.File.Account) && ReferenceEquals(before.Known.Silences, committed.File.Silences);
        if (desk is not null && !isSame && await desk.IsOpen(ct))
            await desk.After(committed, ct);
    }

    /// <summary>Case is as it was committed, with the claim.</summary>
    private sealed record Claimed(OutgoingMessage Message, DateTimeOffset At, FoldedCase Case);

    /// <param name="seen">The case as it was just looked at; null to look.</param>
    private async Task<Claimed?> Claim(MessageKey key, string? obstacle, FoldedCase? seen, CancellationToken ct)
    {
        for (var races = new Races(key.Case); (seen ?? await Look(key.Case, ct)) is { } folded; seen = null, races.Lose())
        {
            var now = clock.GetUtcNow();
            if (!MessageFates.MayLeave(folded.State, key, folded.Policy, now))
                return null;
            if (await switches.Stopped(folded.File.Creditor, folded.Policy, now, ct) is { } cause)
            {
                folded = await policies.Add(folded, new SendingStopped(cause), now, Self, ct);
                if (!await store.Commit(folded.ToCommit(now), ct))
                    continue;
                // Whoever let sending resume before this was stored did not find the case among those that wait for it.
                if (await switches.Stopped(folded.File.Creditor, folded.Policy, now, ct) is null)
                    await Change(key.Case, stopped => policies.Add(stopped, new SendingResumed(), clock.GetUtcNow(), Self, ct), ct);
                return null;
            }
            var claim = new MessageClaimed(key);
            // The text says the date its claim gives; what it demands is then part of the claim.
            var claimed = await policies.Add(folded, claim, now, Self, ct);
            var (message, failure) = obstacle is null ? await Write(claimed, key, now, ct) : (null, new MessageDeferred(key, now.AddHours(1), obstacle));
            folded = message?.Demanded is { } demand ? await policies.Add(folded, claim with { Demanded = demand }, now, Self, ct) : claimed;
            if (failure is not null)
                folded = await policies.Add(folded, failure, now, Self, ct);
            if (await store.Commit(folded.ToCommit(now) with { Sent = message }, ct))
            {
                if (message is not null)
                    return new(message, now, folded);
                await Settle(folded, ct);
                return null;
            }
        }
        return null;
    }

    // A text that cannot be made is tried again, and after three business days becomes a task; a letter that cannot be drawn, or may not be issued as it is, becomes
    // one at once, since no hour will change that. Neither takes the engine down, nor holds the other channels back.
    private async Task<(OutgoingMessage? Message, CaseEvent? Failure)> Write(FoldedCase folded, MessageKey key, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            return (await post.Write(folded.File, key, folded.Policy, now, ct), null);
        }
        catch (Exception unfit) when (unfit is LetterNotDrawable or LetterIncomplete)
        {
            return (null, new MessageRefused(key, unfit.Message));
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return (null, new MessageDeferred(key, now.AddHours(1), $"the text could not be made: {failure.Message}"));
        }
    }

    // To every row of it; the answer is that of the one asked for.
    private async Task<Advanced> Record(OutgoingMessage message, MessageKey key, DateTimeOffset since, SendOutcome outcome)
    {
        var advanced = Advanced.Nothing;
        foreach (var row in message.Keys)
            if (await Record(row, message.Joint?.Id, since, outcome) is var recorded && row == key)
                advanced = recorded;
        return advanced;
    }

    // Not cancellable: what is known of a message handed over must be written down, whoever has lost patience.
    private Task<Advanced> Record(MessageKey key, string? joined, DateTimeOffset since, SendOutcome outcome)
    {
        // Whatever is told is about the message it was told of. A doubt, or word that nothing was taken, is about the claim it came from, too: told late, it must not
        // undo the one after it (P2).
        var ofThisClaimOnly = outcome is SendOutcome.TryAgain or SendOutcome.Uncertain;
        return Change(
            key.Case,
            folded => (ofThisClaimOnly && ClaimedAt(folded, key) != since) || MessageFates.Find(folded.File, key)?.Leg.Joined != joined
                ? ValueTask.FromResult(folded)
                : policies.Add(folded, Event(), clock.GetUtcNow(), Self, CancellationToken.None),
            CancellationToken.None);

        CaseEvent Event() => outcome switch
        {
            SendOutcome.Accepted accepted => new MessageAccepted(key, accepted.Reference),
            SendOutcome.Refused refused => new MessageRefused(key, refused.Reason),
            SendOutcome.TryAgain later => new MessageDeferred(key, clock.GetUtcNow() + (later.After > LeastPause ? later.After : LeastPause), later.Reason),
            SendOutcome.Uncertain uncertain => new MessageUncertain(key, uncertain.Reason),
            _ => throw new InvalidOperationException(outcome.GetType().Name),
        };
    }

    private static bool Opens(FoldedCase before, FoldedCase after, Func<TaskKind, bool> kind) =>
        after.File.TasksOpened > before.File.TasksOpened && after.File.Tasks.Any(t => kind(t.Kind) && before.File.Tasks.All(old => old.Id != t.Id));

    private static DateTimeOffset? ClaimedAt(FoldedCase folded, MessageKey key) =>
        MessageFates.Find(folded.File, key)?.Leg is { Status: LegStatus.Claimed, At: var at } ? at : null;

    // A call or a hand-over has no claim at which the switches are looked at: they are looked at here.
    private async Task<FoldedCase> Wake(FoldedCase folded, DateTimeOffset now, CancellationToken ct)
    {
        var woken = await policies.Add(folded, new WokeUp(), now, Self, ct);
        return Opens(folded, woken, k => k is TaskKind.Call or TaskKind.HandOver or TaskKind.InsurerDeclaration) && await switches.Stopped(folded.File.Creditor, folded.Policy, now, ct) is { } cause
            ? await policies.Add(folded, new SendingStopped(cause), now, Self, ct)
            : woken;
    }

    // Whoever lets sending resume tells the open cases that wait for it. One that was closed just then, or whose stop was stored after that by a process that
    // died of it, was not among them: it finds out by itself.
    private async ValueTask<FoldedCase> Resumed(FoldedCase folded, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return folded.State is DunningCase.Open { File.Stopped: not null } && await switches.Stopped(folded.File.Creditor, folded.Policy, now, ct) is null
            ? await policies.Add(folded, new SendingResumed(), now, Self, ct)
            : folded;
    }

    private async Task<Advanced> Change(string caseId, Func<FoldedCase, ValueTask<FoldedCase>> change, CancellationToken ct)
    {
        var asked = false;
        for (var races = new Races(caseId); await Look(caseId, ct) is { } folded; races.Lose())
        {
            folded = await change(folded);
            var now = clock.GetUtcNow();
            var changed = folded;
            folded = await Wake(folded, now, ct);
            if (!asked && Opens(changed, folded, k => k is TaskKind.HandOver) && desk is not null && await desk.IsOpen(ct))
            {
                asked = true;
                await desk.BeforeHandOver(changed, ct);
                continue;
            }
            if (folded.HasChanges && !await store.Commit(folded.ToCommit(now), ct))
                continue;
            await Settle(folded, ct);
            return new(
                MessageFates.Due(folded.State, folded.Policy, now),
                [.. MessageFates.Claimed(folded.File).Where(c => c.Since + Schedule.AskAfter <= now).Select(c => c.Key)],
                Decider.WakeAt(folded.State, folded.Policy))
            {
                Case = folded,
            };
        }
        return Advanced.Nothing;
    }
}
