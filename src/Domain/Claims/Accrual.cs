namespace Dunning.Domain;

/// <summary>
/// The days of a debt, lived in order: interest runs on what is owed at the start of each day, so the day money arrives still bears interest on all of it.
/// Exact decimals throughout; nothing is rounded here.
/// </summary>
internal sealed class Accrual
{
    // A leap year too is divided by 365 (Banque de France, 9 January 2019).
    private const decimal PercentDays = 36_500m;

    private readonly ClaimTerms _terms;
    private readonly InterestRule _rule;
    private Items<ClaimSegment> _segments;
    private DateOnly _next;
    private bool _judgedLate;

    private Accrual(ClaimTerms terms, Rates rates)
    {
        (_terms, _rule) = (terms, new(terms, rates));
        Principal = terms.Amount.Amount;
        _next = _rule.First ?? DateOnly.MaxValue;
    }

    public decimal Principal { get; private set; }

    /// <summary>What ran and is not paid yet.</summary>
    public decimal Interest { get; private set; }

    /// <summary>All that ran.</summary>
    public decimal Accrued { get; private set; }

    /// <summary>In euros, what is left of it once paid.</summary>
    public decimal Indemnity { get; private set; }

    /// <summary>In euros, as it arose.</summary>
    public decimal IndemnityGranted { get; private set; }

    /// <summary>Payments and credit notes up to the day asked for.</summary>
    public decimal Settled { get; private set; }

    public Items<ClaimSegment> Segments => _segments;

    public InterestRule Rule => _rule;

    public static Accrual Of(ClaimTerms terms, Rates rates)
    {
        var accrual = new Accrual(terms, rates);
        foreach (var (date, amount, isCredit) in Movements(terms))
        {
            accrual.LiveUpTo(date);
            accrual.Settle(amount, isCredit);
        }
        accrual.LiveUpTo(terms.AsOf);
        return accrual;
    }

    private static List<(DateOnly Date, decimal Amount, bool IsCredit)> Movements(ClaimTerms terms)
    {
        var movements = new List<(DateOnly Date, decimal Amount, bool IsCredit)>(terms.Payments.Count + terms.CreditNotes.Count);
        foreach (var note in terms.CreditNotes)
            if (note.Date <= terms.AsOf)
                movements.Add((note.Date, note.Amount.Amount, true));
        foreach (var payment in terms.Payments)
            if (payment.Date <= terms.AsOf)
                movements.Add((payment.Date, payment.Amount.Amount, false));
        // On one day a credit note comes first: it says what was owed, the payment pays it.
        if (movements.Count > 1)
            movements.Sort(static (a, b) => a.Date != b.Date ? a.Date.CompareTo(b.Date) : b.IsCredit.CompareTo(a.IsCredit));
        return movements;
    }

    // The day itself included.
    private void LiveUpTo(DateOnly day)
    {
        if (!_judgedLate && _rule.Late is { } late && late <= day)
        {
            _judgedLate = true;
            if (late <= _terms.LastDay && Principal > 0)
                Indemnity = IndemnityGranted = IndemnityOn(Principal);
        }
        var last = day < _terms.LastDay ? day : _terms.LastDay;
        while (_next <= last)
        {
            if (Principal <= 0)
            {
                _next = last.AddDays(1);
                return;
            }
            var (rate, until) = _rule.On(_next);
            Run(rate, until < last ? until : last);
        }
    }

    private void Run(AppliedRate rate, DateOnly to)
    {
        var days = to.DayNumber - _next.DayNumber + 1;
        var interest = Principal * rate.Percent * days / PercentDays;
        _segments = _segments.And(new(_next, to, Principal, rate, interest));
        (Interest, Accrued, _next) = (Interest + interest, Accrued + interest, to.AddDays(1));
    }

    private void Settle(decimal amount, bool isCredit)
    {
        Settled += amount;
        if (_terms.Allocation == Allocation.InterestFirst && !isCredit)
            Interest -= Take(Interest, ref amount);
        Principal -= Take(Principal, ref amount);
        Interest -= Take(Interest, ref amount);
        // Forty euros are not paid in another currency without a rate of exchange nobody agreed on.
        if (_terms.Amount.Currency == Currency.Euro)
            Indemnity -= Take(Indemnity, ref amount);
    }

    private static decimal Take(decimal owed, ref decimal amount)
    {
        var taken = Math.Min(owed, amount);
        amount -= taken;
        return taken;
    }

    private decimal IndemnityOn(decimal balance) => _terms.Regime switch
    {
        Regime.FrenchBusiness or Regime.FrenchPublic or Regime.BelgianBusiness => ClaimCalculator.FixedIndemnity,
        Regime.BelgianConsumer when _terms.Clause => BelgianConsumer.IndemnityCap(balance),
        _ => 0m,
    };
}
