namespace Dunning.Domain;

/// <summary>What is owed by how late it is. DaysLate is the first day of the bucket: 1, 31, 61 or 91; 0 is not due yet.</summary>
public sealed record AgeBucket(int DaysLate, int Invoices, Money Amount);

/// <summary>
/// What is owed at the end of a day against what was sold in the days before it; the figures a finance team is measured by. All lines are in one currency.
/// Amounts include VAT, sales are the invoices issued in the period less nothing: a credit note reduces what is owed, not what was sold.
/// </summary>
/// <param name="Days">The length of the period that ends with AsOf, both ends included.</param>
public sealed record Receivables(DateOnly AsOf, int Days, Money Owed, Money NotDue, Money Sales, Money OwedBefore)
{
    private static readonly int[] Ages = [0, 1, 31, 61, 91];

    public IReadOnlyList<AgeBucket> Ageing { get; init; } = [];

    /// <summary>Days of sales outstanding, counted back through the months before AsOf; null when their sales do not add up to what is owed.</summary>
    public decimal? CountBackDso { get; init; }

    /// <summary>Days sales outstanding: owed ÷ sales × days. Null without sales.</summary>
    public decimal? Dso => Ratio(Owed, Sales) * Days;

    /// <summary>What it would be were nothing late: owed and not due ÷ sales × days.</summary>
    public decimal? BestPossibleDso => Ratio(NotDue, Sales) * Days;

    /// <summary>
    /// Collection effectiveness index, in percent: (owed before + sales − owed) ÷ (owed before + sales − owed and not due). 100 when all that was due has come in.
    /// </summary>
    public decimal? Cei => Ratio(OwedBefore + Sales - Owed, OwedBefore + Sales - NotDue) * 100;

    /// <param name="days">At least one.</param>
    public static Receivables Of(IReadOnlyCollection<LedgerLine> lines, Currency currency, DateOnly asOf, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var zero = Money.Zero(currency);
        var (before, first) = (asOf.AddDays(-days), asOf.AddDays(1 - days));
        var (owed, owedBefore, sales) = (zero, zero, zero);
        var ages = Ages.ToDictionary(a => a, _ => (Count: 0, Amount: zero));
        foreach (var line in lines)
        {
            if (first <= line.IssuedOn && line.IssuedOn <= asOf)
                sales += line.Amount;
            owedBefore += line.OwedOn(before);
            var now = line.OwedOn(asOf);
            if (now.IsZero)
                continue;
            owed += now;
            var late = asOf.DayNumber - line.DueOn.DayNumber;
            var age = Array.FindLast(Ages, a => late >= a || a == 0);
            ages[age] = (ages[age].Count + 1, ages[age].Amount + now);
        }
        return new(asOf, days, owed, ages[0].Amount, sales, owedBefore)
        {
            Ageing = [.. Ages.Select(a => new AgeBucket(a, ages[a].Count, ages[a].Amount))],
            CountBackDso = CountBack(lines, owed, asOf),
        };
    }

    // The newest sales are taken to be those that are owed: whole months of them, then the part of the month that is left over.
    private static decimal? CountBack(IReadOnlyCollection<LedgerLine> lines, Money owed, DateOnly asOf)
    {
        if (lines.Count == 0)
            return null;
        var byMonth = lines.Where(l => l.IssuedOn <= asOf).GroupBy(l => (l.IssuedOn.Year, l.IssuedOn.Month)).ToDictionary(g => g.Key, g => g.Aggregate(Money.Zero(owed.Currency), (sum, l) => sum + l.Amount));
        var oldest = byMonth.Count == 0 ? asOf : byMonth.Keys.Min() is var (y, m) ? new DateOnly(y, m, 1) : asOf;
        var (left, days) = (owed, 0m);
        for (var end = asOf; end >= oldest; end = new DateOnly(end.Year, end.Month, 1).AddDays(-1))
        {
            var sales = byMonth.GetValueOrDefault((end.Year, end.Month), Money.Zero(owed.Currency));
            if (left <= sales)
                return days + (Ratio(left, sales) ?? 0) * end.Day;
            left -= sales;
            days += end.Day;
        }
        return left.IsZero ? days : null;
    }

    private static decimal? Ratio(Money part, Money whole) => whole.IsZero ? null : (decimal)part.Minor / whole.Minor;
}
