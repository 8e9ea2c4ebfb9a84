using static Dunning.Domain.Tests.Claims.Owed;

namespace Dunning.Domain.Tests.Claims;

/// <summary>Code de la commande publique, R2192-31 and D2192-35.</summary>
public sealed class PublicBuyerTests
{
    [Fact]
    public void The_rate_is_frozen_at_the_semester_in_which_interest_began()
    {
        var claim = Terms("fr-public", 10_000m, "2024-12-15", "2025-07-10").Claim();
        Assert.Equal(["207 × 12.25"], claim.Days());
        Assert.Equal("10000.00 + 694.73 + 40.00 = 10734.73", claim.Sum());
        Assert.Equal("ECB rate 4.25 % (2024-H2) + 8 points: Code de la commande publique, art. L2192-13 et R2192-31", claim.Segments[0].Rate.Basis);
        Assert.Equal(["Code de la commande publique, art. L2192-13 et R2192-31", "Code de la commande publique, art. L2192-13 et D2192-35"], claim.LegalBasis);
    }

    [Theory]
    [InlineData("2025-06-29", "2025-09-30", "93 × 11.15")]
    // Due on the last day of a semester: the first day of interest is in the next one.
    [InlineData("2025-06-30", "2025-09-30", "92 × 10.15")]
    [InlineData("2024-12-31", "2025-09-30", "273 × 11.15")]
    public void Interest_begins_the_day_after_the_due_date(string due, string asOf, string days) =>
        Assert.Equal(days, Assert.Single(Terms("fr-public", 1_000m, due, asOf).Claim().Days()));

    [Fact]
    public void A_payment_changes_the_base_and_not_the_rate() =>
        Assert.Equal(["20 × 12.25", "187 × 12.25"], Terms("fr-public", 10_000m, "2024-12-15", "2025-07-10", ("2025-01-04", 1_000m)).Claim().Days());

    [Fact]
    public void It_is_provisional_only_when_the_first_semester_is()
    {
        Assert.False(Terms("fr-public", 1_000m, "2026-06-29", "2026-12-31").Claim().Provisional);
        Assert.True(Terms("fr-public", 1_000m, "2026-06-30", "2026-12-31").Claim().Provisional);
    }

    [Fact]
    public void No_contract_changes_the_rate_of_a_decree() =>
        Assert.Equal([("contractualRate", "notInThisRegime")], (Terms("fr-public", 1_000m, "2025-06-30", "2025-09-30") with { ContractualRate = 15m }).Faults().Select(f => (f.Path, f.Code)));

    [Fact]
    public void Paid_on_the_due_date_there_is_no_indemnity() =>
        Assert.Equal("0.00 + 0.00 + 0.00 = 0.00", Terms("fr-public", 1_000m, "2025-06-30", "2025-09-30", ("2025-06-30", 1_000m)).Claim().Sum());
}
