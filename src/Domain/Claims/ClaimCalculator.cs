namespace Dunning.Domain;

/// <summary>
/// What is owed at the end of a day: principal, interest, indemnity. Days are the day of payment less the due date, years have 365 days, interest is rounded
/// half up once, at the end.
/// </summary>
public static class ClaimCalculator
{
    /// <summary>In euros, for each invoice paid late (C. com., D441-5; commande publique, D2192-35; Belgian law of 2 August 2002, article 6).</summary>
    public const decimal FixedIndemnity = 40m;

    /// <summary>Returns the claim, or null and everything that forbids it.</summary>
    public static Claim? Calculate(ClaimTerms terms, Rates rates, out IReadOnlyList<ClaimFault> faults)
    {
        faults = ClaimRules.Check(terms, rates);
        if (faults.Count > 0)
            return null;
        var accrual = Accrual.Of(terms, rates);
        var segments = accrual.Segments;
        if (terms.ContractualRate is not null && (faults = UnderFloor(segments)).Count > 0)
            return null;
        // Without a reminder nothing runs: what remains is the principal and what was paid on it.
        if (BeyondCap(segments, out var provisional))
            return Write(terms, Accrual.Of(terms with { Reminder = null }, rates), [], provisional ? [ClaimNote.Provisional, ClaimNote.ClauseBeyondCaps] : [ClaimNote.ClauseBeyondCaps]);
        return Write(terms, accrual, segments, NotesOn(terms, accrual, segments));
    }

    private static Claim Write(ClaimTerms terms, Accrual accrual, Items<ClaimSegment> segments, Items<ClaimNote> notes)
    {
        var currency = terms.Amount.Currency;
        var accrued = Money.HalfUp(accrual.Accrued, currency);
        var inTotal = currency == Currency.Euro;
        // Everything but the interest is in whole cents, so that the one rounding of the interest is the only one of the total.
        var balance = terms.Amount.Amount + accrued.Amount + (inTotal ? Money.HalfUp(accrual.IndemnityGranted, Currency.Euro).Amount : 0m) - accrual.Settled;
        var total = Money.HalfUp(Math.Max(balance, 0m), currency);
        // Interest that was paid leaves parts of cents in what it left over of a payment: two of them rounded up must not be more than the total.
        var indemnity = Money.HalfUp(accrual.Indemnity, Currency.Euro);
        indemnity = inTotal ? Money.Min(indemnity, total) : indemnity;
        var rest = inTotal ? total - indemnity : total;
        var principal = Money.Min(Money.HalfUp(accrual.Principal, currency), rest);
        return new(principal, rest - principal, indemnity, total)
        {
            AccruedInterest = accrued,
            IndemnityGranted = Money.HalfUp(accrual.IndemnityGranted, Currency.Euro),
            Overpaid = Money.HalfUp(Math.Max(-balance, 0m), currency),
            Provisional = notes.Contains(ClaimNote.Provisional),
            Segments = segments,
            LegalBasis = BasisOf(terms, accrual, segments, notes),
            Notes = notes,
        };
    }

    private static List<ClaimFault> UnderFloor(Items<ClaimSegment> segments)
    {
        var faults = new List<ClaimFault>();
        foreach (var segment in segments)
        {
            var rate = segment.Rate;
            var why = rate.Percent < rate.Floor
                ? $"is below the legal floor of {AppliedRate.Text(rate.Floor.Value)} % in {AppliedRate.Of(rate.Quote!.Value)}: three times the French legal rate of {AppliedRate.Text(rate.Quote.Value.Percent)} % ({Articles.FrenchBusinessInterest})."
                : null;
            if (why is not null && !faults.Exists(f => f.Why == why))
                faults.Add(new("contractualRate", "belowFloor", why));
        }
        return faults;
    }

    private static bool BeyondCap(Items<ClaimSegment> segments, out bool provisional)
    {
        provisional = false;
        foreach (var segment in segments)
        {
            if (!(segment.Rate.Percent > segment.Rate.Cap))
                continue;
            provisional = segment.Rate.Provisional;
            return true;
        }
        return false;
    }

    private static Items<ClaimNote> NotesOn(ClaimTerms terms, Accrual accrual, Items<ClaimSegment> segments)
    {
        Items<ClaimNote> notes = [];
        foreach (var segment in segments)
            if (segment.Rate.Provisional)
            {
                notes = [ClaimNote.Provisional];
                break;
            }
        if (terms.Regime == Regime.FrenchConsumer && (terms.FormalNoticeOn is not { } notice || notice > terms.AsOf))
            notes = notes.And(ClaimNote.NoFormalNotice);
        if (terms.Regime == Regime.BelgianConsumer && (accrual.Rule.Late is not { } late || late > terms.AsOf))
            notes = notes.And(ClaimNote.WaitingPeriod);
        if (accrual.IndemnityGranted > 0 && terms.Amount.Currency != Currency.Euro)
            notes = notes.And(ClaimNote.IndemnityApart);
        if (terms.LastDay < terms.AsOf)
            notes = notes.And(ClaimNote.InterestStopped);
        if ((terms.Regime != Regime.FrenchConsumer && (terms.FormalNoticeOn ?? terms.JudgmentServedOn) is not null)
            || (terms.Regime != Regime.BelgianConsumer && (terms.Clause || terms.Reminder is not null)))
            notes = notes.And(ClaimNote.UnusedTerms);
        return notes;
    }

    private static Items<string> BasisOf(ClaimTerms terms, Accrual accrual, Items<ClaimSegment> segments, Items<ClaimNote> notes)
    {
        Items<string> basis = [];
        foreach (var segment in segments)
            if (!basis.Contains(segment.Rate.Article))
                basis = basis.And(segment.Rate.Article);
        if (accrual.IndemnityGranted > 0)
            basis = basis.And(terms.Regime switch
            {
                Regime.FrenchBusiness => Articles.FrenchBusinessIndemnity,
                Regime.FrenchPublic => Articles.FrenchPublicIndemnity,
                Regime.BelgianBusiness => Articles.BelgianBusinessIndemnity,
                _ => Articles.BelgianConsumerClause,
            });
        if (notes.Contains(ClaimNote.ClauseBeyondCaps))
            basis = basis.And(Articles.BelgianConsumerClause);
        else if (terms.Regime == Regime.BelgianConsumer && notes.Contains(ClaimNote.WaitingPeriod))
            basis = basis.And(Articles.BelgianConsumerReminder);
        if (terms.Allocation == Allocation.InterestFirst && terms.Payments.Count > 0 && segments.Count > 0)
            basis = basis.And(Articles.InterestFirst);
        return basis;
    }
}
