using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

public class SilenceTests
{
    [Fact]
    public void A_hold_with_a_date_ends_at_the_end_of_that_day()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new Held("talks", Date("2026-11-15"))).Until("2026-11-15 23:59");
        Assert.Equal(CaseStatus.Held, life.Status);
        Assert.Equal("2026-11-16 09:00 first email", life.Until("2026-11-17 00:00").Sent[^1]);
    }

    [Fact]
    public void A_hold_without_a_date_is_reviewed_every_thirty_days_once_at_a_time()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new Held("talks")).Until("2026-12-05 00:00");
        var review = Assert.Single(life.File.Tasks);
        life.Until("2027-01-10 00:00");
        Assert.Equal([review], life.File.Tasks);
        life.Then("2027-01-10 10:00", new TaskDone(review.Id)).Until("2027-02-04 00:00");
        Assert.Equal(["2026-12-05 00:00 task HoldReview Case", "2027-02-03 00:00 task HoldReview Case"], life.Lines.TakeLast(2));
        Assert.Empty(life.Then("2027-02-04 10:00", new Released()).File.Tasks);
    }

    [Fact]
    public void The_moment_a_silence_ends_the_outlook_is_an_instant_to_come()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new Held("talks")).Until("2026-11-17 20:00");
        var released = Decider.Decide(life.State, new Released { Id = "x" }, FrB2b, At("2026-11-17 20:00")).State;
        Assert.Equal(new("first", At("2026-11-18 09:00"), DueBecause.Unblocked, WaitReason.Nothing), Standing.Next(released, FrB2b));
        Assert.Equal(At("2026-11-18 09:00"), Decider.WakeAt(released, FrB2b));
    }

    [Fact]
    public void A_hold_of_the_debtor_and_one_of_the_case_are_two()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new Held("a"), new Held("b", null, HoldScope.Debtor)).Then("2026-11-06 10:00", new Released());
        Assert.Equal(CaseStatus.Held, life.Status);
        Assert.Equal(CaseStatus.Scheduled, life.Then("2026-11-06 11:00", new Released(HoldScope.Debtor)).Status);
    }

    [Fact]
    public void A_case_imported_held_says_nothing_until_released()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-10-01 10:00", new Held("import")).Until("2026-12-01 10:00");
        life.Sends();
        life.Then("2026-12-01 10:00", new Released()).Until("2026-12-02 00:00").Sends("2026-12-01 10:00 first email");
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(1199, false)]
    [InlineData(1199.01, true)]
    [InlineData(1200, true)]
    public void A_dispute_that_leaves_less_than_the_tolerance_is_about_the_whole(double amount, bool whole) =>
        Assert.Equal(whole ? CaseStatus.Disputed : CaseStatus.Scheduled, Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", Dispute((decimal)amount)).Status);

    [Fact]
    public void Without_any_tolerance_a_dispute_of_all_that_is_owed_is_still_about_the_whole() =>
        Assert.Equal(CaseStatus.Disputed, Ladder.Of("2026-10-01 10:00", Valid(FrB2bDraft with { Tolerance = 0 })).Then("2026-11-05 10:00", Dispute(1200)).Status);

    [Fact]
    public void A_partial_dispute_lets_reminders_go_and_keeps_formal_steps_waiting()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", Dispute(400)).Until("2027-01-10 00:00");
        life.Sends("2026-10-28 09:00 courtesy email", "2026-11-09 09:00 first email", "2026-11-16 09:00 second email", "2026-11-16 09:00 second sms");
        Assert.Equal((WaitReason.Dispute, CaseStatus.Reminding, Eur(400)), (life.WaitsFor, life.Status, Waiting.DisputedAmount(life.File)));
        life.Then("2027-01-10 10:00", new DisputeResolved("d", DisputeOutcome.Rejected)).Until("2027-01-12 00:00");
        Assert.Equal("2027-01-11 09:00 formal-notice email", life.Sent[^1]);
    }

    [Fact]
    public void Two_partial_disputes_of_everything_are_a_silence() =>
        Assert.Equal(CaseStatus.Disputed, Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", Dispute(400), Dispute(800) with { Id = "e" }).Status);

    [Fact]
    public void A_dispute_is_reviewed_after_five_business_days_and_again_if_it_outlives_its_review()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", Dispute()).Until("2026-11-20 00:00");
        Assert.Equal("2026-11-13 09:00 task DisputeReview d", life.Lines[^1]);
        life.Then("2026-11-20 10:00", new TaskDone(life.File.Tasks[0].Id)).Until("2026-12-20 00:00");
        Assert.Equal("2026-11-27 09:00 task DisputeReview d", life.Lines[^1]);
    }

    [Theory]
    [InlineData(DisputeOutcome.Upheld, null, 800)]
    [InlineData(DisputeOutcome.Credited, 150, 1050)]
    [InlineData(DisputeOutcome.Rejected, null, 1200)]
    public void A_dispute_resolved_credits_what_was_right(DisputeOutcome outcome, int? amount, int balance)
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", Dispute(400)).Then("2026-11-20 10:00", new DisputeResolved("d", outcome, amount is { } a ? Eur(a) : null));
        Assert.Equal((Eur(balance), WaitReason.Nothing), (life.File.Balance, life.WaitsFor));
        Assert.Empty(life.File.Tasks);
    }

    [Fact]
    public void A_dispute_of_the_whole_upheld_closes_the_case() =>
        Assert.Equal(CaseStatus.Paid, Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", Dispute(), new DisputeResolved("d", DisputeOutcome.Upheld)).Status);

    [Fact]
    public void A_pending_payment_silences_until_its_grace_is_over_and_is_no_promise()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new PaymentPending(Date("2026-11-13"), null, "debit-1")).Until("2026-11-15 23:59");
        Assert.Equal(WaitReason.PendingPayment, life.WaitsFor);
        Assert.Equal("2026-11-16 09:00 first email", life.Until("2026-11-17 00:00").Sent[^1]);
        Assert.Equal(0, life.File.Silences.BrokenPromises);
    }

    [Theory]
    [InlineData("debit-1")]
    [InlineData("pending-id")]
    public void The_money_announced_ends_the_wait_when_it_arrives(string reference)
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new PaymentPending(Date("2026-12-13"), Eur(500), "debit-1") { Id = "pending-id" })
            .Then("2026-11-06 10:00", new PaymentReceived(Eur(500), Date("2026-11-06"), "gocardless", reference));
        Assert.Equal(WaitReason.Nothing, life.WaitsFor);
        Assert.Equal(WaitReason.PendingPayment, Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new PaymentPending(Date("2026-12-13")), new PaymentReceived(Eur(500), Date("2026-11-06"), "bank")).WaitsFor);
    }

    [Fact]
    public void A_reply_silences_three_business_days_and_formal_steps_until_it_is_read()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-06 10:00", new ReplyReceived("email", "wrong address") { Id = "r" }).Until("2026-11-12 23:59");
        Assert.Equal(WaitReason.Reply, life.WaitsFor);
        life.Until("2027-01-10 00:00").Sends("2026-10-28 09:00 courtesy email", "2026-11-13 09:00 first email", "2026-11-18 09:00 second email", "2026-11-18 09:00 second sms");
        Assert.Equal(WaitReason.Reply, life.WaitsFor);
        Assert.Null(life.Next.At);
        life.Then("2027-01-10 10:00", new ReplyClassified("r", "question")).Until("2027-01-12 00:00");
        Assert.Equal("2027-01-11 09:00 formal-notice email", life.Sent[^1]);
        Assert.DoesNotContain(life.File.Tasks, t => t.Kind == TaskKind.Reply);
    }

    [Fact]
    public void The_task_of_a_reply_is_not_done_without_reading_it()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-06 10:00", new ReplyReceived("email"));
        Assert.NotEmpty(life.Then("2026-11-06 11:00", new TaskDone(life.File.Tasks[0].Id)).File.Tasks);
    }

    [Fact]
    public void Insolvency_stops_everything_and_asks_to_declare_the_claim_by_its_date()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new InsolvencyOpened(Date("2026-11-03"), Date("2027-01-05"))).Until("2029-01-01 00:00");
        life.Sends("2026-10-28 09:00 courtesy email");
        var task = Assert.Single(life.File.Tasks);
        Assert.Equal((TaskKind.DeclareClaim, Date("2027-01-05"), CaseStatus.Insolvent), (task.Kind, task.DueOn, life.Status));
    }

    [Fact]
    public void A_paid_case_of_a_bankrupt_debtor_declares_its_claim_only_if_the_money_goes_back()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new PaymentReceived(Eur(1200), Date("2026-11-05"), "bank") { Id = "p" })
            .Then("2026-11-10 10:00", new InsolvencyOpened(Date("2026-11-03"), Date("2027-01-05")));
        Assert.Empty(life.File.Tasks);
        Assert.Equal([TaskKind.DeclareClaim], life.Then("2026-11-12 10:00", new PaymentReversed("p")).File.Tasks.Select(t => t.Kind));
    }

    [Fact]
    public void The_books_too_old_stop_sending_and_say_so()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new SendingStopped(StopCause.Ledger)).Until("2026-11-20 10:00");
        Assert.Equal((WaitReason.Ledger, CaseStatus.Scheduled), (life.WaitsFor, life.Status));
        life.Then("2026-11-20 10:00", new SendingResumed()).Until("2026-11-21 00:00").Sends("2026-10-28 09:00 courtesy email", "2026-11-20 10:00 first email");
    }

    [Fact]
    public void A_stop_reaches_a_closed_case_too_and_holds_when_it_re_opens()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new PaymentReceived(Eur(1200), Date("2026-11-05"), "bank") { Id = "p" })
            .Then("2026-11-10 10:00", new SendingStopped(StopCause.Switch)).Then("2026-11-12 10:00", new PaymentReversed("p")).Until("2026-12-12 10:00");
        Assert.Equal(WaitReason.SendingStopped, life.WaitsFor);
    }

    private static DisputeOpened Dispute(decimal? amount = null) =>
        new(DisputeKind.Commercial, DisputeCode.Quality, amount is { } a ? Eur(a) : null) { Id = "d" };
}
