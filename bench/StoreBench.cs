using System.Diagnostics;
using System.Globalization;
using Dunning.Domain;
using Dunning.Local.Store;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Bench;

/// <summary>What the SQLite store does in a second, and what it takes on the disk and in memory.</summary>
internal static class StoreBench
{
    private const int Batch = 500;
    private const int Producers = 4;
    private static readonly CancellationToken Never = CancellationToken.None;

    public static async Task Run(int cases, string? kept)
    {
        Invoices.AllAtOnce = Environment.GetEnvironmentVariable("ALL_AT_ONCE") is not null;
        var folder = kept ?? Directory.CreateTempSubdirectory("dunning-bench-").FullName;
        Report.Say("SQLite store", "");
        Report.Say("---", "---:");
        Making(20_000);
        var (from, import) = (0, kept is null || !File.Exists(Path.Combine(kept, SqliteStore.FileName)));
        foreach (var size in (int[])[10_000, 100_000, cases])
        {
            if (import)
                await Import(folder, from, size);
            if (import || size == cases)
                await Due(folder, size);
            from = size;
        }
        await Measure(folder, cases);
        if (kept is null)
            Directory.Delete(folder, recursive: true);
    }

    private static void Making(int count)
    {
        Invoices.Register(0);
        var made = new CaseAppend[count];
        Micros("a registration: making and deciding it", Time(() => { for (var i = 0; i < count; i++) made[i] = Invoices.Register(i); }), count);
        var bytes = 0L;
        Micros("a registration: its JSON", Time(() => Array.ForEach(made, m => bytes += DomainJson.Write(m.Event).Length + DomainJson.Write(m.Created!.State).Length)), count);
        Report.Say("a registration: bytes of its JSON", $"{bytes / count:n0}");
        var body = DomainJson.Write(made[0].Event);
        Micros("a registration: its hash", Time(() => Array.ForEach(made, m => AuditChain.Next([], 1, m.At, m.By, body))), count);
    }

    private static async Task Import(string folder, int from, int upTo)
    {
        using (var store = SqliteStore.Open(folder))
        {
            var next = from - Batch;
            var (time, cpu, writer) = (Stopwatch.StartNew(), Environment.CpuUsage, Threads.Writer());
            await Task.WhenAll(Enumerable.Range(0, Producers).Select(_ => Task.Run(async () =>
            {
                for (var first = Interlocked.Add(ref next, Batch); first < upTo; first = Interlocked.Add(ref next, Batch))
                    await store.Append([.. Enumerable.Range(first, Math.Min(Batch, upTo - first)).Select(Invoices.Register)], Never);
            })));
            Report.Rate($"import from {from:n0} to {upTo:n0}, {Producers} producers", upTo - from, time.Elapsed);
            Micros("processor time per case, making it included", Environment.CpuUsage.TotalTime - cpu.TotalTime, upTo - from);
            var (user, kernel) = (Threads.Writer().User - writer.User, Threads.Writer().Kernel - writer.Kernel);
            Micros("  of the writer, in SQLite", user, upTo - from);
            Micros("  of the writer, in the kernel (log and checkpoints)", kernel, upTo - from);
        }
        var bytes = new FileInfo(Path.Combine(folder, SqliteStore.FileName)).Length;
        Report.Say($"bytes per sleeping case at {upTo:n0}", $"{bytes / upTo:n0}");
    }

    private static async Task Due(string folder, int size)
    {
        using var store = SqliteStore.Open(folder);
        var first = (await store.Due(Invoices.Now, 500, Never)).NextWake!.Value;
        foreach (var (name, at) in ((string, DateTimeOffset)[])[("nothing due", Invoices.Now), ("500 of many due", first.AddDays(60))])
        {
            await store.Due(at, 500, Never);
            var time = Stopwatch.StartNew();
            for (var i = 0; i < 100; i++)
                await store.Due(at, 500, Never);
            Report.Say($"Due at {size:n0} cases, {name}", $"{time.Elapsed.TotalMilliseconds / 100:n3} ms");
        }
    }

    private static async Task Measure(string folder, int cases)
    {
        var opening = Stopwatch.StartNew();
        using var store = SqliteStore.Open(folder);
        await store.Due(Invoices.Now, 1, Never);
        Report.Say($"open with {cases:n0} cases, first Due", $"{opening.Elapsed.TotalMilliseconds:n1} ms");
        Resident("resident memory then");
        await Lists(store, cases);
        await Rows(store, cases);
        Resident("resident memory after all this");
        Report.Say("of which managed", $"{GC.GetTotalMemory(true) / 1048576.0:n0} MiB");
    }

    private static async Task Lists(SqliteStore store, int cases)
    {
        foreach (var (name, filter) in ((string, CaseFilter)[])
        [
            ("a creditor's by due date", new() { Creditors = ["creditor-0"] }),
            ("a creditor's by status", new() { Creditors = ["creditor-0"], Status = CaseStatus.Scheduled }),
            ("a creditor's dearest", new() { Creditors = ["creditor-0"], Sort = "-balance" }),
            ("everyone's by due date", new()),
            ("a debtor's", new() { Debtor = Invoices.Debtor(cases / 2) }),
            ("by number", new() { Number = "F-2026-000042" }),
        ])
        {
            var page = await store.Cases(filter, Never);
            var time = Stopwatch.StartNew();
            for (var i = 0; i < 20; i++)
                page = await store.Cases(filter, Never);
            Report.Say($"list of {page.Items.Count} cases, {name}", $"{time.Elapsed.TotalMilliseconds / 20:n2} ms");
        }
    }

    private static async Task Rows(SqliteStore store, int cases)
    {
        var random = new Random(1);
        var ids = Enumerable.Range(0, 20_000).Select(_ => Invoices.Case(random.Next(cases))).Distinct().ToList();
        await Timed("loads of random cases, one caller", ids, 1, id => store.Load(id, Never));
        await Timed("payments to random cases, 64 callers", ids, 64, id => store.Append([Pay(id)], Never));
        await Timed("loaded, folded and committed, 64 callers", ids, 64, async id =>
        {
            var stored = (await store.Load(id, Never))!;
            var state = Decider.Decide(stored.State, stored.Unread[0].Event, Invoices.Policy, stored.Unread[0].At).State;
            await store.Commit(new(id, stored.Version, state, CaseIndex.Of(state, Invoices.Policy, Invoices.Now)), Never);
        });
        await Timed("payments again, 64 callers", ids, 64, id => store.Append([Pay(id)], Never));
        await Timed("loaded, folded, committed and announced, 64 callers", ids, 64, async id =>
        {
            var stored = (await store.Load(id, Never))!;
            var state = Decider.Decide(stored.State, stored.Unread[0].Event, Invoices.Policy, stored.Unread[0].At).State;
            await store.Commit(new(id, stored.Version, state, CaseIndex.Of(state, Invoices.Policy, Invoices.Now)) { Changes = [new(stored.Unread[0], stored.State, state, Invoices.Policy)] }, Never);
        });
        await Timed("payments to random cases, one caller", ids[..2_000], 1, id => store.Append([Pay(id)], Never));
    }

    private static async Task Timed(string figure, List<string> ids, int callers, Func<string, Task> each)
    {
        var (time, cpu, writer) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, Threads.Writer());
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = callers }, async (id, _) => await each(id));
        Report.Rate(figure, ids.Count, time.Elapsed);
        Micros("  processor time for one", Environment.CpuUsage.TotalTime - cpu, ids.Count);
        var (user, kernel) = Threads.Writer();
        Micros("  of the writer, in SQLite", user - writer.User, ids.Count);
        Micros("  of the writer, in the kernel", kernel - writer.Kernel, ids.Count);
    }

    private static CaseAppend Pay(string id) => new(id, Creditor(id), Payment(id), Invoices.Now.AddMinutes(1), "key");

    private static string Creditor(string id) => id[..id.IndexOf("-f-", StringComparison.Ordinal)];

    private static CaseEvent.PaymentReceived Payment(string id) => new(Money.Of(10m, Currency.Euro), new(2026, 10, 2), "bank") { Id = "pay-" + id + Guid.NewGuid() };

    private static TimeSpan Time(Action what)
    {
        var before = Environment.CpuUsage.TotalTime;
        what();
        return Environment.CpuUsage.TotalTime - before;
    }

    private static void Resident(string figure)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true);
        Report.Say(figure, $"{Environment.WorkingSet / 1048576.0:n0} MiB");
    }

    private static void Micros(string figure, TimeSpan time, int count) => Report.Say(figure, $"{time.TotalMicroseconds / count:n1} us");
}
