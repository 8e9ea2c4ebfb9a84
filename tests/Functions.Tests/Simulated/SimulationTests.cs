using System.Diagnostics;
using System.Globalization;
using Dunning.Simulation;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>The engine's seeded simulation again, through orchestrations, activities, sweep and tables.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const ulong InBuild = 100;

    /// <summary>DUNNING_SEEDS=from..to runs those instead; one seed alone also writes its trace.</summary>
    [Fact]
    public void Every_promise_holds_in_every_seed()
    {
        var (from, to) = Seeds.Asked() ?? (1, InBuild);
        var watch = Stopwatch.StartNew();
        using var lines = from == to ? new StreamWriter($"seed-{from}.txt") : null;
        var (tally, broken) = Seeds.Run(from, to, seed => SimulatedHost.Run(seed, lines: lines).Tally, "dotnet test tests/Functions.Tests");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seeds {from}..{to} in {watch.Elapsed.TotalSeconds:F1} s: {tally}"));
        Assert.True(broken.Count == 0, $"{broken.Count} seeds broke a promise.\n{string.Join('\n', broken.Take(20))}");
        if (to - from + 1 >= InBuild)
            Assert.Empty(Missed(tally, to - from + 1));
    }

    [Fact]
    public void A_seed_played_twice_is_the_same_to_the_byte()
    {
        for (var seed = 1UL; seed <= 8; seed++)
            Assert.Equal(Played(seed), Played(seed));
    }

    private static string Played(ulong seed)
    {
        using var lines = new StringWriter(CultureInfo.InvariantCulture);
        var outcome = SimulatedHost.Run(seed, lines: lines);
        return $"{lines}seed {seed}: {outcome.Hash}";
    }

    // A simulation in which nothing happens keeps every promise.
    private static IEnumerable<string> Missed(Tally tally, double seeds) => new (string What, double PerSeed)[]
    {
        ("sends", 3), ("crashes", 2), ("crashes in front", 0.3), ("storage down", 1), ("storage answers lost", 0.5), ("activity BeforeRun", 1), ("activity AfterRun", 1),
        ("activity RunTwice", 1), ("signals lost", 2), ("raised by name", 1), ("races", 1), ("sweeps", 2), ("asked", 0.3), ("duplicates", 2), ("downtimes", 0.5),
        ("provider answer lost", 0.1), ("provider late", 0.1), ("provider refused", 0.1), ("provider throttled", 0.3), ("commits lost to a race", 0.3), ("closed Paid", 0.5),
    }.Where(floor => tally[floor.What] < floor.PerSeed * seeds).Select(floor => $"{floor.What}: {tally[floor.What]} in {seeds} seeds");
}
