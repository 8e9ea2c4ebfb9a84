namespace Dunning.Domain;

/// <summary>What an open case waits for before it may speak. The first that is true, in this order.</summary>
public enum WaitReason
{
    Nothing,
    Insolvency,
    Hold,
    Dispute,
    Plan,
    Promise,
    PendingPayment,
    PossibleDuplicate,
    Reply,
    UncertainMessage,
    SendingStopped,
    Ledger,
    BouncedNotice,
    Posting,
    InvoiceNotSent,
    Approval,

    /// <summary>The ladder is at its end: a person decides what now.</summary>
    Person,
}

/// <summary>Why a case does not speak: the silences, then what stops the ladder, then what stops the rung at hand.</summary>
public static class Waiting
{
    public static WaitReason Of(CaseFile file, Policy policy) => Of(file, policy, Schedule.RungAtHand(file, policy));

    internal static WaitReason Of(CaseFile file, Policy policy, Rung? atHand)
    {
        var every = OfEveryMessage(file, policy);
        return every != WaitReason.Nothing ? every
            : atHand is not null ? OfRung(file, atHand) : EndOf(file);
    }

    /// <summary>What holds back every message of the case, whatever its step.</summary>
    public static WaitReason OfEveryMessage(CaseFile file, Policy policy)
    {
        var silence = SilenceOf(file, policy);
        if (silence != WaitReason.Nothing)
            return silence;
        if (HasUncertain(file))
            return WaitReason.UncertainMessage;
        return file.Stopped is not { } stop ? WaitReason.Nothing
            : stop.Cause == StopCause.Ledger ? WaitReason.Ledger : WaitReason.SendingStopped;
    }

    /// <summary>What holds back a message: a first sending waits with the ladder, one sent again only for what concerns its own step.</summary>
    public static WaitReason OfMessage(CaseFile file, Policy policy, StepRecord step, Leg leg)
    {
        if (leg.Sending == 1)
            return Of(file, policy);
        var every = OfEveryMessage(file, policy);
        return every == WaitReason.Nothing && step.Formal ? OfFormal(file) : every;
    }

    /// <summary>Whether nothing holds a message back: a step's waits with the ladder, a confirmation for itself.</summary>
    internal static bool Lets(CaseFile file, Policy policy, StepRecord step, Leg leg) =>
        step.About is null ? OfMessage(file, policy, step, leg) == WaitReason.Nothing : Confirming.MayLeave(file, policy, step);

    /// <summary>The silence in force, if any (P8).</summary>
    public static WaitReason SilenceOf(CaseFile file, Policy policy)
    {
        var silences = file.Silences;
        if (ReferenceEquals(silences, Silences.None))
            return file.Account.HasSuspects ? WaitReason.PossibleDuplicate : WaitReason.Nothing;
        if (silences.Insolvency is not null)
            return WaitReason.Insolvency;
        if (silences.Holds.Count > 0)
            return WaitReason.Hold;
        if (HasWholeDispute(file, policy))
            return WaitReason.Dispute;
        if (silences.Plan is not null)
            return WaitReason.Plan;
        if (silences.Promise is { Silencing: true })
            return WaitReason.Promise;
        if (silences.Pending.Count > 0)
            return WaitReason.PendingPayment;
        if (file.Account.HasSuspects)
            return WaitReason.PossibleDuplicate;
        foreach (var reply in silences.Replies)
            if (!reply.Expired)
                return WaitReason.Reply;
        return WaitReason.Nothing;
    }

    /// <summary>How much of the balance is disputed.</summary>
    public static Money DisputedAmount(CaseFile file)
    {
        var sum = Money.Zero(file.Invoice.Amount.Currency);
        foreach (var dispute in file.Silences.Disputes)
            sum += dispute.Amount ?? file.Balance;
        return Money.Min(sum, file.Balance);
    }

    /// <summary>A dispute that leaves less than the tolerance undisputed is about the whole.</summary>
    public static bool HasWholeDispute(CaseFile file, Policy policy)
    {
        if (file.Silences.Disputes.Count == 0)
            return false;
        foreach (var dispute in file.Silences.Disputes)
            if (dispute.Amount is null)
                return true;
        var undisputed = file.Balance - DisputedAmount(file);
        return undisputed.IsZero || undisputed < policy.ToleranceIn(undisputed.Currency);
    }

    internal static bool HasUncertain(CaseFile file)
    {
        foreach (var step in file.Written)
            foreach (var leg in step.Legs)
                if (leg.Status == LegStatus.Uncertain)
                    return true;
        return false;
    }

    private static WaitReason OfRung(CaseFile file, Rung rung)
    {
        foreach (var step in file.Steps)
        {
            if (!step.Formal || step.Id == rung.Id)
                continue;
            if (NoticeBounced(file, step))
                return WaitReason.BouncedNotice;
            foreach (var leg in step.Legs)
                if (leg.AwaitsPosting)
                    return WaitReason.Posting;
        }
        if ((rung.IsFormalNotice || rung.IsHandOver) && OfFormal(file) is var formal and not WaitReason.Nothing)
            return formal;
        foreach (var task in file.Tasks)
        {
            if (task.Kind == TaskKind.InvoiceNotSent)
                return WaitReason.InvoiceNotSent;
            if (task.Kind == TaskKind.Approval && task.Subject == rung.Id)
                return WaitReason.Approval;
        }
        return WaitReason.Nothing;
    }

    private static WaitReason OfFormal(CaseFile file) =>
        file.Silences.Disputes.Count > 0 ? WaitReason.Dispute
        : file.Silences.Replies.Count > 0 ? WaitReason.Reply
        : WaitReason.Nothing;

    // The task stands for the notice that came back: done by a person, or made good by a later sending, it blocks no more.
    private static bool NoticeBounced(CaseFile file, StepRecord step)
    {
        foreach (var leg in step.Legs)
        {
            if (leg.Status != LegStatus.Bounced || step.Legs.Any(l => l.Channel == leg.Channel && l.Sending > leg.Sending && l.WasHeard))
                continue;
            var key = new MessageKey(file.Id, step.Id, leg.Channel, leg.Sending).ToString();
            if (file.Tasks.Any(t => t.Kind == TaskKind.BouncedMessage && t.Subject == key))
                return true;
        }
        return false;
    }

    private static WaitReason EndOf(CaseFile file) => file.LadderDone ? WaitReason.Person : WaitReason.Nothing;
}
