namespace Dunning.Domain;

public enum TrialVerdict
{
    /// <summary>Too few debtors on one side: whatever the figures look like, they say nothing yet.</summary>
    NotEnoughData,

    /// <summary>The interval of the difference holds zero: chance alone would explain it.</summary>
    NoDifference,
    AHigher,
    BHigher,
}

/// <summary>
/// One side of a trial: the invoices registered in it whose days are over, and how many of them were paid in full so many days after their due date. The interval is of
/// 95 percent; invoices of one debtor are not independent of each other, so it counts debtors.
/// </summary>
public sealed record TrialArm(PolicyRef Policy, int Debtors, int Invoices, int Paid, Money Collectible, Money Collected)
{
    public decimal? PercentPaid => Invoices == 0 ? null : 100m * Paid / Invoices;

    public decimal? PercentCollected => Collectible.IsZero ? null : 100m * Collected.Minor / Collectible.Minor;

    public Proportion? Interval { get; init; }
}

/// <summary>
/// Both sides of a policy split, each invoice on the side it was registered on, wherever it went later: were those that were moved left out, whoever pays badly enough to be
/// moved would not count against the policy it had. LeftOut are those registered under the other side's policy because a person named it.
/// </summary>
/// <param name="Moved">How many of those counted were moved to another policy or version since.</param>
public sealed record PolicyTrial(PolicySplit Split, int Days, TrialArm A, TrialArm B, int LeftOut, int Moved)
{
    public const int UsualDays = 30;

    /// <summary>Below this on either side nothing is concluded.</summary>
    public const int LeastDebtors = 30;

    /// <summary>B less A, in points of percent, with its interval of 95 percent; null while one side has nothing to count.</summary>
    public Difference? Difference => A.Interval is { } a && B.Interval is { } b ? Domain.Difference.Between(a, b) : null;

    public TrialVerdict Verdict =>
        Math.Min(A.Debtors, B.Debtors) < LeastDebtors || Difference is not { } difference ? TrialVerdict.NotEnoughData
        : difference.Low > 0 ? TrialVerdict.BHigher
        : difference.High < 0 ? TrialVerdict.AHigher
        : TrialVerdict.NoDifference;

    /// <param name="over">The last day that is over.</param>
    public static PolicyTrial Of(PolicySplit split, IEnumerable<LedgerLine> lines, Currency currency, DateOnly over, int days = UsualDays)
    {
        var (a, b, leftOut, moved) = (new List<LedgerLine>(), new List<LedgerLine>(), 0, 0);
        foreach (var line in lines)
        {
            if (line.RegisteredOn < split.Since || line.RegisteredOn > split.EndedOn || line.DueOn.AddDays(days) > over || !line.HadToBePaid)
                continue;
            var (given, under) = (split.For(line.Debtor), line.RegisteredUnder);
            if (under != given)
            {
                leftOut += under == split.A || under == split.B ? 1 : 0;
                continue;
            }
            (given == split.B ? b : a).Add(line);
            moved += line.Policy != under ? 1 : 0;
        }
        return new(split, days, Arm(split.A, a, currency, days), Arm(split.B, b, currency, days), leftOut, moved);
    }

    private static TrialArm Arm(PolicyRef policy, List<LedgerLine> lines, Currency currency, int days)
    {
        var debtors = lines.GroupBy(l => l.Debtor, StringComparer.Ordinal).Select(g => (Invoices: g.Count(), Paid: g.Count(l => l.PaidOn <= l.DueOn.AddDays(days)))).ToList();
        var (collectible, collected) = (Money.Zero(currency), Money.Zero(currency));
        foreach (var line in lines)
        {
            collectible += line.Collectible;
            collected += Money.Min(line.PaidBetween(DateOnly.MinValue, line.DueOn.AddDays(days)), line.Collectible);
        }
        return new(policy, debtors.Count, lines.Count, debtors.Sum(d => d.Paid), collectible, collected) { Interval = Proportion.OfClusters(debtors) };
    }
}
