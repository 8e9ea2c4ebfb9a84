using static Dunning.Domain.CaseEvent;

namespace Dunning.Domain.Tests.Claims;

/// <summary>A debtor who signs a plan recognises the debt: the time to sue begins again.</summary>
public sealed class RecognitionTests
{
    private static readonly Registered WithDate = Sample.Registered(debtor: Sample.Person, policy: Sample.FrB2c) with { LimitationOn = Sample.Date("2028-09-30") };

    [Fact]
    public void A_signed_plan_is_remembered_and_moves_the_limitation_and_its_alert()
    {
        var life = OnPlan().Then("2026-11-20 10:00", Signed("2026-11-18"));
        Assert.Equal(new PlanAcceptance(Sample.Date("2026-11-18"), "Jeanne Martin", "GED 12"), life.File.Silences.Plan!.Accepted);
        Assert.Equal((Sample.Date("2028-11-18"), Sample.At("2028-05-18 00:00")), (Limitation.Of("fr-b2c", life.File), life.File.LimitationAlertAt));
    }

    [Fact]
    public void Nothing_else_changes()
    {
        var life = OnPlan();
        var (before, next) = (life.File, life.Next);
        life.Then("2026-11-20 10:00", Signed("2026-11-18"));
        Assert.Equal((CaseStatus.OnPlan, next), (life.Status, life.Next));
        Assert.Equal(before, life.File with
        {
            Silences = life.File.Silences with { Plan = before.Silences.Plan },
            RecognisedOn = null,
            LimitationAlertAt = before.LimitationAlertAt,
            Applied = before.Applied,
        });
    }

    [Fact]
    public void The_question_that_was_open_is_answered_and_asked_again_before_the_new_date()
    {
        var life = OnPlan("2028-12-01").Until("2028-04-01 10:00");
        Assert.Single(life.File.Tasks, t => t.Kind == TaskKind.Limitation);
        life.Then("2028-04-02 10:00", Signed("2028-04-01"));
        Assert.DoesNotContain(life.File.Tasks, t => t.Kind == TaskKind.Limitation);
        life.Until("2029-10-01 10:00");
        Assert.Equal(Sample.Date("2030-04-01"), Assert.Single(life.File.Tasks, t => t.Kind == TaskKind.Limitation).DueOn);
    }

    [Fact]
    public void A_broken_plan_was_signed_all_the_same()
    {
        var life = OnPlan().Until("2027-03-01 10:00");
        Assert.Null(life.File.Silences.Plan);
        life.Then("2027-03-01 11:00", Signed("2026-11-18"));
        Assert.Equal(Sample.Date("2028-11-18"), Limitation.Of("fr-b2c", life.File));
    }

    [Fact]
    public void An_earlier_recognition_told_later_moves_nothing_back()
    {
        var life = OnPlan().Then("2026-12-02 10:00", Signed("2026-12-01")).Then("2026-12-03 10:00", Signed("2026-11-18"));
        Assert.Equal(Sample.Date("2026-12-01"), life.File.RecognisedOn);
    }

    [Fact]
    public void What_has_lapsed_is_not_revived()
    {
        var life = OnPlan("2029-01-15").Then("2028-10-02 10:00", Signed("2028-10-01"));
        Assert.NotNull(life.File.Silences.Plan!.Accepted);
        Assert.Equal((null, Sample.Date("2028-09-30")), (life.File.RecognisedOn, Limitation.Of("fr-b2c", life.File)));
    }

    [Fact]
    public void Where_the_law_has_not_been_checked_no_date_is_made_up()
    {
        var life = Ladder.Of("2026-10-01 10:00", Sample.BeB2b).Then("2026-11-10 10:00", Plan("2026-12-20")).Then("2026-11-20 10:00", Signed("2026-11-18"));
        Assert.NotNull(life.File.Silences.Plan!.Accepted);
        Assert.Equal((null, null, null), (life.File.RecognisedOn, life.File.LimitationAlertAt, Limitation.Of("be-b2b", life.File)));
    }

    private static Ladder OnPlan(string last = "2026-12-20") =>
        new Ladder(Sample.FrB2c).Then("2026-10-01 10:00", WithDate).Then("2026-11-10 10:00", Plan(last));

    private static PlanAgreed Plan(string last) => new([new(Sample.Date(last), Sample.Eur(1200))]) { Id = "plan" };

    private static PlanAccepted Signed(string on) => new("plan", Sample.Date(on), "Jeanne Martin", "GED 12");
}
