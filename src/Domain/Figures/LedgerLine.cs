namespace Dunning.Domain;

/// <summary>What reduced an invoice on a day: money, or a credit note. Payments that were reversed count for what is left of them.</summary>
public readonly record struct Settling(DateOnly On, Money Amount, bool IsCash);

/// <summary>A step that reached its debtor on a day, with the channels that were taken.</summary>
public sealed record StepTaken(string Id, DateOnly On, IReadOnlyList<Channel> Channels);

/// <summary>One invoice as figures see it: what was invoiced, what reduced it and when. Cancelled invoices are none.</summary>
public sealed record LedgerLine(string Debtor, PolicyRef Policy, DateOnly IssuedOn, DateOnly DueOn, Money Amount)
{
    /// <summary>The local day it was registered.</summary>
    public DateOnly RegisteredOn { get; init; }

    /// <summary>By date.</summary>
    public IReadOnlyList<Settling> Settlings { get; init; } = [];

    /// <summary>The day it was given up; from then on nothing is receivable.</summary>
    public DateOnly? WrittenOffOn { get; init; }

    /// <summary>What is left when it counts as paid.</summary>
    public Money Tolerance { get; init; } = Money.Zero(Amount.Currency);

    /// <summary>The steps that were taken, by date.</summary>
    public IReadOnlyList<StepTaken> Steps { get; init; } = [];

    /// <summary>The promises that were kept or broken.</summary>
    public IReadOnlyList<PromiseEnd> Promises { get; init; } = [];

    /// <summary>What somebody has said will come in, and when: promises, instalments, debits on their way. As it stands now.</summary>
    public IReadOnlyList<Settling> Expected { get; init; } = [];

    /// <summary>The part of the balance nobody can say a day for: disputed, in insolvency, or handed over. As it stands now.</summary>
    public Money Doubtful { get; init; } = Money.Zero(Amount.Currency);

    /// <summary>Null for a case that is not registered, or was cancelled.</summary>
    public static LedgerLine? Of(DunningCase state, Policy policy)
    {
        if (state.Known is not { IsCancelled: false } file)
            return null;
        var account = file.Account;
        var settlings = account.Counted.Select(p => new Settling(p.Date, account.NetOf(p), IsCash: true)).Concat(account.CreditNotes.Select(n => new Settling(n.Date, n.Amount, IsCash: false)));
        return new(file.Debtor.Id, file.Policy, file.Invoice.IssueDate, file.Invoice.DueDate, account.Invoiced)
        {
            RegisteredOn = policy.Zone.LocalDate(file.RegisteredAt),
            Settlings = [.. settlings.Where(s => !s.Amount.IsZero).OrderBy(s => s.On)],
            WrittenOffOn = state is DunningCase.Closed { Because: CaseStatus.WrittenOff, At: var at } ? policy.Zone.LocalDate(at) : null,
            Tolerance = policy.ToleranceIn(account.Invoiced.Currency),
            Steps = [.. file.Steps.Where(s => s.Outcome == StepOutcome.Happened && s.At is not null).Select(s => Taken(s, policy)).Where(s => s.Channels.Count > 0).OrderBy(s => s.On)],
            Promises = file.Silences.Judged,
            Expected = state is DunningCase.Open ? Expectations.Of(file) : [],
            Doubtful = state is DunningCase.Open ? Expectations.Doubtful(file, policy) : Money.Zero(account.Invoiced.Currency),
        };
    }

    /// <summary>The same without what happened after a day; null for an invoice that was issued after it.</summary>
    public LedgerLine? AsOf(DateOnly day)
    {
        if (IssuedOn > day)
            return null;
        var isLater = WrittenOffOn > day || (Settlings.Count > 0 && Settlings[^1].On > day) || (Steps.Count > 0 && Steps[^1].On > day) || Promises.Any(p => p.On > day);
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

    /// <summary>The day of the money that left no more than the tolerance; null while something is owed, and for one that credit notes alone have settled.</summary>
    public DateOnly? PaidOn
    {
        get
        {
            var (owed, paid) = (Amount, false);
            foreach (var settling in Settlings)
            {
                owed -= settling.Amount;
                paid |= settling.IsCash;
                if (owed <= Tolerance)
                    return paid ? settling.On : null;
            }
            return null;
        }
    }

    private static StepTaken Taken(StepRecord step, Policy policy) =>
        new(step.Id, policy.Zone.LocalDate(step.At!.Value), [.. step.Legs.Where(l => l.WasHeard || (l.Channel == Channel.Call && l.Status == LegStatus.Tasked)).Select(l => l.Channel).Distinct()]);
}
