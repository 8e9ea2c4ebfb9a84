using System.Diagnostics;
using System.Globalization;
using Dunning.Local;

namespace Dunning.Bench;

/// <summary>What a host costs while everything it has is asleep: the real program over a folder the store benchmark kept, watched for a minute.</summary>
internal static class SleepBench
{
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(60);

    public static async Task Run(string folder)
    {
        // Under a test clock at the date of the invoices: by today's date most of them would be awake.
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { typeof(LocalHost).Assembly.Location, "--data", folder, "--urls", "http://127.0.0.1:7199", "--key", "bench", "--clock", Invoices.Now.ToString("O") })
            start.ArgumentList.Add(argument);
        start.Environment["DUNNING_SENDING"] = "off";
        var time = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Dunning listens", StringComparison.Ordinal))
        {
        }
        Report.Say("start until it listens", string.Create(CultureInfo.InvariantCulture, $"{time.Elapsed.TotalSeconds:n2} s"));
        await Task.Delay(TimeSpan.FromSeconds(10));
        process.Refresh();
        var before = process.TotalProcessorTime;
        await Task.Delay(Watch);
        process.Refresh();
        Report.Say("resident memory", string.Create(CultureInfo.InvariantCulture, $"{process.WorkingSet64 / 1048576.0:n0} MiB"));
        Report.Say("processor, asleep", string.Create(CultureInfo.InvariantCulture, $"{100 * (process.TotalProcessorTime - before) / Watch:n2} % of one core"));
        process.Kill();
    }
}
