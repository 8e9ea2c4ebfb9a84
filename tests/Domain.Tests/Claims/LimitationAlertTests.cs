using static Dunning.Domain.CaseEvent;

namespace Dunning.Domain.Tests.Claims;

/// <summary>A person is told six months before a debt may lapse.</summary>
public sealed class LimitationAlertTests
{
    private static readonly Registered WithDate = Sample.Registered(debtor: Sample.Person, policy: Sample.FrB2c) with { LimitationOn = Sample.Date("2028-09-30") };

    [Fact]
    public void An_open_case_asks_for_a_person_once()
    {
        var life = Begin(WithDate, "2026-10-01 10:00");
        life.Then("2026-11-02 10:00", new Held("talks"));
        life.Until("2028-03-29 23:00");
        Assert.DoesNotContain(life.File.Tasks, t => t.Kind == TaskKind.Limitation);
        life.Until("2028-03-30 00:00");
        var task = Assert.Single(life.File.Tasks, t => t.Kind == TaskKind.Limitation);
        Assert.Equal((Sample.Date("2028-09-30"), Sample.At("2028-03-30 00:00")), (task.DueOn, task.OpenedAt));
        life.Then("2028-04-03 10:00", new TaskDone(task.Id));
        life.Until("2028-12-31 10:00");
        Assert.DoesNotContain(life.File.Tasks, t => t.Kind == TaskKind.Limitation);
    }

    [Fact]
    public void A_case_that_waits_for_somebody_wakes_up_for_it()
    {
        var life = Begin(WithDate, "2026-10-01 10:00");
        life.Then("2026-11-02 10:00", new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality));
        life.Until("2026-11-30 10:00");
        Assert.Equal(Sample.At("2028-03-30 00:00"), Decider.WakeAt(life.State, life.Policy));
    }

    [Fact]
    public void Registered_too_late_it_is_told_at_once() =>
        Assert.Single(Begin(WithDate, "2028-07-03 10:00").File.Tasks, t => t.Kind == TaskKind.Limitation);

    [Fact]
    public void A_paid_case_is_not_asked_about_until_it_is_open_again()
    {
        var life = Begin(WithDate, "2028-07-03 10:00");
        life.Then("2028-07-04 10:00", new PaymentReceived(Sample.Eur(1_200m), Sample.Date("2028-07-04"), "bank") { Id = "p" });
        Assert.DoesNotContain(life.File.Tasks, t => t.Kind == TaskKind.Limitation);
        life.Then("2028-07-20 10:00", new PaymentReversed("p"));
        Assert.Single(life.File.Tasks, t => t.Kind == TaskKind.Limitation);
    }

    [Fact]
    public void A_registration_from_before_it_was_told_lives_as_it_did()
    {
        var life = Begin(WithDate with { LimitationOn = null }, "2026-10-01 10:00");
        life.Then("2026-11-02 10:00", new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality));
        life.Until("2026-11-30 10:00");
        Assert.Null(Decider.WakeAt(life.State, life.Policy));
    }

    private static Ladder Begin(Registered registered, string at) => new Ladder(Sample.FrB2c).Then(at, registered);
}
