namespace Dunning.Domain;

/// <summary>The ladder: which step is decided, which lapses, which waits for a person.</summary>
internal static class Climbing
{
    private const int CallDays = 5;
    private const int ReviewDays = 30;

    /// <summary>Decides what is due now. Steps come one at a time: the next one waits for this one and for the gap.</summary>
    public static void Climb(Turn turn)
    {
        MoveMissedLegs(turn);
        while (turn.IsOpen && turn.WaitsFor == WaitReason.Nothing && Schedule.Underway(turn.File) is null)
            if (turn.RungAtHand is not { } rung || !TryClimb(turn, rung))
                return;
    }

    /// <summary>A step of which nothing left is taken back when it would not be decided now.</summary>
    public static void Reconsider(Turn turn)
    {
        AskForAddresses(turn);
        Confirming.Withdraw(turn);
        WithdrawUntrue(turn);
        if (Schedule.Underway(turn.File) is not { NothingLeft: true } step || turn.File.Stopped is not null)
            return;
        var rung = turn.Policy.FindRung(step.Id);
        var stands = rung is not null
            && turn.WaitsFor == WaitReason.Nothing
            && Schedule.StepDue(turn.File, turn.Policy, rung).At <= Latest(turn.Now, step)
            && !IsBelowMinimum(turn.File, rung)
            && MayBeTaken(turn.File, rung);
        if (!stands)
            TakeBack(turn, step);
    }

    /// <summary>A step of which nothing left is as if it had never been decided; what it asked for is asked again in its time.</summary>
    public static void TakeBack(Turn turn, StepRecord step)
    {
        turn.File = turn.File with { Steps = [.. turn.File.Steps.Where(s => s.Id != step.Id)] };
        turn.CloseTasks(t => t is { Kind: TaskKind.MissingAddress, Subject: { } subject } && MessageKey.TryParse(subject, out var key) && key.Step == step.Id);
    }

    /// <summary>At the start of the due date the courtesy reminders not sent yet lapse, and so do the channels of one that began to leave.</summary>
    public static void LapsePreDue(Turn turn)
    {
        if (Schedule.Underway(turn.File) is { } underway)
        {
            if (underway.NothingLeft)
                TakeBack(turn, underway);
            else
                turn.File = MessageFates.Replace(turn.File, Closing.Withdrawn(underway, turn.Now));
        }
        if (Schedule.Underway(turn.File) is not null)
            return;
        while (Schedule.NextRung(turn.File, turn.Policy) is { IsPreDue: true } rung)
            Lapse(turn, rung, StepReason.DueDateCame);
    }

    public static void ReviewLadder(Turn turn)
    {
        turn.File = turn.File with { ReviewAt = null };
        turn.OpenTask(TaskKind.WhatNow, null);
    }

    public static void AskAgainLater(Turn turn) =>
        turn.File = turn.File with { ReviewAt = turn.Policy.Zone.Midnight(turn.Today.AddDays(ReviewDays)) };

    public static void Lapse(Turn turn, Rung rung, string why)
    {
        turn.CloseTasks(TaskKind.Approval, rung.Id);
        turn.File = turn.File with { Steps = turn.File.Steps.And(Lapsed(rung, turn.Today, turn.Now, why)) };
    }

    public static StepRecord Lapsed(Rung rung, DateOnly today, DateTimeOffset now, string why) =>
        new(rung.Id, rung.Offset, rung.IsFormalNotice, today, StepOutcome.Lapsed) { At = now, Why = why };

    /// <summary>
    /// A hand-over, a formal notice to a consumer, and any formal notice to somebody who heard nothing before wait for a person
    /// unless the policy says otherwise; the last of these always does (P4).
    /// </summary>
    public static bool NeedsApproval(CaseFile file, Rung rung)
    {
        if (rung.IsFormalNotice && !HeardBefore(file, rung))
            return true;
        return rung.Step.Approval ?? (rung.IsHandOver || (rung.IsFormalNotice && file.Debtor.Kind == DebtorKind.Consumer));
    }

    // A message that found its window closed is moved to the next one.
    private static void MoveMissedLegs(Turn turn)
    {
        foreach (var step in turn.File.Steps)
            foreach (var leg in step.Legs)
                if (leg.Status == LegStatus.Issued && Schedule.LegDue(turn.File, turn.Policy, leg) <= turn.Now
                    && !Schedule.InWindow(turn.File, turn.Policy, turn.Now) && Waiting.OfEveryMessage(turn.File, turn.Policy) == WaitReason.Nothing)
                    turn.File = MessageFates.Replace(turn.File, Schedule.RecordOf(turn.File, step.Id)!.With(leg with { RetryAt = turn.Now }));
        Confirming.MoveMissed(turn);
    }

    // An address can fail or be taken away between the decision and the claim.
    private static void AskForAddresses(Turn turn)
    {
        for (var i = 0; i < turn.File.Steps.Count; i++)
            foreach (var leg in turn.File.Steps[i].Legs)
                if (leg.Status == LegStatus.Issued && !HasAddress(turn.File, leg.Channel))
                {
                    var asked = Message(turn, turn.File.Steps[i].Id, leg with { At = turn.Now, RetryAt = null, TriedSince = null, GiveUpAt = null }, leg.Registered);
                    turn.File = MessageFates.Replace(turn.File, MessageFates.Settled(turn.File.Steps[i].With(asked), turn.Now));
                }
    }

    // The due date moved ahead of a step that had begun to leave: its other channels would say late what is not.
    private static void WithdrawUntrue(Turn turn)
    {
        if (Schedule.Underway(turn.File) is { NothingLeft: false, HasIssued: true } begun
            && turn.Policy.FindRung(begun.Id) is { IsPreDue: false } rung && Schedule.Earliest(turn.File, turn.Policy, rung) > turn.Now)
            turn.File = MessageFates.Replace(turn.File, Closing.Withdrawn(begun, turn.Now));
    }

    private static bool IsBelowMinimum(CaseFile file, Rung rung) =>
        rung.Step.MinBalance is { } minimum && file.Balance - Waiting.DisputedAmount(file) < Money.Floor(minimum, file.Balance.Currency);

    private static bool MayBeTaken(CaseFile file, Rung rung) => !NeedsApproval(file, rung) || file.Approved.Contains(rung.Id);

    /// <summary>Returns true when the rung was passed and the next one may be looked at.</summary>
    private static bool TryClimb(Turn turn, Rung rung)
    {
        if (rung.IsPreDue && turn.Now >= Schedule.PreDueLapse(turn.File, turn.Policy))
        {
            Lapse(turn, rung, StepReason.DueDateCame);
            return true;
        }
        if (Schedule.StepDue(turn.File, turn.Policy, rung).At > turn.Now)
            return false;
        if (!Schedule.InWindow(turn.File, turn.Policy, turn.Now))
        {
            turn.File = turn.File with { NotBefore = turn.Now };
            return false;
        }
        if (IsBelowMinimum(turn.File, rung))
        {
            Lapse(turn, rung, StepReason.BalanceTooSmall);
            return true;
        }
        if (AsksPerson(turn, rung))
            return false;
        Take(turn, rung);
        return true;
    }

    private static bool AsksPerson(Turn turn, Rung rung)
    {
        if (turn.File.Invoice.Unsent)
        {
            turn.OpenTask(TaskKind.InvoiceNotSent, rung.Id);
            return true;
        }
        if (MayBeTaken(turn.File, rung))
            return false;
        turn.OpenTask(TaskKind.Approval, rung.Id);
        return true;
    }

    private static void Take(Turn turn, Rung rung)
    {
        Items<Leg> legs = [];
        foreach (var channel in rung.Step.Channels)
            legs = legs.And(LegFor(turn, rung, channel));
        var step = new StepRecord(rung.Id, rung.Offset, rung.IsFormalNotice, turn.Today, StepOutcome.Underway)
        {
            HandsOver = rung.IsHandOver,
            Template = rung.Step.Template,
            DeadlineDays = rung.Step.DeadlineDays,
            Deadline = rung.Step.DeadlineDays is { } days ? turn.Today.AddDays(days) : null,
            Legs = legs,
        };
        turn.File = turn.File with { Steps = turn.File.Steps.And(MessageFates.Settled(step, turn.Now)) };
    }

    private static Leg LegFor(Turn turn, Rung rung, Channel channel)
    {
        var leg = new Leg(channel, 1, LegStatus.Tasked, turn.Now);
        switch (channel)
        {
            case Channel.Call:
                turn.OpenTask(TaskKind.Call, rung.Id);
                return leg with { CallBy = turn.Policy.Zone.Midnight(turn.Today.AddDays(CallDays + 1)) };
            case Channel.Handover:
                turn.OpenTask(TaskKind.HandOver, rung.Id);
                return leg;
            case Channel.Declaration:
                turn.OpenTask(TaskKind.InsurerDeclaration, rung.Id);
                return leg;
            default:
                return Message(turn, rung.Id, leg, channel == Channel.Letter && rung.Step.SendsRegistered);
        }
    }

    /// <summary>A message to an address that exists is issued; else a person is asked for the address, and nothing is blocked.</summary>
    public static Leg Message(Turn turn, string step, Leg leg, bool registered)
    {
        var key = new MessageKey(turn.File.Id, step, leg.Channel, leg.Sending);
        if (!HasAddress(turn.File, leg.Channel))
        {
            turn.OpenTask(TaskKind.MissingAddress, key.ToString());
            return leg with { Status = LegStatus.Tasked, Why = StepReason.NoAddress };
        }
        turn.Do(CaseCommand.Send(key, registered));
        return leg with { Status = LegStatus.Issued, Registered = registered };
    }

    private static bool HasAddress(CaseFile file, Channel channel) => !file.BadAddresses.Contains(channel) && channel switch
    {
        Channel.Email => file.Debtor.ReminderEmail is not null,
        Channel.Sms => file.Debtor.ReminderPhone is not null,
        _ => file.Debtor.Address is not null,
    };

    private static bool HeardBefore(CaseFile file, Rung rung)
    {
        foreach (var step in file.Steps)
            if (step.Id != rung.Id)
                foreach (var leg in step.Legs)
                    if (leg.WasHeard)
                        return true;
        return false;
    }

    // A hand-over leaves its own task in front of a person; any other end asks what now.
    public static void FinishLadder(Turn turn)
    {
        if (turn.File.LadderDone || turn.RungAtHand is not null)
            return;
        turn.File = turn.File with { LadderDone = true };
        if (!turn.HasTask(TaskKind.HandOver))
            turn.OpenTask(TaskKind.WhatNow, null);
    }

    // A step decided at an instant stands although the window has closed since.
    private static DateTimeOffset Latest(DateTimeOffset now, StepRecord step) =>
        step.Legs.Count > 0 && step.Legs[0].At > now ? step.Legs[0].At : now;
}
