using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

/// <summary>Two silences at once. The first begins and is ended first, unless its own clock ends it.</summary>
public class SilencePairTests
{
    private static readonly DateTimeOffset FirstBegins = At("2026-11-05 10:00");
    private static readonly DateTimeOffset SecondBegins = At("2026-11-05 16:00");
    private static readonly DateTimeOffset FirstIsEnded = At("2026-11-12 12:00");
    private static readonly DateTimeOffset SecondIsEnded = At("2026-11-18 12:00");

    // In the order in which a case says what it waits for.
    private static readonly Silence[] Silences =
    [
        new("insolvency", CaseStatus.Insolvent, WaitReason.Insolvency, new InsolvencyOpened(Date("2026-11-04"), Date("2027-01-04"))) { Clock = DateTimeOffset.MaxValue },
        new("case hold", CaseStatus.Held, WaitReason.Hold, new Held("talks")) { Ends = new Released() },
        new("debtor hold", CaseStatus.Held, WaitReason.Hold, new Held("talks", null, HoldScope.Debtor)) { Ends = new Released(HoldScope.Debtor) },
        new("dispute", CaseStatus.Disputed, WaitReason.Dispute, new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality) { Id = "d" }) { Ends = new DisputeResolved("d", DisputeOutcome.Rejected) },
        new("plan", CaseStatus.OnPlan, WaitReason.Plan, new PlanAgreed([new(Date("2026-11-09"), Eur(1000)), new(Date("2026-11-25"), Eur(200))])) { Clock = At("2026-11-12 00:00") },
        new("promise", CaseStatus.Promised, WaitReason.Promise, new PromiseMade(Date("2026-11-09"))) { Clock = At("2026-11-12 00:00") },
        new("pending", CaseStatus.Scheduled, WaitReason.PendingPayment, new PaymentPending(Date("2026-12-20")) { Id = "n" }) { Ends = new PendingPaymentFailed("n") },
        new("duplicate", CaseStatus.Scheduled, WaitReason.PossibleDuplicate,
            new PaymentReceived(Eur(50), Date("2026-10-05"), "bank") { Id = "p1" }, new PaymentReceived(Eur(50), Date("2026-10-06"), "platform") { Id = "p2" }) { Ends = new DuplicateConfirmed("p2", SameMoney: true) },
        new("reply", CaseStatus.Scheduled, WaitReason.Reply, new ReplyReceived("email")) { Clock = At("2026-11-11 00:00") },
    ];

    private static readonly DateTimeOffset[] Looks = [SecondBegins.AddHours(1), At("2026-11-10 18:00"), At("2026-11-11 18:00"), At("2026-11-12 11:00"), At("2026-11-12 18:00"), At("2026-11-18 18:00"), At("2026-11-19 18:00")];

    public static TheoryData<string, string> Pairs => new(Silences.SelectMany(a => Silences.Where(b => b != a).Select(b => (a.Name, b.Name))));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Nothing_leaves_while_either_is_in_force_and_neither_touches_the_clock_of_the_other(string first, string second)
    {
        var (a, b) = (Find(first), Find(second));
        var life = Ladder.Of("2026-10-01 10:00").Then(FirstBegins, a.Begins).Then(SecondBegins, b.Begins);
        // A whole dispute voids a promise made before it: the one exception.
        var endOfA = (first, second) == ("promise", "dispute") ? SecondBegins : a.Ends is null ? a.Clock : FirstIsEnded;
        var endOfB = b.Ends is null ? b.Clock : SecondIsEnded;
        var free = endOfA > endOfB ? endOfA : endOfB;
        foreach (var look in Looks)
        {
            if (look > FirstIsEnded && life.Now < FirstIsEnded && a.Ends is not null)
                life.Then(FirstIsEnded, a.Ends);
            if (look > SecondIsEnded && life.Now < SecondIsEnded && b.Ends is not null)
                life.Then(SecondIsEnded, b.Ends);
            life.Then(look);
            var inForce = Silences.Where(s => (s == a && look < endOfA) || (s == b && look < endOfB)).ToList();
            Assert.Equal(inForce.FirstOrDefault()?.Waits ?? WaitReason.Nothing, life.WaitsFor);
            if (inForce.Count > 0)
                Assert.Equal(inForce.Find(s => s.Status != CaseStatus.Scheduled)?.Status ?? CaseStatus.Scheduled, life.Status);
        }
        if (free == DateTimeOffset.MaxValue)
            life.Sends("2026-10-28 09:00 courtesy email");
        else
            Assert.Equal($"{Wall(free.TimeOfDay == TimeSpan.Zero ? At("2026-11-12 09:00") : free)} first email", life.Sent[1]);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_had_not_left_is_taken_back(string first, string second)
    {
        var life = Ladder.Of("2026-10-01 10:00").Until("2026-11-08 00:00");
        life.Provider = (key, at) => new MessageDeferred(key, at.AddHours(1), "busy");
        life.Until("2026-11-09 09:30").Then("2026-11-09 09:40", Find(first).Begins).Then("2026-11-09 09:45", Find(second).Begins).Until("2026-11-09 23:00");
        Assert.Single(life.Sent, s => s.Contains("first", StringComparison.Ordinal));
        Assert.DoesNotContain(life.File.Steps, s => s.Id == "first");
    }

    private static Silence Find(string name) => Silences.Single(s => s.Name == name);

    private sealed record Silence(string Name, CaseStatus Status, WaitReason Waits, params CaseEvent[] Begins)
    {
        public CaseEvent? Ends { get; init; }

        public DateTimeOffset Clock { get; init; }
    }
}
