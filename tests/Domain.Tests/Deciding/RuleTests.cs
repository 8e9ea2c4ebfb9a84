using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

/// <summary>Why a step leaves when it does: what each rule says, told by the very computation that sets the instant.</summary>
public class RuleTests
{
    [Fact]
    public void The_due_date_and_the_gap_are_told_with_what_they_count()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-10 10:00");
        var rules = Standing.Rules(life.State, FrB2b);
        Assert.Contains(new(DueBecause.Nominal, At("2026-11-16 09:00"), Date("2026-10-31"), 15), rules);
        Assert.Contains(rules, r => r is { Because: DueBecause.Gap, Days: 5, From: not null });
        Told(life);
    }

    [Fact]
    public void What_held_it_back_and_the_window_are_told()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new Held("talks")).Until("2026-11-17 20:00").Then("2026-11-17 20:00", new Released());
        var rules = Standing.Rules(life.State, FrB2b);
        Assert.Equal(DueBecause.Unblocked, rules.Where(r => r.Because != DueBecause.Window).MaxBy(r => r.At)!.Because);
        Assert.Equal(new(DueBecause.Window, At("2026-11-18 09:00")), rules[^1]);
        Told(life);
    }

    [Fact]
    public void A_payment_and_the_end_of_a_silence_are_told_while_it_lasts()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-11 10:00").Then("2026-11-12 10:00", new PaymentReceived(Money.Of(100m, Currency.Euro), Date("2026-11-12"), "bank"), new PromiseMade(Date("2026-11-20")));
        Assert.Equal([DueBecause.Nominal, DueBecause.Gap, DueBecause.PaymentGap, DueBecause.Unblocked, DueBecause.Window], Standing.Rules(life.State, FrB2b).Select(r => r.Because));
        Told(life);
    }

    [Fact]
    public void What_waits_for_somebody_and_what_is_over_have_no_rules()
    {
        Assert.Empty(Standing.Rules(Ladder.Of("2026-10-01 10:00").Then("2026-10-02 10:00", new Held("talks")).State, FrB2b));
        Assert.Empty(Standing.Rules(Ladder.Of("2026-10-01 10:00").Then("2026-10-02 10:00", new Cancelled("x")).State, FrB2b));
    }

    // The latest rule decides, and the outlook is what the rules say.
    private static void Told(Ladder life)
    {
        var (rules, next) = (Standing.Rules(life.State, FrB2b), life.Next);
        Assert.Equal(next.At, rules.Max(r => r.At));
        Assert.Equal(next.Because, rules.Where(r => r.Because != DueBecause.Window).MaxBy(r => r.At)!.Because);
    }
}
