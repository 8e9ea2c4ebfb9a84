using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

public class ScheduleTests
{
    [Theory]
    [InlineData(7, "2026-10-24", "2026-11-02 09:00")]   // Saturday the 31st, then All Saints' on a Sunday
    [InlineData(0, "2026-11-11", "2026-11-12 09:00")]   // armistice, a Wednesday
    [InlineData(0, "2026-12-25", "2026-12-28 09:00")]   // Christmas on a Friday, then the week-end
    [InlineData(0, "2028-02-29", "2028-02-29 09:00")]
    [InlineData(1, "2028-02-28", "2028-02-29 09:00")]
    [InlineData(366, "2028-02-29", "2029-03-01 09:00")]
    [InlineData(1, "2026-12-31", "2027-01-04 09:00")]
    public void A_reminder_on_a_day_off_moves_to_the_next_business_day(int offset, string dueDate, string leaves) =>
        Of("2026-09-01 10:00", Valid(OneStep(offset)), Due(dueDate)).Until("2030-01-01 00:00").Sends($"{leaves} only email");

    [Theory]
    [InlineData(-3, "2026-11-04", "2026-10-30 09:00")]  // Sunday the 1st goes back to Friday
    [InlineData(-1, "2026-11-12", "2026-11-10 09:00")]  // armistice
    [InlineData(-1, "2026-04-07", "2026-04-03 09:00")]  // Easter Monday; Good Friday is worked in Paris
    [InlineData(-365, "2028-02-29", "2027-03-01 09:00")]
    public void A_reminder_before_the_due_date_moves_to_the_business_day_before(int offset, string dueDate, string leaves) =>
        Of("2026-02-02 10:00", Valid(OneStep(offset)), Due(dueDate)).Until("2028-03-01 00:00").Sends($"{leaves} only email");

    [Theory]
    [InlineData("FR", "75001", "2026-12-26", "2026-12-28")]
    [InlineData("FR", "75001", "2025-12-26", "2025-12-26")]
    [InlineData("FR", "67000", "2025-12-26", "2025-12-29")]
    [InlineData("FR", "67000", "2026-04-03", "2026-04-07")]
    [InlineData("FR", "75001", "2026-04-03", "2026-04-03")]
    [InlineData("BE", "1000", "2026-07-14", "2026-07-14")]
    [InlineData("FR", "75001", "2026-07-14", "2026-07-15")]
    [InlineData("BE", "1000", "2026-07-21", "2026-07-22")]
    [InlineData("BE", "1000", "2026-05-08", "2026-05-08")]
    [InlineData("FR", "75001", "2026-05-08", "2026-05-11")]
    [InlineData("DE", "10115", "2026-07-14", "2026-07-15")]
    public void The_holidays_are_those_of_the_debtors_country(string country, string postcode, string dueDate, string leaves) =>
        Of("2025-09-01 10:00", Valid(OneStep(0)), Due(dueDate), Baker with { Country = country, Address = new("1 rue", null, postcode, "Ville") })
            .Until("2027-01-01 00:00").Sends($"{leaves} 09:00 only email");

    [Theory]
    [InlineData("Europe/Paris", "2026-03-27", "2026-03-27T08:00Z")]
    [InlineData("Europe/Paris", "2026-03-30", "2026-03-30T07:00Z")]
    [InlineData("Europe/Paris", "2026-10-23", "2026-10-23T07:00Z")]
    [InlineData("Europe/Paris", "2026-10-26", "2026-10-26T08:00Z")]
    public void Nine_in_the_morning_stays_nine_across_a_change_of_the_clocks(string zone, string dueDate, string utc)
    {
        var life = Of("2026-02-01 10:00", Valid(OneStep(0) with { TimeZone = zone }), Due(dueDate));
        Assert.Equal(utc, life.Next.At!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_send_time_that_the_clocks_skip_moves_forward_by_the_gap()
    {
        // Cairo changes its clocks on a Friday at midnight: 00:30 does not exist.
        var night = OneStep(0) with { TimeZone = "Africa/Cairo", SendAt = new(0, 30), WindowFrom = new(0, 0), WindowTo = new(5, 0) };
        Of("2026-02-01 10:00", Valid(night), Due("2026-04-24")).Until("2026-06-01 00:00").Sends("2026-04-24 01:30 only email");
    }

    [Fact]
    public void A_send_time_that_comes_twice_is_the_earlier()
    {
        // Cairo again: Thursday 2026-10-29 ends twice, and 23:30 comes at 20:30 and at 21:30 UTC.
        var night = OneStep(0) with { TimeZone = "Africa/Cairo", SendAt = new(23, 30), WindowFrom = new(20, 0), WindowTo = new(23, 59) };
        var life = Of("2026-02-01 10:00", Valid(night), Due("2026-10-29"));
        Assert.Equal(new DateTimeOffset(2026, 10, 29, 20, 30, 0, TimeSpan.Zero), life.Next.At);
    }

    [Theory]
    [InlineData("2026-11-05 08:29", "2026-11-05 09:00")]  // before the window: its first sendAt, the same day
    [InlineData("2026-11-05 08:30", "2026-11-05 08:30")]  // its first instant
    [InlineData("2026-11-05 08:45", "2026-11-05 08:45")]  // inside, before sendAt
    [InlineData("2026-11-05 14:12", "2026-11-05 14:12")]
    [InlineData("2026-11-05 18:00", "2026-11-05 18:00")]  // its last instant
    [InlineData("2026-11-05 18:00:01", "2026-11-06 09:00")]
    [InlineData("2026-11-05 23:59", "2026-11-06 09:00")]
    [InlineData("2026-11-06 00:00", "2026-11-06 09:00")]
    [InlineData("2026-11-06 19:00", "2026-11-09 09:00")]  // Friday evening
    [InlineData("2026-11-07 10:00", "2026-11-09 09:00")]  // Saturday
    [InlineData("2026-11-11 10:00", "2026-11-12 09:00")]  // armistice
    public void Registered_late_the_first_step_leaves_in_the_next_hour_that_is_decent(string registered, string leaves) =>
        Of(registered, Valid(OneStep(1)), Due("2026-10-20")).Until("2026-12-01 00:00").Sends($"{leaves} only email");

    [Fact]
    public void Registered_very_late_steps_come_one_at_a_time_in_order_with_the_gap_between()
    {
        var life = Ladder.Smooth("2027-03-01 10:00").Until("2027-06-01 00:00");
        life.Sends("2027-03-01 10:00 first email", "2027-03-08 09:00 second email", "2027-03-08 09:00 second sms", "2027-03-22 09:00 formal-notice letter", "2027-03-22 09:00 formal-notice email");
        Assert.Equal("2027-03-01 10:00 lapse courtesy", life.Lines[0]);
        Assert.Contains("2027-03-15 09:00 task Call call", life.Lines);
    }

    [Fact]
    public void A_pre_due_step_not_sent_before_the_due_date_lapses_at_its_first_instant()
    {
        var held = Of("2026-10-01 10:00").Then("2026-10-27 10:00", new Held("talks", Date("2026-10-30"))).Until("2026-11-01 00:00");
        held.Tells("""
            2026-10-27 10:00 is Held
            2026-10-31 00:00 lapse courtesy
            2026-10-31 00:00 is Scheduled
            """);
    }

    [Fact]
    public void A_pre_due_step_still_leaves_on_the_last_day_before_the_due_date()
    {
        var held = Of("2026-10-01 10:00").Then("2026-10-27 10:00", new Held("talks", Date("2026-10-29"))).Until("2026-11-01 00:00");
        held.Sends("2026-10-30 09:00 courtesy email");
    }

    [Fact]
    public void Registered_on_the_due_date_or_after_it_the_courtesy_lapses_on_that_day_and_not_in_the_past()
    {
        Assert.Equal("2026-10-31 00:00 lapse courtesy", Of("2026-10-31 00:00").Lines[0]);
        Assert.Equal("2026-11-04 15:00 lapse courtesy", Of("2026-11-04 15:00").Lines[0]);
        Of("2026-10-30 17:59").Until("2026-11-01 00:00").Sends("2026-10-30 17:59 courtesy email");
        Of("2026-10-30 18:01").Until("2026-11-01 00:00").Sends();
    }

    [Fact]
    public void A_late_step_pushes_the_next_by_the_gap_but_later_ones_keep_their_dates()
    {
        var life = Ladder.Smooth("2026-10-01 10:00").Then("2026-11-08 10:00", new Held("talks", Date("2026-11-12"))).Until("2026-11-29 00:00");
        life.Sends("2026-10-28 09:00 courtesy email", "2026-11-13 09:00 first email", "2026-11-18 09:00 second email", "2026-11-18 09:00 second sms");
        Assert.Contains("2026-11-23 09:00 task Call call", life.Lines);
        Assert.Equal(DueBecause.Nominal, life.Next.Because);
        Assert.Equal(At("2026-11-30 09:00"), life.Next.At);
    }

    [Fact]
    public void A_partial_payment_gives_the_gap_from_the_day_it_arrived()
    {
        var life = Of("2026-10-01 10:00").Then("2026-11-06 11:00", new PaymentReceived(Eur(200), Date("2026-11-02"), "bank"));
        Assert.Equal((At("2026-11-12 09:00"), DueBecause.PaymentGap), (life.Next.At!.Value, life.Next.Because!.Value));
        life.Until("2026-11-14 00:00").Sends("2026-10-28 09:00 courtesy email", "2026-11-12 09:00 first email");
    }

    [Fact]
    public void A_payment_reversed_in_full_a_credit_note_or_a_lapsed_step_gives_no_gap()
    {
        var reversed = Of("2026-10-01 10:00").Then("2026-11-06 11:00", new PaymentReceived(Eur(200), Date("2026-11-06"), "bank") { Id = "p" }, new PaymentReversed("p"));
        var credited = Of("2026-10-01 10:00").Then("2026-11-06 11:00", new CreditNoteIssued(Eur(200), Date("2026-11-06")));
        var lapsed = Of("2026-10-01 10:00").Then("2026-11-08 11:00", new StepRejected("first")).Until("2026-11-20 00:00");
        reversed.Until("2026-11-11 00:00").Sends("2026-10-28 09:00 courtesy email", "2026-11-09 09:00 first email");
        credited.Until("2026-11-11 00:00").Sends("2026-10-28 09:00 courtesy email", "2026-11-09 09:00 first email");
        lapsed.Sends("2026-10-28 09:00 courtesy email", "2026-11-16 09:00 second email", "2026-11-16 09:00 second sms");
    }

    [Fact]
    public void A_payment_reversed_in_part_still_gives_the_gap() =>
        Of("2026-10-01 10:00").Then("2026-11-06 11:00", new PaymentReceived(Eur(200), Date("2026-11-06"), "bank") { Id = "p" }, new PaymentReversed("p", Eur(199)))
            .Until("2026-11-14 00:00").Sends("2026-10-28 09:00 courtesy email", "2026-11-12 09:00 first email");

    [Fact]
    public void Nothing_leaves_in_a_quiet_period()
    {
        var policy = Valid(FrB2bDraft with { QuietPeriods = [new(Date("2026-10-26"), Date("2026-11-13"))] });
        Of("2026-10-01 10:00", policy).Until("2026-11-25 00:00")
            .Sends("2026-10-23 09:00 courtesy email", "2026-11-16 09:00 first email", "2026-11-23 09:00 second email", "2026-11-23 09:00 second sms");
    }

    [Fact]
    public void After_a_formal_notice_the_next_step_waits_for_the_day_after_its_deadline()
    {
        var policy = Valid(FrB2bDraft.With("hand-over", s => s with { Offset = 31, Approval = false }).With("formal-notice", s => s with { Registered = false }));
        var life = Of("2026-10-01 10:00", policy).Until("2026-12-01 00:00");
        Assert.Equal(Date("2026-12-08"), life.File.Steps[^1].Deadline);
        Assert.Equal((At("2026-12-09 09:00"), DueBecause.Deadline), (life.Next.At!.Value, life.Next.Because!.Value));
    }

    [Fact]
    public void Registered_post_gives_its_days_from_the_posting_when_that_is_later()
    {
        var policy = Valid(FrB2bDraft.With("hand-over", s => s with { Offset = 31, Approval = false }));
        var life = Of("2026-10-01 10:00", policy).Until("2026-12-01 12:00");
        Assert.Equal(WaitReason.Posting, life.WaitsFor);
        life.Then("2026-12-02 12:00", new LetterPosted(Key("formal-notice", Channel.Letter), Date("2026-12-02")));
        Assert.Equal(At("2026-12-11 09:00"), life.Next.At);
    }

    [Fact]
    public void A_registered_letter_not_posted_after_two_business_days_is_a_task_and_the_next_step_waits()
    {
        var life = Of("2026-10-01 10:00").Until("2027-01-15 00:00");
        Assert.Contains("2026-12-03 00:00 task UnpostedLetter acme-f-1/formal-notice/letter/1", life.Lines);
        Assert.Equal(WaitReason.Posting, life.WaitsFor);
        life.Then("2027-01-15 10:00", new LetterPosted(Key("formal-notice", Channel.Letter), Date("2027-01-15")));
        Assert.DoesNotContain(life.File.Tasks, t => t.Kind == TaskKind.UnpostedLetter);
        Assert.Equal(At("2027-01-25 09:00"), life.Next.At);
    }

    [Fact]
    public void A_letter_without_an_address_is_a_task_and_delays_nothing()
    {
        var life = Ladder.Of("2026-10-01 10:00", debtor: Baker with { Address = null }).Until("2026-12-01 00:00");
        Assert.Contains("2026-11-30 09:00 task MissingAddress acme-f-1/formal-notice/letter/1", life.Lines);
        Assert.Equal((WaitReason.Nothing, At("2026-12-15 09:00")), (life.WaitsFor, life.Next.At!.Value));
    }

    [Fact]
    public void A_notice_that_leaves_later_than_it_was_decided_counts_its_days_from_then()
    {
        var life = Of("2026-10-01 10:00", debtor: Baker with { Email = null, Address = Baker.Address });
        life.Provider = (key, at) => at < At("2026-12-02 09:00") && key.Step == "formal-notice"
            ? new MessageDeferred(key, At("2026-12-02 09:00"), "busy") : new MessageAccepted(key);
        life.ApproveAll().Until("2026-12-03 00:00");
        Assert.Equal("2026-12-02 09:00 formal-notice letter", life.Sent[^1]);
        Assert.Equal(Date("2026-12-10"), life.File.Steps[^1].Deadline);
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("promise")]
    [InlineData("pending")]
    [InlineData("stop")]
    [InlineData("reply")]
    [InlineData("dispute")]
    [InlineData("duplicate")]
    public void A_step_whose_day_passed_in_silence_leaves_when_the_silence_ends_at_a_decent_hour(string silence)
    {
        var life = Of("2026-10-01 10:00").Then("2026-11-06 10:00", silence switch
        {
            "hold" => new Held("talks"),
            "promise" => new PromiseMade(Date("2026-11-20")),
            "pending" => new PaymentPending(Date("2026-11-20"), null, "debit"),
            "stop" => new SendingStopped(StopCause.Switch),
            "reply" => new ReplyReceived("email") { Id = "r" },
            "dispute" => new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality) { Id = "d" },
            _ => new PaymentReceived(Eur(100), Date("2026-10-20"), "bank") { Id = "p1" },
        });
        if (silence == "duplicate")
            life.Then("2026-11-06 11:00", new PaymentReceived(Eur(100), Date("2026-10-21"), "platform") { Id = "p2" });
        var at = silence is "reply" ? "2026-11-10 20:00" : "2026-11-18 20:00";
        life.Then(at, silence switch
        {
            "hold" => new Released(),
            "promise" => new PromiseMade(Date("2026-11-15")),
            "pending" => new PendingPaymentFailed("e2"),
            "stop" => new SendingResumed(),
            "reply" => new ReplyClassified("r", "question"),
            "dispute" => new DisputeResolved("d", DisputeOutcome.Rejected),
            _ => new DuplicateConfirmed("p2", SameMoney: true),
        });
        Assert.Equal(WaitReason.Nothing, life.WaitsFor);
        life.Until(silence is "reply" ? "2026-11-13 00:00" : "2026-11-20 00:00").Sends("2026-10-28 09:00 courtesy email", silence is "reply" ? "2026-11-12 09:00 first email" : "2026-11-19 09:00 first email");
    }

    [Fact]
    public void A_due_date_moved_later_recomputes_what_has_not_happened()
    {
        var life = Of("2026-10-01 10:00").Then("2026-11-10 10:00", new DueDateChanged(Date("2026-12-10"))).Until("2026-12-30 00:00");
        life.Sends("2026-10-28 09:00 courtesy email", "2026-11-09 09:00 first email", "2026-12-28 09:00 second email", "2026-12-28 09:00 second sms");
        Assert.Equal(CaseStatus.Reminding, life.Status);
    }

    [Fact]
    public void A_due_date_moved_into_the_past_makes_the_next_step_leave_the_next_business_morning()
    {
        Of("2026-10-01 10:00").Then("2026-10-20 10:00", new DueDateChanged(Date("2026-10-02"))).Until("2026-10-22 00:00")
            .Sends("2026-10-21 09:00 first email");
        Of("2026-10-01 10:00").Then("2026-10-20 08:00", new DueDateChanged(Date("2026-10-02"))).Until("2026-10-22 00:00")
            .Sends("2026-10-20 09:00 first email");
        Of("2026-10-01 10:00").Then("2026-10-23 10:00", new DueDateChanged(Date("2026-10-02"))).Until("2026-10-27 00:00")
            .Sends("2026-10-26 09:00 first email");
    }

    [Fact]
    public void A_message_decided_but_not_gone_is_taken_back_when_the_due_date_moves()
    {
        var life = Of("2026-10-01 10:00").Then("2026-11-09 08:00");
        life.Provider = (key, at) => new MessageDeferred(key, at.AddHours(2), "busy");
        life.Then("2026-11-09 10:00", new DueDateChanged(Date("2026-11-30")));
        Assert.Equal(StepOutcome.Happened, life.File.Steps[^1].Outcome);
        Assert.Equal(At("2026-12-07 09:00"), life.Next.At);
    }

    [Fact]
    public void After_a_long_downtime_steps_come_one_at_a_time()
    {
        var life = Of("2026-10-01 10:00").DownUntil("2027-01-13 11:30").Until("2027-01-26 00:00");
        life.Sends("2027-01-13 11:30 first email", "2027-01-18 09:00 second email", "2027-01-18 09:00 second sms");
        Assert.Equal("2026-10-31 00:00 lapse courtesy", life.Lines[0]);
    }

    [Fact]
    public void After_a_downtime_that_ends_at_night_nothing_leaves_before_the_morning() =>
        Of("2026-10-01 10:00").DownUntil("2026-11-13 23:30").Until("2026-11-17 00:00").Sends("2026-11-16 09:00 first email");

    [Fact]
    public void A_message_that_missed_its_window_waits_for_the_next()
    {
        var life = Of("2026-10-01 10:00").Until("2026-11-08 00:00");
        life.Provider = (_, _) => null;
        life = life.Then("2026-11-09 09:00").Then("2026-11-09 19:00", new MessageDeferred(Key("first"), At("2026-11-09 19:30"), "busy"));
        life.Provider = (key, _) => new MessageAccepted(key);
        life.Until("2026-11-11 00:00");
        Assert.Equal("2026-11-10 09:00 first email", life.Sent[^1]);
    }

    [Fact]
    public void Early_and_doubled_wake_ups_change_nothing()
    {
        var life = Of("2026-10-01 10:00");
        var decision = Decider.Decide(life.State, new WokeUp(), life.Policy, At("2026-10-28 08:59"));
        Assert.Same(life.State, decision.State);
        Assert.Empty(decision.Commands);
        var first = Decider.Decide(life.State, new WokeUp(), life.Policy, At("2026-10-28 09:00"));
        Assert.Equal(["acme-f-1/courtesy/email/1"], first.Commands.Select(c => c.Key));
        Assert.Same(first.State, Decider.Decide(first.State, new WokeUp(), life.Policy, At("2026-10-28 09:00")).State);
    }

    private static Ladder Of(string registeredAt, Policy? policy = null, Invoice? invoice = null, Debtor? debtor = null) =>
        Ladder.Of(registeredAt, policy, invoice, debtor);

    private static Invoice Due(string date) => Sample.Invoice with { IssueDate = Date("2025-08-01"), DueDate = Date(date) };
}
