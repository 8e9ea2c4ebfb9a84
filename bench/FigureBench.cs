using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Dunning.Domain;
using Dunning.Local;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Figures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Bench;

/// <summary>The figures of one creditor over a year of invoices: read for the first time, looked at again, and after a payment; through HTTP and the console's page.</summary>
internal static class FigureBench
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly DateTimeOffset Today = Invoices.Now.AddDays(365);

    public static async Task Run(int invoices)
    {
        var folder = Directory.CreateTempSubdirectory("dunning-figures-").FullName;
        await using (var app = await LocalHost.Build(new LocalOptions { DataFolder = folder, Key = "bench", Clock = Today, Urls = "http://127.0.0.1:0" }, _ => { }))
        {
            await app.StartAsync();
            await Measure(app, invoices);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task Measure(WebApplication app, int invoices)
    {
        var store = app.Services.GetRequiredService<ICaseStore>();
        for (var first = 0; first < invoices; first += 1000)
            await store.Append([.. Enumerable.Range(first, Math.Min(1000, invoices - first)).Select(Lived)], Never);
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "bench");
        (await http.PutAsJsonAsync("/api/creditors/bench", new { name = "Bench" })).EnsureSuccessStatusCode();
        Report.Say($"figures of {invoices:n0} invoices, each with three steps and half of them paid", "");
        Report.Say("---", "---:");
        var before = GC.GetTotalMemory(true);
        await Timed("GET /api/kpis, first in the process", () => Get(http, "/api/kpis?creditor=bench"));
        Report.Say("  kept in memory then", $"{(GC.GetTotalMemory(true) - before) / 1048576.0:n0} MiB");
        await Timed("the same again", () => Get(http, "/api/kpis?creditor=bench"));
        await Timed("another period", () => Get(http, "/api/kpis?creditor=bench&from=2026-11-01"));
        await Timed("a figure as CSV", () => Get(http, "/api/kpis/steps.csv?creditor=bench"));
        (await http.PostAsJsonAsync($"/api/invoices/{Id(1)}/payments", new { amount = 1m })).EnsureSuccessStatusCode();
        await Timed("after a payment", () => Get(http, "/api/kpis?creditor=bench"));
        var writer = Stopwatch.StartNew();
        var reading = Task.Run(() => new LedgerBooks(app.Services.GetRequiredService<ICaseLists>(), app.Services.GetRequiredService<IPolicyBook>(), TimeProvider.System).Of("bench", Never));
        var slowest = TimeSpan.Zero;
        for (var i = 0; !reading.IsCompleted; i++)
        {
            var one = Stopwatch.StartNew();
            await store.Append([new(Id(2 * i + 1), "bench", new CaseEvent.PaymentReceived(Money.Of(1m, Currency.Euro), new(2026, 12, 1), "bank") { Id = $"while-{i}" }, Today, "bench")], Never);
            slowest = one.Elapsed > slowest ? one.Elapsed : slowest;
        }
        Report.Say("all cases read once more", $"{writer.Elapsed.TotalMilliseconds:n0} ms");
        Report.Say("  slowest of the payments written meanwhile", $"{slowest.TotalMilliseconds:n1} ms");
    }

    private static async Task Get(HttpClient http, string path) => (await http.GetAsync(path)).EnsureSuccessStatusCode();

    private static async Task Timed(string name, Func<Task> work)
    {
        var (time, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await work();
        Report.Say(name, $"{time.Elapsed.TotalMilliseconds:n0} ms, {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds:n0} ms of processor");
    }

    private static string Id(int i) => CaseIds.Case("bench", Number(i));

    private static string Number(int i) => string.Create(CultureInfo.InvariantCulture, $"F-2026-{i:d7}");

    // An invoice of some day of the year, reminded three times and, every second one, paid between them.
    private static CaseAppend Lived(int i)
    {
        var (made, id) = (Invoices.Register(i), Id(i));
        var registered = (CaseEvent.Registered)made.Event;
        var issued = DateOnly.FromDateTime(Invoices.Now.UtcDateTime).AddDays(i % 300);
        var own = registered with { Case = id, Creditor = "bench", Invoice = registered.Invoice with { Number = Number(i), IssueDate = issued, DueDate = issued.AddDays(30) } };
        var (state, now) = (Decider.Decide(DunningCase.Unregistered.Instance, own, Invoices.Policy, Invoices.Now.AddDays(i % 300)).State, Invoices.Now.AddDays(i % 300));
        for (var step = 0; step < 3 && Decider.WakeAt(state, Invoices.Policy) is { } wake && wake < Today; step++)
        {
            now = wake;
            state = Decider.Decide(state, new CaseEvent.WokeUp(), Invoices.Policy, now).State;
            foreach (var key in MessageFates.Due(state, Invoices.Policy, now))
            {
                state = Decider.Decide(state, new CaseEvent.MessageClaimed(key), Invoices.Policy, now).State;
                state = Decider.Decide(state, new CaseEvent.MessageAccepted(key), Invoices.Policy, now).State;
            }
        }
        if (i % 2 == 0)
            state = Decider.Decide(state, new CaseEvent.PaymentReceived(own.Invoice.Amount, DateOnly.FromDateTime(now.AddDays(i % 9).UtcDateTime), "bank") { Id = $"pay-{i}" }, Invoices.Policy, now).State;
        // Nothing is to leave while one measures.
        return new(id, "bench", own, Invoices.Now, "key") { Created = new(id, 0, state, CaseIndex.Of(state, Invoices.Policy, Today.AddDays(-1)) with { WakeAt = null }) };
    }
}
