using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

/// <summary>What is agreed on Tuesday 10 November is confirmed by e-mail, where the policy says so.</summary>
public class ConfirmationTests
{
    private static readonly PromiseMade Promised = new(Date("2026-11-20")) { Id = "p" };

    [Fact]
    public void Nothing_is_confirmed_unless_the_policy_says_so() =>
        Assert.Empty(Ladder.Of("2026-11-10 07:00").Then("2026-11-10 10:00", Promised).File.Confirmations);

    [Fact]
    public void A_promise_is_confirmed_once_at_once_and_the_silence_stands()
    {
        var life = Life().Then("2026-11-10 10:00", Promised).Until("2026-11-20 12:00");
        Assert.Equal("2026-11-10 10:00 confirm_promise_1 email", life.Sent[^1]);
        Assert.Equal(CaseStatus.Promised, life.Status);
    }

    [Fact]
    public void Made_in_the_evening_it_is_confirmed_the_next_morning() =>
        Assert.Equal("2026-11-12 09:00 confirm_promise_1 email", Life().Then("2026-11-10 20:00", Promised).Until("2026-11-13 00:00").Sent[^1]);

    [Theory]
    [InlineData("payment")]
    [InlineData("hold")]
    [InlineData("dispute")]
    [InlineData("stop")]
    [InlineData("another promise")]
    public void What_comes_before_it_leaves_keeps_it_back(string what)
    {
        var life = Life().Then("2026-11-10 20:00", Promised);
        life.Then("2026-11-10 21:00", what switch
        {
            "payment" => new PaymentReceived(Eur(1200), Date("2026-11-10"), "bank") { Id = "x" },
            "hold" => new Held("talk") { Id = "x" },
            "dispute" => new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality) { Id = "x" },
            "stop" => new SendingStopped(StopCause.Switch),
            _ => new PromiseMade(Date("2026-11-25")) { Id = "x" },
        });
        Assert.DoesNotContain(life.Until("2026-11-16 00:00").Sent, s => s.Contains("confirm_promise_1", StringComparison.Ordinal));
    }

    [Fact]
    public void It_moves_no_step_and_no_gap_counts_from_it()
    {
        var (with, without) = (Life(), Ladder.Of("2026-10-01 10:00"));
        foreach (var life in new[] { with, without })
            life.Then("2026-11-10 10:00", Promised).Until("2027-01-31 00:00");
        Assert.Equal(without.Sent, with.Sent.Where(s => !s.Contains("confirm", StringComparison.Ordinal)));
    }

    [Fact]
    public void In_doubt_it_waits_for_a_person_like_any_message()
    {
        var life = Life();
        life.Provider = (key, _) => key.Step.StartsWith("confirm", StringComparison.Ordinal) ? new MessageUncertain(key, "no answer") : new MessageAccepted(key);
        life.Then("2026-11-10 10:00", Promised);
        Assert.Equal(WaitReason.UncertainMessage, Waiting.OfEveryMessage(life.File with { Silences = Silences.None }, life.Policy));
        Assert.Contains(life.File.Tasks, t => t.Kind == TaskKind.UncertainMessage);
    }

    [Fact]
    public void A_call_and_a_plan_are_confirmed_too()
    {
        var life = Life().Then("2026-11-10 10:00", new CallLogged(null, "reached") { Id = "c" })
            .Then("2026-11-10 11:00", new PlanAgreed([new(Date("2026-11-20"), Eur(600)), new(Date("2026-12-20"), Eur(600))]) { Id = "plan" });
        Assert.Equal(["2026-11-10 10:00 confirm_call_1 email", "2026-11-10 11:00 confirm_plan_2 email"], life.Sent.TakeLast(2));
    }

    [Fact]
    public void A_call_that_reached_nobody_is_not_followed_up() =>
        Assert.Empty(Life().Then("2026-11-10 10:00", new CallLogged(null, "no answer") { Id = "c" }).File.Confirmations);

    [Fact]
    public void A_call_made_while_a_plan_is_kept_is_not_followed_up_before_the_plan_ends()
    {
        var life = Life().Then("2026-11-10 10:00", new PlanAgreed([new(Date("2026-12-20"), Eur(1200))]) { Id = "plan" }, new CallLogged(null, "made") { Id = "c" });
        Assert.DoesNotContain(life.Until("2026-12-01 00:00").Sent, s => s.Contains("confirm_call", StringComparison.Ordinal));
    }

    [Fact]
    public void It_does_not_leave_to_an_address_that_failed_and_its_bounce_says_nothing_of_a_new_one()
    {
        var life = Life().Then("2026-11-10 10:00", Promised);
        var key = new MessageKey(CaseId, "confirm_promise_1", Channel.Email, 1);
        life.Then("2026-11-10 11:00", new ContactChanged(Baker with { Email = "nouveau@example.org" }) { Id = "x" }, new MessageBounced(key, "gone"));
        Assert.Empty(life.File.BadAddresses);
        var bounced = Life().Then("2026-11-10 20:00", Promised).Then("2026-11-10 21:00", new MessageBounced(Key("first"), "gone"));
        Assert.DoesNotContain(bounced.Until("2026-11-13 00:00").Sent, s => s.Contains("confirm", StringComparison.Ordinal));
    }

    private static Ladder Life() => Ladder.Of("2026-10-01 10:00", Valid(FrB2bDraft with { Confirmations = ["promise", "plan", "call"] }));
}
