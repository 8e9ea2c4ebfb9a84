using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Peers;

/// <summary>What the users of other products complain about, by its number in the comparison of peers.</summary>
public class ComplaintTests
{
    [Fact]
    public void Complaint_01_a_scheduler_that_runs_every_minute_sends_each_reminder_once()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-08 23:00");
        for (var at = At("2026-11-09 00:00"); at < At("2026-11-12 00:00"); at = at.AddMinutes(7))
        {
            life.Then(at);
            life.Wake();
            life.Wake();
        }
        life.Sends("2026-10-28 09:00 courtesy email", "2026-11-09 09:00 first email");
    }

    [Fact]
    public void Complaint_03_a_day_missed_is_caught_up_the_next_morning() =>
        Ladder.Of("2026-10-01 10:00").Until("2026-11-08 00:00").DownUntil("2026-11-09 23:00").Until("2026-11-12 00:00")
            .Sends("2026-10-28 09:00 courtesy email", "2026-11-10 09:00 first email");

    [Fact]
    public void Complaint_04_after_is_after_and_before_is_before()
    {
        Ladder.Of("2026-08-01 10:00", Valid(OneStep(60))).Until("2027-06-01 00:00").Sends("2026-12-30 09:00 only email");
        Ladder.Of("2026-08-01 10:00", Valid(OneStep(-60))).Until("2027-06-01 00:00").Sends("2026-09-01 09:00 only email");
    }

    [Fact]
    public void Complaint_05_an_invoice_sent_by_hand_is_not_chased_before_it_was_sent_nor_is_a_reminder_followed_at_once_by_the_next()
    {
        var late = Ladder.Of("2026-10-01 10:00", invoice: Sample.Invoice with { Unsent = true }).Until("2026-11-17 00:00");
        late.Sends();
        var hastened = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new StepHastened("first")).Until("2026-11-10 00:00");
        hastened.Sends("2026-10-28 09:00 courtesy email", "2026-11-05 10:00 first email");
    }

    [Fact]
    public void Complaint_06_nothing_is_sent_for_a_paid_invoice_even_when_the_money_comes_at_the_last_instant()
    {
        Ladder.Of("2026-10-01 10:00").Then("2026-11-09 09:00", new PaymentReceived(Eur(1200), Date("2026-11-09"), "bank")).Until("2027-11-09 00:00")
            .Sends("2026-10-28 09:00 courtesy email");
        Ladder.Of("2026-10-01 10:00").Then("2026-10-02 10:00", new CreditNoteIssued(Eur(1500), Date("2026-10-02"))).Until("2027-11-09 00:00").Sends();
    }

    [Theory]
    [InlineData("Europe/Paris", "2026-11-09T08:00Z")]
    [InlineData("America/Martinique", "2026-11-09T13:00Z")]
    [InlineData("Indian/Reunion", "2026-11-09T05:00Z")]
    [InlineData("Pacific/Noumea", "2026-11-08T22:00Z")]
    [InlineData("UTC", "2026-11-09T09:00Z")]
    public void Complaint_07_dates_and_hours_are_those_of_the_policys_zone(string zone, string utc)
    {
        var life = Ladder.Of("2026-11-01 10:00", Valid(FrB2bDraft with { TimeZone = zone }));
        Assert.Equal(utc, life.Next.At!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Complaint_08_no_reminder_for_an_invoice_that_is_not_due()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-10-02 10:00", new StepRejected("courtesy"));
        foreach (var rung in FrB2b.Rungs)
            life.Tell(new StepHastened(rung.Id));
        life.Until("2026-10-31 23:59").Sends();
    }

    [Fact]
    public void Complaint_09_an_invoice_or_a_debtor_is_left_alone_on_demand_and_a_direct_debit_under_way_is_not_chased()
    {
        foreach (var fact in new CaseEvent[] { new Held("vip"), new Held("vip", null, HoldScope.Debtor), new PaymentPending(Date("2027-06-01"), null, "sepa") })
            Ladder.Of("2026-10-01 10:00").Then("2026-10-02 10:00", fact).Until("2027-05-01 00:00").Sends();
    }

    [Fact]
    public void Complaint_09_companies_and_private_persons_have_rhythms_of_their_own()
    {
        Assert.False(PolicyRules.Fits(FrB2b.Regime, Person));
        Assert.Equal("2026-12-07 09:00 task Approval formal-notice", Ladder.Of("2026-10-01 10:00", FrB2c, debtor: Person).Until("2027-01-01 00:00").Lines[^1]);
    }

    [Fact]
    public void Complaint_10_no_reminder_on_a_week_end_or_a_holiday_of_ten_years()
    {
        for (var due = Date("2026-01-01"); due < Date("2036-01-01"); due = due.AddDays(1))
        {
            var at = Ladder.Of("2025-06-02 10:00", Valid(OneStep(7)), Sample.Invoice with { DueDate = due }).Next.At!.Value;
            var day = Zone.Of(Paris).LocalDate(at);
            Assert.True(BusinessCalendar.For("FR").IsBusinessDay(day) && day >= due.AddDays(7) && day <= due.AddDays(11));
        }
    }

    [Fact]
    public void Complaint_14_credit_notes_lower_what_is_owed_and_a_refund_cancelled_warns_nobody()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", new CreditNoteIssued(Eur(1200), Date("2026-11-02"))).Until("2027-11-09 00:00");
        Assert.Equal((CaseStatus.Paid, Eur(0)), (life.Status, life.File.Balance));
        life.Sends("2026-10-28 09:00 courtesy email");
        var partly = Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", new CreditNoteIssued(Eur(200), Date("2026-11-02")));
        Assert.Equal((CaseStatus.Scheduled, Eur(1000), At("2026-11-09 09:00")), (partly.Status, partly.File.Balance, partly.Next.At!.Value));
    }

    [Fact]
    public void Complaint_15_a_disputed_invoice_is_left_out_and_touches_no_other()
    {
        var disputed = Ladder.Of("2026-10-01 10:00").Then("2026-10-05 10:00", new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality)).Until("2027-10-05 10:00");
        disputed.Sends();
        Assert.Equal(5, Ladder.Smooth("2026-10-01 10:00").Until("2026-12-01 00:00").Sent.Count(s => !s.Contains("letter", StringComparison.Ordinal)));
    }

    [Fact]
    public void Complaint_16_reminders_go_to_the_contact_for_reminders_and_a_new_contact_changes_no_amount()
    {
        var debtor = Baker with { Contacts = [new("sales", "S", "sales@example.org", null), new("accounting", "A", "acc@example.org", "+331"), new("dunning", "D", "dun@example.org", null)] };
        Assert.Equal(("dun@example.org", "+331"), (debtor.ReminderEmail, debtor.ReminderPhone));
        Assert.Equal("sales@example.org", (debtor with { Email = null, Contacts = [debtor.Contacts[0]] }).ReminderEmail);
        Assert.Equal("compta@example.org", (debtor with { Contacts = [debtor.Contacts[0]] }).ReminderEmail);
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", new PaymentReceived(Eur(200), Date("2026-11-02"), "bank")).Then("2026-11-03 10:00", new ContactChanged(debtor));
        Assert.Equal((Eur(1000), 0), (life.File.Balance, life.Sent.Count - 1));
    }

    [Fact]
    public void Complaint_18_a_partial_payment_skips_no_level()
    {
        var life = Ladder.Smooth("2026-10-01 10:00").Then("2026-11-08 10:00", new PaymentReceived(Eur(400), Date("2026-11-08"), "bank"))
            .Then("2026-11-29 10:00", new PaymentReceived(Eur(400), Date("2026-11-29"), "bank")).Until("2027-01-01 00:00");
        Assert.Equal(["courtesy", "first", "second", "call", "formal-notice", "hand-over"], life.File.Steps.Where(s => s.Outcome == StepOutcome.Happened).Select(s => s.Id));
        Assert.Equal("2026-12-04 09:00 formal-notice letter", life.Sent[^2]);
    }

    [Fact]
    public void Complaint_19_each_formal_notice_gives_its_own_days_to_pay()
    {
        var policy = Valid(FrB2bDraft with
        {
            Steps =
            [
                Step("first", 7, Channel.Email),
                Step("notice", 15, Channel.Email) with { DeadlineDays = 14 },
                Step("last-notice", 16, Channel.Email) with { DeadlineDays = 14 },
            ],
        });
        var life = Ladder.Of("2026-10-01 10:00", policy).Until("2027-01-01 00:00");
        life.Sends("2026-11-09 09:00 first email", "2026-11-16 09:00 notice email", "2026-12-01 09:00 last-notice email");
        Assert.Equal([Date("2026-11-30"), Date("2026-12-15")], life.File.Steps.Where(s => s.Formal).Select(s => s.Deadline!.Value));
    }

    [Fact]
    public void Complaint_20_a_bounced_reminder_is_a_task() =>
        Assert.Equal([TaskKind.BouncedMessage], Ladder.Of("2026-10-01 10:00").Then("2026-11-09 10:00", new MessageBounced(Key("first"), "no such mailbox")).File.Tasks.Select(t => t.Kind));

    [Fact]
    public void Complaint_21_reminders_end()
    {
        var life = Ladder.Smooth("2026-10-01 10:00").Until("2040-01-01 00:00");
        Assert.Equal(6, life.Sent.Count);
        Assert.Null(Decider.WakeAt(life.State, life.Policy));
    }

    [Fact]
    public void Complaint_22_the_end_of_the_ladder_is_told_once() =>
        Assert.Single(Ladder.Of("2026-10-01 10:00", Valid(OneStep(7))).Until("2030-01-01 00:00").Lines, l => l.Contains("WhatNow", StringComparison.Ordinal));

    [Fact]
    public void Complaint_23_a_promise_kept_is_over()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", new PromiseMade(Date("2026-11-20"), Eur(500))).Then("2026-11-03 10:00", new PaymentReceived(Eur(500), Date("2026-11-03"), "bank"));
        Assert.Equal((null, 1, CaseStatus.Scheduled), (life.File.Silences.Promise, life.File.Silences.KeptPromises, life.Status));
    }

    [Theory]
    [InlineData(WaitReason.Hold)]
    [InlineData(WaitReason.InvoiceNotSent)]
    [InlineData(WaitReason.Approval)]
    [InlineData(WaitReason.Person)]
    public void Complaint_24_a_case_that_sends_nothing_says_why(WaitReason why) => Assert.Equal(why, (why switch
    {
        WaitReason.Hold => Ladder.Of("2026-10-01 10:00").Then("2026-11-02 10:00", new Held("talks")),
        WaitReason.InvoiceNotSent => Ladder.Of("2026-10-01 10:00", invoice: Sample.Invoice with { Unsent = true }).Until("2026-11-02 10:00"),
        WaitReason.Approval => Ladder.Of("2026-10-01 10:00", FrB2c, debtor: Person).Until("2027-11-02 10:00"),
        _ => Ladder.Of("2026-10-01 10:00", Valid(OneStep(7))).Until("2027-11-02 10:00"),
    }).Next.WaitingFor);

    [Fact]
    public void Complaint_26_the_whole_way_from_courtesy_to_collection_is_one_case() =>
        Assert.Equal(CaseStatus.HandedOver, Ladder.Smooth("2026-10-01 10:00").Until("2026-12-16 00:00").Status);
}
