using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api;

/// <summary>
/// The rules a fact must pass before it is acknowledged; once it is, it is a fact. Null lets it pass. A case that is closed takes money and its end,
/// a hold, an address or a due date in case it opens again, nothing else.
/// </summary>
public static class FactRules
{
    public static Answer? Check(FoldedCase folded, CaseEvent @event, DateTimeOffset now, bool operatorSaysSo = false)
    {
        var (file, policy) = (folded.File, folded.Policy);
        var today = policy.Zone.LocalDate(now);
        if (folded.State is DunningCase.Closed && Decider.NeedsOpenCase(@event))
            return Answer.Conflict("caseClosed", $"The case is {ApiJson.Name(Standing.Status(folded.State, policy))}: nothing is chased any more.");
        return @event switch
        {
            PromiseMade promise => Promise(file, policy, promise, today, operatorSaysSo),
            PlanAgreed plan => Plan(file, plan.Instalments, today),
            PlanProposed plan => Plan(file, plan.Instalments, today) ?? Proposal(policy, plan.Instalments, today),
            DisputeOpened { Amount: { } amount } when amount > file.Balance => Rule("amount", "moreThanBalance", "must not be more than the balance."),
            DisputeResolved resolved => Resolution(file, resolved),
            PaymentPending pending when pending.ExpectedOn < today => Rule("expectedOn", "inThePast", "must not lie in the past."),
            PaymentPending pending when pending.ExpectedOn > today.AddDays(90) => Rule("expectedOn", "tooFar", "must lie within 90 days."),
            PendingPaymentFailed failed when file.Silences.Pending.All(p => p.Id != failed.PendingId) => Answer.NotFound("pending payment"),
            Held { Until: { } until } when until < today => Rule("until", "inThePast", "must not lie in the past."),
            Held { Until: { } until } when until > today.AddYears(2) => Rule("until", "tooFar", "must lie within two years; without it the hold lasts until it is released."),
            Released released when file.Silences.HoldOf(released.Scope) is null => Answer.Conflict("notHeld", "The case is not on hold."),
            DueDateChanged changed when changed.DueDate < file.Invoice.IssueDate => Rule("dueDate", "dueBeforeIssue", "must not be before the issue date."),
            DuplicateConfirmed verdict when file.Account.Payments.All(p => p.Id != verdict.PaymentId) => Answer.NotFound("payment"),
            DuplicateConfirmed verdict when file.Account.Suspects.All(p => p.Id != verdict.PaymentId) => Answer.Conflict("notSuspected", "The payment is not a possible duplicate, or no longer."),
            CallLogged { Step: { } step } when policy.FindRung(step) is null && Schedule.RecordOf(file, step) is null => Rule("step", "unknownStep", $"there is no step '{step}'."),
            ProcedureRecorded recorded when recorded.On > today => Rule("date", "inTheFuture", "must not lie in the future."),
            PlanAccepted accepted when accepted.On > today => Rule("date", "inTheFuture", "must not lie in the future."),
            PlanAccepted accepted when accepted.On < file.Invoice.IssueDate => Rule("date", "beforeInvoice", "must not be before the invoice."),
            PlanAccepted { PlanId: var id } when file.Silences.Plan is { Accepted: { } known } plan && plan.Id == id => Answer.Conflict("acceptedAlready", $"The plan was accepted on {known.On:yyyy-MM-dd}."),
            LetterPosted posted => Posting(file, policy, posted, today),
            LetterReturned returned when returned.On > today => Rule("date", "inTheFuture", "must not lie in the future."),
            LetterReturned returned when MessageFates.Find(file, returned.Key) is (_, var leg) && returned.On < (leg.PostedOn ?? policy.Zone.LocalDate(leg.At)) =>
                Rule("date", "beforePosting", "must not be before the letter was posted."),
            ReplyClassified reply when file.Silences.Replies.All(r => r.Id != reply.ReplyId) => Answer.NotFound("reply"),
            StepApproved approved => Step(folded, approved.Step, mustBeNext: false),
            StepRejected rejected => Step(folded, rejected.Step, mustBeNext: true),
            StepHastened hastened => Step(folded, hastened.Step, mustBeNext: true),
            PolicyMoved when Schedule.Underway(file) is { NothingLeft: false } => Answer.Conflict("messageUnderWay", "A message is on its way; try again when its outcome is known."),
            _ => null,
        };
    }

    private static Answer? Promise(CaseFile file, Policy policy, PromiseMade promise, DateOnly today, bool operatorSaysSo)
    {
        if (promise.Date < today)
            return Rule("date", "inThePast", "must not lie in the past.");
        if (promise.Amount is { } amount && amount > file.Balance)
            return Rule("amount", "moreThanBalance", "must not be more than the balance.");
        var limit = (file.Silences.Promise?.ChainFrom ?? today).AddDays(policy.Promise.MaxDays);
        return promise.Date > limit && !operatorSaysSo
            ? Rule("date", "promiseTooFar", $"must not be after {limit:yyyy-MM-dd}, {policy.Promise.MaxDays} days after the first promise, unless an operator says so with \"override\": true.")
            : null;
    }

    private static Answer? Plan(CaseFile file, IReadOnlyList<Instalment> instalments, DateOnly today)
    {
        var faults = new List<Fault>();
        if (instalments.Count == 0)
            faults.Add(new("instalments", "required", "must name at least one instalment."));
        for (var i = 0; i < instalments.Count; i++)
            if (instalments[i].Date < (i == 0 ? today : instalments[i - 1].Date.AddDays(1)))
                faults.Add(new($"instalments[{i}].date", "notIncreasing", i == 0 ? "must not lie in the past." : "must be after the instalment before it."));
        var sum = instalments.Aggregate(Money.Zero(file.Balance.Currency), (total, i) => total + i.Amount);
        if (instalments.Count > 0 && sum != file.Balance)
            faults.Add(new("instalments", "wrongSum", $"add up to {sum}, not to the balance of {file.Balance}."));
        return faults.Count == 0 ? null : Answer.Unprocessable([.. faults]);
    }

    private static Answer? Proposal(Policy policy, IReadOnlyList<Instalment> instalments, DateOnly today)
    {
        var faults = new List<Fault>();
        if (instalments.Count > policy.Plan.MaxInstalments)
            faults.Add(new("instalments", "tooMany", $"must not be more than {policy.Plan.MaxInstalments}."));
        if (instalments[^1].Date > today.AddDays(policy.Plan.MaxDays))
            faults.Add(new("instalments", "tooLong", $"must end within {policy.Plan.MaxDays} days."));
        if (instalments.Any(i => i.Amount < Money.Floor(policy.Plan.MinInstalment, i.Amount.Currency)))
            faults.Add(new("instalments", "tooSmall", $"must each be at least {policy.Plan.MinInstalment:0.00}."));
        return faults.Count == 0 ? null : Answer.Unprocessable([.. faults]);
    }

    private static Answer? Resolution(CaseFile file, DisputeResolved resolved)
    {
        if (file.Silences.Disputes.All(d => d.Id != resolved.DisputeId))
            return Answer.NotFound("open dispute");
        return resolved.Outcome == DisputeOutcome.Credited && resolved.Amount > file.Balance
            ? Rule("amount", "moreThanBalance", "must not be more than the balance.")
            : null;
    }

    // The days a notice gives are counted from here: a date to come would stop the ladder, one before the letter would shorten them.
    private static Answer? Posting(CaseFile file, Policy policy, LetterPosted posted, DateOnly today) =>
        MessageFates.Find(file, posted.Key) is not (_, { Channel: Channel.Letter, WasHeard: true } leg) || (leg.PostedOn is not null && !AddsTracking(leg, posted))
            ? Answer.Conflict("notAwaitingPosting", "The letter does not wait to be posted.")
        : posted.On > today ? Rule("date", "inTheFuture", "must not lie in the future.")
        : posted.On < policy.Zone.LocalDate(leg.At) ? Rule("date", "beforeLetter", "must not be before the letter was made.")
        : null;

    // A tracking number may be known later than the posting.
    private static bool AddsTracking(Leg leg, LetterPosted posted) => leg.PostedOn == posted.On && leg.Tracking is null && posted.Tracking is not null;

    private static Answer? Step(FoldedCase folded, string step, bool mustBeNext)
    {
        if (folded.Policy.FindRung(step) is null)
            return Answer.NotFound("step");
        if (Schedule.RecordOf(folded.File, step) is { } record)
            return Answer.Conflict("stepPassed", $"The step is {ApiJson.Name(record.Outcome)} already.");
        var next = Schedule.Underway(folded.File) is null ? Schedule.NextRung(folded.File, folded.Policy)?.Id : null;
        return mustBeNext && next != step ? Answer.Conflict("notNext", $"The next step is {next ?? "the one under way"}: steps are never skipped.") : null;
    }

    private static Answer Rule(string field, string code, string message) => Answer.Unprocessable(new Fault(field, code, message));
}
