using System.Diagnostics;
using System.Globalization;

namespace Dunning.Simulation;

public sealed class SimulationTests(ITestOutputHelper output)
{
    /// <summary>DUNNING_SEEDS=from..to runs those instead; one seed alone also prints its trace.</summary>
    [Fact]
    public void Every_promise_holds_in_every_seed()
    {
        var (from, to) = Seeds.Asked() ?? (1, 500);
        var watch = Stopwatch.StartNew();
        using var lines = from == to ? new StreamWriter($"seed-{from}.txt") : null;
        var (tally, broken) = Seeds.Run(from, to, null, lines);
        var seeds = to - from + 1;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seeds} seeds, {seeds / watch.Elapsed.TotalSeconds:F0} a second: {tally}"));
        if (seeds >= 500)
            CheckEventful(tally, (long)seeds);
        Assert.True(broken.Count == 0, $"{broken.Count} seeds broke a promise.\n{string.Join('\n', broken.Take(20))}");
    }

    [Fact]
    public void A_seed_played_twice_is_the_same_to_the_byte()
    {
        for (var seed = 1UL; seed <= 20; seed++)
            Assert.Equal(Simulation.Run(seed).Hash, Simulation.Run(seed).Hash);
    }

    private static void CheckEventful(Tally tally, long seeds)
    {
        string[] kinds =
        [
            .. "PaymentReceived PaymentReversed PaymentPending CreditNoteIssued PromiseMade DisputeOpened DisputeResolved PlanAgreed PlanProposed".Split(' '),
            .. "Held Released ReplyReceived ReplyClassified ContactChanged DueDateChanged StepApproved StepRejected StepHastened".Split(' '),
            .. "Cancelled WrittenOff InsolvencyOpened LetterPosted MessageBounced MessageDelivered ResendAsked TaskDone InvoiceAmended".Split(' '),
        ];
        var floors = kinds.ToDictionary(kind => $"fact {kind}", _ => seeds / 40);
        foreach (var (what, floor) in new (string, long)[]
        {
            ("sends", seeds * 3), ("crashes", seeds * 2), ("claims lost to a race", seeds / 2), ("recoveries", seeds / 4), ("duplicates", seeds * 3),
            ("disk full", seeds / 2), ("downtimes", seeds / 2), ("stops", seeds / 2), ("resumed", seeds / 40), ("asked", seeds / 2), ("races", seeds),
            ("provider answer lost", seeds / 8), ("provider late", seeds / 8), ("provider refused", seeds / 8), ("provider throttled", seeds / 4), ("closed Paid", seeds),
            ("closed Cancelled", seeds / 100), ("closed WrittenOff", seeds / 100),
        })
            floors[what] = floor;
        var missed = floors.Where(f => tally[f.Key] < f.Value).Select(f => $"{f.Key}: {tally[f.Key]} of {f.Value}").ToList();
        Assert.True(missed.Count == 0, $"Too little happened for a pass to mean anything.\n{string.Join('\n', missed)}");
    }
}
