namespace Dunning.Domain;

/// <summary>What is expected to come in during a week; Monday is its first day. Said is what debtors promised or have on its way, Usual the rest.</summary>
public sealed record ExpectedWeek(DateOnly Monday, Money Said, Money Usual);

/// <summary>
/// Cash by week: what somebody said will come on its day; and of the rest of each open balance, that it comes as late as this debtor usually pays (the median of its paid
/// invoices, else of everybody's), or in the coming week when that day is past.
/// </summary>
public static class CashForecast
{
    public static IReadOnlyList<ExpectedWeek> Of(IReadOnlyCollection<LedgerLine> lines, Currency currency, DateOnly asOf, int weeks)
    {
        var zero = Money.Zero(currency);
        var usual = Median([.. lines.Select(Late).OfType<int>()]) ?? 0;
        var byDebtor = lines.GroupBy(l => l.Debtor, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Median([.. g.Select(Late).OfType<int>()]) ?? usual, StringComparer.Ordinal);
        var first = Monday(asOf);
        var (said, rest) = (new Money[weeks], new Money[weeks]);
        Array.Fill(said, zero);
        Array.Fill(rest, zero);
        foreach (var line in lines)
        {
            var left = line.OwedOn(asOf);
            foreach (var expected in line.Expected.OrderBy(e => e.On))
            {
                var amount = Money.Min(expected.Amount, left);
                left -= amount;
                Add(said, expected.On, amount);
            }
            Add(rest, line.DueOn.AddDays(byDebtor[line.Debtor]), left);
        }
        return [.. Enumerable.Range(0, weeks).Select(w => new ExpectedWeek(first.AddDays(7 * w), said[w], rest[w]))];

        void Add(Money[] weekly, DateOnly on, Money amount)
        {
            var week = on <= asOf ? 0 : (on.DayNumber - first.DayNumber) / 7;
            if (week < weeks)
                weekly[week] += amount;
        }
    }

    private static int? Late(LedgerLine line) => line.PaidOn?.DayNumber - line.DueOn.DayNumber;

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static int? Median(List<int> days)
    {
        if (days.Count == 0)
            return null;
        days.Sort();
        return days[days.Count / 2];
    }
}
