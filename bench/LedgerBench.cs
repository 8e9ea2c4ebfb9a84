using System.Diagnostics;
using Dunning.Domain;
using Dunning.Local.Store;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Simulation;

namespace Dunning.Bench;

/// <summary>A past ledger lived again: one creditor's invoices, four messages and a payment each, under one policy and under two.</summary>
internal static class LedgerBench
{
    private static readonly DateOnly Due = new(2026, 10, 30);
    private static readonly DateTimeOffset Paid = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    public static async Task Run(int count)
    {
        var folder = Directory.CreateTempSubdirectory("dunning-ledger-").FullName;
        using (var store = SqliteStore.Open(folder))
        {
            var cases = Enumerable.Range(0, count).Select(i => Invoices.RegisterDue(i, Due)).ToList();
            foreach (var some in cases.Chunk(500))
                await store.Append(some, default);
            foreach (var some in cases.Select(Payment).Chunk(500))
                await store.Append(some, default);
            var replay = new LedgerReplay(store, store, new OnePolicy());
            foreach (var policies in new[] { 1, 1, 2 })
            {
                var (time, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                var view = await replay.Run(new Creditor(Invoices.Creditor(0), "Bench"), Due, Due, [.. Enumerable.Repeat(Invoices.Policy, policies)], Paid.AddMonths(3), default);
                var (elapsed, used) = (time.Elapsed, Environment.CpuUsage.TotalTime - cpu);
                if (view.Cases != Math.Min(count, LedgerReplay.MaxCases) || view.Tried[0].Messages != 4 * view.Cases)
                    throw new InvalidOperationException($"{view.Cases} cases, {view.Tried[0].Messages} messages.");
                Report.Rate($"a ledger lived again under {policies} policies ({view.Cases:n0} cases)", view.Cases, elapsed);
                Report.Say("processor time per case", $"{used.TotalMicroseconds / view.Cases:n0} us; {Environment.WorkingSet >> 20} MiB");
            }
        }
        Directory.Delete(folder, recursive: true);
    }

    private static CaseAppend Payment(CaseAppend c)
    {
        var paid = new CaseEvent.PaymentReceived(c.Created!.State.Known!.Balance, DateOnly.FromDateTime(Paid.DateTime), "bank") { Id = "pay-" + c.CaseId };
        return new(c.CaseId, c.Creditor, paid, Paid, "key");
    }

    private sealed class OnePolicy : IPolicyBook
    {
        public ValueTask<Policy> Get(PolicyRef policy, CancellationToken ct) => ValueTask.FromResult(Invoices.Policy);
    }
}
