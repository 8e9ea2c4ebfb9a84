using System.Diagnostics;
using Dunning.Domain;
using Dunning.Local.Store;
using Dunning.Service.Engine;

namespace Dunning.Bench;

/// <summary>
/// What people look at, over cases of one creditor in every state, a tenth of them with an open task: each filter in each order it is offered in, and the groups of Today.
/// </summary>
internal static class ListBench
{
    private const string Creditor = "bench";
    private const int Times = 20;
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly DateOnly Today = DateOnly.FromDateTime(Invoices.Now.UtcDateTime);

    private static readonly (string Name, Func<CaseFilter, CaseFilter> Narrow)[] Filters =
    [
        ("all", f => f),
        ("open", f => f with { IsOpen = true }),
        ("q: a name of many", f => f with { Text = "martin" }),
        ("q: one number", f => f with { Text = "f-2026-054321" }),
        ("q: nobody", f => f with { Text = "nobody at all" }),
        ("status reminding", f => f with { Status = CaseStatus.Reminding }),
        ("status disputed (rare)", f => f with { Status = CaseStatus.Disputed }),
        ("status paid", f => f with { Status = CaseStatus.Paid }),
        ("a debtor", f => f with { Debtor = Debtor(54_321) }),
        ("1 to 30 days late", f => f with { IsOpen = true, DueBefore = Today, DueAfter = Today.AddDays(-31) }),
        ("over 90 days late", f => f with { IsOpen = true, DueBefore = Today.AddDays(-90) }),
        ("balance 1,000 to 1,100", f => f with { IsOpen = true, MinBalance = 1000m, MaxBalance = 1100m }),
        ("step formal-notice", f => f with { IsOpen = true, Step = "formal-notice" }),
        ("waits for a hold", f => f with { WaitingFor = WaitReason.Hold }),
        ("policy", f => f with { IsOpen = true, Policy = "fr-b2b" }),
        ("promises due", f => f with { WaitingFor = WaitReason.Promise, PromisedBy = Today }),
    ];

    private static readonly string[] Sorts = ["-risk", "-balance", "balance", "dueDate", "-dueDate", "number"];

    public static async Task Run(int cases, string? kept)
    {
        var folder = kept ?? Directory.CreateTempSubdirectory("dunning-lists-").FullName;
        using (var store = SqliteStore.Open(folder))
        {
            if ((await store.Cases(new() { Limit = 1 }, Never)).Items.Count == 0)
                for (var first = 0; first < cases; first += 500)
                    await store.Append([.. Enumerable.Range(first, Math.Min(500, cases - first)).Select(Case)], Never);
            Report.Say($"{cases:n0} cases of one creditor: median / 95 % of {Times}; processor time of one", "ms");
            Report.Say("---", "---:");
            var worst = 0.0;
            foreach (var (name, narrow) in Filters)
                foreach (var sort in Sorts)
                {
                    var filter = narrow(new() { Creditors = [Creditor], Today = Today, Sort = sort });
                    worst = Math.Max(worst, await Measure($"{name}, {sort}", () => store.Cases(filter, Never)));
                    if ((await store.Cases(filter, Never)).NextCursor is { } cursor && sort == "-risk")
                        worst = Math.Max(worst, await Measure($"{name}, {sort}, second page", () => store.Cases(filter with { Cursor = cursor }, Never)));
                }
            foreach (var (name, narrow) in Filters)
                worst = Math.Max(worst, await Measure($"count: {name}", () => store.Count(narrow(new() { Creditors = [Creditor], Today = Today }), 1001, Never)));
            foreach (var kind in (TaskKind[])[TaskKind.Call, TaskKind.Approval, TaskKind.Reply])
                worst = Math.Max(worst, await Measure($"tasks: {kind}, most at risk first", () => store.Tasks(new() { Creditors = [Creditor], Kind = kind, Sort = "-risk", Today = Today }, Never)));
            worst = Math.Max(worst, await Measure("tasks: counts of every kind", () => store.CountTasks([Creditor], 1000, Never)));
            worst = Math.Max(worst, await Measure("today: every count and the first five of every group", () => Everything(store)));
            worst = Math.Max(worst, await Measure("what leaves tomorrow, 100 of them", () => store.Foreseen(new(Invoices.Now, Invoices.Now.AddDays(2)) { Creditors = [Creditor], Limit = 100 }, Never)));
            Report.Say("slowest 95 % of all these", $"{worst:n1}");
        }
        if (kept is null)
            Directory.Delete(folder, recursive: true);
    }

    private static async Task<int> Everything(SqliteStore store)
    {
        var shown = 0;
        foreach (var count in await store.CountTasks([Creditor], 1000, Never))
            shown += (await store.Tasks(new() { Creditors = [Creditor], Kind = count.Kind, Sort = "-risk", Today = Today, Limit = 5 }, Never)).Items.Count;
        foreach (var filter in (CaseFilter[])[new() { WaitingFor = WaitReason.Promise, PromisedBy = Today }, new() { Status = CaseStatus.Disputed }])
        {
            shown += (await store.Cases(filter with { Creditors = [Creditor], Today = Today, Sort = "-risk", Limit = 5 }, Never)).Items.Count;
            shown += await store.Count(filter with { Creditors = [Creditor], Today = Today }, 1001, Never);
        }
        return shown;
    }

    private static async Task<double> Measure<T>(string name, Func<Task<T>> what)
    {
        await what();
        var (times, cpu) = (new double[Times], Environment.CpuUsage.TotalTime);
        for (var i = 0; i < Times; i++)
        {
            var time = Stopwatch.StartNew();
            await what();
            times[i] = time.Elapsed.TotalMilliseconds;
        }
        cpu = Environment.CpuUsage.TotalTime - cpu;
        Array.Sort(times);
        var (median, most) = (times[Times / 2], times[(Times * 95 / 100) - 1]);
        Report.Say(name, $"{median:n1} / {most:n1}; {cpu.TotalMilliseconds / Times:n1}");
        return most;
    }

    private static string Debtor(int i) => ((CaseEvent.Registered)Invoices.Register(i).Event).Debtor.Id;

    // Of twenty: seven are to come, five late and reminded, three paid, one each promised, held, disputed, at the notice, handed over.
    private static CaseAppend Case(int i)
    {
        var registered = (CaseEvent.Registered)Invoices.RegisterDue(i, Today.AddDays((i * 7 % 240) - 150)).Event;
        var id = $"{Creditor}-{i:d7}";
        registered = registered with { Case = id, Creditor = Creditor, Invoice = registered.Invoice with { Number = $"F-2026-{i:d6}" } };
        var state = Decider.Decide(DunningCase.Unregistered.Instance, registered, Invoices.Policy, Invoices.Now).State;
        CaseEvent? happened = (i % 20) switch
        {
            12 or 13 or 14 => new CaseEvent.PaymentReceived(registered.Invoice.Amount, Today, "bank") { Id = "p" },
            15 => new CaseEvent.PromiseMade(Today.AddDays(i / 20 % 10)) { Id = "p" },
            16 => new CaseEvent.Held("Commercial talk") { Id = "h" },
            17 when i % 200 == 17 => new CaseEvent.DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality) { Id = "d" },
            _ => null,
        };
        if (happened is not null)
            state = Decider.Decide(state, happened, Invoices.Policy, Invoices.Now).State;
        var index = CaseIndex.Of(state, Invoices.Policy, Invoices.Now);
        index = (i % 20) switch
        {
            >= 7 and < 12 => index with { Status = CaseStatus.Reminding },
            18 => index with { Status = CaseStatus.FormalNotice, Traits = index.Traits! with { Step = "formal-notice" } },
            19 => index with { Status = CaseStatus.HandedOver },
            _ => index,
        };
        IReadOnlyList<CaseTask> tasks = (i % 33) switch
        {
            3 => [new($"{id}~1", TaskKind.Call, "call", Invoices.Now.AddMinutes(-i))],
            6 => [new($"{id}~1", TaskKind.Reply, "reply", Invoices.Now.AddMinutes(-i))],
            9 => [new($"{id}~1", TaskKind.Approval, "hand-over", Invoices.Now.AddMinutes(-i))],
            _ => [],
        };
        return new(id, Creditor, registered, Invoices.Now, "key") { Created = new(id, 0, state, index) { Opened = tasks } };
    }
}
