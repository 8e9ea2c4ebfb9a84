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

    /// <summary>What credit notes of the period took off.</summary>
    public Money Credited { get; init; } = Money.Zero(Owed.Currency);

    /// <summary>What was given up in the period.</summary>
    public Money WrittenOff { get; init; } = Money.Zero(Owed.Currency);

    /// <summary>Days of sales outstanding, counted back through the months before AsOf: between 0 and the days since the first month with a sale; null without any.</summary>
    public decimal? CountBackDso { get; init; }

    /// <summary>Days sales outstanding: owed ÷ sales × days. Null without sales.</summary>
    public decimal? Dso => Ratio(Owed, Sales) * Days;

    /// <summary>What it would be were nothing late: owed and not due ÷ sales × days.</summary>
    public decimal? BestPossibleDso => Ratio(NotDue, Sales) * Days;

    /// <summary>The days of sales that are late.</summary>
    public decimal? AverageDaysDelinquent => Dso - BestPossibleDso;

    /// <summary>The money that came in of what was owed before and of what was sold.</summary>
    public Money Collected => OwedBefore + Sales - Credited - WrittenOff - Owed;

    /// <summary>What could have come in: all that was owed before or sold, not credited, and due by now.</summary>
    public Money CollectibleByNow => OwedBefore + Sales - Credited - NotDue;

    /// <summary>
    /// Collection effectiveness index, 0 to 100 percent: collected ÷ what could have been. 100 when all that was due has come in; what was given up has not.
    /// </summary>
    public decimal? Cei => Ratio(Collected, CollectibleByNow) * 100;

    /// <param name="days">At least one.</param>
    public static Receivables Of(IReadOnlyCollection<LedgerLine> lines, Currency currency, DateOnly asOf, int days) => Of(lines, new(lines, currency), currency, asOf, days);

    /// <param name="lines">At least those that were issued in the period, or owed just before it.</param>
    /// <param name="allSales">Of all lines, those left out included.</param>
    public static Receivables Of(IReadOnlyCollection<LedgerLine> lines, DailySales allSales, Currency currency, DateOnly asOf, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var zero = Money.Zero(currency);
        var before = asOf.AddDays(-days);
        var (owed, owedBefore, credited, writtenOff) = (zero, zero, zero, zero);
        var ages = new (int Count, Money Amount)[Ages.Length];
        Array.Fill(ages, (0, zero));
        foreach (var line in lines)
        {
            if (line.IssuedOn > asOf)
                continue;
            var (then, now) = (line.OwedOn(before), line.OwedOn(asOf));
            owedBefore += then;
            var (credit, loss) = Forgone(line, line.IssuedOn > before ? line.Amount : then, now, before, asOf);
            credited += credit;
            writtenOff += loss;
            if (now.IsZero)
                continue;
            owed += now;
            var late = asOf.DayNumber - line.DueOn.DayNumber;
            var age = Math.Max(Array.FindLastIndex(Ages, a => late >= a), 0);
            ages[age] = (ages[age].Count + 1, ages[age].Amount + now);
        }
        return new(asOf, days, owed, ages[0].Amount, allSales.Between(before.AddDays(1), asOf), owedBefore)
        {
            Ageing = [.. Ages.Select((a, i) => new AgeBucket(a, ages[i].Count, ages[i].Amount))],
            Credited = credited,
            WrittenOff = writtenOff,
            CountBackDso = CountBack(allSales, owed, asOf),
        };
    }

    // What a line lost in the period to credit notes, and to being given up: never more than it went down by.
    private static (Money Credited, Money WrittenOff) Forgone(LedgerLine line, Money start, Money end, DateOnly before, DateOnly asOf)
    {
        var none = Money.Zero(start.Currency);
        var fell = start - end;
        if (fell.IsZero)
            return (none, none);
        var (owed, credited) = (line.Amount, none);
        var isNew = line.IssuedOn > before;
        foreach (var settling in line.Settlings)
        {
            if (settling.On > asOf || settling.On > line.WrittenOffOn)
                continue;
            var reduced = Money.Min(settling.Amount, owed);
            owed -= reduced;
            if (!settling.IsCash && (isNew || settling.On > before))
                credited += reduced;
        }
        credited = Money.Min(credited, fell);
        return (credited, line.WrittenOffOn <= asOf ? Money.Min(owed, fell - credited) : none);
    }

    // The newest sales are taken to be those that are owed: whole months of them, then the part of the month that is left over.
    private static decimal? CountBack(DailySales allSales, Money owed, DateOnly asOf)
    {
        if (allSales.First is not { } first || first > asOf)
            return null;
        var (left, days) = (owed, 0m);
        for (var end = asOf; end.Year * 12 + end.Month >= first.Year * 12 + first.Month; end = new DateOnly(end.Year, end.Month, 1).AddDays(-1))
        {
            var sales = allSales.Between(new(end.Year, end.Month, 1), end);
            if (left <= sales)
                return days + (Ratio(left, sales) ?? 0) * end.Day;
            left -= sales;
            days += end.Day;
        }
        return days;
    }

    private static decimal? Ratio(Money part, Money whole) => whole.IsZero ? null : (decimal)part.Minor / whole.Minor;
}
