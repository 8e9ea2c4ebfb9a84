namespace Dunning.Domain;

/// <summary>
/// The days of a debt, lived in order: interest runs on what is owed at the start of each day, so the day money arrives still bears interest on all of it.
/// Exact decimals throughout; nothing is rounded here.
/// </summary>
internal sealed class Accrual
{
    private readonly ClaimTerms _terms;
    private readonly InterestRule _rule;
    private readonly List<ClaimSegment> _segments = [];
    private decimal _accrued;
    private decimal _unpaid;

    // Ran since the last look, not divided by days and percent yet.
    private decimal _running;
    private DateOnly _next;
    private bool _judgedLate;

    private Accrual(ClaimTerms terms, Rates rates)
    {
        (_terms, _rule) = (terms, new(terms, rates));
        Principal = terms.Amount.Amount;
        _next = _rule.First ?? DateOnly.MaxValue;
    }

    public decimal Principal { get; private set; }

    /// <summary>All the interest that ran.</summary>
    public decimal Accrued => _accrued + _running / ClaimSegment.PercentDays;

    /// <summary>In euros, what is left of it once paid.</summary>
    public decimal Indemnity { get; private set; }

    /// <summary>In euros, as it arose.</summary>
    public decimal IndemnityGranted { get; private set; }

    /// <summary>Payments and credit notes up to the day asked for.</summary>
    public decimal Settled { get; private set; }

    public Items<ClaimSegment> Segments => [.. _segments];

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
        var segment = new ClaimSegment(_next, to, Principal, rate);
        _segments.Add(segment);
        _running += segment.Times;
        _next = to.AddDays(1);
    }

    private void Settle(decimal amount, bool isCredit)
    {
        Settled += amount;
        if (_terms.Allocation == Allocation.InterestFirst && !isCredit)
            PayInterest(ref amount);
        Principal -= Take(Principal, ref amount);
        if (amount > 0)
            PayInterest(ref amount);
        // Forty euros are not paid in another currency without a rate of exchange nobody agreed on.
        if (_terms.Amount.Currency == Currency.Euro)
            Indemnity -= Take(Indemnity, ref amount);
    }

    private void PayInterest(ref decimal amount)
    {
        var ran = _running / ClaimSegment.PercentDays;
        (_accrued, _unpaid, _running) = (_accrued + ran, _unpaid + ran, 0m);
        _unpaid -= Take(_unpaid, ref amount);
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
