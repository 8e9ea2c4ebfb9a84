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

    /// <exception cref="BrokenPromise">The first broken promise, after the command that plays it again.</exception>
    public static Tally Run(ulong from, ulong to, TextWriter? lines = null)
    {
        var tally = new Tally();
        for (var seed = from; seed <= to; seed++)
        {
            try
            {
                tally.Add(Simulation.Run(seed, null, lines).Tally);
            }
            catch (BrokenPromise broken)
            {
                lines?.Flush();
                throw new BrokenPromise(broken.Promise, $"seed {seed}", $"{broken.Message}\nreplay: DUNNING_SEEDS={seed}..{seed} dotnet run --project tests/Simulation");
            }
        }
        lines?.Flush();
        return tally;
    }
}
