using static Dunning.Domain.Tests.Claims.Owed;

namespace Dunning.Domain.Tests.Claims;

/// <summary>Code civil, 1231-6 and 1344-1; Code monétaire et financier, L313-3.</summary>
public sealed class FrenchConsumerTests
{
    private static readonly ClaimTerms Late = Terms("fr-b2c", 1_000m, "2025-03-31", "2025-08-31");

    [Fact]
    public void Nothing_runs_before_the_formal_notice()
    {
        var claim = Late.Claim();
        Assert.Equal("1000.00 + 0.00 + 0.00 = 1000.00", claim.Sum());
        Assert.Empty(claim.LegalBasis);
        Assert.Equal([ClaimNote.NoFormalNotice], claim.Notes);
        Assert.Equal("1000.00 + 0.00 + 0.00 = 1000.00", (Late with { FormalNoticeOn = Sample.Date("2025-08-31") }).Claim().Sum());
        Assert.Equal([ClaimNote.NoFormalNotice], (Late with { FormalNoticeOn = Sample.Date("2025-09-01") }).Claim().Notes);
    }

    [Fact]
    public void From_the_formal_notice_on_the_legal_rate_of_professionals_and_never_forty_euros()
    {
        var claim = (Late with { FormalNoticeOn = Sample.Date("2025-05-15") }).Claim();
        Assert.Equal(["46 × 3.71", "62 × 2.76"], claim.Days());
        Assert.Equal(Sample.Date("2025-05-16"), claim.Segments[0].From);
        // 1,000 × (46 × 3.71 + 62 × 2.76) / 36,500 = 9.3638
        Assert.Equal("1000.00 + 9.36 + 0.00 = 1009.36", claim.Sum());
        Assert.Equal(["Code civil, art. 1231-6 et 1344-1"], claim.LegalBasis);
        Assert.Equal("French legal rate 3.71 % (2025-H1): Code civil, art. 1231-6 et 1344-1", claim.Segments[0].Rate.Basis);
    }

    [Fact]
    public void The_rate_is_that_of_the_creditor()
    {
        Assert.Equal(["46 × 7.21", "62 × 6.65"], (Late with { FormalNoticeOn = Sample.Date("2025-05-15"), CreditorQuality = CreditorQuality.Private }).Claim().Days());
    }

    [Fact]
    public void A_notice_sent_before_the_due_date_starts_nothing_early() =>
        Assert.Equal(Sample.Date("2025-04-01"), (Late with { FormalNoticeOn = Sample.Date("2025-03-01") }).Claim().Segments[0].From);

    [Fact]
    public void Two_months_after_the_judgment_was_served_five_points_more()
    {
        var claim = (Late with { FormalNoticeOn = Sample.Date("2025-03-31"), JudgmentServedOn = Sample.Date("2025-05-20") }).Claim();
        Assert.Equal(["91 × 3.71", "20 × 2.76", "42 × 7.76"], claim.Days());
        Assert.Equal(Sample.Date("2025-07-21"), claim.Segments[2].From);
        Assert.Equal(["Code civil, art. 1231-6 et 1344-1", "Code civil, art. 1231-6 et 1344-1 ; Code monétaire et financier, art. L313-3"], claim.LegalBasis);
        // A month without a 31st: two months from 31 December end with February.
        var winter = (Terms("fr-b2c", 1_000m, "2024-12-01", "2025-03-02") with { FormalNoticeOn = Sample.Date("2025-02-26"), JudgmentServedOn = Sample.Date("2024-12-31") }).Claim();
        Assert.Equal(["2 × 3.71", "2 × 8.71"], winter.Days());
    }

    [Fact]
    public void A_contractual_rate_is_refused() =>
        Assert.Equal([("contractualRate", "notInThisRegime")], (Late with { ContractualRate = 12m }).Faults().Select(f => (f.Path, f.Code)));

    [Fact]
    public void A_payment_before_the_notice_lowers_what_bears_interest() =>
        Assert.Equal([(31, 600m)], (Terms("fr-b2c", 1_000m, "2025-03-31", "2025-06-15", ("2025-05-10", 400m)) with { FormalNoticeOn = Sample.Date("2025-05-15") })
            .Claim().Segments.Select(s => (s.Days, s.Base)));
}
