namespace Dunning.Domain;

/// <summary>The share of a cohort's amount that was settled so many days after each invoice's due date, in percent; null while that day has not come for all of them.</summary>
public sealed record Recovered(int DaysAfterDue, decimal? Percent);

/// <summary>The invoices that fell due in one month, and how much of them came in by when. Month is its first day.</summary>
public sealed record Cohort(DateOnly Month, int Invoices, Money Amount, IReadOnlyList<Recovered> Recovery)
{
    public static readonly IReadOnlyList<int> Days = [0, 15, 30, 60, 90, 180];

    /// <summary>By month, the months without an invoice left out.</summary>
    public static IReadOnlyList<Cohort> Of(IEnumerable<LedgerLine> lines, DateOnly asOf) =>
    [
        .. lines.Where(l => l.DueOn <= asOf).GroupBy(l => new DateOnly(l.DueOn.Year, l.DueOn.Month, 1)).OrderBy(g => g.Key).Select(g => new Cohort(
            g.Key, g.Count(), g.Aggregate(Money.Zero(g.First().Amount.Currency), (sum, l) => sum + l.Amount), [.. Days.Select(d => new Recovered(d, Percent([.. g], d, asOf)))])),
    ];

    private static decimal? Percent(List<LedgerLine> lines, int days, DateOnly asOf) =>
        lines.Max(l => l.DueOn).AddDays(days) > asOf ? null : 100m * lines.Sum(l => (decimal)Settled(l, l.DueOn.AddDays(days))) / lines.Sum(l => (decimal)l.Amount.Minor);

    // No more than the invoice: what was paid too much of one recovers nothing of another.
    private static long Settled(LedgerLine line, DateOnly by) => Math.Min(line.Settlings.Where(s => s.On <= by).Sum(s => s.Amount.Minor), line.Amount.Minor);
}
