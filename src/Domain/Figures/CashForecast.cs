namespace Dunning.Domain;

/// <summary>What is expected to come in during a week; Monday is its first day. Said is what debtors promised or have on its way, Usual the rest.</summary>
public sealed record ExpectedWeek(DateOnly Monday, Money Said, Money Usual);

/// <summary>
/// Cash by week: what somebody said will come on its day; and of the rest of each open balance, that it comes as late as this debtor's invoices come that are as late as
/// it already is (the median of those paid later still), else as everybody's. The weeks, Later and Doubtful add up to what is owed.
/// Only of today: what was announced, disputed or expected on a day that is past, lines do not know.
/// </summary>
/// <param name="Later">After the last week, or so late that nobody ever paid later.</param>
/// <param name="Doubtful">Disputed, in insolvency or handed over: nobody can say.</param>
public sealed record CashForecast(IReadOnlyList<ExpectedWeek> Weeks, Money Later, Money Doubtful)
{
    public static CashForecast Of(IReadOnlyCollection<LedgerLine> lines, Currency currency, DateOnly today, int weeks)
    {
        var zero = Money.Zero(currency);
        var paid = lines.Where(l => l.PaidOn is not null).ToList();
        var everybody = Lateness.Of(paid);
        var byDebtor = paid.GroupBy(l => l.Debtor, StringComparer.Ordinal).ToDictionary(g => g.Key, Lateness.Of, StringComparer.Ordinal);
        var first = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var (said, usual, later, doubtful) = (new Money[weeks], new Money[weeks], zero, zero);
        Array.Fill(said, zero);
        Array.Fill(usual, zero);
        foreach (var line in lines)
        {
            var left = line.OwedOn(today);
            if (left.IsZero)
                continue;
            var unsure = Money.Min(line.Doubtful, left);
            doubtful += unsure;
            left -= unsure;
            foreach (var expected in line.Expected.OrderBy(e => e.On))
            {
                var amount = Money.Min(expected.Amount, left);
                left -= amount;
                Add(said, expected.On, amount);
            }
            var late = today.DayNumber - line.DueOn.DayNumber;
            var days = byDebtor.GetValueOrDefault(line.Debtor)?.Beyond(late) ?? everybody.Beyond(late) ?? (everybody.IsEmpty && late <= 0 ? 0 : (int?)null);
            Add(usual, days is { } more ? line.DueOn.AddDays(more) : DateOnly.MaxValue, left);
        }
        return new([.. Enumerable.Range(0, weeks).Select(w => new ExpectedWeek(first.AddDays(7 * w), said[w], usual[w]))], later, doubtful);

        void Add(Money[] weekly, DateOnly on, Money amount)
        {
            var week = on <= today ? 0 : (on.DayNumber - first.DayNumber) / 7;
            if (week < weeks)
                weekly[week] += amount;
            else
                later += amount;
        }
    }

    /// <summary>By how many days invoices were paid late, in order.</summary>
    private sealed class Lateness
    {
        private readonly int[] _days;

        private Lateness(int[] days) => _days = days;

        public bool IsEmpty => _days.Length == 0;

        public static Lateness Of(IEnumerable<LedgerLine> paid)
        {
            int[] days = [.. paid.Select(l => l.PaidOn!.Value.DayNumber - l.DueOn.DayNumber)];
            Array.Sort(days);
            return new(days);
        }

        /// <summary>The median of those that were paid later than this; null if none was.</summary>
        public int? Beyond(int late)
        {
            var (low, high) = (0, _days.Length);
            while (low < high)
                (low, high) = (low + high) / 2 is var middle && _days[middle] <= late ? (middle + 1, high) : (low, middle);
            return low == _days.Length ? null : _days[low + (_days.Length - low) / 2];
        }
    }
}
