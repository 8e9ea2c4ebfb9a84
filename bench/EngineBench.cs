using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dunning.Domain;
using Dunning.Local;
using Dunning.Local.Store;
using Dunning.Service;
using Dunning.Service.Api.Operations;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Bench;

/// <summary>What the engine does in a second: whole lives over the real store, a ledger through the whole import, and decisions alone.</summary>
internal static class EngineBench
{
    private const int AtOnce = 256;
    private static readonly CancellationToken Never = CancellationToken.None;

    /// <summary>Registered, woken for each step, four messages of 1 KB claimed, sent and recorded, paid, closed; every write durable.</summary>
    public static async Task Lives(int count)
    {
        var folder = Directory.CreateTempSubdirectory("dunning-lives-").FullName;
        using (var store = SqliteStore.Open(folder))
        {
            var clock = new VirtualClock(Invoices.Now);
            var engine = new DunningEngine(store, new OnePolicy(), new NullPost(), new NeverStopped(), clock);
            var cases = Enumerable.Range(0, count).Select(i => Invoices.RegisterDue(i, new DateOnly(2026, 10, 30))).ToList();
            var (time, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await Each(cases, c => store.Append([c], Never));
            // The courtesy, the first and the second reminder: four messages.
            foreach (var day in new[] { new DateOnly(2026, 10, 27), new DateOnly(2026, 11, 6), new DateOnly(2026, 11, 16) })
            {
                clock.MoveTo(Invoices.Policy.Zone.At(day, new TimeOnly(9, 0)));
                await Each(cases, c => engine.Run(c.CaseId, Never));
            }
            await Each(cases, async c =>
            {
                var paid = new CaseEvent.PaymentReceived(c.Created!.State.Known!.Balance, new(2026, 11, 20), "bank") { Id = "pay-" + c.CaseId };
                await store.Append([new(c.CaseId, c.Creditor, paid, clock.GetUtcNow(), "key")], Never);
                await engine.Run(c.CaseId, Never);
            });
            var (elapsed, used) = (time.Elapsed, Environment.CpuUsage.TotalTime - cpu);
            await Check(store, cases);
            Report.Rate($"whole lives ({count:n0}, {AtOnce} at once)", count, elapsed);
            Report.Say("processor time per life", $"{used.TotalMicroseconds / count:n0} us");
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A CSV ledger read, judged, prepared and stored by the code behind POST /api/invoices/import.</summary>
    public static async Task Import(int count)
    {
        var folder = Directory.CreateTempSubdirectory("dunning-import-").FullName;
        var ledger = Ledger(count);
        await using (var app = await LocalHost.Build(new LocalOptions { DataFolder = folder, Key = "bench", Clock = Invoices.Now }, _ => { }))
        {
            var import = app.Services.GetRequiredService<ImportOperation>();
            var (time, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var results = await import.Import(new MemoryStream(ledger), LocalHost.DemoCreditor, held: false, "bench", Never);
            var (elapsed, used) = (time.Elapsed, Environment.CpuUsage.TotalTime - cpu);
            if (results.Count(r => r.Result == "accepted") != count)
                throw new InvalidOperationException($"Only {results.Count(r => r.Result == "accepted")} of {count} lines were kept.");
            Report.Rate($"import of a CSV of {count:n0} lines", count, elapsed);
            Report.Say("processor time per line", $"{used.TotalMicroseconds / count:n0} us");
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Decide alone, on one thread: what a day brings, over cases at every height of the ladder.</summary>
    public static void Decide(int count)
    {
        var moments = Moments();
        for (var round = 0; round < 3; round++)
        {
            var (time, cpu, allocated) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
            var changed = 0;
            for (var i = 0; i < count; i++)
            {
                var (state, @event, at) = moments[i % moments.Count];
                if (!ReferenceEquals(Decider.Decide(state, @event, Invoices.Policy, at).State, state))
                    changed++;
            }
            if (round == 2)
            {
                var used = Environment.CpuUsage.TotalTime - cpu;
                Report.Rate($"decisions, one thread ({moments.Count} different moments)", count, time.Elapsed);
                Report.Rate("the same, for a second of processor", count, used);
                Report.Say("allocated per decision", $"{(GC.GetAllocatedBytesForCurrentThread() - allocated) / count:n0} B");
                Report.Say("of which changed the case", $"{100.0 * changed / count:n0} %");
            }
        }
    }

    private static List<(DunningCase State, CaseEvent Event, DateTimeOffset At)> Moments()
    {
        var policy = Invoices.Policy;
        var moments = new List<(DunningCase, CaseEvent, DateTimeOffset)>();
        var append = Invoices.RegisterDue(1, new DateOnly(2026, 10, 30));
        var state = append.Created!.State;
        for (var wakes = 0; wakes < 12 && Decider.WakeAt(state, policy) is { } wake; wakes++)
        {
            moments.Add((state, new CaseEvent.WokeUp(), wake.AddHours(-1)));
            moments.Add((state, new CaseEvent.WokeUp(), wake));
            moments.Add((state, new CaseEvent.PaymentReceived(Money.Of(10m, Currency.Euro), new(2026, 10, 20), "bank") { Id = "p" }, wake.AddMinutes(-5)));
            moments.Add((state, new CaseEvent.PromiseMade(new(2026, 12, 20)) { Id = "q" }, wake.AddMinutes(-5)));
            state = Decider.Decide(state, new CaseEvent.WokeUp(), policy, wake).State;
            foreach (var key in MessageFates.Due(state, policy, wake))
            {
                moments.Add((state, new CaseEvent.MessageClaimed(key), wake));
                state = Decider.Decide(state, new CaseEvent.MessageClaimed(key), policy, wake).State;
                moments.Add((state, new CaseEvent.MessageAccepted(key), wake));
                state = Decider.Decide(state, new CaseEvent.MessageAccepted(key), policy, wake).State;
            }
        }
        return moments;
    }

    private static Task Each(IEnumerable<CaseAppend> cases, Func<CaseAppend, Task> what) =>
        Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (c, _) => await what(c));

    private static async Task Check(SqliteStore store, List<CaseAppend> cases)
    {
        foreach (var last in cases.Take(1000))
            if ((await store.Load(last.CaseId, Never))?.State is not DunningCase.Closed { Because: CaseStatus.Paid, File: var file }
                || file.Steps.Sum(s => s.Legs.Count(l => l.Status == LegStatus.Accepted)) != 4)
                throw new InvalidOperationException($"{last.CaseId} did not live as it should.");
    }

    private static byte[] Ledger(int count)
    {
        var csv = new StringBuilder("number;issueDate;dueDate;name;kind;email;phone;address;postalCode;city;country;language;amount;currency\n");
        for (var i = 0; i < count; i++)
            csv.Append(CultureInfo.InvariantCulture, $"F-{i:d7};2026-09-{1 + i % 28:00};2026-11-{1 + i % 28:00};Boulangerie Martin {i / 5};business;compta{i / 5}@example.org;+33639980{i % 1000:d3};{i % 99} rue des Lilas;69003;Lyon;FR;fr;{100 + i % 900}.50;EUR\n");
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private sealed class OnePolicy : IPolicyBook
    {
        public ValueTask<Policy> Get(PolicyRef policy, CancellationToken ct) => ValueTask.FromResult(Invoices.Policy);
    }

    private sealed class NeverStopped : ISwitches
    {
        public ValueTask<StopCause?> Stopped(string creditor, Policy policy, DateTimeOffset now, CancellationToken ct) => ValueTask.FromResult<StopCause?>(null);
    }

    private sealed class NullPost : IPostOffice
    {
        private static readonly string Body = new('x', 1024);

        public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
            ValueTask.FromResult(new OutgoingMessage(key, file.Creditor, "compta@example.org", file.Debtor.Name, "Votre facture", Body, now) { Balance = file.Balance });

        public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome>(new SendOutcome.Accepted("null"));

        public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome?>(null);
    }
}

/// <summary>Rows of the tables that benchmarks print.</summary>
internal static class Report
{
    public static void Rate(string figure, int count, TimeSpan time) => Say(figure, string.Create(CultureInfo.InvariantCulture, $"{count / time.TotalSeconds:n0} /s"));

    public static void Say(string figure, string value) => Console.WriteLine($"| {figure,-60} | {value,15} |");
}
