namespace Dunning.Domain;

/// <summary>Why a claim is not what one might expect.</summary>
public enum ClaimNote
{
    /// <summary>At least one rate is not published yet: the last published one stands in for it.</summary>
    Provisional,

    /// <summary>A consumer owes no interest before a formal notice (Code civil, 1231-6).</summary>
    NoFormalNotice,

    /// <summary>Nothing beyond the principal may be claimed from a Belgian consumer before the end of the fourteen days of a first reminder.</summary>
    WaitingPeriod,

    /// <summary>The clause goes beyond the caps of article XIX.4: nothing but the principal can be claimed.</summary>
    ClauseBeyondCaps,

    /// <summary>The indemnity is in euros and the invoice is not: it is owed beside the total.</summary>
    IndemnityApart,

    /// <summary>Insolvency proceedings stopped the interest (C. com., L622-28).</summary>
    InterestStopped,

    /// <summary>A date or a clause was given for which the regime has no use.</summary>
    UnusedTerms,
}

/// <summary>Days at one rate on one base. From and To are both included.</summary>
public sealed record ClaimSegment(DateOnly From, DateOnly To, decimal Base, AppliedRate Rate)
{
    // A leap year too is divided by 365 (Banque de France, 9 January 2019).
    internal const decimal PercentDays = 36_500m;

    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>Exact, not rounded.</summary>
    public decimal Interest => Times / PercentDays;

    // Base × percent × days: what can be summed without dividing.
    internal decimal Times => Base * Rate.Percent * Days;
}

/// <summary>
/// What is owed at the end of a day. Principal, interest and total are in the invoice's currency, the indemnity always in euros; it is part of the total
/// when the invoice is in euros too.
/// </summary>
public sealed record Claim(Money Principal, Money Interest, Money Indemnity, Money Total)
{
    /// <summary>All the interest that ever ran, paid or not: the sum of the segments, rounded once.</summary>
    public Money AccruedInterest { get; init; }

    /// <summary>The whole indemnity, paid or not; in euros.</summary>
    public Money IndemnityGranted { get; init; }

    /// <summary>What came in beyond principal, interest and indemnity.</summary>
    public Money Overpaid { get; init; }

    public bool Provisional { get; init; }

    public Items<ClaimSegment> Segments { get; init; }

    /// <summary>The articles of the amounts above, one for each reason to claim.</summary>
    public Items<string> LegalBasis { get; init; }

    public Items<ClaimNote> Notes { get; init; }
}
