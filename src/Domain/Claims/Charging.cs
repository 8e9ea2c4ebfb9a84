namespace Dunning.Domain;

/// <summary>Days of interest at one rate on one base, as a debit note shows them. From and To are both included.</summary>
public sealed record ChargedInterest(DateOnly From, DateOnly To, decimal Base, decimal Percent, string Basis, bool Provisional)
{
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>Exact, not rounded.</summary>
    public decimal Interest => Base * Percent * Days / ClaimSegment.PercentDays;

    public static ChargedInterest Of(ClaimSegment segment) =>
        new(segment.From, segment.To, segment.Base, segment.Rate.Percent, segment.Rate.Basis, segment.Rate.Provisional);
}

/// <summary>What a debit note of a case would charge. It books what has run, paid or not, and nothing that an earlier note booked.</summary>
public sealed record Charging(Money Interest, Money Indemnity)
{
    public bool IsNothing => Interest.IsZero && Indemnity.IsZero;

    public static Charging Of(CaseFile file, Claim claim)
    {
        var (interest, indemnity) = (claim.AccruedInterest, claim.IndemnityGranted);
        foreach (var note in file.Account.DebitNotes)
            (interest, indemnity) = (interest - note.Interest, indemnity - note.Indemnity);
        return new(Money.Max(interest, Money.Zero(interest.Currency)), Money.Max(indemnity, Money.Zero(indemnity.Currency)));
    }
}
