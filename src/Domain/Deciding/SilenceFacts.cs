using static Dunning.Domain.CaseEvent;

namespace Dunning.Domain;

/// <summary>How silences begin, end and are judged. Each has its own clock; none touches another's, but a whole dispute voids a promise.</summary>
internal static class SilenceFacts
{
    private const int HoldReviewDays = 30;
    private const int DisputeReviewDays = 5;
    private const int ReplyDays = 3;

    public static void Hold(Turn turn, Held held)
    {
        var zone = turn.Policy.Zone;
        var hold = new Hold(held.Scope, held.Reason, turn.Now, held.Until,
            held.Until is { } until ? zone.Midnight(until.AddDays(1)) : null,
            held.Until is null ? zone.Midnight(turn.Today.AddDays(HoldReviewDays)) : null);
        turn.CloseTasks(TaskKind.HoldReview, held.Scope.ToString());
        turn.Silences = turn.Silences with { Holds = [.. turn.Silences.Holds.Where(h => h.Scope != held.Scope), hold] };
    }

    public static void Release(Turn turn, Released released)
    {
        if (turn.Silences.HoldOf(released.Scope) is { } hold)
            RemoveHold(turn, hold);
    }

    public static void EndHold(Turn turn, int index) => RemoveHold(turn, turn.Silences.Holds[index]);

    public static void ReviewHold(Turn turn, int index)
    {
        var hold = turn.Silences.Holds[index];
        if (!turn.HasTask(TaskKind.HoldReview, hold.Scope.ToString()))
            turn.OpenTask(TaskKind.HoldReview, hold.Scope.ToString(), note: hold.Reason);
        var next = hold with { ReviewAt = turn.Policy.Zone.Midnight(turn.Today.AddDays(HoldReviewDays)) };
        turn.Silences = turn.Silences with { Holds = turn.Silences.Holds.With(index, next) };
    }

    public static void Promise(Turn turn, PromiseMade made)
    {
        var (silences, terms, zone) = (turn.Silences, turn.Policy.Promise, turn.Policy.Zone);
        var graceEnds = made.Date.AddDays(terms.GraceDays);
        var promise = new Promise(made.Id, made.Date, made.Amount ?? turn.File.Balance, turn.Today, silences.Promise?.ChainFrom ?? turn.Today,
            graceEnds, zone.Midnight(graceEnds.AddDays(1)), silences.BrokenPromises < terms.MaxBroken)
        {
            PaidBefore = turn.File.Account.PaidBetween(turn.Today, graceEnds),
        };
        turn.Silences = turn.Silences with { Promise = promise };
        if (promise.Silencing)
            Confirming.Issue(turn, Confirming.Promise, made.Id);
    }

    /// <summary>Payments value-dated while the promise runs reach its amount, less the tolerance: kept, and the silence ends at once.</summary>
    public static void KeepPromise(Turn turn)
    {
        if (turn.Silences.Promise is { } promise
            && turn.File.Account.PaidBetween(promise.MadeOn, promise.GraceEnds) - promise.PaidBefore >= promise.Amount - turn.Tolerance)
            turn.Silences = Judged(turn, kept: true) with { KeptPromises = turn.Silences.KeptPromises + 1 };
    }

    public static void BreakPromise(Turn turn) => turn.Silences = Judged(turn, kept: false) with { BrokenPromises = turn.Silences.BrokenPromises + 1 };

    private static Silences Judged(Turn turn, bool kept) => turn.Silences with { Promise = null, Judged = turn.Silences.Judged.And(new(turn.Today, kept)) };

    public static void Propose(Turn turn, PlanProposed proposed) =>
        turn.OpenTask(TaskKind.PlanProposal, proposed.Id, note: string.Join("; ", proposed.Instalments.Select(i => $"{i.Date:yyyy-MM-dd}: {i.Amount}")));

    public static void Agree(Turn turn, PlanAgreed agreed)
    {
        if (agreed.Instalments.Count == 0)
            return;
        var grace = turn.Policy.Plan.GraceDays;
        var checks = agreed.Instalments.Select(i => turn.Policy.Zone.Midnight(i.Date.AddDays(grace + 1)));
        turn.CloseTasks(TaskKind.PlanProposal);
        turn.Silences = turn.Silences with { Plan = new Plan(agreed.Id, agreed.Instalments, [.. checks], turn.File.Account.Settled, 0) };
        Confirming.Issue(turn, Confirming.Plan, agreed.Id);
    }

    /// <summary>
    /// The debtor signed, be the plan still running or not. What was signed recognises the debt, so the time to sue begins again (Code civil, 2240); once it
    /// has run out, nothing can begin it again.
    /// </summary>
    public static void Accept(Turn turn, PlanAccepted accepted)
    {
        if (turn.Silences.Plan is { Accepted: null } plan && plan.Id == accepted.PlanId)
            turn.Silences = turn.Silences with { Plan = plan with { Accepted = new(accepted.On, accepted.By, accepted.Evidence) } };
        if (Limitation.Of(turn.Policy.Regime, turn.File) is not { } lapses || accepted.On > lapses || accepted.On <= turn.File.RecognisedOn)
            return;
        turn.File = turn.File with { RecognisedOn = accepted.On };
        turn.CloseTasks(TaskKind.Limitation);
        turn.File = turn.File with { LimitationAlertAt = Limitation.AlertAt(turn.Policy, turn.File) };
    }

    /// <summary>An instalment's grace is over: short by more than the tolerance breaks the plan, and the whole is due again.</summary>
    public static void CheckPlan(Turn turn)
    {
        var plan = turn.Silences.Plan!;
        var due = plan.Instalments.Take(plan.Checked + 1).Aggregate(Money.Zero(turn.File.Balance.Currency), (sum, i) => sum + i.Amount);
        if (due - (turn.File.Account.Settled - plan.SettledBefore) > turn.Tolerance)
        {
            turn.Silences = turn.Silences with { Plan = null };
            turn.OpenTask(TaskKind.PlanBroken, plan.Id);
            return;
        }
        var next = plan.Checked + 1 == plan.Instalments.Count ? null : plan with { Checked = plan.Checked + 1 };
        turn.Silences = turn.Silences with { Plan = next };
    }

    public static void Dispute(Turn turn, DisputeOpened opened)
    {
        var dispute = new Dispute(opened.Id, opened.Kind, opened.Code, opened.Amount, turn.Now, NextReview(turn), opened.Note);
        turn.Silences = turn.Silences with { Disputes = turn.Silences.Disputes.And(dispute) };
        if (turn.Silences.Promise is not null && Waiting.HasWholeDispute(turn.File, turn.Policy))
            turn.Silences = turn.Silences with { Promise = null };
    }

    public static void ReviewDispute(Turn turn, int index)
    {
        var dispute = turn.Silences.Disputes[index];
        turn.Silences = turn.Silences with { Disputes = turn.Silences.Disputes.With(index, dispute with { ReviewAt = null }) };
        if (!turn.HasTask(TaskKind.DisputeReview, dispute.Id))
            turn.OpenTask(TaskKind.DisputeReview, dispute.Id);
    }

    /// <summary>A dispute that outlives its review, or the closing of its case, is reviewed again.</summary>
    public static void ReviewDisputesAgain(Turn turn)
    {
        if (turn.Silences.Disputes.Count > 0)
            turn.Silences = turn.Silences with { Disputes = [.. turn.Silences.Disputes.Select(d => d.ReviewAt is null ? d with { ReviewAt = NextReview(turn) } : d)] };
    }

    public static void Resolve(Turn turn, DisputeResolved resolved)
    {
        var dispute = turn.Silences.Disputes.FirstOrDefault(d => d.Id == resolved.DisputeId);
        if (dispute is null)
            return;
        var credit = resolved.Outcome switch
        {
            DisputeOutcome.Upheld => Money.Min(dispute.Amount ?? turn.File.Balance, turn.File.Balance),
            DisputeOutcome.Credited => resolved.Amount ?? Money.Zero(turn.File.Balance.Currency),
            _ => Money.Zero(turn.File.Balance.Currency),
        };
        turn.Silences = turn.Silences with { Disputes = [.. turn.Silences.Disputes.Where(d => d.Id != dispute.Id)] };
        turn.CloseTasks(TaskKind.DisputeReview, dispute.Id);
        if (!credit.IsZero)
            MoneyFacts.Credit(turn, new CreditNote($"dispute:{dispute.Id}", credit, turn.Today));
    }

    public static void Await(Turn turn, PaymentPending pending)
    {
        var ends = turn.Policy.Zone.Midnight(pending.ExpectedOn.AddDays(turn.Policy.Promise.GraceDays + 1));
        turn.Silences = turn.Silences with { Pending = turn.Silences.Pending.And(new PendingPayment(pending.Id, pending.ExpectedOn, ends, pending.Amount, pending.Reference)) };
    }

    public static void Fail(Turn turn, PendingPaymentFailed failed) => EndPending(turn, p => p.Id == failed.PendingId);

    public static void EndPending(Turn turn, int index) => EndPending(turn, turn.Silences.Pending[index].Equals);

    public static void EndPending(Turn turn, string reference) => EndPending(turn, p => p.Id == reference || p.Reference == reference);

    private static void EndPending(Turn turn, Func<PendingPayment, bool> which)
    {
        if (turn.Silences.Pending.Any(which))
            turn.Silences = turn.Silences with { Pending = [.. turn.Silences.Pending.Where(p => !which(p))] };
    }

    public static void Hear(Turn turn, ReplyReceived received)
    {
        var ends = turn.Policy.Zone.Midnight(turn.Calendar.AddBusinessDays(turn.Today, ReplyDays).AddDays(1));
        turn.Silences = turn.Silences with { Replies = turn.Silences.Replies.And(new Reply(received.Id, received.Channel, turn.Now, ends, false)) };
        turn.OpenTask(TaskKind.Reply, received.Id, note: received.From is { } from ? $"{from}: {received.Text}" : received.Text);
    }

    public static void ExpireReply(Turn turn, int index)
    {
        var reply = turn.Silences.Replies[index];
        turn.Silences = turn.Silences with { Replies = turn.Silences.Replies.With(index, reply with { Expired = true }) };
    }

    public static void Classify(Turn turn, ReplyClassified classified)
    {
        if (turn.Silences.Replies.All(r => r.Id != classified.ReplyId))
            return;
        turn.Silences = turn.Silences with { Replies = [.. turn.Silences.Replies.Where(r => r.Id != classified.ReplyId)] };
        turn.CloseTasks(TaskKind.Reply, classified.ReplyId);
    }

    public static void Freeze(Turn turn, InsolvencyOpened opened)
    {
        if (turn.Silences.Insolvency is not null)
            return;
        turn.Silences = turn.Silences with { Insolvency = new Insolvency(opened.JudgmentOn, opened.DeclareBy) };
        if (turn.IsOpen)
            turn.OpenTask(TaskKind.DeclareClaim, null, opened.DeclareBy);
    }

    public static void Stop(Turn turn, SendingStopped stopped)
    {
        if (turn.File.Stopped is null)
            turn.File = turn.File with { Stopped = new Stop(stopped.Cause, turn.Now) };
    }

    /// <summary>Sending resumes: the time it was stopped does not count against messages being retried.</summary>
    public static void Resume(Turn turn)
    {
        if (turn.File.Stopped is not { } stop)
            return;
        var paused = turn.Now - stop.Since;
        StepRecord Shift(StepRecord step)
        {
            foreach (var leg in step.Legs)
                if (leg is { Status: LegStatus.Issued, GiveUpAt: { } giveUp })
                    step = step.With(leg with { GiveUpAt = giveUp + paused });
            return step;
        }

        turn.File = turn.File with { Stopped = null, Steps = [.. turn.File.Steps.Select(Shift)] };
    }

    private static DateTimeOffset NextReview(Turn turn) =>
        turn.Policy.Zone.At(turn.Calendar.AddBusinessDays(turn.Today, DisputeReviewDays), turn.Policy.SendAt);

    private static void RemoveHold(Turn turn, Hold hold)
    {
        turn.Silences = turn.Silences with { Holds = [.. turn.Silences.Holds.Where(h => h != hold)] };
        turn.CloseTasks(TaskKind.HoldReview, hold.Scope.ToString());
    }
}
