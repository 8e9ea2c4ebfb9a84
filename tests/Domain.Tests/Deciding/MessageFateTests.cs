using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

public class MessageFateTests
{
    [Fact]
    public void A_message_is_claimed_once()
    {
        var life = Decided();
        var now = At("2026-11-09 09:00");
        Assert.True(MessageFates.MayLeave(life.State, Key("first"), FrB2b, now));
        var claimed = Decider.Decide(life.State, new MessageClaimed(Key("first")), FrB2b, now);
        Assert.False(MessageFates.MayLeave(claimed.State, Key("first"), FrB2b, now));
        Assert.Same(claimed.State, Decider.Decide(claimed.State, new MessageClaimed(Key("first")), FrB2b, now.AddMinutes(1)).State);
    }

    [Theory]
    [InlineData("2026-11-09 08:59")]
    [InlineData("2026-11-09 18:01")]
    [InlineData("2026-11-10 07:00")]
    [InlineData("2026-11-11 10:00")]
    public void A_message_decided_is_not_claimed_at_an_indecent_hour(string at)
    {
        var life = Decided();
        Assert.False(MessageFates.MayLeave(life.State, Key("first"), FrB2b, At(at)));
        Assert.Same(life.State, Decider.Decide(life.State, new MessageClaimed(Key("first")), FrB2b, At(at)).State);
    }

    [Theory]
    [InlineData("payment")]
    [InlineData("hold")]
    [InlineData("stop")]
    [InlineData("cancel")]
    [InlineData("partial payment")]
    public void The_last_look_before_a_message_leaves_sees_what_has_just_arrived(string what)
    {
        var life = Decided();
        var now = At("2026-11-09 09:00");
        var state = Decider.Decide(life.State, what switch
        {
            "payment" => new PaymentReceived(Eur(1200), Date("2026-11-09"), "bank") { Id = "x" },
            "partial payment" => new PaymentReceived(Eur(2), Date("2026-11-09"), "bank") { Id = "x" },
            "hold" => new Held("talks") { Id = "x" },
            "stop" => new SendingStopped(StopCause.Switch) { Id = "x" },
            _ => new Cancelled("mistake") { Id = "x" },
        }, FrB2b, now).State;
        Assert.False(MessageFates.MayLeave(state, Key("first"), FrB2b, now));
        Assert.Empty(MessageFates.Due(state, FrB2b, now));
        Assert.Same(state, Decider.Decide(state, new MessageClaimed(Key("first")), FrB2b, now).State);
    }

    [Fact]
    public void A_claim_nobody_answers_asks_to_be_looked_at_and_blocks_the_ladder()
    {
        var life = Claimed();
        Assert.Equal(At("2026-11-09 09:10"), Decider.WakeAt(life.State, FrB2b));
        Assert.Equal((Key("first"), At("2026-11-09 09:00")), MessageFates.Claimed(life.File).Single());
        life.Until("2026-12-30 00:00").Sends("2026-10-28 09:00 courtesy email", "2026-11-09 09:00 first email");
    }

    [Fact]
    public void An_uncertain_message_stops_the_ladder_until_a_person_says_what_became_of_it()
    {
        var life = Claimed().Then("2026-11-09 09:20", new MessageUncertain(Key("first"), "timeout")).Until("2026-12-20 00:00");
        Assert.Equal(WaitReason.UncertainMessage, life.WaitsFor);
        Assert.Equal([TaskKind.UncertainMessage], life.File.Tasks.Select(t => t.Kind));
        Assert.NotEmpty(life.Then("2026-12-20 09:00", new TaskDone(life.File.Tasks[0].Id)).File.Tasks);
        life.Provider = (key, _) => new MessageAccepted(key);
        life.Then("2026-12-20 10:00", new MessageAccepted(Key("first"))).Until("2026-12-29 00:00");
        Assert.Equal(["2026-12-28 09:00 second email", "2026-12-28 09:00 second sms"], life.Sent.TakeLast(2));
        Assert.Empty(life.File.Tasks);
    }

    [Fact]
    public void An_uncertain_message_said_not_gone_leaves_at_last()
    {
        var life = Claimed().Then("2026-11-09 09:20", new MessageUncertain(Key("first"), "timeout"));
        life.Provider = (key, _) => new MessageAccepted(key);
        life.Then("2026-11-13 20:00", new MessageDeferred(Key("first"), At("2026-11-13 20:00"), "not found")).Until("2026-11-17 00:00");
        Assert.Equal("2026-11-16 09:00 first email", life.Sent[^1]);
    }

    [Fact]
    public void A_bounce_opens_a_task_changes_no_date_and_takes_the_address_for_missing()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-12 15:00", new MessageBounced(Key("first"), "no such mailbox")).Until("2026-11-17 00:00");
        Assert.Equal(["2026-11-12 15:00 task BouncedMessage acme-f-1/first/email/1", "2026-11-16 09:00 task MissingAddress acme-f-1/second/email/1", "2026-11-16 09:00 send second sms"], life.Lines.TakeLast(3));
        Assert.Equal(At("2026-11-09 09:00"), life.File.Steps[1].At);
        life.Then("2026-11-17 10:00", new ContactChanged(Baker with { Email = "new@example.org" }));
        Assert.Equal([TaskKind.BouncedMessage], life.File.Tasks.Select(t => t.Kind));
        Assert.Empty(life.File.BadAddresses);
    }

    [Fact]
    public void A_late_bounce_of_an_old_address_does_not_spoil_the_new_one()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new ContactChanged(Baker with { Email = "new@example.org" }))
            .Then("2026-11-12 15:00", new MessageBounced(Key("first"), "no such mailbox")).Until("2026-11-17 00:00");
        Assert.Equal("2026-11-16 09:00 second email", life.Sent[^2]);
    }

    [Fact]
    public void A_contact_that_changes_elsewhere_leaves_the_bad_address_bad()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-12 15:00", new MessageBounced(Key("first"), "full")).Then("2026-11-12 16:00", new ContactChanged(Baker with { Phone = "+33611111111" }));
        Assert.Equal([Channel.Email], life.File.BadAddresses);
    }

    [Fact]
    public void A_bounced_formal_notice_blocks_the_next_step_until_done_or_made_good()
    {
        var bounced = Ladder.Smooth("2026-10-01 10:00").Then("2026-12-02 10:00", new MessageBounced(Key("formal-notice"), "gone")).Until("2027-01-10 00:00");
        Assert.Equal(WaitReason.BouncedNotice, bounced.WaitsFor);
        bounced.Then("2027-01-10 10:00", new ContactChanged(Baker with { Email = "new@example.org" }), new ResendAsked(Key("formal-notice"))).Until("2027-01-25 00:00");
        Assert.Contains("2027-01-11 09:00 formal-notice email 2", bounced.Sent);
        Assert.Equal(Date("2027-01-19"), bounced.File.Steps[4].Deadline);
        Assert.Contains("2027-01-20 09:00 task HandOver hand-over", bounced.Lines);

        var done = Ladder.Smooth("2026-10-01 10:00").Then("2026-12-02 10:00", new MessageBounced(Key("formal-notice"), "gone")).Until("2027-01-10 00:00");
        done.Then("2027-01-10 10:00", new TaskDone(done.File.Tasks.Single(t => t.Kind == TaskKind.BouncedMessage).Id)).Until("2027-01-12 00:00");
        Assert.Contains("2027-01-11 09:00 task HandOver hand-over", done.Lines);
    }

    [Fact]
    public void An_address_that_fails_between_the_decision_and_the_claim_becomes_a_task()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-15 00:00");
        life.Provider = (key, at) => new MessageDeferred(key, at.AddHours(1), "busy");
        life.Until("2026-11-16 09:30").Provider = (key, _) => new MessageAccepted(key);
        life.Then("2026-11-16 09:45", new MessageBounced(Key("first"), "gone")).Until("2026-11-17 00:00");
        Assert.Equal(["2026-11-16 09:45 task MissingAddress acme-f-1/second/email/1", "2026-11-16 10:00 send second sms"], life.Lines.TakeLast(2));
    }

    [Fact]
    public void A_refusal_is_a_task_and_the_step_has_happened()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-08 00:00");
        life.Provider = (key, _) => new MessageRefused(key, "invalid address");
        life.Until("2026-11-10 00:00");
        Assert.Equal([TaskKind.RefusedMessage], life.File.Tasks.Select(t => t.Kind));
        Assert.Equal((StepOutcome.Happened, At("2026-11-16 09:00")), (life.File.Steps[^1].Outcome, life.Next.At!.Value));
    }

    [Fact]
    public void A_message_that_cannot_be_handed_over_is_tried_for_three_business_days_then_becomes_a_task()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-08 00:00");
        life.Provider = (key, at) => new MessageDeferred(key, at.AddHours(4), "busy");
        life.Until("2026-11-14 00:00");
        life.Sends("2026-10-28 09:00 courtesy email",
            "2026-11-09 09:00 first email", "2026-11-09 13:00 first email", "2026-11-09 17:00 first email",
            "2026-11-10 09:00 first email", "2026-11-10 13:00 first email", "2026-11-10 17:00 first email",
            "2026-11-12 09:00 first email", "2026-11-12 13:00 first email", "2026-11-12 17:00 first email",
            "2026-11-13 09:00 first email", "2026-11-13 13:00 first email", "2026-11-13 17:00 first email");
        Assert.Contains("2026-11-14 00:00 task UndeliverableMessage acme-f-1/first/email/1", life.Lines);
        Assert.Equal(StepOutcome.Happened, life.File.Steps[^1].Outcome);
    }

    [Fact]
    public void While_sending_is_stopped_the_days_of_trying_do_not_run()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-08 00:00");
        life.Provider = (key, at) => new MessageDeferred(key, at.AddHours(4), "busy");
        life.Then("2026-11-09 10:00", new SendingStopped(StopCause.Switch)).Until("2026-12-09 10:00");
        Assert.Empty(life.File.Tasks);
        Assert.Equal((LegStatus.Issued, WaitReason.SendingStopped), (life.File.Steps[^1].Legs[0].Status, life.WaitsFor));
        life.Then("2026-12-09 10:00", new SendingResumed()).Until("2026-12-13 23:59");
        Assert.Empty(life.File.Tasks);
        Assert.Contains("2026-12-14 00:00 task UndeliverableMessage acme-f-1/first/email/1", life.Until("2026-12-15 00:00").Lines);
    }

    [Fact]
    public void A_resend_is_the_next_sending_and_asked_twice_it_is_one()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 20:00", new ResendAsked(Key("first")), new ResendAsked(Key("first"))).Until("2026-11-13 00:00");
        life.Sends("2026-10-28 09:00 courtesy email", "2026-11-09 09:00 first email", "2026-11-12 09:00 first email 2");
        Assert.Equal(At("2026-11-16 09:00"), life.Next.At);
    }

    [Fact]
    public void A_resend_leaves_although_the_ladder_waits_for_something_else()
    {
        var done = Ladder.Of("2026-10-01 10:00", Valid(OneStep(7))).Then("2026-12-01 20:00", new ResendAsked(Key("only"))).Until("2026-12-03 00:00");
        Assert.Equal("2026-12-02 09:00 only email 2", done.Sent[^1]);
        var unposted = Ladder.Of("2026-10-01 10:00").Then("2026-12-20 10:00", new ResendAsked(Key("second"))).Until("2026-12-22 00:00");
        Assert.Equal("2026-12-21 09:00 second email 2", unposted.Sent[^1]);
        var held = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", new Held("talks"), new ResendAsked(Key("first"))).Until("2026-12-22 00:00");
        Assert.Equal(2, held.Sent.Count);
    }

    [Fact]
    public void A_formal_notice_is_not_sent_again_while_a_dispute_is_open()
    {
        var life = Ladder.Smooth("2026-10-01 10:00").Then("2026-12-02 10:00", new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality, Eur(100)), new ResendAsked(Key("formal-notice"))).Until("2027-01-01 00:00");
        Assert.DoesNotContain(life.Sent, s => s.EndsWith(" 2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_call_cannot_be_sent_again()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-24 10:00", new ResendAsked(Key("call", Channel.Call)));
        Assert.Single(life.File.Steps[3].Legs);
    }

    [Fact]
    public void A_channel_of_a_courtesy_that_had_not_left_by_the_due_date_lapses()
    {
        var life = Ladder.Of("2026-10-01 10:00", Valid(FrB2bDraft.With("courtesy", s => s with { Channels = [Channel.Email, Channel.Sms] })));
        life.Provider = (key, at) => key.Channel == Channel.Sms ? new MessageDeferred(key, At("2026-11-02 10:00"), "busy") : new MessageAccepted(key);
        life.Until("2026-11-05 00:00").Sends("2026-10-28 09:00 courtesy email", "2026-10-28 09:00 courtesy sms");
        Assert.Equal((StepOutcome.Happened, LegStatus.Withdrawn), (life.File.Steps[0].Outcome, life.File.Steps[0].Legs[1].Status));
    }

    [Fact]
    public void A_step_that_waits_for_a_missing_phone_is_still_taken_back_when_money_comes()
    {
        var life = Ladder.Of("2026-10-01 10:00", debtor: Baker with { Phone = null }).Until("2026-11-15 00:00");
        life.Provider = (key, at) => new MessageDeferred(key, at.AddHours(1), "busy");
        life.Then("2026-11-16 09:30", new PaymentReceived(Eur(10), Date("2026-11-16"), "bank"));
        Assert.DoesNotContain(life.File.Steps, s => s.Id == "second");
        Assert.Empty(life.File.Tasks);
        Assert.Equal(At("2026-11-23 09:00"), life.Next.At);
    }

    [Fact]
    public void News_of_a_message_nobody_knows_changes_nothing()
    {
        var life = Ladder.Of("2026-10-01 10:00");
        var state = life.State;
        foreach (var news in new CaseEvent[] { new MessageAccepted(Key("first")), new MessageBounced(Key("call"), "x"), new MessageDelivered(Key("x", Channel.Sms, 7)), new LetterPosted(Key("first"), DueDate) })
            Assert.Same(state, Decider.Decide(state, news, FrB2b, At("2026-10-02 10:00")).State);
    }

    [Fact]
    public void A_key_reads_back_what_it_wrote()
    {
        var key = Key("formal-notice", Channel.Letter, 2);
        Assert.Equal("acme-f-1/formal-notice/letter/2", key.ToString());
        Assert.Equal(key, MessageKey.Parse(key.ToString()));
        foreach (var wrong in new[] { "", "a/b/email", "a/b/fax/1", "a/b/email/0", "a/b/email/x", "a/b/email/1/2" })
            Assert.Throws<FormatException>(() => MessageKey.Parse(wrong));
    }

    private static Ladder Decided()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-08 00:00");
        life.Then("2026-11-09 08:59");
        var state = Decider.Decide(life.State, new WokeUp(), FrB2b, At("2026-11-09 09:00")).State;
        return life.From(state);
    }

    private static Ladder Claimed()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-08 00:00");
        life.Provider = (_, _) => null;
        return life.Until("2026-11-09 09:00");
    }
}
