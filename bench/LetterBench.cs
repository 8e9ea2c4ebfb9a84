using System.Diagnostics;
using Dunning.Service.Letters;
using Dunning.Service.Tests.Letters;

namespace Dunning.Bench;

/// <summary>How long a letter takes to draw, on one thread, and how heavy it is.</summary>
internal static class LetterBench
{
    public static void Run(int count)
    {
        Report.Say("letters", "");
        Report.Say("---", "---:");
        var renderer = new PdfLetterRenderer();
        var first = Stopwatch.StartNew();
        renderer.Render(SampleLetters.FormalNotice);
        Report.Say("the first letter of a process, fonts read and code compiled", $"{first.Elapsed.TotalMilliseconds:n0} ms");
        Measure("formal notice: two pages, two tables, QR code", renderer, SampleLetters.FormalNotice, count);
        Measure("reminder: one page, one table, QR code", renderer, SampleLetters.BelgianReminder, count);
    }

    private static void Measure(string what, PdfLetterRenderer renderer, Letter letter, int count)
    {
        var times = new double[count];
        var (bytes, allocated, used) = (0, 0L, TimeSpan.Zero);
        // The first half warms up.
        for (var i = -count; i < count; i++)
        {
            if (i == 0) used = Environment.CpuUsage.TotalTime;
            var (time, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
            bytes = renderer.Render(letter).Length;
            if (i < 0) continue;
            times[i] = time.Elapsed.TotalMilliseconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        used = Environment.CpuUsage.TotalTime - used;
        Array.Sort(times);
        Report.Say(what, $"{times[count / 2]:n1} ms, 99 % under {times[count * 99 / 100]:n1} ms");
        Report.Say("processor time", $"{used.TotalMilliseconds / count:n1} ms");
        Report.Say("its file; memory allocated to draw it", $"{bytes / 1024.0:n0} KB; {allocated / 1024.0:n0} KB");
    }
}
