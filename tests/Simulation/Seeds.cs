using System.Globalization;

namespace Dunning.Simulation;

/// <summary>A range of seeds, and how to play a failing one again.</summary>
internal static class Seeds
{
    public static (ulong From, ulong To)? Asked()
    {
        var text = Environment.GetEnvironmentVariable("DUNNING_SEEDS");
        if (string.IsNullOrEmpty(text))
            return null;
        var ends = text.Split("..");
        var from = ulong.Parse(ends[0], CultureInfo.InvariantCulture);
        return (from, ends.Length > 1 ? ulong.Parse(ends[1], CultureInfo.InvariantCulture) : from);
    }

    /// <summary>Plays them all; what broke is told seed by seed, each with the command that plays it again.</summary>
    public static (Tally Tally, IReadOnlyList<string> Broken) Run(ulong from, ulong to, Weakness? weakness = null, TextWriter? lines = null)
    {
        var (tally, broken) = (new Tally(), new List<string>());
        for (var seed = from; seed <= to; seed++)
            try
            {
                tally.Add(Simulation.Run(seed, weakness, lines).Tally);
            }
            catch (BrokenPromise found)
            {
                broken.Add($"seed {seed}: {found.Message}\n    DUNNING_SEEDS={seed} dotnet run --project tests/Simulation");
            }
        return (tally, broken);
    }
}
