using System.Globalization;
using static Dunning.Domain.Tests.Figures.Lines;

namespace Dunning.Domain.Tests.Figures;

/// <summary>Two policies side by side: who gets which, what is counted, and when something may be said of it.</summary>
public sealed class PolicyTrialTests
{
    private static readonly PolicySplit Split = new(new("fr-b2b", 1), new("fr-b2b-fast", 1), 50, Date("2026-01-01"));
    private static readonly DateOnly AsOf = Date("2026-12-31");

    [Fact]
    public void A_debtor_always_gets_the_same_and_as_many_get_each_as_was_said()
    {
        string[] debtors = [.. Enumerable.Range(0, 10_000).Select(i => $"debtor-{i}")];
        foreach (var percent in new[] { 10, 50, 90 })
        {
            var split = Split with { PercentB = percent };
            Assert.Equal(debtors.Select(split.For), debtors.Select((split with { EndedOn = AsOf }).For));
            // Four standard deviations of the binomial.
            Assert.InRange(debtors.Count(d => split.For(d) == split.B), 100 * percent - 200, 100 * percent + 200);
        }
        // What was given yesterday is given tomorrow, on every machine.
        Assert.Equal("fr-b2b fr-b2b fr-b2b-fast fr-b2b-fast".Split(' ').Order(), debtors.Take(2).Concat(debtors.Take(2)).Select(d => Split.For(d).Name).Order());
        Assert.NotEqual(debtors.Select(Split.For), debtors.Select((Split with { Since = Date("2026-01-02") }).For));
    }

    [Fact]
    public void Invoices_whose_days_are_over_count_on_the_side_they_were_registered_on()
    {
        var a = Enumerable.Range(0, 100).Select(i => $"d{i}").First(d => Split.For(d) == Split.A);
        LedgerLine Of(string due, PolicyRef? policy = null) => Line("2026-01-10", due, 100m) with { Debtor = a, Policy = policy ?? Split.A };
        LedgerLine[] lines =
        [
            Of("2026-02-01") with { Settlings = [Paid("2026-03-03", 100m)] },
            Of("2026-02-01") with { Settlings = [Paid("2026-03-04", 100m)] },
            Of("2026-02-01", Split.B),
            Of("2026-02-01", new("gentle", 1, "acme")),
            Of("2026-02-01", new("gentle", 1, "acme")) with { MovedFrom = Split.A },
            Of("2026-02-01", new("fr-b2b", 2, "acme")) with { MovedFrom = Split.A },
            Of("2026-02-01", Split.A) with { MovedFrom = Split.B },
            Of("2026-12-02"),
            Of("2026-02-01") with { RegisteredOn = Date("2025-12-31") },
            Of("2026-02-01") with { Settlings = [Credited("2026-01-15", 100m)] },
        ];
        var trial = PolicyTrial.Of(Split, lines, Currency.Euro, AsOf);
        // Moved since, they stay where they began; the last is on A now and began on B by name.
        Assert.Equal((1, 4, 1, 400m, 100m, 25m), (trial.A.Debtors, trial.A.Invoices, trial.A.Paid, trial.A.Collectible.Amount, trial.A.Collected.Amount, trial.A.PercentCollected));
        Assert.Equal((0, 2, 2, TrialVerdict.NotEnoughData), (trial.B.Invoices, trial.LeftOut, trial.Moved, trial.Verdict));
        Assert.Null(trial.Difference);
    }

    [Fact]
    public void An_invoice_registered_after_the_trial_ended_is_no_part_of_it()
    {
        LedgerLine Of(string registered) => Line("2026-01-10", "2026-02-01", 100m) with { Policy = Split.For("a"), RegisteredOn = Date(registered) };
        var trial = PolicyTrial.Of(Split with { EndedOn = Date("2026-01-20") }, [Of("2026-01-01"), Of("2026-01-20"), Of("2026-01-21")], Currency.Euro, AsOf);
        Assert.Equal(2, trial.A.Invoices + trial.B.Invoices);
    }

    [Fact]
    public void A_case_that_was_moved_is_a_line_that_says_from_where()
    {
        var life = Ladder.Of("2026-10-01 10:00");
        Assert.Equal((life.Policy.Name, null), (LedgerLine.Of(life.State, life.Policy) is var first ? (first!.RegisteredUnder.Name, first.MovedFrom) : default));
        life.Then("2026-11-02 10:00", new CaseEvent.PolicyMoved(new("fr-b2b-fast", 1)));
        Assert.Equal(("fr-b2b-fast", "fr-b2b"), LedgerLine.Of(life.State, life.Policy) is var moved ? (moved!.Policy.Name, moved.RegisteredUnder.Name) : default);
    }

    // Wilson 1927; the figures of R's binom::binom.wilson(8, 10) and (0, 10).
    [Theory]
    [InlineData(8, 10, 49.02, 94.33), InlineData(0, 10, 0, 27.75), InlineData(10, 10, 72.25, 100)]
    public void One_invoice_a_debtor_gives_the_interval_of_wilson(int hits, int of, double low, double high)
    {
        var interval = Proportion.OfClusters([.. Enumerable.Range(0, of).Select(i => (1, i < hits ? 1 : 0))])!;
        // Between clusters one degree of freedom is lost: 9 observations of 10.
        Assert.InRange((double)interval.Low, low - 2.2, low + 0.01);
        Assert.InRange((double)interval.High, high - 0.01, high + 2.2);
    }

    [Fact]
    public void Many_invoices_of_few_debtors_say_little()
    {
        var apart = Proportion.OfClusters([.. Enumerable.Range(0, 200).Select(i => (1, i % 2))])!;
        var together = Proportion.OfClusters([.. Enumerable.Range(0, 4).Select(i => (50, i % 2 * 50))])!;
        Assert.Equal(apart.Percent, together.Percent);
        Assert.InRange(apart.High - apart.Low, 13, 15);
        Assert.InRange(together.High - together.Low, 60, 80);
        // Two invoices each, paid as a coin falls: they say as much as two hundred of two hundred.
        var byCoin = Proportion.OfClusters([.. Enumerable.Range(0, 100).Select(i => (2, i % 4 == 0 ? 0 : i % 4 == 1 ? 2 : 1))])!;
        Assert.InRange(byCoin.High - byCoin.Low, 13, 15);
        Assert.Null(Proportion.OfClusters([]));
    }

    // Newcombe 1998, table II (a): 56/70 and 48/80, method 10: 0.0524 to 0.3339.
    [Fact]
    public void The_difference_has_the_interval_of_newcombe()
    {
        var difference = Difference.Between(Wilson(48, 80), Wilson(56, 70));
        Assert.Equal(20m, difference.Points);
        Assert.Equal((5.24m, 33.39m), (decimal.Round(difference.Low, 2), decimal.Round(difference.High, 2)));
    }

    [Theory]
    [InlineData(20, 0.9, 0.1, TrialVerdict.NotEnoughData), InlineData(200, 0.9, 0.1, TrialVerdict.AHigher), InlineData(200, 0.1, 0.9, TrialVerdict.BHigher), InlineData(200, 0.5, 0.5, TrialVerdict.NoDifference)]
    public void Nothing_is_concluded_from_few_debtors_or_from_chance(int debtors, double a, double b, TrialVerdict verdict)
    {
        var lines = Enumerable.Range(0, debtors).Select(i => $"d{i}").Select((debtor, i) => Line("2026-01-10", "2026-02-01", 100m) with
        {
            Debtor = debtor,
            Policy = Split.For(debtor),
            Settlings = i % 10 < 10 * (Split.For(debtor) == Split.A ? a : b) ? [Paid("2026-02-03", 100m)] : [],
        });
        var trial = PolicyTrial.Of(Split, lines, Currency.Euro, AsOf);
        Assert.True(trial.Verdict == verdict, string.Create(CultureInfo.InvariantCulture, $"{trial.A} {trial.B} {trial.Difference}"));
    }

    // As many independent observations as there are invoices: what the clusters of one would give without the degree of freedom.
    private static Proportion Wilson(int hits, int of)
    {
        double z = 1.959964, n = of, p = hits / n, scale = 1 + z * z / n, middle = (p + z * z / (2 * n)) / scale, half = z / scale * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        return new(100m * hits / of, (decimal)(100 * (middle - half)), (decimal)(100 * (middle + half)));
    }
}
