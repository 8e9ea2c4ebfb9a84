using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

public class PromiseAndPlanTests
{
    [Fact]
    public void A_promise_silences_until_its_grace_is_over_and_broken_the_ladder_resumes()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new PromiseMade(Date("2026-11-20"))).Until("2026-11-24 00:00");
        life.Tells("""
            2026-10-28 09:00 send courtesy email
            2026-11-09 09:00 send first email
            2026-11-09 09:00 is Reminding
            2026-11-10 10:00 is Promised
            2026-11-23 00:00 is Reminding
            2026-11-23 09:00 send second email
            2026-11-23 09:00 send second sms
            """);
        Assert.Equal((1, 0), (life.File.Silences.BrokenPromises, life.File.Silences.KeptPromises));
    }

    [Fact]
    public void During_a_promise_the_outlook_is_the_step_after_it()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new PromiseMade(Date("2026-11-20")));
        Assert.Equal(new("second", At("2026-11-23 09:00"), DueBecause.Unblocked, WaitReason.Promise), life.Next);
    }

    [Theory]
    [InlineData("2026-11-10", 599.00, true)]
    [InlineData("2026-11-22", 599.00, true)]
    [InlineData("2026-11-18", 598.99, false)]
    [InlineData("2026-11-09", 600.00, false)]
    [InlineData("2026-11-23", 600.00, false)]
    public void A_promise_is_kept_by_payments_value_dated_from_its_making_to_its_end_less_the_tolerance(string date, double amount, bool kept)
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new PromiseMade(Date("2026-11-20"), Eur(600)))
            .Then("2026-11-21 10:00", new PaymentReceived(Eur((decimal)amount), Date(date), "bank"));
        Assert.Equal(kept, life.File.Silences is { Promise: null, KeptPromises: 1 });
        Assert.Equal(kept ? CaseStatus.Reminding : CaseStatus.Promised, life.Status);
    }

    [Fact]
    public void Payments_add_up_to_keep_a_promise()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new PromiseMade(Date("2026-11-20"), Eur(600)))
            .Then("2026-11-12 10:00", Pay(300, "2026-11-12")).Then("2026-11-13 10:00", Pay(300.50m, "2026-11-13"));
        Assert.Equal(1, life.File.Silences.KeptPromises);
    }

    [Fact]
    public void What_was_paid_before_the_promise_on_the_same_day_does_not_keep_it()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 09:30", Pay(300, "2026-11-10"))
            .Then("2026-11-10 10:00", new PromiseMade(Date("2026-11-20"), Eur(600))).Then("2026-11-15 10:00", Pay(301, "2026-11-15"));
        Assert.Equal(CaseStatus.Promised, life.Status);
    }

    [Fact]
    public void A_promise_judged_kept_stays_kept_when_the_money_goes_back()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new PromiseMade(Date("2026-11-20"), Eur(600)))
            .Then("2026-11-12 10:00", Pay(600, "2026-11-12") with { Id = "p" }).Then("2026-11-13 10:00", new PaymentReversed("p"));
        Assert.Equal((0, 1), (life.File.Silences.BrokenPromises, life.File.Silences.KeptPromises));
    }

    [Fact]
    public void Money_that_went_back_in_time_does_not_keep_a_promise()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new PromiseMade(Date("2026-11-20"), Eur(600)))
            .Then("2026-11-12 10:00", Pay(500, "2026-11-12") with { Id = "p" }, new PaymentReversed("p"), Pay(200, "2026-11-12")).Until("2026-11-24 00:00");
        Assert.Equal(1, life.File.Silences.BrokenPromises);
    }

    [Fact]
    public void A_new_promise_replaces_a_running_one_without_breaking_it_and_remembers_the_first_day()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new PromiseMade(Date("2026-11-13"))).Then("2026-11-13 10:00", new PromiseMade(Date("2026-11-25")));
        Assert.Equal((Date("2026-11-10"), Date("2026-11-13")), (life.File.Silences.Promise!.ChainFrom, life.File.Silences.Promise.MadeOn));
        life.Until("2026-12-01 00:00");
        Assert.Equal(1, life.File.Silences.BrokenPromises);
        Assert.Equal("2026-11-30 09:00 second sms", life.Until("2026-12-01 00:00").Sent[^1]);
    }

    [Fact]
    public void After_too_many_broken_promises_one_more_is_noted_and_silences_nothing()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", new PromiseMade(Date("2026-11-02"))).Then("2026-11-05 10:00", new PromiseMade(Date("2026-11-05")))
            .Then("2026-11-08 10:00", new PromiseMade(Date("2026-12-24")));
        Assert.Equal(2, life.File.Silences.BrokenPromises);
        Assert.Equal((WaitReason.Nothing, CaseStatus.Scheduled), (life.WaitsFor, life.Status));
        life.Until("2026-11-10 00:00").Sends("2026-10-28 09:00 courtesy email", "2026-11-09 09:00 first email");
        Assert.NotNull(life.File.Silences.Promise);
    }

    [Fact]
    public void A_whole_dispute_voids_a_promise_uncounted_and_a_partial_one_does_not()
    {
        var whole = Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", new PromiseMade(Date("2026-11-12")), Dispute()).Then("2026-11-03 10:00", new DisputeResolved("d", DisputeOutcome.Rejected));
        var partial = Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", new PromiseMade(Date("2026-11-12")), Dispute(400));
        Assert.Equal((null, 0, WaitReason.Nothing), (whole.File.Silences.Promise, whole.File.Silences.BrokenPromises, whole.WaitsFor));
        Assert.Equal(WaitReason.Promise, partial.WaitsFor);
    }

    [Fact]
    public void Money_that_comes_at_the_very_instant_a_promise_ends_keeps_it()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new PromiseMade(Date("2026-11-20"), Eur(600))).Then("2026-11-23 00:00", Pay(600, "2026-11-22"));
        Assert.Equal((0, 1), (life.File.Silences.BrokenPromises, life.File.Silences.KeptPromises));
    }

    [Fact]
    public void A_plan_that_is_followed_is_silence_to_its_end()
    {
        var life = OnPlan().Then("2026-11-20 10:00", Pay(400, "2026-11-20")).Then("2026-12-20 10:00", Pay(400, "2026-12-20")).Until("2027-01-19 00:00");
        Assert.Equal(CaseStatus.OnPlan, life.Status);
        life.Then("2027-01-20 10:00", Pay(400, "2027-01-20"));
        Assert.Equal(CaseStatus.Paid, life.Status);
        life.Sends("2026-10-28 09:00 courtesy email", "2026-11-09 09:00 first email");
    }

    [Theory]
    [InlineData(399.00, true)]
    [InlineData(398.99, false)]
    public void A_plan_breaks_at_the_end_of_the_grace_of_an_instalment_that_is_short_by_more_than_the_tolerance(double paid, bool holds)
    {
        var life = OnPlan().Then("2026-11-20 10:00", Pay((decimal)paid, "2026-11-20")).Until("2026-11-22 23:59");
        Assert.Equal(CaseStatus.OnPlan, life.Status);
        life.Until("2026-11-23 09:00");
        Assert.Equal(holds ? CaseStatus.OnPlan : CaseStatus.Reminding, life.Status);
        Assert.Equal(!holds, life.Lines.Contains("2026-11-23 00:00 task PlanBroken plan"));
        Assert.Equal(!holds, life.Until("2026-11-26 00:00").Sent.Contains("2026-11-25 09:00 second email"));
    }

    [Fact]
    public void Credit_notes_count_for_a_plan_and_money_in_advance_too()
    {
        var life = OnPlan().Then("2026-11-12 10:00", new CreditNoteIssued(Eur(300), Date("2026-11-12")), Pay(500, "2026-11-12")).Until("2026-12-30 00:00");
        Assert.Equal(CaseStatus.OnPlan, life.Status);
        Assert.Equal(CaseStatus.Reminding, life.Until("2027-01-24 00:00").Status);
    }

    [Fact]
    public void What_was_paid_before_the_agreement_is_no_instalment()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", Pay(300, "2026-11-02"))
            .Then("2026-11-10 10:00", new PlanAgreed([new(Date("2026-11-20"), Eur(300)), new(Date("2026-12-20"), Eur(600))]) { Id = "plan" }).Until("2026-11-23 00:00");
        Assert.Contains("2026-11-23 00:00 task PlanBroken plan", life.Lines);
    }

    [Fact]
    public void A_proposal_is_a_question_and_no_silence()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", new PlanProposed([new(Date("2026-11-20"), Eur(1200))]) { Id = "p" }).Until("2026-11-10 00:00");
        Assert.Equal([TaskKind.PlanProposal], life.File.Tasks.Select(t => t.Kind));
        Assert.Equal("2026-11-09 09:00 first email", life.Sent[^1]);
        life.Then("2026-11-10 10:00", new PlanAgreed([new(Date("2026-11-20"), Eur(1200))]));
        Assert.Empty(life.File.Tasks);
    }

    [Fact]
    public void A_case_re_opened_after_its_plan_ended_is_judged_on_the_day_it_re_opens()
    {
        var life = OnPlan().Then("2026-11-18 10:00", Pay(1200, "2026-11-18") with { Id = "p" }).Then("2027-02-03 10:00", new PaymentReversed("p")).Until("2027-02-04 00:00");
        Assert.Equal(["2026-11-18 10:00 is Paid", "2027-02-03 10:00 task PlanBroken plan", "2027-02-03 10:00 is Reminding", "2027-02-03 10:00 send second email", "2027-02-03 10:00 send second sms"], life.Lines.TakeLast(5));
    }

    private static Ladder OnPlan() => Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00",
        new PlanAgreed([new(Date("2026-11-20"), Eur(400)), new(Date("2026-12-20"), Eur(400)), new(Date("2027-01-20"), Eur(400))]) { Id = "plan" });

    private static DisputeOpened Dispute(decimal? amount = null) =>
        new(DisputeKind.Commercial, DisputeCode.Quality, amount is { } a ? Eur(a) : null) { Id = "d" };

    private static PaymentReceived Pay(decimal amount, string date) => new(Eur(amount), Date(date), "bank");
}
