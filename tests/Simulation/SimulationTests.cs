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
        var (tally, broken) = Seeds.Run(from, to, seed => Simulation.Run(seed, null, lines).Tally, "dotnet run --project tests/Simulation");
        var seeds = to - from + 1;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seeds} seeds, {seeds / watch.Elapsed.TotalSeconds:F0} a second: {tally}"));
        if (seeds >= 500)
            Assert.Empty(Floors.Missed(tally, (long)seeds));
        Assert.True(broken.Count == 0, $"{broken.Count} seeds broke a promise.\n{string.Join('\n', broken.Take(20))}");
    }

    [Fact]
    public void A_seed_played_twice_is_the_same_to_the_byte()
    {
        for (var seed = 1UL; seed <= 20; seed++)
            Assert.Equal(Simulation.Run(seed).Hash, Simulation.Run(seed).Hash);
    }
}
