namespace Dunning.Domain;

/// <summary>What is owed in a case at the end of a day, by the rules its policy names.</summary>
public static class CaseClaim
{
    private const string FirstReminderText = "first-reminder";

    /// <summary>Null, with what forbids it, when the case cannot be computed: cancelled, or due before the first semester known.</summary>
    public static Claim? Of(CaseFile file, Policy policy, Rates rates, DateOnly asOf, out IReadOnlyList<ClaimFault> faults)
    {
        if (!file.IsCancelled)
            return ClaimCalculator.Calculate(TermsOf(file, policy, asOf), rates, out faults);
        faults = [new("status", "cancelled", "is cancelled: nothing is owed.")];
        return null;
    }

    /// <inheritdoc cref="Of(CaseFile, Policy, Rates, DateOnly, out IReadOnlyList{ClaimFault})"/>
    public static Claim? Of(CaseFile file, Policy policy, Rates rates, DateOnly asOf) => Of(file, policy, rates, asOf, out _);

    /// <summary>
    /// What a message that claims this demands beside the principal; null when nothing else is owed. All the interest that ever ran and the whole indemnity, as
    /// money beyond the principal is counted against the whole.
    /// </summary>
    public static Demand? DemandOf(CaseFile file, Claim claim, DateOnly today)
    {
        var zero = Money.Zero(file.Account.Invoiced.Currency);
        var paid = Money.Max(file.Account.Excess - claim.AccruedInterest, zero);
        var indemnity = claim.Indemnity.Currency == zero.Currency ? claim.Indemnity + paid - claim.Overpaid : zero;
        var demand = new Demand(today, claim.AccruedInterest, indemnity);
        return demand.Total.IsZero ? null : demand;
    }

    /// <summary>The case as the law looks at it: money that counts, net of reversals, and the dates that start interest.</summary>
    public static ClaimTerms TermsOf(CaseFile file, Policy policy, DateOnly asOf) => new(policy.Regime, file.Account.Invoiced, file.Invoice.DueDate, asOf)
    {
        Payments = Payments(file.Account),
        CreditNotes = CreditNotes(file.Account),
        ContractualRate = policy.Accessories.ContractualRate,
        RaisedToFloor = true,
        Allocation = policy.Accessories.Allocation,
        Clause = policy.Accessories.Clause,
        FormalNoticeOn = policy.Regime == Regime.FrenchConsumer ? FormalNotice(file, policy) : null,
        Reminder = policy.Regime == Regime.BelgianConsumer ? FirstReminder(file, policy) : null,
        FrozenOn = file.Silences.Insolvency?.JudgmentOn,
    };

    private static Items<DatedAmount> Payments(Account account)
    {
        Items<DatedAmount> amounts = [];
        foreach (var payment in account.Counted)
            if (account.NetOf(payment) is { IsZero: false } net)
                amounts = amounts.And(new(payment.Date, net));
        return amounts;
    }

    private static Items<DatedAmount> CreditNotes(Account account)
    {
        Items<DatedAmount> amounts = [];
        foreach (var note in account.CreditNotes)
            amounts = amounts.And(new(note.Date, note.Amount));
        return amounts;
    }

    // The day the debtor was first put in default on any channel.
    private static DateOnly? FormalNotice(CaseFile file, Policy policy)
    {
        DateOnly? first = null;
        foreach (var step in file.Steps)
            if (step.Formal)
                foreach (var leg in step.Legs)
                    if (HeardOn(step, leg, policy) is { } on && (first is null || on < first))
                        first = on;
        return first;
    }

    // Only the text that says what article XIX.2 wants said counts; an SMS has no room for it, and of reminders sent elsewhere nobody knows.
    private static FirstReminder? FirstReminder(CaseFile file, Policy policy)
    {
        FirstReminder? first = null;
        foreach (var step in file.Steps)
            if (step.Template == FirstReminderText)
                foreach (var leg in step.Legs)
                    if (leg.Channel != Channel.Sms && HeardOn(step, leg, policy) is { } on && on > file.Invoice.DueDate
                        && (first is null || BelgianConsumer.ClaimableFrom(new(on, leg.Channel)) < BelgianConsumer.ClaimableFrom(first)))
                        first = new(on, leg.Channel);
        return first;
    }

    // A registered letter leaves when it is posted. A delivery is told after the acceptance, which the settling of the step bounds.
    private static DateOnly? HeardOn(StepRecord step, Leg leg, Policy policy) =>
        !leg.WasHeard || !MessageKey.Carries(leg.Channel) ? null
        : leg.Registered ? leg.PostedOn
        : policy.Zone.LocalDate(step.At is { } settled && settled < leg.At ? settled : leg.At);
}
