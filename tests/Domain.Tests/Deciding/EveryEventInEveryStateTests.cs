using System.Reflection;
using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

/// <summary>The compiler does not check that every event is thought of in every state; this does.</summary>
public class EveryEventInEveryStateTests
{
    private static readonly CaseEvent[] Events =
    [
        Registered(), new WokeUp(), new PaymentReceived(Eur(300), Date("2026-11-20"), "bank"), new PaymentReversed("p1"), new PaymentPending(Date("2027-01-20")),
        new PendingPaymentFailed("pending"), new CreditNoteIssued(Eur(100), Date("2026-11-20")), new DuplicateConfirmed("p2", true), new InvoiceAmended(Eur(1500), "mistake"),
        new InvoiceSent(At("2026-11-20 10:00")), new PromiseMade(Date("2027-01-20")), new DisputeOpened(DisputeKind.Technical, DisputeCode.NotReceived),
        new DisputeResolved("dispute", DisputeOutcome.Upheld), new PlanProposed([new(Date("2027-01-20"), Eur(1200))]), new PlanAgreed([new(Date("2027-01-20"), Eur(1200))]),
        new Held("talks"), new Released(), new ReplyReceived("email", "hello"), new ReplyClassified("reply", "question"), new ContactChanged(Baker with { Email = "new@example.org" }),
        new DueDateChanged(Date("2027-02-01")), new SendingStopped(StopCause.Switch), new SendingResumed(), new InsolvencyOpened(Date("2026-11-20"), Date("2027-01-20")),
        new Cancelled("mistake"), new WrittenOff("hopeless"), new CallLogged("call", "no answer"), new StepApproved("hand-over"), new StepRejected("first"),
        new StepHastened("second"), new PolicyMoved(RefOf(FrB2b)), new MessageClaimed(Key("first")), new MessageAccepted(Key("first")), new MessageDelivered(Key("first")),
        new MessageBounced(Key("first"), "gone"), new MessageRefused(Key("first"), "no"), new MessageUncertain(Key("first"), "timeout"),
        new MessageDeferred(Key("first"), At("2026-12-20 10:00"), "busy"), new LetterPosted(Key("formal-notice", Channel.Letter), Date("2026-12-01")),
        new LetterReturned(Key("formal-notice", Channel.Letter), LetterReturn.Unclaimed, Date("2026-12-20")),
        new ProcedureRecorded(Procedure.PaymentOrder, ProcedureStage.Ordered, Date("2026-12-20")),
        new PlanAccepted("plan", Date("2026-12-20"), "Jeanne Martin"), new DebitNoteIssued("ND-2026-0001", Eur(12), Eur(40), Date("2026-12-20"), Date("2026-12-20")),
        new ResendAsked(Key("first")), new TaskDone($"{CaseId}~1"), new EventSetAside(3, "it cannot be read"),
    ];

    private static readonly Dictionary<string, Func<Ladder>> States = new()
    {
        ["unregistered"] = () => new(),
        ["scheduled"] = () => Ladder.Of("2026-10-01 10:00"),
        ["reminding"] = () => Ladder.Of("2026-10-01 10:00").Until("2026-11-10 10:00"),
        ["underway"] = () => Unsettled(_ => null).Then("2026-11-09 08:00", new SendingStopped(StopCause.Ledger)).Then("2026-11-09 10:00", new SendingResumed()),
        ["claimed"] = () => Unsettled(_ => null).Until("2026-11-09 09:00"),
        ["deferred"] = () => Unsettled(_ => null).Then("2026-11-09 09:10", new MessageDeferred(Key("first"), At("2026-11-09 16:00"), "busy")),
        ["uncertain"] = () => Unsettled(key => new MessageUncertain(key, "timeout")).Until("2026-11-10 10:00"),
        ["held"] = () => Silent(new Held("talks")),
        ["debtor held"] = () => Silent(new Held("talks", null, HoldScope.Debtor)),
        ["disputed"] = () => Silent(new DisputeOpened(DisputeKind.Technical, DisputeCode.NotReceived) { Id = "dispute" }),
        ["disputed in part"] = () => Silent(new DisputeOpened(DisputeKind.Technical, DisputeCode.NotReceived, Eur(100)) { Id = "dispute" }),
        ["on plan"] = () => Silent(new PlanAgreed([new(Date("2027-01-20"), Eur(1200))])),
        ["promised"] = () => Silent(new PromiseMade(Date("2026-12-20"))),
        ["pending payment"] = () => Silent(new PaymentPending(Date("2026-12-20")) { Id = "pending" }),
        ["reply"] = () => Silent(new ReplyReceived("email") { Id = "reply" }),
        ["insolvent"] = () => Silent(new InsolvencyOpened(Date("2026-11-10"), Date("2027-01-10"))),
        ["duplicate"] = () => Silent(new PaymentReceived(Eur(300), Date("2026-11-05"), "bank") { Id = "p1" }, new PaymentReceived(Eur(300), Date("2026-11-06"), "platform") { Id = "p2" }),
        ["stopped"] = () => Silent(new SendingStopped(StopCause.Switch)),
        ["ledger too old"] = () => Silent(new SendingStopped(StopCause.Ledger)),
        ["invoice unsent"] = () => Ladder.Of("2026-10-01 10:00", invoice: Sample.Invoice with { Unsent = true }).Until("2026-11-10 10:00"),
        ["waits for approval"] = () => Ladder.Of("2026-10-01 10:00", FrB2c, debtor: Person).Until("2026-12-20 10:00"),
        ["notice not posted"] = () => Ladder.Of("2026-10-01 10:00").Until("2026-12-20 10:00"),
        ["notice bounced"] = () => Ladder.Of("2026-10-01 10:00").Then("2026-12-02 10:00", new MessageBounced(Key("formal-notice"), "gone")).Until("2026-12-20 10:00"),
        ["ladder done"] = () => Ladder.Smooth("2026-10-01 10:00").Until("2027-01-20 10:00"),
        ["paid"] = () => Silent(new PaymentReceived(Eur(1200), Date("2026-11-10"), "bank") { Id = "p1" }),
        ["paid while claimed"] = () => Unsettled(_ => null).Then("2026-11-09 09:05", new PaymentReceived(Eur(1200), Date("2026-11-10"), "bank") { Id = "p1" }),
        ["cancelled"] = () => Silent(new Cancelled("mistake")),
        ["written off"] = () => Silent(new WrittenOff("hopeless")),
    };

    public static TheoryData<string> StateNames => [.. States.Keys];

    [Fact]
    public void Every_kind_of_event_has_a_sample() => Assert.Equal(
        typeof(CaseEvent).GetNestedTypes(BindingFlags.Public).Where(t => t.IsSubclassOf(typeof(CaseEvent))).Select(t => t.Name).Order(StringComparer.Ordinal),
        Events.Select(e => e.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_reason_to_wait_is_a_state_here()
    {
        var reasons = States.Values.Select(s => s().WaitsFor).ToHashSet();
        Assert.Equal(Enum.GetValues<WaitReason>(), reasons.Order());
    }

    [Theory]
    [MemberData(nameof(StateNames))]
    public void Every_event_is_decided_once_and_leaves_something_to_wait_for(string name)
    {
        foreach (var sample in Events)
        {
            var life = States[name]();
            var (state, now, @event) = (life.State, life.Now.AddHours(1), sample with { Id = sample is WokeUp ? "" : "once" });
            if (state is DunningCase.Unregistered)
                now = At("2026-10-01 10:00");
            var first = Decider.Decide(state, @event, life.Policy, now);
            new Promises().Check(state, @event, first, life.Policy, now);
            var second = Decider.Decide(first.State, @event, life.Policy, now);
            Assert.True(ReferenceEquals(first.State, second.State), $"{@event.GetType().Name} changes a case twice.");
            Assert.Empty(second.Commands);
            Assert.Equal(Decider.WakeAt(first.State, life.Policy), Decider.WakeAt(second.State, life.Policy));
        }
    }

    [Theory]
    [MemberData(nameof(StateNames))]
    public void Years_of_wake_ups_after_any_event_never_fail(string name)
    {
        foreach (var sample in Events)
        {
            var life = States[name]();
            if (life.State is not DunningCase.Unregistered)
                life.Then(life.Now.AddHours(1), sample).Until("2029-01-01 00:00");
        }
    }

    private static Ladder Silent(params CaseEvent[] facts) => Ladder.Of("2026-10-01 10:00").Then("2026-11-10 10:00", facts);

    private static Ladder Unsettled(Func<MessageKey, CaseEvent?> provider)
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-01 00:00");
        life.Provider = (key, _) => provider(key);
        return life;
    }
}
