using Dunning.Domain.Tests.References;
using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

public class MoneyFactTests
{
    private static readonly string[] Day = ["2026-11-03", "2026-11-05", "2026-11-08", "2026-11-09", "2026-11-20"];

    [Fact]
    public void The_balance_is_what_was_invoiced_less_what_came_plus_what_went_back()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-03 10:00", Pay("a", 300.10m), Pay("b", 99.90m), new CreditNoteIssued(Eur(100), Date("2026-11-03")), new PaymentReversed("b", Eur(0.90m)));
        Assert.Equal(Eur(700.90m), life.File.Balance);
        Assert.True(life.File.Account.Overpaid.IsZero);
    }

    [Fact]
    public void The_balance_is_never_below_zero_and_what_is_beyond_is_shown()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-03 10:00", Pay("a", 1300m));
        Assert.Equal((Eur(0), Eur(100), CaseStatus.Paid), (life.File.Balance, life.File.Account.Overpaid, life.Status));
    }

    [Theory]
    [InlineData(1199.00, true)]
    [InlineData(1198.99, false)]
    [InlineData(1200.00, true)]
    public void A_residue_within_the_tolerance_is_as_good_as_paid(double paid, bool closes)
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-03 10:00", Pay("a", (decimal)paid));
        Assert.Equal(closes, life.State is DunningCase.Closed { Because: CaseStatus.Paid });
        Assert.Equal(Eur(1200m - (decimal)paid), life.File.Balance);
    }

    [Fact]
    public void A_credit_note_or_an_amendment_closes_a_case_as_well_as_money()
    {
        Assert.Equal(CaseStatus.Paid, Ladder.Of("2026-10-01 10:00").Then("2026-11-03 10:00", new CreditNoteIssued(Eur(1200), Date("2026-11-03"))).Status);
        Assert.Equal(CaseStatus.Paid, Ladder.Of("2026-10-01 10:00").Then("2026-11-03 10:00", Pay("a", 500), new InvoiceAmended(Eur(500), "mistake")).Status);
        Assert.Equal(CaseStatus.Paid, Ladder.Of("2026-10-01 10:00", invoice: Sample.Invoice with { Amount = Eur(1) }).Status);
    }

    [Fact]
    public void The_same_payment_told_twice_counts_once()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-03 10:00", Pay("a", 300), Pay("a", 300)).Then("2026-11-13 10:00", Pay("a", 300));
        Assert.Equal(Eur(900), life.File.Balance);
    }

    [Fact]
    public void A_reversal_is_capped_by_its_payment_however_often_it_comes()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-03 10:00", Pay("a", 300), Pay("b", 100), new PaymentReversed("a", Eur(400)), new PaymentReversed("a"));
        Assert.Equal(Eur(1100), life.File.Balance);
    }

    [Fact]
    public void A_reversal_counts_once_its_payment_is_known()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-03 10:00", new PaymentReversed("a"));
        Assert.Equal(Eur(1200), life.File.Balance);
        life.Then("2026-11-03 11:00", Pay("a", 1200));
        Assert.IsType<DunningCase.Open>(life.State);
        Assert.Equal(Eur(1200), life.File.Balance);
    }

    [Theory]
    [InlineData("2026-11-08", "platform", 300, true)]
    [InlineData("2026-11-09", "platform", 300, false)]
    [InlineData("2026-10-29", "platform", 300, true)]
    [InlineData("2026-10-28", "platform", 300, false)]
    [InlineData("2026-11-03", "bank", 300, false)]
    [InlineData("2026-11-03", "platform", 300.01, false)]
    public void The_same_amount_from_another_source_within_five_days_may_be_the_same_money(string date, string source, double amount, bool suspect)
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", Pay("a", 300, "2026-11-03"), Pay("b", (decimal)amount, date, source));
        Assert.Equal(suspect, life.WaitsFor == WaitReason.PossibleDuplicate);
        Assert.Equal(suspect ? Eur(900) : Eur(1200 - 300 - (decimal)amount), life.File.Balance);
        Assert.Equal(suspect, life.File.Tasks.Any(t => t.Kind == TaskKind.PossibleDuplicate));
    }

    [Theory]
    [InlineData(true, 900)]
    [InlineData(false, 600)]
    public void A_possible_duplicate_silences_until_a_person_has_spoken(bool sameMoney, int balance)
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", Pay("a", 300), Pay("b", 300, source: "platform")).Until("2026-12-20 00:00");
        life.Sends("2026-10-28 09:00 courtesy email");
        life.Then("2026-12-20 10:00", new DuplicateConfirmed("b", sameMoney)).Until("2026-12-22 00:00");
        Assert.Equal(Eur(balance), life.File.Balance);
        Assert.Empty(life.File.Tasks);
        Assert.Equal("2026-12-21 09:00 first email", life.Sent[^1]);
    }

    [Fact]
    public void One_payment_has_one_double_at_most_in_each_source()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", Pay("a", 100), Pay("b", 100, source: "platform"), Pay("c", 100, source: "platform"), Pay("d", 100, source: "stripe"));
        Assert.Equal(["b", "d"], life.File.Account.Suspects.Select(p => p.Id));
        Assert.Equal(Eur(1000), life.File.Balance);
    }

    [Fact]
    public void A_duplicate_of_a_payment_that_went_back_is_money_of_its_own()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", Pay("a", 300), Pay("b", 300, source: "platform"), new PaymentReversed("a"));
        Assert.Equal((Eur(900), WaitReason.Nothing), (life.File.Balance, life.WaitsFor));
    }

    [Fact]
    public void A_payment_that_would_settle_all_but_may_be_the_same_money_does_not_close()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", Pay("a", 600), Pay("b", 600, source: "platform"));
        Assert.IsType<DunningCase.Open>(life.State);
        life.Then("2026-11-06 10:00", new DuplicateConfirmed("b", SameMoney: false));
        Assert.Equal(CaseStatus.Paid, life.Status);
    }

    [Fact]
    public void A_reversal_re_opens_the_case_where_it_was_and_repeats_no_notice()
    {
        var life = Ladder.Smooth("2026-10-01 10:00").Then("2026-11-18 10:00", Pay("a", 1200));
        Assert.Null(Decider.WakeAt(life.State, life.Policy));
        life.Then("2027-01-13 20:00", new PaymentReversed("a", Reason: "MD06")).Until("2027-01-25 00:00");
        Assert.Equal(
        [
            "2026-11-18 10:00 is Paid", "2027-01-13 20:00 is Reminding", "2027-01-14 09:00 task Call call", "2027-01-19 09:00 send formal-notice letter",
            "2027-01-19 09:00 send formal-notice email", "2027-01-19 09:00 is FormalNotice",
        ], life.Lines.Skip(5));
    }

    [Fact]
    public void A_message_claimed_when_the_payment_came_and_surely_not_gone_is_not_taken_for_sent()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-08 00:00");
        life.Provider = (_, _) => null;
        life.Until("2026-11-09 09:00").Then("2026-11-09 09:01", Pay("a", 1200), new MessageDeferred(Key("first"), At("2026-11-09 10:00"), "busy"));
        Assert.Equal(["courtesy"], life.File.Steps.Select(s => s.Id));
        life.Provider = (key, _) => new MessageAccepted(key);
        life.Then("2027-01-13 10:00", new PaymentReversed("a")).Until("2027-01-14 00:00");
        Assert.Equal("2027-01-13 10:00 first email", life.Sent[^1]);
    }

    [Fact]
    public void A_channel_that_had_not_left_when_the_money_came_is_withdrawn_and_not_sent_after_a_reversal()
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-15 00:00");
        life.Provider = (key, at) => key.Channel == Channel.Sms ? new MessageDeferred(key, at.AddHours(1), "busy") : new MessageAccepted(key);
        life.Until("2026-11-16 09:00").Then("2026-11-16 09:30", Pay("a", 1200)).Then("2026-12-16 09:30", new PaymentReversed("a")).Until("2026-12-18 00:00");
        Assert.Single(life.Sent, s => s.Contains("second sms", StringComparison.Ordinal));
        Assert.Equal(LegStatus.Withdrawn, life.File.Steps[2].Legs[1].Status);
    }

    [Fact]
    public void Re_opened_the_questions_that_were_open_are_asked_again()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-12-01 10:00", new ReplyReceived("email") { Id = "r" }, new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality, Eur(100)) { Id = "d" })
            .Then("2026-12-10 10:00", Pay("a", 1200)).Then("2026-12-20 10:00", new PaymentReversed("a")).Until("2027-01-10 00:00");
        Assert.Equal([TaskKind.UnpostedLetter, TaskKind.DisputeReview, TaskKind.Reply], life.File.Tasks.Select(t => t.Kind).Order());
    }

    [Fact]
    public void Re_opened_at_the_end_of_its_ladder_the_case_asks_what_now()
    {
        var life = Ladder.Smooth("2026-10-01 10:00").Then("2027-01-05 10:00", Pay("a", 1200)).Then("2027-02-20 10:00", new PaymentReversed("a"));
        Assert.Equal([TaskKind.WhatNow], life.File.Tasks.Select(t => t.Kind));
        Assert.Equal(CaseStatus.HandedOver, life.Status);
    }

    [Fact]
    public void A_cancelled_case_leaves_the_balance_as_it_is_and_money_closes_it_as_paid()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-05 10:00", new Cancelled("mistake"));
        Assert.Equal((CaseStatus.Cancelled, Eur(1200)), (life.Status, life.File.Balance));
        Assert.Equal(CaseStatus.Paid, life.Then("2026-11-06 10:00", Pay("a", 1200)).Status);
        Assert.Equal(CaseStatus.Cancelled, life.Then("2026-11-07 10:00", new PaymentReversed("a")).Status);
        life.Until("2027-11-07 10:00").Sends("2026-10-28 09:00 courtesy email");
    }

    [Fact]
    public void The_order_in_which_money_facts_arrive_changes_neither_the_balance_nor_the_end() => Chance.Repeat(60, random =>
    {
        var facts = Enumerable.Range(0, random.Next(2, 6)).Select(n => MoneyFact(random, n)).ToList();
        if (random.Next(2) == 0)
            facts.Add(facts[random.Next(facts.Count)]);
        string? told = null;
        foreach (var order in Permutations(facts))
        {
            var state = Decider.Decide(DunningCase.Unregistered.Instance, Registered(), FrB2b, At("2026-11-20 10:00")).State;
            foreach (var fact in order)
                state = Decider.Decide(state, fact, FrB2b, At("2026-11-20 10:00")).State;
            var now = $"{state.GetType().Name} {state.Known!.Balance} over {state.Known.Account.Overpaid} suspects {string.Join(' ', state.Known.Account.Suspects.Select(p => p.Id))}";
            Assert.Equal(told ??= now, now);
        }
    });

    private static CaseEvent MoneyFact(Random random, int n)
    {
        var amount = Eur(random.Next(3) switch { 0 => 1200, 1 => 600, _ => 300 });
        var some = $"f{random.Next(6)}";
        return random.Next(8) switch
        {
            0 or 1 or 2 or 3 => new PaymentReceived(amount, Date(Day[random.Next(Day.Length)]), random.Next(2) == 0 ? "bank" : "platform") { Id = $"f{n}" },
            4 or 5 => new PaymentReversed(some, random.Next(2) == 0 ? null : amount) { Id = $"f{n}" },
            6 => new CreditNoteIssued(amount, Date("2026-11-20")) { Id = $"f{n}" },
            _ => new DuplicateConfirmed($"f{n - 1}", random.Next(2) == 0) { Id = $"f{n}" },
        };
    }

    private static IEnumerable<IReadOnlyList<CaseEvent>> Permutations(List<CaseEvent> facts) => facts.Count <= 1
        ? [facts]
        : facts.SelectMany((fact, i) => Permutations([.. facts.Where((_, j) => j != i)]).Select(rest => (IReadOnlyList<CaseEvent>)[fact, .. rest]));

    private static PaymentReceived Pay(string id, decimal amount, string date = "2026-11-03", string source = "bank") =>
        new(Eur(amount), Date(date), source) { Id = id };
}
