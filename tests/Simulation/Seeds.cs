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
    public static (Tally Tally, IReadOnlyList<string> Broken) Run(ulong from, ulong to, Func<ulong, Tally> play, string command)
    {
        var (tally, broken) = (new Tally(), new SortedDictionary<ulong, string>());
        // Each seed is one thread's from its first to its last step; seeds know nothing of each other.
        Parallel.For((long)from, (long)to + 1, new() { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var (one, found) = Play((ulong)seed, play);
            lock (tally)
            {
                if (one is not null)
                    tally.Add(one);
                if (found is not null)
                    broken[(ulong)seed] = $"seed {seed}: {found.Message}\n    DUNNING_SEEDS={seed} {command}";
            }
        });
        return (tally, [.. broken.Values]);
    }

    private static (Tally? Tally, BrokenPromise? Broken) Play(ulong seed, Func<ulong, Tally> play)
    {
        try
        {
            return (play(seed), null);
        }
        catch (BrokenPromise broken)
        {
            return (null, broken);
        }
    }
}
