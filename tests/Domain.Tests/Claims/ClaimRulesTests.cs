using static Dunning.Domain.Tests.Claims.Owed;

namespace Dunning.Domain.Tests.Claims;

/// <summary>What is refused, with everything that is wrong at once.</summary>
public sealed class ClaimRulesTests
{
    [Fact]
    public void Every_fault_is_told_with_its_path()
    {
        var faults = (Terms("fr-b3b", -5m, "2018-12-31", "2018-06-01") with
        {
            Payments = [new(Sample.Date("2025-01-01"), Money.Zero(Currency.Euro)), new(Sample.Date("2025-01-01"), Money.Of(5m, Currency.Parse("USD")))],
            FormalNoticeOn = Sample.Date("2017-01-01"),
            ContractualRate = 1001m,
        }).Faults();
        Assert.Equal(["regime", "amount", "dueDate", "asOf", "formalNoticeDate", "payments[0].amount", "payments[1].amount", "contractualRate"], faults.Select(f => f.Path));
    }

    [Fact]
    public void The_first_semester_known_is_named()
    {
        Assert.Equal(["must not be before 2019-01-01: 2019-H1 is the first semester whose rates are known."], Terms("fr-b2b", 1m, "2018-12-31", "2019-06-01").Faults().Select(f => f.Why));
        Assert.Equal(["1 × 10.00"], Terms("fr-b2b", 1m, "2019-01-01", "2019-01-02").Claim().Days());
    }

    [Fact]
    public void A_payment_before_the_first_semester_needs_no_rate() =>
        Assert.Equal(400m, Terms("fr-b2b", 1_000m, "2019-01-10", "2019-02-10", ("2018-12-15", 600m)).Claim().Principal.Amount);

    [Fact]
    public void Terms_a_regime_has_no_use_for_are_named()
    {
        var late = Terms("fr-b2b", 1_000m, "2025-09-30", "2025-10-31");
        Assert.Equal([ClaimNote.UnusedTerms], (late with { FormalNoticeOn = Sample.Date("2025-10-10") }).Claim().Notes);
        Assert.Equal([ClaimNote.UnusedTerms], (late with { Clause = true }).Claim().Notes);
        Assert.Equal(late.Claim().Sum(), (late with { Clause = true }).Claim().Sum());
    }
}
