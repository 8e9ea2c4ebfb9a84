namespace Dunning.Domain;

/// <summary>What reduced an invoice on a day: money, or a credit note. Payments that were reversed count for what is left of them.</summary>
public readonly record struct Settling(DateOnly On, Money Amount, bool IsCash);

/// <summary>A step that reached its debtor on a day, with the channels that were taken.</summary>
public sealed record StepTaken(string Id, DateOnly On, IReadOnlyList<Channel> Channels);

/// <summary>One invoice as figures see it: what was invoiced, what reduced it and when. Cancelled invoices are none.</summary>
public sealed record LedgerLine(string Debtor, PolicyRef Policy, DateOnly IssuedOn, DateOnly DueOn, Money Amount)
{
    /// <summary>By date.</summary>
    public IReadOnlyList<Settling> Settlings { get; init; } = [];

    /// <summary>The day it was given up; from then on nothing is receivable.</summary>
    public DateOnly? WrittenOffOn { get; init; }

    /// <summary>What is left when it counts as paid.</summary>
    public Money Tolerance { get; init; } = Money.Zero(Amount.Currency);

    /// <summary>The steps that were taken, by date.</summary>
    public IReadOnlyList<StepTaken> Steps { get; init; } = [];

    public int PromisesKept { get; init; }

    public int PromisesBroken { get; init; }

    /// <summary>What somebody has said will come in, and when: promises, instalments, debits on their way.</summary>
    public IReadOnlyList<Settling> Expected { get; init; } = [];

    /// <summary>Null for a case that is not registered, or was cancelled.</summary>
    public static LedgerLine? Of(DunningCase state, Policy policy)
    {
        if (state.Known is not { IsCancelled: false } file)
            return null;
        var account = file.Account;
        var settlings = account.Counted.Select(p => new Settling(p.Date, account.NetOf(p), IsCash: true)).Concat(account.CreditNotes.Select(n => new Settling(n.Date, n.Amount, IsCash: false)));
        return new(file.Debtor.Id, file.Policy, file.Invoice.IssueDate, file.Invoice.DueDate, file.Invoice.Amount)
        {
            Settlings = [.. settlings.Where(s => !s.Amount.IsZero).OrderBy(s => s.On)],
            WrittenOffOn = state is DunningCase.Closed { Because: CaseStatus.WrittenOff, At: var at } ? policy.Zone.LocalDate(at) : null,
            Tolerance = policy.ToleranceIn(file.Invoice.Amount.Currency),
            Steps = [.. file.Steps.Where(s => s.Outcome == StepOutcome.Happened && s.At is not null).Select(s => Taken(s, policy)).Where(s => s.Channels.Count > 0).OrderBy(s => s.On)],
            PromisesKept = file.Silences.KeptPromises,
            PromisesBroken = file.Silences.BrokenPromises,
            Expected = state is DunningCase.Open ? [.. Promised(file)] : [],
        };
    }

    /// <summary>Receivable at the end of a day; nothing before it was issued.</summary>
    public Money OwedOn(DateOnly day)
    {
        var owed = Money.Zero(Amount.Currency);
        if (IssuedOn > day || WrittenOffOn <= day)
            return owed;
        owed = Amount;
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

    private static IEnumerable<Settling> Promised(CaseFile file)
    {
        var silences = file.Silences;
        if (silences.Promise is { } promise)
            yield return new(promise.Date, Money.Min(promise.Amount, file.Balance), IsCash: true);
        foreach (var pending in silences.Pending)
            yield return new(pending.ExpectedOn, Money.Min(pending.Amount ?? file.Balance, file.Balance), IsCash: true);
        if (silences.Plan is { } plan)
            foreach (var instalment in plan.Instalments.Skip(plan.Checked))
                yield return new(instalment.Date, instalment.Amount, IsCash: true);
    }
}
