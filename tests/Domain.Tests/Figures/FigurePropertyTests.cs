namespace Dunning.Domain.Tests.Figures;

/// <summary>What holds of every ledger.</summary>
public sealed class FigurePropertyTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Figures_keep_within_their_bounds(int seed)
    {
        var random = new Random(seed);
        var lines = Lines.Random(random, random.Next(1, 40));
        var asOf = new DateOnly(2026, 1, 1).AddDays(random.Next(450));
        var days = random.Next(1, 400);
        var figures = Receivables.Of(lines, Currency.Euro, asOf, days);
        var owed = lines.Aggregate(Money.Zero(Currency.Euro), (sum, l) => sum + l.OwedOn(asOf));

        Assert.Equal(owed, figures.Owed);
        Assert.Equal(owed, figures.Ageing.Aggregate(Money.Zero(Currency.Euro), (sum, a) => sum + a.Amount));
        Assert.Equal(lines.Count(l => !l.OwedOn(asOf).IsZero), figures.Ageing.Sum(a => a.Invoices));
        Assert.Equal(owed - figures.NotDue, figures.Ageing.Skip(1).Aggregate(Money.Zero(Currency.Euro), (sum, a) => sum + a.Amount));
        Assert.InRange(figures.Cei ?? 50, 0, 100);
        Assert.True(figures.Collected >= Money.Zero(Currency.Euro));
        if (figures.Dso is { } dso)
            Assert.InRange(figures.BestPossibleDso!.Value, 0, dso);
        if (figures.CountBackDso is { } countBack)
        {
            var first = lines.Min(l => l.IssuedOn);
            Assert.InRange(countBack, 0, asOf.DayNumber - new DateOnly(first.Year, first.Month, 1).DayNumber + 1);
        }
        else
            Assert.True(lines.All(l => l.IssuedOn > asOf));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Expected_cash_adds_up_to_what_is_owed(int seed)
    {
        var random = new Random(seed);
        var lines = Lines.Random(random, random.Next(1, 40));
        var asOf = new DateOnly(2026, 6, 1).AddDays(random.Next(300));
        var forecast = CashForecast.Of(lines, Currency.Euro, asOf, 13);
        var owed = lines.Aggregate(Money.Zero(Currency.Euro), (sum, l) => sum + l.OwedOn(asOf));
        Assert.Equal(owed, forecast.Weeks.Aggregate(forecast.Later + forecast.Doubtful, (sum, w) => sum + w.Said + w.Usual));
        Assert.All(forecast.Weeks, w => Assert.True(w.Said.Minor >= 0 && w.Usual.Minor >= 0));
        Assert.Equal(Enumerable.Range(0, 13).Select(w => forecast.Weeks[0].Monday.AddDays(7 * w)), forecast.Weeks.Select(w => w.Monday));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_cohort_never_loses_what_it_recovered(int seed)
    {
        var random = new Random(seed);
        foreach (var cohort in Cohort.Of(Lines.Random(random, 40), DateOnly.MinValue, DateOnly.MaxValue, new(2027, 12, 31)))
        {
            var percents = cohort.Recovery.Select(r => r.Percent).OfType<decimal>().ToList();
            Assert.Equal(percents.Order(), percents);
            Assert.All(percents, p => Assert.InRange(p, 0, 100));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_known_of_a_day_does_not_change_after_it(int seed)
    {
        var random = new Random(seed);
        var lines = Lines.Random(random, 30);
        var asOf = new DateOnly(2026, 6, 1).AddDays(random.Next(120));
        var then = lines.Select(l => l.AsOf(asOf)).OfType<LedgerLine>().ToList();
        Assert.Equivalent(Receivables.Of(lines, Currency.Euro, asOf, 90), Receivables.Of(then, Currency.Euro, asOf, 90));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Invoices_closed_before_a_period_have_nothing_to_do_with_it(int seed)
    {
        var random = new Random(seed);
        var lines = Lines.Random(random, 40);
        var asOf = new DateOnly(2026, 2, 1).AddDays(random.Next(400));
        var days = random.Next(1, 60);
        var alive = lines.Where(l => l.IssuedOn <= asOf && !(l.ClosedOn < asOf.AddDays(1 - days)) || l.IssuedOn > asOf.AddDays(-days)).ToList();
        Assert.Equivalent(Receivables.Of(lines, Currency.Euro, asOf, days), Receivables.Of(alive, new DailySales(lines, Currency.Euro), Currency.Euro, asOf, days));
        Assert.All(lines, l => Assert.Equal(l.ClosedOn is null, !l.OwedOn(DateOnly.MaxValue).IsZero));
    }
}
