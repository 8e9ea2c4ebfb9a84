using Dunning.Domain;

namespace Dunning.Service.Bank;

/// <summary>What a case owes when a payment for it is looked at.</summary>
/// <param name="Claimed">Interest and indemnity demanded and not yet paid.</param>
/// <param name="Tolerance">What may be missing or too much, the policy's: a bank's fee.</param>
public sealed record Debt(string CaseId, string Number, string Debtor, Money Balance, Money Claimed, Money Tolerance)
{
    public bool IsCancelled { get; init; }

    /// <summary>The same amount was told by another source in the same days: the case asks a person whether it is the same money.</summary>
    public Func<Money, bool> WasTold { get; init; } = _ => false;

    public Money Most => Balance + Claimed;
}

/// <summary>A part of a payment for one case.</summary>
public sealed record SettledPart(string CaseId, string Number, Money Amount);

/// <summary>How a payment is divided; or why a person has to say so.</summary>
public sealed record Settlement(IReadOnlyList<SettledPart> Parts, string? Doubt)
{
    /// <summary>
    /// One invoice takes a payment in part or in full; several take it only together, in full. A payment is applied whole or not at all, so that what is
    /// applied and what waits add up to what came in.
    /// </summary>
    public static Settlement Of(Money amount, Match match, IReadOnlyList<Debt> debts)
    {
        if (match.Doubt is { } doubt)
            return Doubtful(doubt);
        if (debts.Count == 0)
            return Doubtful("the invoice is not known any more");
        if (debts.Any(d => d.Balance.Currency != amount.Currency))
            return Doubtful("it is in another currency than the invoice");
        if (debts.Any(d => d.IsCancelled))
            return Doubtful("the invoice was cancelled");
        return debts.Count == 1 ? One(amount, match, debts[0]) : Several(amount, debts);
    }

    private static Settlement One(Money amount, Match match, Debt debt)
    {
        if (debt.WasTold(amount))
            return Whole(amount, debt);
        if (debt.Balance.IsZero)
            return Doubtful("nothing is owed on the invoice any more");
        if (match.Exactly && (amount < debt.Balance - debt.Tolerance || amount > debt.Most))
            return Doubtful("the number may be there by chance, and the amount is not what is owed");
        return amount <= debt.Most + debt.Tolerance || match.IsDesignated ? Whole(amount, debt) : Doubtful("it is more than is owed");
    }

    private static Settlement Several(Money amount, IReadOnlyList<Debt> debts)
    {
        var owing = debts.Where(d => !d.Balance.IsZero).ToList();
        if (owing.Count == 0)
            return Doubtful("nothing is owed on the invoices any more");
        var (balances, claims) = (Sum(owing, d => d.Balance), Sum(owing, d => d.Most));
        if (amount == balances)
            return new([.. owing.Select(d => new SettledPart(d.CaseId, d.Number, d.Balance))], null);
        if (amount == claims)
            return new([.. owing.Select(d => new SettledPart(d.CaseId, d.Number, d.Most))], null);
        // Cents missing or too many are those of the last one, which must bear them.
        var (last, difference) = (owing[^1], amount - balances);
        var within = difference <= last.Tolerance && -difference <= last.Tolerance && -difference < last.Balance;
        return within && owing.Count == debts.Count
            ? new([.. owing.Select(d => new SettledPart(d.CaseId, d.Number, d == last ? d.Balance + difference : d.Balance))], null)
            : Doubtful("the amount is not what the invoices named owe together");
    }

    private static Money Sum(List<Debt> debts, Func<Debt, Money> of) => debts.Aggregate(Money.Zero(debts[0].Balance.Currency), (sum, d) => sum + of(d));

    private static Settlement Whole(Money amount, Debt debt) => new([new(debt.CaseId, debt.Number, amount)], null);

    private static Settlement Doubtful(string why) => new([], why);
}
