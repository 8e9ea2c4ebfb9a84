using static Dunning.Domain.Tests.Claims.Owed;

namespace Dunning.Domain.Tests.Claims;

/// <summary>What the law makes of a case: which payments count, and which messages start interest.</summary>
public sealed class CaseClaimTests
{
    private static readonly Policy BeB2c = Sample.Valid(Sample.FrB2bDraft with { Name = "be-b2c", Regime = "be-b2c", TimeZone = "Europe/Brussels", Calendar = "BE" });

    private static readonly CaseFile Business = new(Sample.CaseId, "acme", Sample.Invoice, Sample.Baker, Sample.RefOf(Sample.FrB2b), Sample.At("2026-10-01 10:00"), new(Sample.Invoice.Amount));

    [Fact]
    public void Payments_count_net_of_their_reversals_and_duplicates_do_not()
    {
        var account = new Account(Sample.Invoice.Amount)
        {
            Payments = [Paid("a", 300m, "bank"), Paid("b", 200m, "bank"), Paid("c", 100m, "bank"), Paid("twin", 300m, "stripe")],
            Reversals = [new("r", "b", null), new("r2", "c", Sample.Eur(40m))],
            CreditNotes = [new("n", Sample.Eur(50m), Sample.Date("2026-11-20"))],
        };
        var terms = CaseClaim.TermsOf(Business with { Account = account }, Sample.FrB2b, Sample.Date("2026-12-01"));
        Assert.Equal(Amounts(("2026-11-10", 300m), ("2026-11-10", 60m)), terms.Payments);
        Assert.Equal(Amounts(("2026-11-20", 50m)), terms.CreditNotes);
        Assert.Equal(1_200m, terms.Amount.Amount);
    }

    [Fact]
    public void A_formal_notice_demands_the_interest_so_far_and_the_indemnity_a_reminder_does_not()
    {
        var demand = DemandOf(Business, Sample.FrB2b, "2026-11-30")!;
        Assert.Equal((Sample.Date("2026-11-30"), Sample.Eur(11.98m), Sample.Eur(40m)), (demand.On, demand.Interest, demand.Indemnity));
        Assert.Equal((true, false), (Sample.FrB2b.ClaimsAccessoriesAt("formal-notice"), Sample.FrB2b.ClaimsAccessoriesAt("second")));
    }

    [Fact]
    public void What_was_paid_beyond_the_principal_is_counted_against_the_whole()
    {
        var paid = Business with { Account = Business.Account with { Payments = [Paid("a", 1_230m, "bank")] } };
        var demand = DemandOf(paid, Sample.FrB2b, "2026-11-30")!;
        Assert.Equal((Sample.Eur(3.99m), Sample.Eur(40m)), (demand.Interest, demand.Indemnity));
        Assert.Equal(Sample.Eur(13.99m), (paid.Account with { Demanded = demand }).AccessoriesOwed);
    }

    [Fact]
    public void A_rate_agreed_before_the_floor_rose_above_it_counts_as_the_floor()
    {
        var policy = Sample.Valid(Sample.FrB2bDraft with { Accessories = new() { ContractualRate = 8m } });
        var due = Business with { Invoice = Sample.Invoice with { IssueDate = Sample.Date("2025-11-15"), DueDate = Sample.Date("2025-12-15") } };
        var claim = CaseClaim.Of(due, policy, Book, Sample.Date("2026-01-31"))!;
        Assert.Equal([8.28m, 8m], claim.Segments.Select(s => s.Rate.Percent));
    }

    [Fact]
    public void A_consumer_is_demanded_no_indemnity() =>
        Assert.Null(DemandOf(Business with { Debtor = Sample.Person, Policy = Sample.RefOf(Sample.FrB2c) }, Sample.FrB2c, "2026-12-07"));

    [Fact]
    public void A_French_consumer_is_put_in_default_by_the_first_formal_notice_heard()
    {
        DateOnly? Notice(params Leg[] legs) => CaseClaim.TermsOf(Consumer(new StepRecord("formal-notice", 37, true, Sample.Date("2026-12-07"), StepOutcome.Happened)
        {
            Legs = [.. legs],
            At = Sample.At("2026-12-08 09:00"),
        }), Sample.FrB2c, Sample.Date("2027-01-31")).FormalNoticeOn;

        var email = new Leg(Channel.Email, 1, LegStatus.Accepted, Sample.At("2026-12-07 09:00"));
        var letter = new Leg(Channel.Letter, 1, LegStatus.Accepted, Sample.At("2026-12-07 09:00")) { Registered = true };
        Assert.Equal(Sample.Date("2026-12-07"), Notice(letter, email));
        // A registered letter that nobody posted yet, a bounced e-mail: not heard.
        Assert.Null(Notice(letter, email with { Status = LegStatus.Bounced }));
        Assert.Equal(Sample.Date("2026-12-09"), Notice(letter with { PostedOn = Sample.Date("2026-12-09") }, email with { Status = LegStatus.Bounced }));
        // Delivered long after it was accepted: the step was settled by then.
        Assert.Equal(Sample.Date("2026-12-08"), Notice(email with { Status = LegStatus.Delivered, At = Sample.At("2026-12-20 09:00") }));
        // The instant is the day of the policy's zone.
        Assert.Equal(Sample.Date("2026-12-08"), Notice(email with { At = new(2026, 12, 7, 23, 30, 0, TimeSpan.Zero) }));
        Assert.Null(CaseClaim.TermsOf(Consumer(new StepRecord("second", 15, false, Sample.Date("2026-12-07"), StepOutcome.Happened) { Legs = [email] }), Sample.FrB2c, Sample.Date("2027-01-31")).FormalNoticeOn);
    }

    [Fact]
    public void A_Belgian_consumer_is_reminded_by_the_first_message_after_the_due_date()
    {
        var courtesy = Step("courtesy", -3, new Leg(Channel.Email, 1, LegStatus.Accepted, Sample.At("2026-10-28 09:00")));
        var elsewhere = new StepRecord("second", 15, false, Sample.Date("2026-11-01"), StepOutcome.Elsewhere) { At = Sample.At("2026-11-01 09:00") };
        var call = Step("call", 5, new Leg(Channel.Call, 1, LegStatus.Accepted, Sample.At("2026-11-05 09:00")));
        var first = Step("first", 7, new Leg(Channel.Letter, 1, LegStatus.Accepted, Sample.At("2026-11-09 09:00")), new Leg(Channel.Email, 1, LegStatus.Accepted, Sample.At("2026-11-09 09:00")));
        first = first with { Template = "first-reminder" };
        var firm = Step("second", 15, new Leg(Channel.Email, 1, LegStatus.Accepted, Sample.At("2026-11-16 09:00"))) with { Template = "firm-reminder" };
        FirstReminder? Reminder(params StepRecord[] steps) => CaseClaim.TermsOf(Consumer(steps), BeB2c, Sample.Date("2027-01-31")).Reminder;
        Assert.Null(Reminder(courtesy, elsewhere, call));
        // Only the first reminder's own text says what article XIX.2 wants said, and an SMS has no room for it.
        Assert.Null(Reminder(courtesy, firm, first with { Legs = [first.Legs[0] with { Channel = Channel.Sms }] }));
        Assert.Equal(new(Sample.Date("2026-11-09"), Channel.Email), Reminder(courtesy, first));
        Assert.Equal(new(Sample.Date("2026-11-09"), Channel.Letter), Reminder(courtesy, first with { Legs = [first.Legs[0]] }));
    }

    [Fact]
    public void Businesses_need_neither() =>
        Assert.Equal((null, null), CaseClaim.TermsOf(Business, Sample.FrB2b, Sample.Date("2027-01-31")) is var terms ? (terms.FormalNoticeOn, terms.Reminder) : default);

    [Fact]
    public void A_cancelled_case_owes_nothing_and_an_old_one_cannot_be_computed()
    {
        Assert.Null(CaseClaim.Of(Business with { IsCancelled = true }, Sample.FrB2b, Book, Sample.Date("2026-12-01"), out var faults));
        Assert.Equal("cancelled", Assert.Single(faults).Code);
        Assert.Null(CaseClaim.Of(Business with { Invoice = Sample.Invoice with { DueDate = Sample.Date("2017-10-31") } }, Sample.FrB2b, Book, Sample.Date("2026-12-01"), out faults));
        Assert.Equal("dueDate", Assert.Single(faults).Path);
    }

    [Fact]
    public void Insolvency_freezes_the_claim_on_the_day_of_the_judgment()
    {
        var frozen = Business with { Silences = Silences.None with { Insolvency = new(Sample.Date("2026-11-10"), Sample.Date("2027-01-10")) } };
        Assert.Equal("1200.00 + 3.99 + 40.00 = 1243.99", CaseClaim.Of(frozen, Sample.FrB2b, Book, Sample.Date("2027-12-31"))!.Sum());
    }

    private static StepRecord Step(string id, int offset, params Leg[] legs) => new(id, offset, false, Sample.Date("2026-11-09"), StepOutcome.Happened) { Legs = [.. legs], At = legs[^1].At };

    private static CaseFile Consumer(params StepRecord[] steps) => Business with { Debtor = Sample.Person, Steps = [.. steps] };

    private static Payment Paid(string id, decimal amount, string source) => new(id, Sample.Eur(amount), Sample.Date("2026-11-10"), source, Sample.Date("2026-11-10"));

    private static Demand? DemandOf(CaseFile file, Policy policy, string today) => CaseClaim.DemandOf(file, CaseClaim.Of(file, policy, Book, Sample.Date(today))!, Sample.Date(today));
}
