namespace Dunning.Domain;

/// <summary>What reduced an invoice on a day: money, or a credit note. Payments that were reversed count for what is left of them.</summary>
public readonly record struct Settling(DateOnly On, Money Amount, bool IsCash)
{
    /// <summary>What reduced an account, by value date.</summary>
    public static Items<Settling> Of(Account account)
    {
        if (account.Payments.Count == 0 && account.CreditNotes.Count == 0)
            return default;
        var settlings = new List<Settling>();
        foreach (var payment in account.Counted)
            if (account.NetOf(payment) is { IsZero: false } net)
                settlings.Add(new(payment.Date, net, IsCash: true));
        foreach (var note in account.CreditNotes)
            settlings.Add(new(note.Date, note.Amount, IsCash: false));
        return [.. settlings.OrderBy(s => s.On)];
    }

    /// <summary>The day an amount was settled: that of what left no more than the tolerance of it. Null while more is left, and for an amount nothing had to come for.</summary>
    public static DateOnly? DayOf(Items<Settling> byDate, Money amount, Money tolerance, bool cashOnly = false)
    {
        if (amount <= tolerance)
            return null;
        foreach (var settling in byDate)
            if ((settling.IsCash || !cashOnly) && (amount -= settling.Amount) <= tolerance)
                return settling.On;
        return null;
    }
}
