using Dunning.Domain;

namespace Dunning.Service.Simulation;

/// <summary>When an invoice was in fact paid, whatever day we were told.</summary>
internal static class Settlement
{
    /// <summary>The value date of what brought the balance down to the tolerance; null while more is owed.</summary>
    public static DateOnly? On(Account account, Money tolerance)
    {
        if (account.Balance > tolerance)
            return null;
        var left = account.Invoiced;
        foreach (var (date, amount) in account.Counted.Select(p => (p.Date, Amount: account.NetOf(p))).Concat(account.CreditNotes.Select(n => (n.Date, n.Amount))).OrderBy(p => p.Date))
            if ((left -= amount) <= tolerance)
                return date;
        return null;
    }
}
