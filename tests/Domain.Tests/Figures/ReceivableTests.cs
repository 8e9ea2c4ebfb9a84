using static Dunning.Domain.Tests.Figures.Lines;

namespace Dunning.Domain.Tests.Figures;

/// <summary>What credit notes, losses and early or late money do to the figures of receivables, reckoned by hand.</summary>
public sealed class ReceivableTests
{
    private static readonly DateOnly AsOf = Date("2026-03-31");

    [Fact]
    public void What_is_late_is_the_difference_of_both_dsos()
    {
        var figures = Receivables.Of([Line("2026-03-01", "2026-03-15", 900m), Line("2026-03-20", "2026-04-20", 100m)], Currency.Euro, AsOf, 31);
        // 1,000 owed of 1,000 sold in 31 days, 100 of it not due.
        Assert.Equal((31m, 3.1m, 27.9m), (figures.Dso, figures.BestPossibleDso, figures.AverageDaysDelinquent));
    }

    [Theory]
    [InlineData(310, 31), InlineData(450, 45), InlineData(590, 59), InlineData(714, 71.4), InlineData(900, 90), InlineData(1000, 90)]
    public void What_is_owed_is_counted_back_through_whole_months_and_no_further_than_the_first_sale(int owed, double days)
    {
        // Ten a day: 310 in March, 280 in February, 310 in January.
        LedgerLine[] sold = [Line("2026-01-01", "2026-01-31", 310m), Line("2026-02-28", "2026-03-31", 280m), Line("2026-03-31", "2026-04-30", 310m)];
        var paid = Line("2026-01-01", "2026-01-31", owed);
        var figures = Receivables.Of([paid], new DailySales(sold, Currency.Euro), Currency.Euro, AsOf, 90);
        Assert.Equal((owed, (decimal)days), (figures.Owed.Amount, figures.CountBackDso));
    }

    [Fact]
    public void A_credit_note_collects_nothing_and_leaves_less_to_collect()
    {
        var figures = Receivables.Of([Line("2026-03-01", "2026-03-15", 1000m, Paid("2026-03-20", 300m), Credited("2026-03-21", 200m))], Currency.Euro, AsOf, 31);
        // 300 of the 800 that were left to collect.
        Assert.Equal((200m, 300m, 800m, 37.5m), (figures.Credited.Amount, figures.Collected.Amount, figures.CollectibleByNow.Amount, figures.Cei));
    }

    [Fact]
    public void What_was_given_up_was_not_collected()
    {
        var figures = Receivables.Of([Line("2026-03-01", "2026-03-15", 1000m, Paid("2026-03-20", 300m)) with { WrittenOffOn = Date("2026-03-25") }], Currency.Euro, AsOf, 31);
        Assert.Equal((0m, 700m, 30m), (figures.Owed.Amount, figures.WrittenOff.Amount, figures.Cei));
        // What comes after it makes the loss no smaller.
        figures = Receivables.Of([Line("2026-03-01", "2026-03-15", 1000m, Paid("2026-03-20", 300m), Paid("2026-03-28", 100m)) with { WrittenOffOn = Date("2026-03-25") }], Currency.Euro, AsOf, 31);
        Assert.Equal((0m, 700m, 30m), (figures.Owed.Amount, figures.WrittenOff.Amount, figures.Cei));
    }

    [Fact]
    public void What_was_credited_or_lost_before_the_period_is_no_part_of_it()
    {
        LedgerLine[] lines =
        [
            Line("2026-01-01", "2026-01-31", 1000m, Credited("2026-02-10", 400m), Paid("2026-03-10", 600m)),
            Line("2026-01-01", "2026-01-31", 500m) with { WrittenOffOn = Date("2026-02-10") },
        ];
        var figures = Receivables.Of(lines, Currency.Euro, AsOf, 31);
        Assert.Equal((600m, 0m, 0m, 600m, 100m), (figures.OwedBefore.Amount, figures.Credited.Amount, figures.WrittenOff.Amount, figures.Collected.Amount, figures.Cei));
    }

    [Fact]
    public void A_cohort_recovers_money_and_not_what_was_credited()
    {
        var cohort = Cohort.Of([Line("2026-01-01", "2026-01-31", 1000m, Credited("2026-02-01", 200m), Paid("2026-02-05", 400m))], DateOnly.MinValue, AsOf, AsOf).Single();
        Assert.Equal((800m, 0m, 50m), (cohort.Amount.Amount, cohort.Recovery[0].Percent, cohort.Recovery[1].Percent));
    }

    [Fact]
    public void Money_paid_too_much_of_one_invoice_recovers_nothing_of_another()
    {
        LedgerLine[] lines = [Line("2026-01-01", "2026-01-31", 100m, Paid("2026-01-31", 300m)), Line("2026-01-01", "2026-01-31", 300m)];
        Assert.Equal(25m, Cohort.Of(lines, DateOnly.MinValue, AsOf, AsOf).Single().Recovery[0].Percent);
    }

    [Fact]
    public void As_of_a_day_nothing_later_is_known()
    {
        var line = Line("2026-01-10", "2026-02-10", 500m, Paid("2026-02-01", 200m), Paid("2026-02-20", 300m)) with
        {
            WrittenOffOn = Date("2026-03-01"),
            Steps = [Step("first", "2026-02-17"), Step("second", "2026-02-25")],
            Promises = [new(Date("2026-02-18"), true)],
        };
        Assert.Null(line.AsOf(Date("2026-01-09")));
        var then = line.AsOf(Date("2026-02-17"))!;
        Assert.Equal((1, null, 1, 0, null), (then.Settlings.Count, then.WrittenOffOn, then.Steps.Count, then.Promises.Count, then.PaidOn));
        Assert.Same(line, line.AsOf(AsOf));
    }
}
