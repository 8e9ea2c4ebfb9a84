namespace Dunning.Domain;

/// <summary>A step that reached its debtor on a day, with the channels that were taken.</summary>
public sealed record StepTaken(string Id, DateOnly On, Items<Channel> Channels);

/// <summary>One invoice as figures see it: what was invoiced, what reduced it and when. Cancelled invoices are none.</summary>
public sealed record LedgerLine(string Debtor, PolicyRef Policy, DateOnly IssuedOn, DateOnly DueOn, Money Amount)
{
    /// <summary>The local day it was registered.</summary>
    public DateOnly RegisteredOn { get; init; }

    /// <summary>The policy it was registered under, once it was moved to another.</summary>
    public PolicyRef? MovedFrom { get; init; }

    public PolicyRef RegisteredUnder => MovedFrom ?? Policy;

    /// <summary>By date.</summary>
    public Items<Settling> Settlings { get; init; }

    /// <summary>The day it was given up; from then on nothing is receivable.</summary>
    public DateOnly? WrittenOffOn { get; init; }

    /// <summary>What is left when it counts as paid.</summary>
    public Money Tolerance { get; init; } = Money.Zero(Amount.Currency);

    /// <summary>The steps that were taken, by date.</summary>
    public Items<StepTaken> Steps { get; init; }

    /// <summary>The promises that were kept or broken.</summary>
    public Items<PromiseEnd> Promises { get; init; }

    /// <summary>What somebody has said will come in, and when: promises, instalments, debits on their way. As it stands now, whatever day is looked at: it says nothing of a past one.</summary>
    public Items<Settling> Expected { get; init; }

    /// <summary>The part of the balance nobody can say a day for: disputed, in insolvency, or handed over. As it stands now, like Expected.</summary>
    public Money Doubtful { get; init; } = Money.Zero(Amount.Currency);

    /// <summary>Null for a case that is not registered, or was cancelled.</summary>
    public static LedgerLine? Of(DunningCase state, Policy policy)
    {
        if (state.Known is not { IsCancelled: false } file)
            return null;
        var account = file.Account;
        return new(file.Debtor.Id, file.Policy, file.Invoice.IssueDate, file.Invoice.DueDate, account.Invoiced)
        {
            RegisteredOn = policy.Zone.LocalDate(file.RegisteredAt),
            Settlings = Settling.Of(account),
            MovedFrom = file.MovedFrom,
            WrittenOffOn = state is DunningCase.Closed { Because: CaseStatus.WrittenOff, At: var at } ? policy.Zone.LocalDate(at) : null,
            Tolerance = policy.ToleranceIn(account.Invoiced.Currency),
            Steps = Taken(file, policy),
            Promises = file.Silences.Judged,
            Expected = state is DunningCase.Open ? Expectations.Of(file) : [],
            Doubtful = state is DunningCase.Open ? Expectations.Doubtful(file, policy) : Money.Zero(account.Invoiced.Currency),
        };
    }

    /// <summary>
    /// The same without what happened after a day; null for an invoice that was issued after it. Expected and Doubtful stay those of now: nothing says what they were.
    /// </summary>
    public LedgerLine? AsOf(DateOnly day)
    {
        if (IssuedOn > day)
            return null;
        var isLater = WrittenOffOn > day || (Settlings.Count > 0 && Settlings[^1].On > day) || (Steps.Count > 0 && Steps[^1].On > day) || (Promises.Count > 0 && Promises[^1].On > day);
        return !isLater ? this : this with
        {
            Settlings = [.. Settlings.Where(s => s.On <= day)],
            WrittenOffOn = WrittenOffOn > day ? null : WrittenOffOn,
            Steps = [.. Steps.Where(s => s.On <= day)],
            Promises = [.. Promises.Where(p => p.On <= day)],
        };
    }

    /// <summary>Receivable at the end of a day; nothing before it was issued.</summary>
    public Money OwedOn(DateOnly day)
    {
        if (IssuedOn > day || WrittenOffOn <= day)
            return Money.Zero(Amount.Currency);
        var owed = Amount;
        foreach (var settling in Settlings)
            if (settling.On <= day)
                owed -= settling.Amount;
        return owed <= Tolerance ? Money.Zero(Amount.Currency) : owed;
    }

    /// <summary>The day from which on nothing is owed; null while something is.</summary>
    public DateOnly? ClosedOn =>
        Amount <= Tolerance ? IssuedOn : Settling.DayOf(Settlings, Amount, Tolerance) is { } on && !(WrittenOffOn < on) ? on : WrittenOffOn;

    /// <summary>Cash that came in between two days, both included.</summary>
    public Money PaidBetween(DateOnly from, DateOnly to)
    {
        var paid = Money.Zero(Amount.Currency);
        foreach (var settling in Settlings)
            if (settling.IsCash && from <= settling.On && settling.On <= to)
                paid += settling.Amount;
        return paid;
    }

    /// <summary>What was invoiced less what was credited: what there was to collect.</summary>
    public Money Collectible
    {
        get
        {
            var left = Amount;
            foreach (var settling in Settlings)
                if (!settling.IsCash)
                    left -= settling.Amount;
            return Money.Max(left, Money.Zero(Amount.Currency));
        }
    }

    /// <summary>Whether there was anything to pay: more than credit notes and the tolerance left of it.</summary>
    public bool HadToBePaid => Collectible > Tolerance;

    /// <summary>The day of the last money that what was not credited needed, its tolerance aside; null while some is missing, and for what nobody had to pay.</summary>
    public DateOnly? PaidOn => Settling.DayOf(Settlings, Collectible, Tolerance, cashOnly: true);

    /// <summary>What had to be paid and was not by the end of a day; credit notes that came later count, for nobody had to pay them.</summary>
    public Money UnpaidOn(DateOnly day) =>
        Collectible - PaidBetween(DateOnly.MinValue, day) is var left && left > Tolerance ? left : Money.Zero(Amount.Currency);

    private static Items<StepTaken> Taken(CaseFile file, Policy policy)
    {
        var taken = new List<StepTaken>();
        foreach (var step in file.Steps)
            if (step is { Outcome: StepOutcome.Happened, At: { } at })
            {
                var channels = default(Items<Channel>);
                foreach (var leg in step.Legs)
                    if ((leg.WasHeard || leg is { Channel: Channel.Call, Status: LegStatus.Tasked }) && !channels.Contains(leg.Channel))
                        channels = channels.And(leg.Channel);
                if (channels.Count > 0)
                    taken.Add(new(step.Id, policy.Zone.LocalDate(at), channels));
            }
        return taken.Count == 0 ? default : [.. taken.OrderBy(s => s.On)];
    }
}
