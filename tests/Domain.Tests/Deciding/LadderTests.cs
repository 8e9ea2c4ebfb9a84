using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

public class LadderTests
{
    [Fact]
    public void A_debtor_who_never_answers_hears_every_step_and_ends_with_a_person() => Ladder.Smooth("2026-10-01 10:00").Until("2027-06-01 00:00").Tells("""
        2026-10-28 09:00 send courtesy email
        2026-11-09 09:00 send first email
        2026-11-09 09:00 is Reminding
        2026-11-16 09:00 send second email
        2026-11-16 09:00 send second sms
        2026-11-23 09:00 task Call call
        2026-11-30 09:00 send formal-notice letter
        2026-11-30 09:00 send formal-notice email
        2026-11-30 09:00 is FormalNotice
        2026-12-15 09:00 task Approval hand-over
        2026-12-15 09:00 task HandOver hand-over
        2026-12-15 09:00 is HandedOver
        """);

    [Fact]
    public void A_ladder_that_ends_with_a_message_asks_what_now()
    {
        var life = Ladder.Of("2026-10-01 10:00", Valid(OneStep(7))).Until("2026-12-01 00:00");
        Assert.Equal("2026-11-09 09:00 task WhatNow", life.Lines[1]);
        Assert.Equal(WaitReason.Person, life.WaitsFor);
    }

    [Fact]
    public void A_rejected_last_step_asks_what_now()
    {
        var life = Ladder.Smooth("2026-10-01 10:00");
        life.Until("2026-12-14 00:00").ApprovesAtOnce = false;
        life.Then("2026-12-16 10:00", new StepRejected("hand-over", "a friend"));
        Assert.Equal(["2026-12-15 09:00 task Approval hand-over", "2026-12-16 10:00 lapse hand-over", "2026-12-16 10:00 task WhatNow"], life.Lines.TakeLast(3));
        Assert.Equal("rejected: a friend", life.File.Steps[^1].Why);
    }

    [Fact]
    public void What_now_answered_is_asked_again_in_a_month_while_money_is_owed()
    {
        var life = Ladder.Of("2026-10-01 10:00", Valid(OneStep(7))).Until("2026-11-10 00:00");
        life.Then("2026-11-10 10:00", new TaskDone(life.File.Tasks[0].Id)).Until("2027-01-01 00:00");
        Assert.Equal("2026-12-10 00:00 task WhatNow", life.Lines[^1]);
    }

    [Fact]
    public void A_hand_over_done_is_asked_about_again_in_a_month()
    {
        var life = Ladder.Smooth("2026-10-01 10:00").Until("2026-12-16 00:00");
        life.Then("2026-12-16 10:00", new TaskDone(life.File.Tasks.Single(t => t.Kind == TaskKind.HandOver).Id)).Until("2027-03-01 00:00");
        Assert.Equal("2027-01-15 00:00 task WhatNow", life.Lines[^1]);
        Assert.Equal(CaseStatus.HandedOver, life.Status);
    }

    [Fact]
    public void A_call_nobody_logs_is_recorded_not_made_after_five_days_and_blocks_nothing()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-28 23:59");
        Assert.Contains(life.File.Tasks, t => t.Kind == TaskKind.Call);
        life.Until("2026-11-30 09:00");
        Assert.DoesNotContain(life.File.Tasks, t => t.Kind == TaskKind.Call);
        Assert.Equal("not made", life.File.Steps[3].Legs[0].Why);
        Assert.Equal("formal-notice", life.File.Steps[^1].Id);
    }

    [Fact]
    public void A_call_logged_keeps_its_outcome()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-24 10:00", new CallLogged("call", "will pay")).Until("2026-11-30 08:00");
        Assert.Equal("will pay", life.File.Steps[3].Legs[0].Why);
        Assert.Empty(life.File.Tasks);
    }

    [Fact]
    public void A_consumers_formal_notice_and_every_hand_over_wait_for_approval()
    {
        var life = Ladder.Of("2026-10-01 10:00", FrB2c, debtor: Person).Until("2027-01-20 00:00");
        Assert.Equal((WaitReason.Approval, "2026-12-07 09:00 task Approval formal-notice"), (life.WaitsFor, life.Lines[^1]));
        life.Then("2027-01-20 20:00", new StepApproved("formal-notice")).Until("2027-01-22 00:00");
        Assert.Equal("2027-01-21 09:00 formal-notice email", life.Sent[^1]);
        Assert.Equal(Date("2027-02-05"), life.File.Steps[^1].Deadline);
    }

    [Fact]
    public void A_formal_notice_is_never_the_first_thing_a_debtor_hears()
    {
        var life = Ladder.Of("2026-10-01 10:00", Valid(FrB2bDraft.With("formal-notice", s => s with { Approval = false })));
        life.Provider = (key, _) => new MessageBounced(key, "no such mailbox");
        life.Until("2026-12-20 00:00");
        Assert.Equal(WaitReason.Approval, life.WaitsFor);
        Assert.Equal("2026-11-30 09:00 task Approval formal-notice", life.Lines[^1]);
    }

    [Fact]
    public void A_bounce_between_the_decision_and_the_claim_of_a_formal_notice_takes_it_back_for_approval()
    {
        var onlyFirst = Valid(FrB2bDraft with { Steps = [.. FrB2bDraft.Steps.Where(s => s.Id is "first" or "formal-notice")] });
        var life = Ladder.Of("2026-10-01 10:00", onlyFirst).Until("2026-11-29 00:00");
        life.Then("2026-11-30 08:59").Provider = (key, at) => new MessageDeferred(key, at.AddHours(1), "busy");
        life.Until("2026-11-30 09:30").Provider = (key, _) => new MessageAccepted(key);
        life.Then("2026-11-30 09:45", new MessageBounced(Key("first"), "gone")).Until("2026-12-10 00:00");
        Assert.Equal(WaitReason.Approval, life.WaitsFor);
    }

    [Fact]
    public void An_approved_step_keeps_its_date()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", new StepApproved("hand-over")).Until("2026-12-01 00:00")
            .Then("2026-12-01 10:00", new LetterPosted(Key("formal-notice", Channel.Letter), Date("2026-12-01"))).Until("2026-12-16 00:00");
        Assert.Contains("2026-12-15 09:00 task HandOver hand-over", life.Lines);
    }

    [Fact]
    public void Only_the_next_step_can_be_rejected()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new StepRejected("call"));
        Assert.Equal(["courtesy", "first"], life.File.Steps.Select(s => s.Id));
    }

    [Fact]
    public void A_step_whose_balance_is_too_small_lapses_on_the_record_and_gives_no_gap()
    {
        var policy = Valid(FrB2bDraft.With("second", s => s with { MinBalance = 500 }));
        var life = Ladder.Of("2026-10-01 10:00", policy).Then("2026-11-02 10:00", new CreditNoteIssued(Eur(701), Date("2026-11-02"))).Until("2026-11-24 00:00");
        Assert.Equal(["2026-11-16 09:00 lapse second", "2026-11-23 09:00 task Call call"], life.Lines.TakeLast(2));
        Ladder.Of("2026-10-01 10:00", policy).Then("2026-11-02 10:00", new CreditNoteIssued(Eur(700), Date("2026-11-02"))).Until("2026-11-17 00:00")
            .Sends("2026-10-28 09:00 courtesy email", "2026-11-09 09:00 first email", "2026-11-16 09:00 second email", "2026-11-16 09:00 second sms");
    }

    [Fact]
    public void A_message_that_had_not_left_when_the_balance_fell_too_low_lapses()
    {
        var life = Ladder.Of("2026-10-01 10:00", Valid(FrB2bDraft.With("first", s => s with { MinBalance = 500 }))).Until("2026-11-08 00:00");
        life.Provider = (key, at) => new MessageDeferred(key, at.AddHours(1), "busy");
        life.Then("2026-11-09 09:30", new CreditNoteIssued(Eur(800), Date("2026-11-09"))).Until("2026-11-10 00:00");
        Assert.Equal(["2026-11-09 09:00 send first email", "2026-11-09 09:30 lapse first"], life.Lines.TakeLast(2));
    }

    [Fact]
    public void The_smallest_balance_of_a_step_is_what_is_not_disputed()
    {
        var policy = Valid(FrB2bDraft.With("first", s => s with { MinBalance = 500 }));
        var life = Ladder.Of("2026-10-01 10:00", policy).Then("2026-11-02 10:00", new DisputeOpened(DisputeKind.Commercial, DisputeCode.WrongAmount, Eur(800))).Until("2026-11-10 00:00");
        Assert.Contains("2026-11-09 09:00 lapse first", life.Lines);
    }

    [Fact]
    public void A_repeated_step_comes_at_its_rhythm_and_stops()
    {
        var policy = Valid(FrB2bDraft with { Steps = [Step("first", 7, Channel.Email) with { Repeat = new(7, 2) }] });
        Ladder.Of("2026-10-01 10:00", policy).Until("2027-06-01 00:00")
            .Sends("2026-11-09 09:00 first email", "2026-11-16 09:00 first.2 email", "2026-11-23 09:00 first.3 email");
    }

    [Fact]
    public void Reminders_already_sent_are_not_sent_again()
    {
        var life = Ladder.Of("2026-11-20 10:00", alreadySent: 1).Until("2026-11-26 00:00");
        life.Tells("""
            2026-11-20 10:00 lapse courtesy
            2026-11-25 09:00 send second email
            2026-11-25 09:00 send second sms
            """);
        Assert.Equal(CaseStatus.Reminding, life.Status);
        Assert.Equal(StepOutcome.Elsewhere, life.File.Steps[1].Outcome);
    }

    [Fact]
    public void A_formal_notice_is_never_presumed_and_reminders_sent_elsewhere_were_not_heard_by_us()
    {
        var life = Ladder.Of("2026-12-20 10:00", alreadySent: 9);
        Assert.Equal(["courtesy", "first", "second", "call"], life.File.Steps.Select(s => s.Id));
        life.Until("2027-01-10 00:00");
        Assert.Equal(WaitReason.Approval, life.WaitsFor);
    }

    [Fact]
    public void A_ladder_all_climbed_elsewhere_asks_what_now() =>
        Assert.Equal(WaitReason.Person, Ladder.Of("2026-11-20 10:00", Valid(OneStep(7)), alreadySent: 1).WaitsFor);

    [Fact]
    public void An_invoice_not_sent_yet_is_not_chased_before_it_is()
    {
        var life = Ladder.Of("2026-10-01 10:00", invoice: Sample.Invoice with { Unsent = true }).Until("2026-11-20 00:00");
        Assert.Equal((WaitReason.InvoiceNotSent, CaseStatus.Scheduled), (life.WaitsFor, life.Status));
        life.Sends();
        life.Then("2026-11-20 15:00", new InvoiceSent(At("2026-11-20 14:00"))).Until("2026-11-24 00:00").Sends("2026-11-20 15:00 first email");
    }

    [Fact]
    public void Send_now_moves_the_next_step_before_its_date_and_breaks_no_other_rule()
    {
        Ladder.Of("2026-10-01 10:00").Then("2026-11-10 20:00", new StepHastened("second")).Until("2026-11-16 00:00").Sends(
            "2026-10-28 09:00 courtesy email", "2026-11-09 09:00 first email");
        Ladder.Of("2026-10-01 10:00").Then("2026-11-03 20:00", new StepHastened("first")).Until("2026-11-06 00:00").Sends(
            "2026-10-28 09:00 courtesy email", "2026-11-04 09:00 first email");
        Ladder.Of("2026-10-01 10:00").Then("2026-11-03 20:00", new Held("talks"), new StepHastened("first")).Until("2026-12-06 00:00").Sends(
            "2026-10-28 09:00 courtesy email");
    }

    [Fact]
    public void Send_now_never_says_late_what_is_not()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-10-05 10:00", new StepRejected("courtesy"), new StepHastened("first")).Until("2026-11-03 00:00");
        life.Sends("2026-11-02 09:00 first email");
    }

    [Fact]
    public void Send_now_brings_the_courtesy_forward() =>
        Ladder.Of("2026-10-01 10:00").Then("2026-10-05 10:00", new StepHastened("courtesy")).Until("2026-10-30 00:00").Sends("2026-10-05 10:00 courtesy email");

    [Fact]
    public void A_case_moved_to_another_policy_goes_on_from_the_height_it_reached()
    {
        var life = Ladder.Smooth("2026-10-01 10:00").Until("2026-11-17 00:00");
        life.Policy = FrB2bFast;
        life.Then("2026-11-17 10:00", new PolicyMoved(RefOf(FrB2bFast))).Until("2026-12-20 00:00");
        Assert.Equal(RefOf(FrB2b), life.State.Known!.MovedFrom);
        Assert.Equal(RefOf(FrB2bFast), life.File.Policy);
        Assert.Equal(["2026-11-17 10:00 lapse call", "2026-11-17 10:00 lapse formal-notice"], life.Lines.Where(l => l.StartsWith("2026-11-17", StringComparison.Ordinal)));
        Assert.Equal("2026-11-25 09:00 task HandOver hand-over", life.Lines[^2]);
    }

    [Fact]
    public void After_a_formal_notice_no_policy_speaks_mildly_again()
    {
        var life = Ladder.Smooth("2026-10-01 10:00").Until("2026-12-01 00:00");
        var mild = Valid(FrB2bDraft with { Name = "mild", Steps = [Step("soft", 40, Channel.Email), Step("softer", 60, Channel.Email), Step("phone", 70, Channel.Call)] });
        life.Policy = mild;
        life.Then("2026-12-01 10:00", new PolicyMoved(RefOf(mild))).Until("2027-06-01 00:00");
        Assert.Equal(["2026-12-01 10:00 lapse soft", "2026-12-01 10:00 lapse softer", "2027-01-11 09:00 task Call phone", "2027-01-11 09:00 task WhatNow"], life.Lines.TakeLast(4));
    }

    [Fact]
    public void After_a_hand_over_no_policy_does_anything_more()
    {
        var life = Ladder.Smooth("2026-10-01 10:00").Until("2026-12-20 00:00");
        var longer = Valid(FrB2bDraft with { Name = "longer", Steps = [Step("again", 90, Channel.Call)] });
        life.Policy = longer;
        life.Then("2026-12-20 10:00", new PolicyMoved(RefOf(longer))).Until("2027-06-01 00:00");
        Assert.Equal("2026-12-20 10:00 lapse again", life.Lines[^1]);
    }

    [Fact]
    public void An_approval_given_under_a_policy_is_not_one_under_another()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new StepApproved("hand-over"));
        life.Policy = FrB2bFast;
        life.Then("2026-11-10 11:00", new PolicyMoved(RefOf(FrB2bFast)));
        Assert.Empty(life.File.Approved);
    }
}
