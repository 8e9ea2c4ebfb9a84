using System.Globalization;

namespace Dunning.Bench;

/// <summary>Processor time of the store's writer: on a shared machine the clock on the wall tells little.</summary>
internal static class Threads
{
    public static (TimeSpan User, TimeSpan Kernel) Writer()
    {
        foreach (var task in OperatingSystem.IsLinux() ? Directory.GetDirectories("/proc/self/task") : [])
        {
            var stat = File.ReadAllText(Path.Combine(task, "stat"));
            if (!stat.Contains("(store writer)", StringComparison.Ordinal))
                continue;
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Ticks(fields[11]), Ticks(fields[12]));
        }
        return default;
    }

    private static TimeSpan Ticks(string hundredths) => TimeSpan.FromMilliseconds(10 * long.Parse(hundredths, CultureInfo.InvariantCulture));
}
