using static Dunning.Domain.Tests.Figures.Lines;

namespace Dunning.Domain.Tests.Figures;

/// <summary>When money is expected, and of what nobody can say.</summary>
public sealed class CashForecastTests
{
    // A Tuesday.
    private static readonly DateOnly AsOf = Date("2026-03-31");

    // Paid 5, 10, 20 and 60 days late.
    private static readonly LedgerLine[] Paid =
    [
        .. new[] { 5, 10, 20, 60 }.Select(late => Line("2026-01-01", "2026-01-10", 10m, new Settling(Date("2026-01-10").AddDays(late), Eur(10m), IsCash: true))),
    ];

    [Fact]
    public void An_invoice_that_is_later_than_usual_is_expected_as_those_that_were_later_still()
    {
        // 15 days late: of the 20 and the 60, the median is 60: 16 March + 60 is Friday 15 May.
        Assert.Equal([("2026-05-11", 100m)], Usual(Line("2026-03-01", "2026-03-16", 100m)));
        // 60 days late today, as late as anybody ever was: today has not brought it.
        Assert.Equal(100m, Of(Line("2026-01-01", "2026-01-30", 100m)).Later.Amount);
        // 61 days late: nobody ever paid so late.
        Assert.Equal(100m, Of(Line("2026-01-01", "2026-01-29", 100m)).Later.Amount);
        // Not due for a day: of all four the third, 20: 1 + 20 April is Tuesday the 21st.
        Assert.Equal([("2026-04-20", 100m)], Usual(Line("2026-03-01", "2026-04-01", 100m)));
    }

    [Fact]
    public void Without_anybody_who_paid_an_invoice_is_expected_when_it_is_due()
    {
        var forecast = CashForecast.Of([Line("2026-03-01", "2026-04-15", 100m), Line("2026-03-01", "2026-03-15", 30m)], Currency.Euro, AsOf, 4);
        Assert.Equal([0m, 0m, 100m, 0m], forecast.Weeks.Select(w => w.Usual.Amount));
        Assert.Equal(30m, forecast.Later.Amount);
    }

    [Fact]
    public void What_is_doubtful_is_expected_on_no_day()
    {
        var forecast = Of(Line("2026-03-01", "2026-04-01", 100m) with { Doubtful = Eur(40m) }, Line("2026-03-01", "2026-04-01", 50m) with { Doubtful = Eur(80m) });
        Assert.Equal((90m, 60m), (forecast.Doubtful.Amount, forecast.Weeks.Sum(w => w.Usual.Amount)));
    }

    [Fact]
    public void What_was_said_is_less_what_has_come_of_it()
    {
        var lived = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new CaseEvent.PromiseMade(Date("2026-11-20"), Eur(500m)) { Id = "pr" })
            .Then("2026-11-12 10:00", new CaseEvent.PaymentReceived(Eur(200m), Date("2026-11-12"), "bank") { Id = "p" });
        Assert.Equal([("2026-11-20", 300m)], Said(lived));
        lived = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new CaseEvent.PlanAgreed([new(Date("2026-11-25"), Eur(600m)), new(Date("2026-12-25"), Eur(600m))]) { Id = "pl" })
            .Then("2026-11-12 10:00", new CaseEvent.PaymentReceived(Eur(700m), Date("2026-11-12"), "bank") { Id = "p" });
        Assert.Equal([("2026-12-25", 500m)], Said(lived));
        lived = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new CaseEvent.PaymentPending(Date("2026-11-14")) { Id = "d" });
        Assert.Equal([("2026-11-14", 1200m)], Said(lived));
    }

    [Fact]
    public void A_dispute_makes_its_amount_doubtful_and_an_insolvency_all()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", new CaseEvent.DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality, Eur(200m)) { Id = "d" });
        Assert.Equal(200m, LineOf(life).Doubtful.Amount);
        life.Then("2026-11-03 10:00", new CaseEvent.InsolvencyOpened(Date("2026-11-02"), Date("2027-01-02")) { Id = "i" });
        Assert.Equal(1200m, LineOf(life).Doubtful.Amount);
        var over = Ladder.Smooth("2026-10-01 10:00").Until("2027-02-01 10:00");
        Assert.Equal(1200m, LineOf(over).Doubtful.Amount);
    }

    [Fact]
    public void Promises_are_remembered_with_the_day_they_were_judged()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new CaseEvent.PromiseMade(Date("2026-11-12")) { Id = "one" })
            .Then("2026-11-20 10:00", new CaseEvent.PromiseMade(Date("2026-11-25")) { Id = "two" })
            .Then("2026-11-24 10:00", new CaseEvent.PaymentReceived(Eur(1200m), Date("2026-11-24"), "bank") { Id = "p" });
        // 12 November and two days of grace.
        Assert.Equal([new(Date("2026-11-15"), false), new(Date("2026-11-24"), true)], LineOf(life).Promises.AsEnumerable());
    }

    private static CashForecast Of(params LedgerLine[] lines) => CashForecast.Of([.. Paid, .. lines], Currency.Euro, AsOf, 8);

    private static IEnumerable<(string, decimal)> Usual(LedgerLine line) =>
        Of(line).Weeks.Where(w => !w.Usual.IsZero).Select(w => (w.Monday.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), w.Usual.Amount));

    private static LedgerLine LineOf(Ladder life) => LedgerLine.Of(life.State, life.Policy)!;

    private static IEnumerable<(string, decimal)> Said(Ladder life) =>
        LineOf(life).Expected.Select(e => (e.On.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), e.Amount.Amount));
}
