using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Views;

public sealed record OpenBalanceView(string Currency, decimal Balance);

/// <summary>A debtor among the others: Open counts the invoices still chased, Balances is what they owe.</summary>
public sealed record DebtorSummary(string Id, string Creditor, string Name, int Invoices, int Open, IReadOnlyList<OpenBalanceView> Balances)
{
    public static DebtorSummary Of(ListedDebtor debtor) =>
        new(debtor.Id, debtor.Creditor, debtor.Name, debtor.Invoices, debtor.Open, [.. debtor.Balances.Select(b => new OpenBalanceView(b.Currency.Code, b.Amount()))]);
}

public sealed record LastPaymentView(DateOnly Date, decimal Amount, string Currency, string CaseId);

/// <summary>How a debtor has paid so far. Days are calendar days, null where nothing was paid in full yet; who pays early is late by a negative number.</summary>
public sealed record BehaviourView(int Paid, decimal? DaysToPay, decimal? DaysLate, decimal? LateByCount, int PromisesKept, int PromisesBroken, LastPaymentView? LastPayment)
{
    public static BehaviourView Of(IReadOnlyCollection<(DunningCase State, Policy Policy)> cases, DateOnly today)
    {
        var behaviour = PaymentBehaviour.Of([.. cases.Select(c => LedgerLine.Of(c.State, c.Policy)).OfType<LedgerLine>()], DateOnly.MinValue, today, DaysOver.Last(today, today));
        var last = (from one in cases
                    let file = one.State.Known!
                    from payment in file.Account.Counted
                    let amount = file.Account.NetOf(payment)
                    where !amount.IsZero
                    orderby payment.Date descending
                    select new LastPaymentView(payment.Date, amount.Amount(), amount.Currency.Code, file.Id)).FirstOrDefault();
        return new(behaviour.Paid, Rounded(behaviour.DaysToPay), Rounded(behaviour.DaysLate), Rounded(behaviour.LateByCount), behaviour.PromisesKept, behaviour.PromisesBroken, last);
    }

    private static decimal? Rounded(decimal? figure) => figure is { } value ? decimal.Round(value, 1, MidpointRounding.AwayFromZero) : null;
}

public sealed record DebtorHoldView(string Reason, DateOnly? Until)
{
    public static DebtorHoldView? Of(DebtorHold? hold) => hold is null ? null : new(hold.Reason, hold.Until);
}

public sealed record DebtorInsolvencyView(DateOnly JudgmentOn, DateOnly DeclareBy)
{
    public static DebtorInsolvencyView? Of(DebtorInsolvency? insolvency) => insolvency is null ? null : new(insolvency.JudgmentOn, insolvency.DeclareBy);
}

/// <summary>What an act on a debtor would do to each of its invoices; Etag is the debtor's.</summary>
public sealed record DebtorConsequenceView(string DebtorId, string Etag, IReadOnlyList<ConsequenceView> Cases);
