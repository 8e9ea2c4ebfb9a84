using Dunning.Domain;
using Dunning.Service.Policies;
using Dunning.Service.Portal;
using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Portal;

/// <summary>What a debtor may say by themselves.</summary>
public sealed class LimitTests
{
    private static readonly DateOnly Today = new(2026, 11, 10);
    private static readonly Policy Policy = new PolicyBook(PolicyBook.ShippedFolder, TextBook.Load(TextBook.ShippedFolder).Has, null).Shipped.First(p => p.Name == "fr-b2b");

    private static CaseFile Case(decimal amount = 1200m, Silences? silences = null, params StepRecord[] steps)
    {
        var invoice = new Invoice("F-1", new(2026, 9, 30), new(2026, 10, 31), Euros(amount));
        return new("case", "c", invoice, new Debtor("d", "A", DebtorKind.Business, "FR", "fr"), new(Policy.Name, Policy.Version), default, new Account(invoice.Amount)) { Silences = silences ?? Silences.None, Steps = [.. steps] };
    }

    [Fact]
    public void A_promise_may_lie_ten_days_ahead() => Assert.Equal(Today.AddDays(10), DebtorLimits.PromiseUntil(Case(), Policy, Today));

    [Fact]
    public void A_chain_of_promises_ends_where_the_policy_ends_it()
    {
        Assert.Equal(Today.AddDays(7), DebtorLimits.PromiseUntil(Case(silences: Silences.None with { Promise = Promised(Today.AddDays(-23)) }), Policy, Today));
        Assert.Null(DebtorLimits.PromiseUntil(Case(silences: Silences.None with { Promise = Promised(Today.AddDays(-31)) }), Policy, Today));
    }

    [Theory]
    [InlineData(StepOutcome.Happened, false)]
    [InlineData(StepOutcome.Underway, false)]
    [InlineData(StepOutcome.Elsewhere, false)]
    [InlineData(StepOutcome.Lapsed, true)]
    public void No_promise_is_taken_after_a_formal_notice(StepOutcome outcome, bool taken) =>
        Assert.Equal(taken, DebtorLimits.PromiseUntil(Case(steps: new StepRecord("formal-notice", 30, true, Today, outcome)), Policy, Today) is not null);

    [Fact]
    public void No_promise_is_taken_that_would_silence_nothing_nor_while_something_else_is_settled()
    {
        Silences[] still =
        [
            Silences.None with { BrokenPromises = 2 },
            Silences.None with { Plan = new("p", [new(Today, Euros(1200))], [default], Euros(0), 0) },
            Silences.None with { Disputes = [new("d", DisputeKind.Commercial, DisputeCode.Quality, null, default, null, null)] },
            Silences.None with { Pending = [new("x", Today, default, null, null)] },
            Silences.None with { Insolvency = new(Today, Today) },
        ];
        Assert.All(still, s => Assert.Null(DebtorLimits.PromiseUntil(Case(silences: s), Policy, Today)));
    }

    [Theory]
    [InlineData(1200, 4)]
    [InlineData(199.99, 3)]
    [InlineData(100, 2)]
    [InlineData(99.99, 0)]
    public void A_plan_has_as_many_instalments_as_the_policy_and_its_smallest_allow(decimal amount, int most) =>
        Assert.Equal(most, DebtorLimits.MostInstalments(Case(amount), Policy, Today));

    [Fact]
    public void No_plan_is_proposed_twice_nor_on_what_is_disputed_or_planned()
    {
        var dispute = Silences.None with { Disputes = [new("d", DisputeKind.Commercial, DisputeCode.Quality, Euros(10), default, null, null)] };
        Assert.Equal(0, DebtorLimits.MostInstalments(Case(silences: dispute), Policy, Today));
        Assert.Equal(0, DebtorLimits.MostInstalments(Case() with { Tasks = [new("t", TaskKind.PlanProposal, null, default)] }, Policy, Today));
    }

    [Fact]
    public void The_last_instalment_stays_within_the_policys_days_whenever_the_first_is()
    {
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
            for (var n = 2; n <= DebtorLimits.MostInstalments(Case(), Policy, day); n++)
            {
                var latest = DebtorLimits.LatestFirst(Policy, n, day);
                Assert.InRange(latest.DayNumber, day.DayNumber, day.AddDays(31).DayNumber);
                Assert.True(latest.AddMonths(n - 1) <= day.AddDays(Policy.Plan.MaxDays), $"{day} {n}");
            }
    }

    [Fact]
    public void Instalments_add_up_to_the_cent_on_rising_dates()
    {
        var plan = DebtorLimits.Split(Euros(100.01m), 3, new(2026, 1, 31));
        Assert.Equal(["33.34 EUR", "33.34 EUR", "33.33 EUR"], plan.Select(i => i.Amount.ToString()));
        Assert.Equal([new(2026, 1, 31), new(2026, 2, 28), new DateOnly(2026, 3, 31)], plan.Select(i => i.Date));
    }

    [Fact]
    public void A_whole_dispute_leaves_nothing_more_to_dispute() =>
        Assert.False(DebtorLimits.MayDispute(Case(silences: Silences.None with { Disputes = [new("d", DisputeKind.Technical, DisputeCode.Other, null, default, null, null)] }), Policy));

    private static Promise Promised(DateOnly first) => new("p", Today, Euros(1200), first, first, Today.AddDays(2), default, true);

    private static Money Euros(decimal amount) => Money.Of(amount, Currency.Euro);
}
