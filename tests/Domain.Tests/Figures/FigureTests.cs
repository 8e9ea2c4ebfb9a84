using System.Globalization;

namespace Dunning.Domain.Tests.Figures;

/// <summary>Each figure against a ledger small enough to be reckoned by hand.</summary>
public sealed class FigureTests
{
    private static readonly DateOnly AsOf = Date("2026-03-31");

    // January: 900, paid late on 20 March. February: 600, half paid in time. March: 1,500, not due yet.
    private static readonly LedgerLine[] Ledger =
    [
        Line("a", "2026-01-10", "2026-02-09", 900m, ("2026-03-20", 900m)),
        Line("a", "2026-02-10", "2026-03-12", 600m, ("2026-03-10", 300m)),
        Line("b", "2026-03-15", "2026-04-14", 1500m),
    ];

    [Fact]
    public void Receivables_are_what_is_owed_against_what_was_sold()
    {
        var figures = Receivables.Of(Ledger, Currency.Euro, AsOf, 90);
        Assert.Equal((Eur(1800m), Eur(1500m), Eur(3000m), Eur(0m)), (figures.Owed, figures.NotDue, figures.Sales, figures.OwedBefore));
        Assert.Equal((54m, 45m), (figures.Dso, figures.BestPossibleDso));
        // (0 + 3000 − 1800) ÷ (0 + 3000 − 1500)
        Assert.Equal(80m, figures.Cei);
        // 1,500 of March's 1,500: 31 days; 300 of February's 600: half of 28.
        Assert.Equal(45m, figures.CountBackDso);
        Assert.Equal([(0, 1, 1500m), (1, 1, 300m), (31, 0, 0m), (61, 0, 0m), (91, 0, 0m)], figures.Ageing.Select(a => (a.DaysLate, a.Invoices, a.Amount.Amount)));
    }

    [Theory]
    [InlineData("2026-03-12", 0), InlineData("2026-03-13", 1), InlineData("2026-04-11", 1), InlineData("2026-04-12", 31), InlineData("2026-06-10", 61), InlineData("2026-06-11", 91)]
    public void An_invoice_ages_by_the_day(string asOf, int daysLate) =>
        Assert.Equal(daysLate, Receivables.Of([Ledger[1] with { Settlings = [] }], Currency.Euro, Date(asOf), 30).Ageing.Single(a => a.Invoices > 0).DaysLate);

    [Fact]
    public void Without_sales_nothing_is_divided()
    {
        var figures = Receivables.Of([], Currency.Euro, AsOf, 90);
        Assert.Equal((null, null, null, null), (figures.Dso, figures.BestPossibleDso, figures.Cei, figures.CountBackDso));
    }

    [Fact]
    public void Behaviour_is_counted_by_invoice_and_by_euro()
    {
        var figures = PaymentBehaviour.Of([.. Ledger, Line("c", "2026-03-01", "2026-03-31", 100m, ("2026-03-21", 100m))], Date("2026-01-01"), AsOf, AsOf);
        // 69 days and 20 days; 39 late and 10 early.
        Assert.Equal((2, 44.5m, 14.5m), (figures.Paid, figures.DaysToPay, figures.DaysLate));
        Assert.Equal((900m * 69 + 100m * 20) / 1000m, figures.DaysToPayByAmount);
        // Of three that fell due two were late, with 900 and 300 of 1,600.
        Assert.Equal((3, 200m / 3, 75m), (figures.FellDue, figures.LateByCount, figures.LateByAmount));
        Assert.Equal(2, figures.Late);
    }

    [Fact]
    public void The_last_day_of_a_period_counts_once_it_is_over_and_today_does_not()
    {
        LedgerLine[] lines = [.. Ledger, Line("c", "2026-03-01", "2026-03-31", 100m)];
        int FellDue(DateOnly today) => PaymentBehaviour.Of(lines, Date("2026-01-01"), AsOf, DaysOver.Last(AsOf, today)).FellDue;
        // On the last day of the third nobody knows yet.
        Assert.Equal(2, FellDue(today: AsOf));
        Assert.Equal(3, FellDue(today: AsOf.AddDays(1)));
        Assert.Equal(3, FellDue(today: AsOf.AddYears(1)));
        Assert.Equal((1, 2), (InCohorts(AsOf), InCohorts(AsOf.AddDays(1))));
        int InCohorts(DateOnly today) => Cohort.Of(lines, Date("2026-03-01"), AsOf, DaysOver.Last(AsOf, today)).Single().Invoices;
    }

    [Fact]
    public void What_was_credited_nobody_paid_and_nobody_had_to()
    {
        LedgerLine Credited(string on, decimal amount, params (string On, decimal Amount)[] paid)
        {
            var line = Line("a", "2026-01-10", "2026-02-09", 1000m, paid);
            return line with { Settlings = [.. line.Settlings.Append(new(Date(on), Eur(amount), IsCash: false)).OrderBy(s => s.On)] };
        }
        PaymentBehaviour Of(params LedgerLine[] lines) => PaymentBehaviour.Of(lines, Date("2026-01-01"), AsOf, AsOf);
        // A small payment and then a credit note for all: neither paid nor on time.
        Assert.Equal((0, 0, null), (Of(Credited("2026-02-01", 1000m)) is var whole ? (whole.Paid, whole.FellDue, whole.LateByCount) : default));
        Assert.Equal((0, 0), Of(Credited("2026-03-01", 1000m, ("2026-02-20", 100m))) is var most ? (most.Paid, most.FellDue) : default);
        // 600 paid in time, 400 credited later: paid in time, and 600 is what counts; another is 20 days late with all of its 1,000.
        var part = Credited("2026-03-01", 400m, ("2026-02-09", 600m));
        Assert.Equal((Date("2026-02-09"), Date("2026-03-01")), (part.PaidOn, part.ClosedOn));
        var both = Of(part, Line("b", "2026-01-10", "2026-02-09", 1000m, ("2026-03-01", 1000m)));
        Assert.Equal((2, 2, 1, 50m, 62.5m), (both.Paid, both.FellDue, both.Late, both.LateByCount, both.LateByAmount));
        Assert.Equal((600m * 30 + 1000m * 50) / 1600m, both.DaysToPayByAmount);
    }

    [Fact]
    public void Promises_are_counted_on_the_day_they_were_judged()
    {
        PromiseEnd End(string on, bool kept) => new(Date(on), kept);
        var lines = new[]
        {
            Ledger[0] with { Promises = [End("2026-03-01", true), End("2026-03-10", true), End("2026-03-31", true)] },
            Ledger[1] with { Promises = [End("2026-03-15", false), End("2026-02-28", false)] },
        };
        var figures = PaymentBehaviour.Of(lines, Date("2026-03-01"), AsOf, AsOf);
        Assert.Equal((3, 1, 75m), (figures.PromisesKept, figures.PromisesBroken, figures.PromisesKeptRate));
        Assert.Null(PaymentBehaviour.Of([], AsOf, AsOf, AsOf).PromisesKeptRate);
    }

    [Fact]
    public void A_cohort_is_what_fell_due_in_a_month_and_says_nothing_before_its_day_has_come()
    {
        var cohorts = Cohort.Of(Ledger, DateOnly.MinValue, DateOnly.MaxValue, AsOf);
        Assert.Equal([Date("2026-02-01"), Date("2026-03-01")], cohorts.Select(c => c.Month));
        Assert.Equal([0m, 0m, 0m, null, null, null], cohorts[0].Recovery.Select(r => r.Percent));
        Assert.Equal([50m, 50m, null, null, null, null], cohorts[1].Recovery.Select(r => r.Percent));
        // A day is over at its end: of what was due on the last day, as much was paid by then as ever was in time.
        Assert.Equal([0m, null], Cohort.Of([Line("c", "2026-03-01", "2026-03-31", 100m)], DateOnly.MinValue, DateOnly.MaxValue, AsOf).Single().Recovery.Take(2).Select(r => r.Percent));
        Assert.Equal([0m, 0m, 0m, 100m, 100m, 100m], Cohort.Of(Ledger, DateOnly.MinValue, DateOnly.MaxValue, AsOf.AddYears(1))[0].Recovery.Select(r => r.Percent));
    }

    [Fact]
    public void A_step_is_followed_until_the_next_one_or_for_fourteen_days()
    {
        var lines = new[]
        {
            Ledger[0] with { Steps = [Step("first", "2026-02-16"), Step("second", "2026-03-10", Channel.Email, Channel.Sms)] },
            Ledger[1] with { Steps = [Step("first", "2026-03-05"), Step("second", "2026-03-08")] },
        };
        IReadOnlyList<StepFollowed> Followed(DateOnly asOf) => StepFollowed.Of(lines, Date("2026-01-01"), asOf, asOf);
        var effects = StepEffect.ByStep(Followed(AsOf), Currency.Euro);
        Assert.Equal([("first", 2, 0, 1500m, 0m), ("second", 2, 1, 1500m, 1200m)], effects.Select(e => (e.Step, e.Taken, e.PaidInFull, e.Owed.Amount, e.Collected.Amount)));
        Assert.Equal((50m, 80m), (effects[1].PercentOfInvoices, effects[1].PercentOfAmount));
        Assert.Equal(["email", "email, sms"], StepEffect.ByChannels(Followed(AsOf), Currency.Euro).Select(e => e.Step));
        Assert.Equal([("fr-b2b@1", 4, 1)], StepEffect.ByPolicy(Followed(AsOf), Currency.Euro).Select(e => (e.Policy, e.Taken, e.PaidInFull)));
        // Taken before the period, or followed for two days only, nothing comes of it.
        Assert.Single(StepFollowed.Of(lines, Date("2026-03-10"), AsOf, AsOf));
        Assert.Equal(0, StepEffect.ByStep(StepFollowed.Of(lines, Date("2026-03-10"), AsOf, AsOf, days: 2), Currency.Euro)[0].PaidInFull);
        // Its fourteen days are not over.
        Assert.DoesNotContain(StepEffect.ByStep(Followed(Date("2026-03-21")), Currency.Euro), e => e is { Step: "second", Taken: 2 });
    }

    [Fact]
    public void Money_of_the_day_of_a_step_may_have_come_before_it()
    {
        var line = Line("a", "2026-01-10", "2026-02-09", 900m, ("2026-02-16", 300m), ("2026-02-17", 100m)) with { Steps = [Step("first", "2026-02-16")] };
        var effect = StepEffect.ByStep(StepFollowed.Of([line], Date("2026-01-01"), AsOf, AsOf), Currency.Euro).Single();
        Assert.Equal((600m, 100m), (effect.Owed.Amount, effect.Collected.Amount));
    }

    [Fact]
    public void What_was_said_comes_on_its_day_and_the_rest_as_late_as_usual()
    {
        var lines = new[]
        {
            Ledger[0],
            Ledger[1] with { Expected = [new(Date("2026-04-07"), Eur(100m), IsCash: true)] },
            Ledger[2],
        };
        // "a" is usually 39 days late, and so is everybody: 12 March + 39 is Monday 20 April; 14 April + 39 is Saturday 23 May.
        Assert.Equal(
            [("2026-03-30", 0m, 0m), ("2026-04-06", 100m, 0m), ("2026-04-13", 0m, 0m), ("2026-04-20", 0m, 200m), ("2026-04-27", 0m, 0m), ("2026-05-04", 0m, 0m), ("2026-05-11", 0m, 0m), ("2026-05-18", 0m, 1500m)],
            CashForecast.Of(lines, Currency.Euro, AsOf, 8).Weeks.Select(w => (w.Monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), w.Said.Amount, w.Usual.Amount)));
    }

    [Fact]
    public void A_case_is_a_line_of_the_ledger_without_what_was_reversed_and_none_when_it_was_cancelled()
    {
        var lived = Ladder.Of("2026-10-01 10:00").Then("2026-10-22 10:00",
            new CaseEvent.PaymentReceived(Eur(500m), Date("2026-10-20"), "bank") { Id = "p1" },
            new CaseEvent.PaymentReceived(Eur(200m), Date("2026-10-21"), "bank") { Id = "p2" },
            new CaseEvent.PaymentReversed("p2"));
        var line = LedgerLine.Of(lived.State, Sample.FrB2b)!;
        Assert.Equal([(Date("2026-10-20"), Eur(500m))], line.Settlings.Select(s => (s.On, s.Amount)));
        Assert.Equal((Eur(1200m), Eur(700m)), (line.OwedOn(Date("2026-10-19")), line.OwedOn(Date("2026-10-20"))));
        Assert.True(line.OwedOn(Date("2026-09-29")).IsZero);
        Assert.Null(LedgerLine.Of(lived.Then("2026-10-23 10:00", new CaseEvent.Cancelled("error")).State, Sample.FrB2b));
        Assert.Null(LedgerLine.Of(DunningCase.Unregistered.Instance, Sample.FrB2b));
    }

    private static LedgerLine Line(string debtor, string issued, string due, decimal amount, params (string On, decimal Amount)[] paid) =>
        new(debtor, new("fr-b2b", 1), Date(issued), Date(due), Eur(amount)) { Settlings = [.. paid.Select(p => new Settling(Date(p.On), Eur(p.Amount), IsCash: true))] };

    private static StepTaken Step(string id, string on, params Channel[] channels) => new(id, Date(on), channels.Length == 0 ? [Channel.Email] : [.. channels]);

    private static Money Eur(decimal amount) => Money.Of(amount, Currency.Euro);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
