namespace Dunning.Domain;

/// <summary>The share of a cohort's amount that was paid so many days after each invoice's due date, in percent; null while that day is not over for all of them.</summary>
public sealed record Recovered(int DaysAfterDue, decimal? Percent);

/// <summary>The invoices that fell due in one month, and how much of what was not credited of them was paid by when. Month is its first day.</summary>
public sealed record Cohort(DateOnly Month, int Invoices, Money Amount, IReadOnlyList<Recovered> Recovery)
{
    public static readonly IReadOnlyList<int> Days = [0, 15, 30, 60, 90, 180];

    /// <summary>Of the invoices that fell due between two days, by month; the months without an invoice are left out.</summary>
    /// <param name="over">The last day that is over.</param>
    public static IReadOnlyList<Cohort> Of(IEnumerable<LedgerLine> lines, DateOnly from, DateOnly to, DateOnly over) =>
    [
        .. lines.Where(l => from <= l.DueOn && l.DueOn <= to && l.DueOn <= over).GroupBy(l => new DateOnly(l.DueOn.Year, l.DueOn.Month, 1)).OrderBy(g => g.Key)
            .Select(g => Of(g.Key, [.. g], over)),
    ];

    private static Cohort Of(DateOnly month, List<LedgerLine> lines, DateOnly over)
    {
        var (last, collectible, paid) = (DateOnly.MinValue, Money.Zero(lines[0].Amount.Currency), new long[Days.Count]);
        foreach (var line in lines)
        {
            var whole = line.Collectible;
            collectible += whole;
            last = line.DueOn > last ? line.DueOn : last;
            for (var i = 0; i < Days.Count; i++)
                // No more than the invoice: what was paid too much of one recovers nothing of another.
                paid[i] += Math.Min(line.PaidBetween(DateOnly.MinValue, line.DueOn.AddDays(Days[i])).Minor, whole.Minor);
        }
        return new(month, lines.Count, collectible, [.. Days.Select((d, i) => new Recovered(d, last.AddDays(d) > over || collectible.IsZero ? null : 100m * paid[i] / collectible.Minor))]);
    }
}
