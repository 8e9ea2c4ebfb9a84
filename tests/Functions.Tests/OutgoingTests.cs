using System.Text.Json.Nodes;
using Dunning.Functions.Orchestration;
using Dunning.Local.Tests.Api;
using Dunning.Service.Outgoing;
using Dunning.Service.Webhooks.Verifying;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests;

/// <summary>A platform is told the same by both hosts.</summary>
public sealed class OutgoingTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task What_an_invoice_lives_is_announced_alike_on_both_hosts()
    {
        await using var azure = await AzureWorld.Begin();
        await using var embedded = await EmbeddedWorld.Begin();
        var here = await Live((method, path, body) => embedded.Send(method, path, body), embedded.MoveTo, azure.Invoice());
        var there = await Live(azure.Send, azure.MoveTo, azure.Invoice(i => i["number"] = "F-1"));
        Assert.InRange(here.Count, 15, 100);
        // What happens at one instant, the hosts may do in another order.
        Assert.Equal(here.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_platform_is_told_by_the_timer_and_told_again_until_it_answers()
    {
        await using var receiver = await Receiver.Start();
        await using var world = await AzureWorld.Begin(change: s => s.AddSingleton(new EgressRules(Loopback: true)));
        var made = await world.Post("/api/webhook-endpoints", new { creditor = "demo", url = receiver.Url, types = new[] { "payment.received", "invoice.paid" } });
        var path = await world.Register();
        await world.Post($"{path}/payments", new { id = "pay-1", amount = 1200m, date = "2026-10-01" });
        await Deliver(world);
        Assert.Empty(receiver.All);
        receiver.AnswerAlways(503);
        await world.MoveTo("2026-10-01T10:01:00+02:00");
        await Deliver(world);
        Assert.Equal(["payment.received", "invoice.paid"], receiver.Types);
        receiver.AnswerAlways(200);
        await Deliver(world);
        Assert.Equal(2, receiver.All.Count);
        await world.MoveTo("2026-10-01T10:01:10+02:00");
        await Deliver(world);
        await Deliver(world);
        Assert.Equal(4, receiver.All.Count);
        Assert.Equal(2, receiver.All.Select(r => r.Id).Distinct().Count());
        foreach (var told in receiver.All)
            Assert.Equal(Verdict.Genuine, await told.Verify(made["secret"]!));
    }

    [Fact]
    public async Task Without_endpoints_a_run_reads_one_list()
    {
        await using var world = await AzureWorld.Begin();
        world.Account.Wire.Forget();
        await Deliver(world);
        Assert.InRange(world.Account.Wire.Calls.Count, 1, 16);
    }

    private static Task Deliver(AzureWorld world) => world.Services.GetRequiredService<WebhookDeliveries>().Run(new TimerInfo(), Never);

    private static async Task<IReadOnlyList<string>> Live(Func<string, string, string?, Task<Answered>> send, Func<string, Task> moveTo, JsonObject invoice)
    {
        invoice["number"] = "F-1";
        var path = (await send("POST", "/api/invoices", invoice.ToJsonString())).Location!;
        var (told, cursor) = (new List<string>(), "");
        await Hear("2026-11-09T12:00:00+01:00");
        await Tell("payments", """{"id": "pay-1", "amount": 200, "date": "2026-11-08"}""");
        await Tell("promises", """{"id": "promise-1", "date": "2026-11-12"}""");
        await Hear("2026-11-20T12:00:00+01:00");
        await Tell("disputes", """{"id": "dispute-1", "kind": "commercial", "code": "quality", "note": "Two crates were damaged."}""");
        await Hear("2026-12-01T12:00:00+01:00");
        await Tell("disputes/dispute-1/resolve", """{"id": "resolve-1", "outcome": "rejected"}""");
        await Hear("2026-12-28T12:00:00+01:00");
        await Hear("2027-01-10T12:00:00+01:00");
        await Tell("payments", """{"id": "pay-2", "amount": 1000, "date": "2027-01-09"}""");
        await Hear("2027-01-11T12:00:00+01:00");
        return told;

        async Task Hear(string until)
        {
            await moveTo(until);
            var page = (await send("GET", $"/api/events?creditor=demo&limit=500&after={cursor}", null)).Body!;
            told.AddRange(page["items"]!.AsArray().Select(i => $"{i!["timestamp"]} {i["type"]} {i["data"]!.ToJsonString()}"));
            cursor = (string)page["nextCursor"]!;
        }

        async Task Tell(string what, string body) => Assert.Equal(202, (await send("POST", $"{path}/{what}", body)).Status);
    }
}
