using static Dunning.Domain.Tests.Claims.Owed;

namespace Dunning.Domain.Tests.Claims;

/// <summary>Code de commerce, L441-10 II and D441-5.</summary>
public sealed class FrenchBusinessTests
{
    [Fact]
    public void A_month_late_at_the_legal_default_rate()
    {
        var claim = Terms("fr-b2b", 12_000m, "2025-09-30", "2025-10-31").Claim();
        Assert.Equal("12000.00 + 123.83 + 40.00 = 12163.83", claim.Sum());
        Assert.Equal(["31 × 12.15"], claim.Days());
        Assert.Equal((Sample.Date("2025-10-01"), Sample.Date("2025-10-31"), 12_000m), (claim.Segments[0].From, claim.Segments[0].To, claim.Segments[0].Base));
        Assert.Equal("ECB rate 2.15 % (2025-H2) + 10 points: Code de commerce, art. L441-10 II", claim.Segments[0].Rate.Basis);
        Assert.Equal(["Code de commerce, art. L441-10 II", "Code de commerce, art. L441-10 II et D441-5"], claim.LegalBasis);
        Assert.False(claim.Provisional);
    }

    [Fact]
    public void Segments_are_not_rounded_one_by_one()
    {
        var claim = Terms("fr-b2b", 6_000m, "2025-09-30", "2025-11-30", ("2025-10-20", 2_500m)).Claim();
        Assert.Equal("3500.00 + 87.71 + 40.00 = 3627.71", claim.Sum());
        Assert.Equal([39.945205479m, 47.767808219m], claim.Segments.Select(s => decimal.Round(s.Interest, 9)));
        // Rounded one by one they would give 39.95 + 47.77 = 87.72.
        Assert.Equal("0.00 + 87.71 + 40.00 = 127.71", Terms("fr-b2b", 6_000m, "2025-09-30", "2025-11-30", ("2025-10-20", 2_500m), ("2025-11-30", 3_500m)).Claim().Sum());
    }

    [Fact]
    public void A_half_cent_is_rounded_up()
    {
        // 73 days are a fifth of a year: 1,002.20 × 12.50 % / 5 = 25.055 exactly.
        Assert.Equal(25.06m, Terms("fr-b2b", 1_002.20m, "2023-01-31", "2023-04-14").Claim().Interest.Amount);
        Assert.Equal(25.05m, Terms("fr-b2b", 1_001.80m, "2023-01-31", "2023-04-14").Claim().Interest.Amount);
    }

    [Fact]
    public void A_contractual_rate_replaces_the_legal_one()
    {
        var claim = (Terms("fr-b2b", 15_000m, "2025-09-30", "2025-10-30") with { ContractualRate = 15m }).Claim();
        Assert.Equal(184.93m, claim.Interest.Amount);
        Assert.Equal("contractual rate 15.00 % (legal floor 8.28 %, 2025-H2): Code de commerce, art. L441-10 II", claim.Segments[0].Rate.Basis);
    }

    [Fact]
    public void A_contractual_rate_below_three_times_the_legal_rate_is_refused_by_semester()
    {
        var fault = Assert.Single((Terms("fr-b2b", 1_000m, "2025-09-30", "2025-11-30") with { ContractualRate = 8m }).Faults());
        Assert.Equal(("contractualRate", "belowFloor"), (fault.Path, fault.Code));
        Assert.Contains("8.28 % in 2025-H2", fault.Why, StringComparison.Ordinal);
        Assert.Equal(6.79m, (Terms("fr-b2b", 1_000m, "2026-01-31", "2026-03-03") with { ContractualRate = 8m }).Claim().Interest.Amount);
        // The floor itself is allowed, a hair below is not.
        Assert.NotNull((Terms("fr-b2b", 1_000m, "2025-09-30", "2025-11-30") with { ContractualRate = 8.28m }).Claim());
        Assert.Single((Terms("fr-b2b", 1_000m, "2025-09-30", "2025-11-30") with { ContractualRate = 8.2799m }).Faults());
        // In 2024 the floor was above the default rate; a default rate has none.
        Assert.Equal(["182 × 14.50", "32 × 14.25"], Terms("fr-b2b", 1_000m, "2023-12-31", "2024-08-01").Claim().Days());
        Assert.Equal(["15.21", "14.76"], (Terms("fr-b2b", 1_000m, "2023-12-31", "2024-08-01") with { ContractualRate = 14.5m }).Faults()
            .Select(f => f.Why.Split(' ').SkipWhile(w => w != "of").ElementAt(1)));
    }

    [Fact]
    public void Only_semesters_that_bear_interest_are_held_against_a_contract()
    {
        // 8 % was too low in 2025-H2, but no day of it bears interest.
        Assert.Equal("1000.00 + 6.79 + 40.00 = 1046.79", (Terms("fr-b2b", 1_000m, "2025-12-31", "2026-01-31") with { ContractualRate = 8m }).Claim().Sum());
        Assert.Equal("1000.00 + 0.00 + 0.00 = 1000.00", (Terms("fr-b2b", 1_000m, "2025-09-30", "2025-09-30") with { ContractualRate = 8m }).Claim().Sum());
    }

    [Fact]
    public void On_the_due_date_nothing_is_owed_the_day_after_one_day_and_forty_euros()
    {
        Assert.Equal("0.00 + 0.00 + 0.00 = 0.00", Terms("fr-b2b", 1_000m, "2025-09-30", "2025-12-31", ("2025-09-30", 1_000m)).Claim().Sum());
        Assert.Empty(Terms("fr-b2b", 1_000m, "2025-09-30", "2025-12-31", ("2025-09-30", 1_000m)).Claim().LegalBasis);
        var claim = Terms("fr-b2b", 1_000m, "2025-09-30", "2025-12-31", ("2025-10-01", 1_000m)).Claim();
        Assert.Equal("0.00 + 0.33 + 40.00 = 40.33", claim.Sum());
        Assert.Equal(["1 × 12.15"], claim.Days());
    }

    [Fact]
    public void The_indemnity_is_whole_when_a_part_was_paid_on_time()
    {
        Assert.Equal("0.01 + 0.00 + 40.00 = 40.01", Terms("fr-b2b", 1_000m, "2025-09-30", "2025-10-01", ("2025-09-15", 999.99m)).Claim().Sum());
    }

    [Fact]
    public void The_rate_changes_with_the_semester_inside_one_delay()
    {
        var claim = Terms("fr-b2b", 10_000m, "2024-12-15", "2025-07-10").Claim();
        Assert.Equal(["16 × 14.25", "181 × 13.15", "10 × 12.15"], claim.Days());
        // 10,000 × (16 × 14.25 + 181 × 13.15 + 10 × 12.15) / 36,500
        Assert.Equal(747.85m, claim.Interest.Amount);
        Assert.Equal([Sample.Date("2024-12-31"), Sample.Date("2025-06-30"), Sample.Date("2025-07-10")], claim.Segments.Select(s => s.To));
    }

    [Theory]
    [InlineData("2025-06-29", "2025-06-30", "1 × 13.15")]
    [InlineData("2025-06-30", "2025-07-01", "1 × 12.15")]
    [InlineData("2024-12-31", "2025-01-01", "1 × 13.15")]
    [InlineData("2024-12-30", "2025-01-01", "1 × 14.25,1 × 13.15")]
    public void A_boundary_day_has_the_rate_of_its_own_semester(string due, string asOf, string days) =>
        Assert.Equal(days, string.Join(',', Terms("fr-b2b", 1_000m, due, asOf).Claim().Days()));

    [Fact]
    public void A_leap_year_is_divided_by_365_too()
    {
        // 366 days of 2024 cost more than a year's interest.
        var claim = Terms("fr-b2b", 10_000m, "2023-12-31", "2024-12-31").Claim();
        Assert.Equal(["182 × 14.50", "184 × 14.25"], claim.Days());
        Assert.Equal(1_441.37m, claim.Interest.Amount);
        Assert.Equal(["1 × 14.50"], Terms("fr-b2b", 10_000m, "2024-02-28", "2024-02-29").Claim().Days());
        Assert.Equal(["2 × 14.50"], Terms("fr-b2b", 10_000m, "2024-02-28", "2024-03-01").Claim().Days());
    }

    [Fact]
    public void A_credit_note_lowers_the_base_from_the_day_after_it()
    {
        var claim = (Terms("fr-b2b", 1_000m, "2025-09-30", "2025-10-31") with { CreditNotes = Amounts(("2025-10-10", 400m)) }).Claim();
        Assert.Equal([(10, 1_000m), (21, 600m)], claim.Segments.Select(s => (s.Days, s.Base)));
        Assert.Equal("600.00 + 7.52 + 40.00 = 647.52", claim.Sum());
        Assert.Equal("0.00 + 0.00 + 0.00 = 0.00", (Terms("fr-b2b", 1_000m, "2025-09-30", "2025-10-31") with { CreditNotes = Amounts(("2025-09-30", 1_000m)) }).Claim().Sum());
    }

    [Fact]
    public void What_comes_after_the_day_asked_for_is_ignored()
    {
        Assert.Equal(Terms("fr-b2b", 1_000m, "2025-09-30", "2025-10-31").Claim().Sum(),
            (Terms("fr-b2b", 1_000m, "2025-09-30", "2025-10-31", ("2025-11-01", 1_000m)) with { CreditNotes = Amounts(("2025-12-01", 10m)) }).Claim().Sum());
    }

    [Fact]
    public void Interest_first_lets_a_payment_lower_the_principal_by_less()
    {
        var claim = (Terms("fr-b2b", 6_000m, "2025-09-30", "2025-11-30", ("2025-10-20", 2_500m)) with { Allocation = Allocation.InterestFirst }).Claim();
        // 2,500 pays 39.945205 of interest and 2,460.054795 of principal.
        Assert.Equal(3_539.945205479m, decimal.Round(claim.Segments[1].Base, 9));
        Assert.Equal("3539.95 + 48.31 + 40.00 = 3628.26", claim.Sum());
        Assert.Equal(88.26m, claim.AccruedInterest.Amount);
        Assert.Contains("Code civil, art. 1343-1", claim.LegalBasis);
    }

    [Fact]
    public void What_is_beyond_the_principal_pays_interest_then_the_indemnity_then_is_overpaid()
    {
        Claim Paid(decimal amount) => Terms("fr-b2b", 1_000m, "2025-09-30", "2025-12-31", ("2025-10-30", amount)).Claim();
        Assert.Equal("0.00 + 9.99 + 40.00 = 49.99", Paid(1_000m).Sum());
        Assert.Equal("0.00 + 4.99 + 40.00 = 44.99", Paid(1_005m).Sum());
        Assert.Equal("0.00 + 0.00 + 40.00 = 40.00", Paid(1_009.99m).Sum());
        Assert.Equal("0.00 + 0.00 + 10.00 = 10.00", Paid(1_039.99m).Sum());
        Assert.Equal("0.00 + 0.00 + 0.00 = 0.00", Paid(1_049.99m).Sum());
        Assert.Equal(0m, Paid(1_049.99m).Overpaid.Amount);
        Assert.Equal(50.01m, Paid(1_100m).Overpaid.Amount);
        Assert.Equal(9.99m, Paid(1_100m).AccruedInterest.Amount);
    }

    [Fact]
    public void In_another_currency_the_forty_euros_stand_beside_the_total()
    {
        var dollars = Currency.Parse("USD");
        var claim = new ClaimTerms("fr-b2b", Money.Of(1_000m, dollars), Sample.Date("2025-09-30"), Sample.Date("2025-10-30")).Claim();
        Assert.Equal(("1000.00 USD", "9.99 USD", "40.00 EUR", "1009.99 USD"), (claim.Principal.ToString(), claim.Interest.ToString(), claim.Indemnity.ToString(), claim.Total.ToString()));
        Assert.Contains(ClaimNote.IndemnityApart, claim.Notes);
        // Nobody agreed on a rate of exchange: what is beyond principal and interest stays the debtor's.
        var paid = new ClaimTerms("fr-b2b", Money.Of(1_000m, dollars), Sample.Date("2025-09-30"), Sample.Date("2025-10-30"))
        {
            Payments = [new(Sample.Date("2025-10-30"), Money.Of(1_100m, dollars))],
        }.Claim();
        Assert.Equal(("0.00 USD", "40.00 EUR", "90.01 USD"), (paid.Total.ToString(), paid.Indemnity.ToString(), paid.Overpaid.ToString()));
    }

    [Theory]
    [InlineData("JPY", 120_000, "1198 JPY")]
    [InlineData("KWD", 1_000.5, "9.991 KWD")]
    public void Interest_has_the_decimals_of_its_currency(string currency, decimal amount, string interest) =>
        Assert.Equal(interest,
            new ClaimTerms("fr-b2b", Money.Of(amount, Currency.Parse(currency)), Sample.Date("2025-09-30"), Sample.Date("2025-10-30")).Claim().Interest.ToString());

    [Fact]
    public void A_semester_nobody_has_published_uses_the_last_rate_and_says_so()
    {
        var claim = Terms("fr-b2b", 1_000m, "2026-05-31", "2026-08-31").Claim();
        Assert.True(claim.Provisional);
        Assert.Equal(["30 × 12.15", "62 × 12.15"], claim.Days());
        Assert.Equal([false, true], claim.Segments.Select(s => s.Rate.Provisional));
        Assert.Equal("ECB rate 2.15 % (2026-H2, provisional: the rate of 2026-H1) + 10 points: Code de commerce, art. L441-10 II", claim.Segments[1].Rate.Basis);
        Assert.False(Terms("fr-b2b", 1_000m, "2026-05-31", "2026-06-30").Claim().Provisional);
        // A contract's rate is known, its floor is not.
        Assert.True((Terms("fr-b2b", 1_000m, "2026-07-31", "2026-08-31") with { ContractualRate = 9m }).Claim().Provisional);
        Assert.Contains("provisional", (Terms("fr-b2b", 1_000m, "2026-07-31", "2026-08-31") with { ContractualRate = 7m }).Faults()[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Insolvency_stops_the_interest()
    {
        var claim = (Terms("fr-b2b", 1_000m, "2025-09-30", "2025-12-31") with { FrozenOn = Sample.Date("2025-10-30") }).Claim();
        Assert.Equal("1000.00 + 9.99 + 40.00 = 1049.99", claim.Sum());
        Assert.Contains(ClaimNote.InterestStopped, claim.Notes);
        Assert.Equal("1000.00 + 0.00 + 0.00 = 1000.00", (Terms("fr-b2b", 1_000m, "2025-09-30", "2025-12-31") with { FrozenOn = Sample.Date("2025-09-30") }).Claim().Sum());
    }

    [Fact]
    public void Before_the_due_date_only_the_balance_is_owed()
    {
        Assert.Equal("700.00 + 0.00 + 0.00 = 700.00", Terms("fr-b2b", 1_000m, "2025-09-30", "2025-09-01", ("2025-08-01", 300m)).Claim().Sum());
    }
}
