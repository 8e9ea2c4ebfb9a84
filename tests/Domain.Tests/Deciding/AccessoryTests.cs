using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

/// <summary>Interest and indemnity, once a message has demanded them: 20.00 and 40.00 with the formal notice of 30 November on.</summary>
public class AccessoryTests
{
    private const string Noticed = "2026-12-02 10:00";

    [Fact]
    public void Nothing_is_claimed_before_a_message_demands_it()
    {
        var life = Life().Then("2026-11-20 10:00", Paid("p", 1250));
        Assert.Equal(Eur(50), life.File.Account.Overpaid);
        Assert.Equal(CaseStatus.Paid, life.Status);
        Assert.Empty(life.File.Tasks);
    }

    [Theory]
    [InlineData(1200, 0, 0, 0)]
    [InlineData(1215, 15, 0, 0)]
    [InlineData(1230, 20, 10, 0)]
    [InlineData(1260, 20, 40, 0)]
    [InlineData(1300, 20, 40, 40)]
    public void Money_beyond_the_balance_pays_the_interest_then_the_indemnity_before_it_is_too_much(int paid, int interest, int indemnity, int overpaid)
    {
        var account = Life().Then(Noticed, Paid("p", paid)).File.Account;
        Assert.Equal((Eur(interest), Eur(indemnity), Eur(overpaid)), (account.InterestPaid, account.IndemnityPaid, account.Overpaid));
        Assert.Equal(Eur(60 - interest - indemnity), account.AccessoriesOwed);
    }

    [Fact]
    public void The_principal_paid_closes_the_case_and_the_creditor_is_asked_about_the_rest()
    {
        var life = Life().Then(Noticed, Paid("p", 1200));
        Assert.Equal(CaseStatus.Paid, life.Status);
        var task = Assert.Single(life.File.Tasks);
        Assert.Equal((TaskKind.AccessoriesOwed, "60.00 EUR"), (task.Kind, task.Note));
    }

    [Fact]
    public void The_question_is_asked_once_and_goes_when_they_are_paid()
    {
        var asked = Life().Then(Noticed, Paid("p", 1200));
        Assert.Empty(asked.Then("2026-12-03 10:00", Paid("q", 60)).File.Tasks);
        var answered = Life().Then(Noticed, Paid("p", 1200));
        answered.Tell(new TaskDone(answered.File.Tasks[0].Id, "waived"));
        Assert.Empty(answered.Then("2026-12-03 10:00", new Held("audit")).File.Tasks);
    }

    [Fact]
    public void A_reversal_takes_the_question_back_and_the_next_payment_asks_it_again()
    {
        var life = Life().Then(Noticed, Paid("p", 1200)).Then("2026-12-04 10:00", new PaymentReversed("p") { Id = "r" });
        Assert.DoesNotContain(life.File.Tasks, t => t.Kind == TaskKind.AccessoriesOwed);
        Assert.Contains(life.Then("2026-12-05 10:00", Paid("again", 1200)).File.Tasks, t => t.Kind == TaskKind.AccessoriesOwed);
    }

    [Fact]
    public void Dropping_them_asks_nothing() =>
        Assert.Empty(Life("drop").Then(Noticed, Paid("p", 1200)).File.Tasks);

    [Fact]
    public void Chased_they_keep_the_case_open_until_they_are_paid()
    {
        var life = Life("chase").Then(Noticed, Paid("p", 1200));
        Assert.NotEqual(CaseStatus.Paid, life.Status);
        Assert.Equal(CaseStatus.Paid, life.Then("2026-12-05 10:00", Paid("q", 60)).Status);
    }

    [Fact]
    public void What_nobody_took_was_not_demanded()
    {
        var life = new Ladder(Valid(FrB2bDraft)) { ApprovesAtOnce = true, PostsAtOnce = true, Demands = Demanded };
        life.Provider = (key, at) => key.Step == "formal-notice" ? new MessageRefused(key, "it cannot be drawn") : new MessageAccepted(key);
        life.Registered("2026-10-01 10:00").Then(Noticed, Paid("p", 1260));
        Assert.Null(life.File.Account.Demanded);
        Assert.Equal(Eur(60), life.File.Account.Overpaid);
    }

    [Fact]
    public void What_a_later_message_demands_replaces_what_an_earlier_one_did()
    {
        var life = Life().Until(Noticed);
        var later = new Demand(new(2026, 12, 10), Eur(25), Eur(40));
        var key = life.File.Steps.SelectMany(s => s.Legs.Select(l => new MessageKey(life.File.Id, s.Id, l.Channel, 1))).Last(k => k.Channel == Channel.Email);
        life.Tell(new ResendAsked(key) { Id = "again" }).Tell(new MessageClaimed(key with { Sending = 2 }) { Demanded = later });
        Assert.NotEqual(later, life.File.Account.Demanded);
        life.Tell(new MessageAccepted(key with { Sending = 2 }));
        Assert.Equal(later, life.File.Account.Demanded);
    }

    private static Ladder Life(string whenPrincipalPaid = "task")
    {
        var policy = Valid(FrB2bDraft with { Accessories = new("formal-notice", whenPrincipalPaid) });
        return new Ladder(policy) { ApprovesAtOnce = true, PostsAtOnce = true, Demands = Demanded }.Registered("2026-10-01 10:00");
    }

    private static Demand? Demanded(MessageKey key, DateOnly today) => key.Step == "formal-notice" ? new(today, Eur(20), Eur(40)) : null;

    private static PaymentReceived Paid(string id, int amount) => new(Eur(amount), new(2026, 12, 2), "bank") { Id = id };
}
