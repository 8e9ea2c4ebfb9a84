using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Recovery;

public class RecoveryRoutesTests
{
    private static readonly Policy BeB2c = Valid(FrB2bDraft with { Name = "be-b2c", Regime = "be-b2c", TimeZone = "Europe/Brussels", Calendar = "BE" });

    private static readonly Debtor Brewer = Baker with { Country = "BE", Address = new("Rue Neuve 1", null, "1000", "Bruxelles") };

    [Theory]
    [InlineData(5000.00, true)]
    [InlineData(5000.01, false)]
    public void The_simplified_procedure_ends_at_five_thousand_euros_interest_included(decimal owed, bool applies)
    {
        Assert.Equal(applies, Route(Procedure.SmallClaim, Owed(owed, 0)).Applies);
        Assert.Equal(applies, Route(Procedure.SmallClaim, Owed(owed - 12.34m, 12.34m)).Applies);
    }

    [Fact]
    public void An_indemnity_that_goes_beyond_the_limit_is_left_to_a_person()
    {
        var route = Route(Procedure.SmallClaim, Owed(4990m, 5m, 40m));
        Assert.Equal((true, true), (route.Applies, route.ToCheck));
        Assert.Contains(route.Reasons, r => r.Ground == RouteGround.IndemnityBeyondSmallClaims);
        Assert.False(Route(Procedure.SmallClaim, Owed(4900m, 5m, 40m)).ToCheck);
    }

    [Fact]
    public void Between_businesses_the_order_is_asked_of_the_commercial_court_of_the_debtors_home_without_a_lawyer()
    {
        var route = Route(Procedure.PaymentOrder, Owed(60_000m, 300m, 40m));
        Assert.Equal((true, Forum.CommercialCourt, "75011 Paris", false), (route.Applies, route.Forum, route.Place, route.Lawyer));
        Assert.Equal("Code de procédure civile, art. 1406", route.Reasons.Single(r => r.Ground == RouteGround.CourtOfDebtorsHome).Article);
        Assert.Contains(route.Reasons, r => r.Ground == RouteGround.BetweenTraders);
    }

    [Theory]
    [InlineData(10_000.00, false)]
    [InlineData(10_000.01, true)]
    public void A_hearing_needs_a_lawyer_above_ten_thousand_euros(decimal owed, bool lawyer)
    {
        Assert.Equal(lawyer, Route(Procedure.InterimPayment, Owed(owed, 0)).Lawyer);
        Assert.Equal(lawyer, Route(Procedure.Lawsuit, Owed(owed - 40m, 0, 40m)).Lawyer);
    }

    [Fact]
    public void A_consumer_is_sued_before_the_judicial_court_and_two_years_count()
    {
        var routes = Propose(Owed(1200m, 0), FrB2c, Person);
        Assert.All(routes.Skip(1), r => Assert.Equal(Forum.JudicialCourt, r.Forum));
        Assert.Equal(Date("2028-09-30"), routes[0].LimitationOn);
        Assert.Equal("Code de procédure civile, art. 835", routes[2].Reasons[0].Article);
        Assert.DoesNotContain(routes, r => r.Reasons.Any(reason => reason.Ground == RouteGround.BetweenTraders));
    }

    [Theory]
    [InlineData(5000.00, true)]
    [InlineData(5000.01, false)]
    public void Before_the_judicial_court_a_small_claim_is_tried_amicably_first(decimal owed, bool first)
    {
        Assert.Equal(first, Route(Procedure.Lawsuit, Owed(owed, 0), FrB2c, Person).Missing.Contains(RouteGap.AmicableAttempt));
        Assert.DoesNotContain(RouteGap.AmicableAttempt, Route(Procedure.Lawsuit, Owed(owed, 0)).Missing);
    }

    [Fact]
    public void A_simplified_procedure_that_failed_is_such_an_attempt()
    {
        var file = File(FrB2c, Person) with { Procedure = [new("p", Procedure.SmallClaim, ProcedureStage.Ended, Date("2026-12-20"), null)] };
        var route = RecoveryRoutes.Propose(file, FrB2c, Owed(1200m, 0), French).Single(r => r.Procedure == Procedure.Lawsuit);
        Assert.DoesNotContain(RouteGap.AmicableAttempt, route.Missing);
        Assert.Contains(route.Reasons, r => r.Ground == RouteGround.AmicableAttemptFirst);
    }

    [Fact]
    public void Against_a_public_buyer_a_person_checks_the_way()
    {
        var route = Assert.Single(Propose(Owed(1200m, 0), FrPublic, Town));
        Assert.Equal((Procedure.PublicBuyer, Forum.AdministrativeCourt, true, null), (route.Procedure, route.Forum, route.ToCheck, route.Lawyer));
    }

    [Fact]
    public void In_Belgium_an_uncontested_debt_between_businesses_goes_to_the_bailiff_and_is_checked()
    {
        var routes = Propose(Owed(1200m, 0), BeB2b, Brewer, new(Today, "BE", true));
        Assert.Equal([(Procedure.UncontestedDebt, true, true), (Procedure.Lawsuit, true, true)], routes.Select(r => (r.Procedure, r.Applies, r.ToCheck)));
        Assert.False(Propose(Owed(1200m, 0), BeB2c, Brewer with { Kind = DebtorKind.Consumer }, new(Today, "BE", true))[0].Applies);
    }

    [Fact]
    public void Across_a_border_there_is_the_European_order_but_not_to_Denmark_nor_beyond()
    {
        Assert.Equal(Procedure.EuropeanOrder, Propose(Owed(1200m, 0), debtor: Baker with { Country = "DE" })[0].Procedure);
        Assert.Equal(Procedure.EuropeanOrder, Propose(Owed(1200m, 0), terms: new(Today, "BE", true))[^1].Procedure);
        Assert.Equal([Procedure.Lawsuit], Propose(Owed(1200m, 0), debtor: Baker with { Country = "DK" }).Select(r => r.Procedure));
        Assert.Equal([Procedure.Lawsuit], Propose(Owed(1200m, 0), debtor: Baker with { Country = "CH" }).Select(r => r.Procedure));
        Assert.DoesNotContain(Propose(Owed(1200m, 0)), r => r.Procedure == Procedure.EuropeanOrder);
    }

    [Fact]
    public void What_is_disputed_can_only_be_sued_for()
    {
        var file = Ladder.Smooth("2026-10-01 10:00").Until("2026-12-10 12:00").Then("2026-12-10 12:00", new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality)).File;
        var routes = RecoveryRoutes.Propose(file, FrB2b, Owed(1200m, 0), French);
        Assert.Equal([Procedure.Lawsuit], routes.Where(r => r.Applies).Select(r => r.Procedure));
        Assert.Contains(routes[1].Reasons, r => r.Ground == RouteGround.Disputed);
    }

    [Fact]
    public void A_debt_that_may_have_lapsed_asks_for_what_interrupted_the_time()
    {
        var (last, after) = (Date("2031-09-30"), Date("2031-10-01"));
        Assert.DoesNotContain(RouteGap.ProofOfInterruption, Route(Procedure.PaymentOrder, Owed(1200m, 0), terms: new(last, "FR", true)).Missing);
        var route = Route(Procedure.PaymentOrder, Owed(1200m, 0), terms: new(after, "FR", true));
        Assert.Equal((true, true), (route.Applies, route.ToCheck));
        Assert.Contains(RouteGap.ProofOfInterruption, route.Missing);
        Assert.Equal("Code de commerce, art. L110-4", route.Reasons[^1].Article);
    }

    [Fact]
    public void Insolvency_closes_every_route()
    {
        var file = Ladder.Smooth("2026-10-01 10:00").Then("2026-12-10 12:00", new InsolvencyOpened(Date("2026-12-09"), Date("2027-02-15"))).File;
        Assert.All(RecoveryRoutes.Propose(file, FrB2b, Owed(1200m, 0), French), r => Assert.Equal((false, RouteGround.Insolvent), (r.Applies, r.Reasons[^1].Ground)));
    }

    [Fact]
    public void What_the_file_lacks_is_told()
    {
        var young = Ladder.Smooth("2026-10-01 10:00", debtor: Baker with { Address = null }).Until("2026-11-20 12:00").File;
        var route = RecoveryRoutes.Propose(young, FrB2b, Owed(1200m, 0), new(Today, "FR", HasInvoice: false))[1];
        Assert.Equal([RouteGap.FormalNotice, RouteGap.Invoice, RouteGap.DebtorAddress], route.Missing);
        Assert.Null(route.Place);
        Assert.Empty(Route(Procedure.PaymentOrder, Owed(1200m, 0)).Missing);
    }

    [Fact]
    public void In_another_currency_the_limits_are_left_to_a_person()
    {
        var dollars = Currency.Parse("USD");
        var claim = new Claim(Money.Of(900m, dollars), Money.Zero(dollars), Eur(40m), Money.Of(900m, dollars));
        var routes = Propose(claim);
        Assert.Equal((false, true), (routes[0].Applies, routes[0].ToCheck));
        Assert.Equal((true, true, null), (routes[3].Applies, routes[3].ToCheck, routes[3].Lawyer));
    }

    [Fact]
    public void Nothing_owed_needs_no_route() => Assert.Empty(Propose(Owed(0, 0)));

    private static DateOnly Today => Date("2026-12-20");

    private static RouteTerms French => new(Today, "FR", true);

    private static Claim Owed(decimal principal, decimal interest, decimal indemnity = 0) => new(Eur(principal), Eur(interest), Eur(indemnity), Eur(principal + interest + indemnity));

    // Past its formal notice.
    private static CaseFile File(Policy policy, Debtor debtor) => Ladder.Smooth("2026-10-01 10:00", policy, debtor: debtor).Until("2027-01-10 12:00").File;

    private static IReadOnlyList<RecoveryRoute> Propose(Claim claim, Policy? policy = null, Debtor? debtor = null, RouteTerms? terms = null) =>
        RecoveryRoutes.Propose(File(policy ?? FrB2b, debtor ?? Baker), policy ?? FrB2b, claim, terms ?? French);

    private static RecoveryRoute Route(Procedure procedure, Claim claim, Policy? policy = null, Debtor? debtor = null, RouteTerms? terms = null) =>
        Propose(claim, policy, debtor, terms).Single(r => r.Procedure == procedure);
}
