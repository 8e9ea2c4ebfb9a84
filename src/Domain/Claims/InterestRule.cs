namespace Dunning.Domain;

/// <summary>From which day a regime gives interest, and at which rate on each day from then on.</summary>
internal sealed class InterestRule
{
    private const decimal FrenchBusinessPoints = 10m;
    private const decimal FrenchPublicPoints = 8m;
    private const decimal JudgmentPoints = 5m;
    private const decimal FloorTimes = 3m;

    private readonly ClaimTerms _terms;
    private readonly Rates _rates;
    private readonly DateOnly _raisedFrom = DateOnly.MaxValue;

    public InterestRule(ClaimTerms terms, Rates rates)
    {
        (_terms, _rates) = (terms, rates);
        var afterDue = terms.DueDate.AddDays(1);
        Late = afterDue;
        First = afterDue;
        switch (terms.Regime)
        {
            case Regime.FrenchConsumer:
                First = terms.FormalNoticeOn is { } notice ? Later(afterDue, notice.AddDays(1)) : null;
                if (terms.JudgmentServedOn is { } served)
                    _raisedFrom = served.AddMonths(2).AddDays(1);
                break;
            case Regime.BelgianConsumer:
                Late = terms.Reminder is { } reminder ? Later(afterDue, BelgianConsumer.ClaimableFrom(reminder)) : null;
                // A clause that gives an indemnity and no rate gives no interest.
                First = terms is { Clause: true, ContractualRate: null } ? null : Late;
                break;
        }
    }

    /// <summary>The first day that bears interest; null when none does.</summary>
    public DateOnly? First { get; }

    /// <summary>The first day on which an indemnity is owed, if the regime knows one and money is still owed.</summary>
    public DateOnly? Late { get; }

    /// <summary>The rate on a day, and the last day it is known to hold.</summary>
    public (AppliedRate Rate, DateOnly Until) On(DateOnly day) => _terms.Regime switch
    {
        Regime.FrenchBusiness when _terms.ContractualRate is { } agreed => AboveFloor(agreed, day),
        Regime.FrenchBusiness => Published(RateSeries.Ecb, day, FrenchBusinessPoints, Articles.FrenchBusinessInterest),
        // Frozen at the semester in which interest began to run (R2192-31).
        Regime.FrenchPublic => (Published(RateSeries.Ecb, First!.Value, FrenchPublicPoints, Articles.FrenchPublicInterest).Rate, DateOnly.MaxValue),
        Regime.FrenchConsumer => Legal(day),
        Regime.BelgianBusiness when _terms.ContractualRate is { } agreed => (new(agreed, null, 0m, Articles.BelgianBusinessInterest) { IsContractual = true }, DateOnly.MaxValue),
        Regime.BelgianBusiness => Published(RateSeries.BelgianCommercial, day, 0m, Articles.BelgianBusinessInterest),
        Regime.BelgianConsumer when _terms.ContractualRate is { } agreed => UnderCap(agreed, day),
        Regime.BelgianConsumer => Published(RateSeries.BelgianLegal, day, 0m, Articles.BelgianLegalInterest),
        _ => throw new ArgumentException($"There is no regime '{_terms.Regime}'."),
    };

    private (AppliedRate Rate, DateOnly Until) Published(RateSeries series, DateOnly day, decimal points, string article)
    {
        var quote = _rates.On(series, day);
        // A year that is published bears one rate: one segment.
        var until = series.IsYearly && !quote.Provisional ? new DateOnly(day.Year, 12, 31) : quote.Semester.LastDay;
        return (new(quote.Percent + points, quote, points, article), until);
    }

    private (AppliedRate Rate, DateOnly Until) Legal(DateOnly day)
    {
        var series = _terms.CreditorQuality == CreditorQuality.Private ? RateSeries.FrenchLegalPrivate : RateSeries.FrenchLegalProfessional;
        if (day >= _raisedFrom)
            return Published(series, day, JudgmentPoints, $"{Articles.FrenchLegalInterest} ; {Articles.FrenchJudgment}");
        var (rate, until) = Published(series, day, 0m, Articles.FrenchLegalInterest);
        return (rate, until < _raisedFrom ? until : _raisedFrom.AddDays(-1));
    }

    private (AppliedRate Rate, DateOnly Until) AboveFloor(decimal agreed, DateOnly day)
    {
        var quote = _rates.On(RateSeries.FrenchLegalProfessional, day);
        var floor = FloorTimes * quote.Percent;
        return (new(_terms.RaisedToFloor ? Math.Max(agreed, floor) : agreed, quote, 0m, Articles.FrenchBusinessInterest) { Floor = floor, IsContractual = true }, quote.Semester.LastDay);
    }

    private (AppliedRate Rate, DateOnly Until) UnderCap(decimal agreed, DateOnly day)
    {
        var quote = _rates.On(RateSeries.BelgianCommercial, day);
        return (new(agreed, quote, 0m, Articles.BelgianConsumerClause) { Cap = quote.Percent, IsContractual = true }, quote.Semester.LastDay);
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
