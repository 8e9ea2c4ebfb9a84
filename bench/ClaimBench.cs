using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Claims;

namespace Dunning.Bench;

/// <summary>Time per claim, one thread: the design's example, a business three semesters late with three payments, a consumer after a judgment, seven years.</summary>
internal static class ClaimBench
{
    public static void Run(int count)
    {
        var rates = RatesFile.Load(RatesFile.Shipped);
        Console.WriteLine("| claim | segments | µs each | bytes each |\n|---|---|---|---|");
        Measure("one payment, one semester", Terms("fr-b2b", 6000m, "2025-09-30", "2025-11-30", ("2025-10-20", 2500m)), rates, count);
        Measure("three payments, three semesters, interest first",
            Terms("fr-b2b", 12_000m, "2024-12-15", "2025-11-30", ("2025-02-01", 2500m), ("2025-08-01", 700m), ("2025-10-01", 900m)) with { Allocation = Allocation.InterestFirst }, rates, count);
        Measure("consumer after a judgment",
            Terms("fr-b2c", 900m, "2025-03-31", "2026-03-31") with { FormalNoticeOn = Date("2025-05-15"), JudgmentServedOn = Date("2025-10-01") }, rates, count);
        Measure("seven years", Terms("be-b2b", 12_000m, "2019-01-31", "2026-03-31"), rates, count);
    }

    private static void Measure(string name, ClaimTerms terms, Rates rates, int count)
    {
        for (var i = 0; i < count / 10; i++)
            ClaimCalculator.Calculate(terms, rates, out _);
        // Processor time, not the clock's: the machine is shared.
        var (before, used) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        Claim? claim = null;
        for (var i = 0; i < count; i++)
            claim = ClaimCalculator.Calculate(terms, rates, out _);
        var (elapsed, bytes) = (Environment.CpuUsage.TotalTime - used, GC.GetAllocatedBytesForCurrentThread() - before);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {claim!.Segments.Count} | {elapsed.TotalMicroseconds / count:0.00} | {bytes / count} |"));
    }

    private static ClaimTerms Terms(string regime, decimal amount, string due, string asOf, params (string Date, decimal Amount)[] payments) =>
        new(regime, Money.Of(amount, Currency.Euro), Date(due), Date(asOf)) { Payments = [.. payments.Select(p => new DatedAmount(Date(p.Date), Money.Of(p.Amount, Currency.Euro)))] };

    private static DateOnly Date(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
