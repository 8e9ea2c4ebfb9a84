using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Policies;

public class PolicyRulesTests
{
    [Fact]
    public void The_shipped_shape_is_valid()
    {
        Assert.NotNull(PolicyRules.Validate(FrB2bDraft, out var faults));
        Assert.Empty(faults);
    }

    [Fact]
    public void An_empty_draft_says_everything_it_lacks() => Assert.Equal(
        ["calendar", "name", "regime", "sendAt", "sendWindow", "steps", "timeZone", "version"], Faults(new PolicyDraft()));

    [Fact]
    public void All_faults_come_at_once_each_with_its_path()
    {
        var wrong = FrB2bDraft with
        {
            Name = "Fr B2B",
            SendAt = new(7, 0),
            MinimumGapDays = 0,
            Promise = new(-1, -1, 0),
            Plan = new(0, 0, -1m, 61),
            Accessories = new("formal-notice", "forget") { ContractualRate = -1, Clause = true },
            Confirmations = ["promise", "promise", "mail"],
            QuietPeriods = [new(Date("2026-12-31"), Date("2026-12-24")), new(Date("2026-01-01"), Date("2026-12-31"))],
            MaxLedgerAgeDays = 0,
            Steps =
            [
                Step("first", 7, Channel.Email),
                Step("first", 7) with { Template = null },
                Step("notice", -1, Channel.Letter, Channel.Letter) with { DeadlineDays = 0, MinBalance = -1 },
                Step("mild", 40, Channel.Email) with { Template = null, Registered = true },
                Step("hand-over", 50, Channel.Handover),
                Step("late", 60, Channel.Call) with { Repeat = new(0, 99) },
            ],
        };
        Assert.Equal(
        [
            "accessories.clause", "accessories.contractualRate", "accessories.whenPrincipalPaid", "confirmations[1]", "confirmations[2]", "maxLedgerAgeDays", "minimumGapDays", "name", "plan.graceDays", "plan.maxDays", "plan.maxInstalments",
            "plan.minInstalment", "promise.graceDays", "promise.maxBroken", "promise.maxDays", "quietPeriods[0]", "quietPeriods[1]", "sendAt",
            "steps[1].channels", "steps[1].id", "steps[1].offset", "steps[2]", "steps[2].channels", "steps[2].deadlineDays", "steps[2].minBalance",
            "steps[2].offset", "steps[3]", "steps[3].letter", "steps[3].template", "steps[4]", "steps[5].repeat.everyDays", "steps[5].repeat.times",
        ], Faults(wrong));
    }

    [Fact]
    public void A_formal_notice_needs_its_deadline_and_never_comes_before_the_due_date()
    {
        Assert.Equal(["steps[0].deadlineDays"], Faults(FrB2bDraft with { Steps = [Step("formal-notice", 30, Channel.Email)] }));
        Assert.Equal(["steps[0]"], Faults(FrB2bDraft with { Steps = [Step("notice", -1, Channel.Email) with { DeadlineDays = 8 }] }));
    }

    [Fact]
    public void After_a_formal_notice_only_people_and_another_notice_speak()
    {
        PolicyStep notice = Step("notice", 10, Channel.Letter) with { DeadlineDays = 8 };
        Assert.Equal(["steps[1]"], Faults(FrB2bDraft with { Steps = [notice, Step("mild", 20, Channel.Email)] }));
        Assert.Empty(Faults(FrB2bDraft with { Steps = [notice, Step("call", 20, Channel.Call), notice with { Id = "last", Offset = 30 }, Step("hand-over", 40, Channel.Handover)] }));
    }

    [Fact]
    public void Repetitions_end_before_the_next_step_and_never_repeat_a_formal_notice()
    {
        Assert.Equal(["steps[1].offset"], Faults(FrB2bDraft with { Steps = [Step("a", 1, Channel.Email) with { Repeat = new(7, 2) }, Step("b", 15, Channel.Email)] }));
        Assert.Equal(["steps[0].repeat"], Faults(FrB2bDraft with { Steps = [Step("n", 1, Channel.Email) with { DeadlineDays = 8, Repeat = new(7, 2) }] }));
        var policy = Valid(FrB2bDraft with { Steps = [Step("a", 1, Channel.Email) with { Repeat = new(7, 2) }, Step("b", 16, Channel.Email)] });
        Assert.Equal(["a 1", "a.2 8", "a.3 15", "b 16"], policy.Rungs.Select(r => $"{r.Id} {r.Offset}"));
    }

    [Fact]
    public void An_amount_too_large_to_be_meant_is_refused() =>
        Assert.Equal(["plan.minInstalment", "steps[1].minBalance"], Faults(FrB2bDraft.With("first", s => s with { MinBalance = 1e27m }) with { Plan = new(MinInstalment: 1e27m) }));

    [Theory]
    [InlineData("fr-b2b", DebtorKind.Business, true)]
    [InlineData("fr-b2b", DebtorKind.Consumer, false)]
    [InlineData("fr-b2b", DebtorKind.Public, false)]
    [InlineData("fr-b2c", DebtorKind.Consumer, true)]
    [InlineData("fr-b2c", DebtorKind.Business, false)]
    [InlineData("fr-public", DebtorKind.Public, true)]
    [InlineData("be-b2b", DebtorKind.Public, true)]
    [InlineData("be-b2c", DebtorKind.Public, false)]
    [InlineData("nowhere", DebtorKind.Business, false)]
    public void A_regime_fits_its_kind_of_debtor(string regime, DebtorKind kind, bool fits) =>
        Assert.Equal(fits, PolicyRules.Fits(regime, Baker with { Kind = kind }));

    private static IEnumerable<string> Faults(PolicyDraft draft)
    {
        Assert.Equal(PolicyRules.Validate(draft, out var faults) is null, faults.Count > 0);
        return faults.Select(f => f.Path).Distinct().Order(StringComparer.Ordinal);
    }
}
