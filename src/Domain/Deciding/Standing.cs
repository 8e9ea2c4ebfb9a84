namespace Dunning.Domain;

/// <summary>What happens next: the step, when, by which rule, or what it waits for.</summary>
public sealed record Outlook(string? Step, DateTimeOffset? At, DueBecause? Because, WaitReason WaitingFor);

/// <summary>How a case stands, for those who look at it.</summary>
public static class Standing
{
    public static CaseStatus Status(DunningCase state, Policy policy) => state switch
    {
        DunningCase.Closed closed => closed.Because,
        DunningCase.Open open => Status(open.File, policy),
        _ => CaseStatus.Scheduled,
    };

    /// <summary>
    /// The next step and its instant. During a silence whose end is known the instant is the one that follows it; during one that waits for
    /// somebody there is none.
    /// </summary>
    public static Outlook Next(DunningCase state, Policy policy) => Next(state, policy, null);

    /// <summary>What each rule says of the next step, in the order they are asked; empty when no rule sets its instant. The latest decides, the window moves it.</summary>
    public static IReadOnlyList<DueRule> Rules(DunningCase state, Policy policy)
    {
        var told = new List<DueRule>();
        _ = Next(state, policy, told);
        return told;
    }

    private static Outlook Next(DunningCase state, Policy policy, List<DueRule>? told)
    {
        if (state is not DunningCase.Open { File: var file })
            return new(null, null, null, WaitReason.Nothing);
        var waiting = Waiting.Of(file, policy);
        if (Schedule.RungAtHand(file, policy) is not { } rung)
            return new(null, null, null, waiting);
        if (waiting == WaitReason.Nothing && Schedule.Underway(file) is { } underway)
            return new(rung.Id, NextLeg(file, policy, underway), DueBecause.Nominal, waiting);
        if (waiting == WaitReason.Nothing)
            return At(file, policy, rung, waiting, told);
        return EndOf(file, policy, waiting) is { } end
            && file with { NotBefore = end > file.NotBefore ? end : file.NotBefore, Silences = After(file.Silences) } is var then
            && Waiting.Of(then, policy) == WaitReason.Nothing
                ? At(then, policy, rung, waiting, told)
                : new(rung.Id, null, null, waiting);
    }

    private static CaseStatus Status(CaseFile file, Policy policy)
    {
        var silences = file.Silences;
        if (silences.Insolvency is not null)
            return CaseStatus.Insolvent;
        if (silences.Holds.Count > 0)
            return CaseStatus.Held;
        if (Waiting.HasWholeDispute(file, policy))
            return CaseStatus.Disputed;
        if (silences.Plan is not null)
            return CaseStatus.OnPlan;
        if (silences.Promise is { Silencing: true })
            return CaseStatus.Promised;
        return Height(file);
    }

    private static CaseStatus Height(CaseFile file)
    {
        var height = CaseStatus.Scheduled;
        foreach (var step in file.Steps)
        {
            if (step.Outcome is not (StepOutcome.Happened or StepOutcome.Elsewhere))
                continue;
            var reached = step.HandsOver ? CaseStatus.HandedOver : step.Formal ? CaseStatus.FormalNotice
                : step.Offset >= 0 ? CaseStatus.Reminding : CaseStatus.Scheduled;
            height = reached > height ? reached : height;
        }
        return height;
    }

    private static DateTimeOffset? NextLeg(CaseFile file, Policy policy, StepRecord underway)
    {
        DateTimeOffset? next = null;
        foreach (var leg in underway.Legs)
            if (leg.Status == LegStatus.Issued && Schedule.LegDue(file, policy, leg) is var due && (next is null || due < next))
                next = due;
        return next;
    }

    private static Outlook At(CaseFile file, Policy policy, Rung rung, WaitReason waiting, List<DueRule>? told)
    {
        told?.Clear();
        var (at, because) = Schedule.StepDue(file, policy, rung, told);
        if (rung.IsPreDue && at >= Schedule.PreDueLapse(file, policy))
        {
            // It would come on or after the due date: it lapses, and the first reminder is what comes.
            var next = policy.Rungs.FirstOrDefault(r => !r.IsPreDue && Schedule.RecordOf(file, r.Id) is null);
            return next is null ? new(null, null, null, waiting) : At(file, policy, next, waiting, told);
        }
        return new(rung.Id, at, because, waiting);
    }

    // What is left when every silence that ends by itself has ended.
    private static Silences After(Silences silences) => Silences.None with
    {
        Disputes = silences.Disputes,
        Replies = [.. silences.Replies.Select(r => r with { Expired = true })],
    };

    // The end of all silences, when each of them has one.
    private static DateTimeOffset? EndOf(CaseFile file, Policy policy, WaitReason waiting)
    {
        var silences = file.Silences;
        if (waiting is not (WaitReason.Hold or WaitReason.Plan or WaitReason.Promise or WaitReason.PendingPayment or WaitReason.Reply)
            || silences.Insolvency is not null || Waiting.HasWholeDispute(file, policy) || file.Account.HasSuspects || file.Stopped is not null)
            return null;
        DateTimeOffset? end = null;
        void Until(DateTimeOffset at) => end = end is { } known && known > at ? known : at;
        foreach (var hold in silences.Holds)
        {
            if (hold.EndsAt is not { } ends)
                return null;
            Until(ends);
        }
        if (silences.Plan is { } plan)
            Until(plan.CheckAt[^1]);
        if (silences.Promise is { Silencing: true } promise)
            Until(promise.EndsAt);
        foreach (var pending in silences.Pending)
            Until(pending.EndsAt);
        foreach (var reply in silences.Replies)
            Until(reply.EndsAt);
        return end;
    }
}
