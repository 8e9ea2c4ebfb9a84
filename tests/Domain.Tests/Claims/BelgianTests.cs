using static Dunning.Domain.Tests.Claims.Owed;

namespace Dunning.Domain.Tests.Claims;

/// <summary>Law of 2 August 2002; Code de droit économique, book XIX.</summary>
public sealed class BelgianTests
{
    [Fact]
    public void Between_businesses_the_published_rate_of_each_semester_and_forty_euros()
    {
        var claim = Terms("be-b2b", 10_000m, "2025-05-31", "2025-07-15").Claim();
        Assert.Equal(["30 × 11.50", "15 × 10.50"], claim.Days());
        Assert.Equal("10000.00 + 137.67 + 40.00 = 10177.67", claim.Sum());
        Assert.Equal("Belgian published rate 11.50 % (2025-H1): Loi belge du 2 août 2002, art. 5", claim.Segments[0].Rate.Basis);
        Assert.Equal(["Loi belge du 2 août 2002, art. 5", "Loi belge du 2 août 2002, art. 6"], claim.LegalBasis);
    }

    [Fact]
    public void Between_businesses_a_contract_may_say_otherwise_without_a_floor()
    {
        var claim = (Terms("be-b2b", 10_000m, "2025-05-31", "2025-07-15") with { ContractualRate = 3m }).Claim();
        Assert.Equal(["45 × 3.00"], claim.Days());
        Assert.Equal("contractual rate 3.00 %: Loi belge du 2 août 2002, art. 5", claim.Segments[0].Rate.Basis);
        Assert.Equal("10000.00 + 36.99 + 40.00 = 10076.99", claim.Sum());
    }

    [Theory]
    [InlineData("2023-09-18", Channel.Letter, "2023-10-05")]
    [InlineData("2023-09-18", Channel.Email, "2023-10-03")]
    [InlineData("2023-09-18", Channel.Sms, "2023-10-03")]
    // Sent on a Friday: Monday, Tuesday, Wednesday; on a Saturday: the same.
    [InlineData("2023-09-15", Channel.Letter, "2023-10-04")]
    [InlineData("2023-09-16", Channel.Letter, "2023-10-04")]
    // 21 July is a holiday in Belgium, 14 July is not; neither is 8 May.
    [InlineData("2025-07-18", Channel.Letter, "2025-08-07")]
    [InlineData("2025-07-11", Channel.Letter, "2025-07-30")]
    [InlineData("2025-05-07", Channel.Letter, "2025-05-26")]
    // Over Christmas and New Year.
    [InlineData("2025-12-24", Channel.Letter, "2026-01-13")]
    public void The_fourteen_days_of_a_consumer_end_when_the_law_says(string sent, Channel channel, string claimable) =>
        Assert.Equal(Sample.Date(claimable), BelgianConsumer.ClaimableFrom(new(Sample.Date(sent), channel)));

    [Fact]
    public void Two_parts_rounded_up_are_never_more_than_the_total()
    {
        // Paid interest first, what is left of the principal and of the indemnity both end in parts of a cent.
        var claim = (Consumer(30_203.66m, "2020-06-18", "2022-01-21") with
        {
            Clause = true,
            ContractualRate = 6m,
            Allocation = Allocation.InterestFirst,
            Reminder = new(Sample.Date("2020-07-30"), Channel.Email),
            Payments = Amounts(("2020-06-27", 21_985.17m), ("2021-12-04", 8_971.16m)),
        }).Claim();
        Assert.True(claim.Interest.Minor >= 0, claim.Sum());
        Assert.Equal(claim.Total, claim.Principal + claim.Interest + claim.Indemnity);
    }

    [Fact]
    public void A_consumer_owes_only_the_principal_until_then()
    {
        var terms = Consumer(1_000m, "2023-09-11", "2023-10-04") with { Clause = true, ContractualRate = 10m, Reminder = new(Sample.Date("2023-09-18"), Channel.Letter) };
        Assert.Equal("1000.00 + 0.00 + 0.00 = 1000.00", terms.Claim().Sum());
        Assert.Equal([ClaimNote.WaitingPeriod], terms.Claim().Notes);
        Assert.Equal(["Code de droit économique belge, art. XIX.2"], terms.Claim().LegalBasis);
        var claim = (terms with { AsOf = Sample.Date("2023-10-05") }).Claim();
        Assert.Equal(["1 × 10.00"], claim.Days());
        // 65 + 5 % of 500.
        Assert.Equal("1000.00 + 0.27 + 90.00 = 1090.27", claim.Sum());
        Assert.Equal(["Code de droit économique belge, art. XIX.4"], claim.LegalBasis.Distinct());
        Assert.Equal("1000.00 + 0.00 + 0.00 = 1000.00", (terms with { Reminder = null, AsOf = Sample.Date("2025-10-05") }).Claim().Sum());
    }

    [Fact]
    public void A_clause_without_a_rate_gives_the_indemnity_and_no_interest() =>
        Assert.Equal("1000.00 + 0.00 + 90.00 = 1090.00", (Reminded(1_000m) with { Clause = true }).Claim().Sum());

    [Fact]
    public void Without_a_clause_the_civil_legal_rate_of_the_year_runs()
    {
        var claim = (Reminded(1_000m) with { AsOf = Sample.Date("2026-02-09") }).Claim();
        Assert.Equal(["316 × 4.50", "40 × 4.50"], claim.Days());
        Assert.Equal("1000.00 + 43.89 + 0.00 = 1043.89", claim.Sum());
        Assert.Equal("Belgian legal rate 4.50 % (2025): Loi belge du 5 mai 1865, art. 2 ; Code de droit économique belge, art. XIX.2", claim.Segments[0].Rate.Basis);
        Assert.True((Reminded(1_000m) with { AsOf = Sample.Date("2027-01-01") }).Claim().Provisional);
    }

    [Theory]
    [InlineData(0.01, 20)]
    [InlineData(150, 20)]
    [InlineData(150.01, 30.001)]
    [InlineData(500, 65)]
    [InlineData(500.01, 65.0005)]
    [InlineData(39_200, 2_000)]
    [InlineData(1_000_000, 2_000)]
    public void The_indemnity_has_its_caps(decimal balance, decimal indemnity) => Assert.Equal(indemnity, BelgianConsumer.IndemnityCap(balance));

    [Fact]
    public void The_indemnity_is_on_what_is_still_owed_when_the_fourteen_days_end()
    {
        ClaimTerms Paid(string on) => Reminded(1_000m) with { Clause = true, Payments = Amounts((on, 600m)) };
        // Claimable from 19 February 2025.
        Assert.Equal("400.00 + 0.00 + 55.00 = 455.00", Paid("2025-02-18").Claim().Sum());
        Assert.Equal("400.00 + 0.00 + 90.00 = 490.00", Paid("2025-02-19").Claim().Sum());
        Assert.Equal("0.00 + 0.00 + 0.00 = 0.00", (Paid("2025-02-18") with { Payments = Amounts(("2025-02-18", 1_000m)) }).Claim().Sum());
    }

    [Fact]
    public void A_rate_beyond_the_cap_leaves_nothing_but_the_principal()
    {
        var beyond = (Reminded(1_000m) with { Clause = true, ContractualRate = 11.51m }).Claim();
        Assert.Equal("1000.00 + 0.00 + 0.00 = 1000.00", beyond.Sum());
        Assert.Equal([ClaimNote.ClauseBeyondCaps], beyond.Notes);
        Assert.Equal(["Code de droit économique belge, art. XIX.4"], beyond.LegalBasis);
        Assert.Equal(90m, (Reminded(1_000m) with { Clause = true, ContractualRate = 11.5m, AsOf = Sample.Date("2025-06-30") }).Claim().Indemnity.Amount);
        // Lawful in the first semester, beyond the cap in the second.
        Assert.Equal("1000.00 + 0.00 + 0.00 = 1000.00", (Reminded(1_000m) with { Clause = true, ContractualRate = 11.5m, AsOf = Sample.Date("2025-07-01") }).Claim().Sum());
    }

    [Fact]
    public void What_cannot_be_is_refused_all_at_once()
    {
        var terms = Consumer(1_000m, "2025-01-31", "2025-06-01") with { Reminder = new(Sample.Date("2025-01-31"), Channel.Call), ContractualRate = -1m, Clause = true, Amount = Money.Of(5m, Currency.Parse("USD")) };
        Assert.Equal(["contractualRate", "noticeSentDate", "noticeChannel", "clause"], terms.Faults().Select(f => f.Path));
    }

    private static ClaimTerms Consumer(decimal amount, string due, string asOf) => Terms("be-b2c", amount, due, asOf);

    // An e-mail of 4 February 2025: claimable from the 19th.
    private static ClaimTerms Reminded(decimal amount) => Consumer(amount, "2025-01-31", "2025-12-31") with { Reminder = new(Sample.Date("2025-02-04"), Channel.Email) };
}
