using System.Text.Json.Nodes;
using Dunning.Service.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Api;

/// <summary>A past ledger lived again: facts stay, messages change.</summary>
public sealed class LedgerReplayTests
{
    private static readonly DateOnly From = new(2026, 1, 1), To = new(2026, 12, 31);

    [Fact]
    public async Task Under_its_own_policy_what_would_have_left_is_what_left()
    {
        await using var host = await TestHost.Run();
        var (unpaid, part, paid) = (await host.Register(), await host.Register(), await host.Register());
        await host.MoveTo("2026-11-12T12:00:00+01:00");
        await host.Post($"{part}/payments", new { id = "p1", amount = 500, date = "2026-11-12" });
        await host.Post($"{paid}/payments", new { id = "p2", amount = 1200, date = "2026-11-12" });
        await host.Post($"{unpaid}/promises", new { id = "w1", date = "2026-11-30" });
        await host.MoveTo("2026-12-31T12:00:00+01:00");
        var replay = (await Replay(host, "fr-b2b")).Json;
        Assert.Equal(3, (int)replay["cases"]!);
        Assert.Equal(Steps(replay["real"]!), Steps(replay["tried"]![0]!));
        Assert.Equal(replay["real"]!["firstContacts"]!.ToJsonString(), replay["tried"]![0]!["firstContacts"]!.ToJsonString());
        Assert.Equal(2, (int)replay["tried"]![0]!["formalNotices"]!);
    }

    [Fact]
    public async Task A_message_that_left_after_money_nobody_had_told_of_is_counted()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-12T12:00:00+01:00");
        await host.Post($"{path}/payments", new { id = "late", amount = 1200, date = "2026-11-02" });
        var replay = (await Replay(host, "fr-b2b", "fr-b2b-fast")).Json;
        // The courtesy reminder of 28 October came before the money, the first reminder of 9 November after it.
        Assert.Equal((2, 1), Crossed(replay["real"]!));
        Assert.Equal((2, 1), Crossed(replay["tried"]![0]!));
        Assert.True(Crossed(replay["tried"]![1]!).After >= 1, replay.ToJsonString());
    }

    [Fact]
    public async Task An_invoice_taken_over_already_paid_is_lived_from_its_issue_date()
    {
        await using var host = await TestHost.Run();
        var line = host.Invoice(i =>
        {
            (i["issueDate"], i["dueDate"]) = ("2026-05-01", "2026-05-31");
            i["payments"] = new JsonArray(new JsonObject { ["id"] = "old", ["amount"] = 1200, ["date"] = "2026-06-20" });
        });
        var creditor = (string)line["creditor"]!;
        Assert.Equal(200, (await host.Send("POST", $"/api/invoices/import?creditor={creditor}", line.ToJsonString(), TestHost.Key, ("Content-Type", "application/x-ndjson"))).Status);
        var replay = (await Replay(host, "fr-b2b")).Json;
        Assert.Equal((1, 1), ((int)replay["cases"]!, (int)replay["history"]!));
        Assert.Equal(0, (int)replay["real"]!["messages"]!);
        Assert.Equal(["courtesy email 1", "first email 1", "second email 1", "second sms 1"], Steps(replay["tried"]![0]!));
    }

    [Fact]
    public async Task Cases_of_another_regime_are_passed_over_and_every_fault_is_named()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        var other = (await Replay(host, "fr-b2c")).Json;
        Assert.Equal((0, 1), ((int)other["cases"]!, (int)other["passedOver"]!));
        var wrong = await host.Post("/api/simulations/ledger", new { creditor = "nobody", policies = new[] { "a", "b", "c" }, from = "2026-12-31", to = "2026-01-01" });
        Assert.Equal(400, wrong.Status);
        Assert.Equal(["creditor", "policies", "to"], wrong.Fields.Distinct().Order());
        Assert.Equal(400, (await host.Post("/api/simulations/ledger", new { creditor = "demo", policies = new[] { "fr-b2b" }, from = "2026-01-01", to = "2026-12-31" }, await host.NewKey("operator", await Another(host)))).Status);
    }

    [Fact]
    public async Task One_ledger_is_replayed_at_a_time_and_by_operators_only()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        var asked = new { creditor = "demo", policies = new[] { "fr-b2b" }, from = From, to = To };
        Assert.Equal(403, (await host.Post("/api/simulations/ledger", asked, await host.NewKey("ingest"))).Status);
        using (host.Services.GetRequiredService<ReplayGate>().Enter())
        {
            var busy = await host.Post("/api/simulations/ledger", asked);
            Assert.Equal((429, "replayRunning", "30"), (busy.Status, busy.Code, busy.Headers["Retry-After"]));
        }
        Assert.Equal(200, (await host.Post("/api/simulations/ledger", asked)).Status);
        Assert.Equal(200, (await host.Post("/api/simulations/ledger", asked)).Status);
    }

    [Fact]
    public async Task A_case_that_is_there_is_lived_again_with_what_it_was_told()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.Post($"{path}/payments", new { id = "p1", amount = 500, date = "2026-10-01" });
        var id = path.Split('/')[^1];
        var simulated = await host.Post("/api/simulations", new { @case = id, policy = "fr-b2b-fast", events = new[] { new { type = "payment", at = "2026-11-20T10:00:00+01:00", amount = 100 } }, until = "2027-01-31" });
        Assert.Equal("600.00", simulated["outcome.balance"]);
        Assert.Equal(404, (await host.Post("/api/simulations", new { @case = id }, await host.NewKey("read", await Another(host)))).Status);
    }

    private static async Task<string> Another(TestHost host)
    {
        await host.Put("/api/creditors/another", new { name = "Another" });
        return "another";
    }

    private static async Task<Reply> Replay(TestHost host, params string[] policies)
    {
        var creditor = (string)host.Invoice()["creditor"]!;
        var reply = await host.Post("/api/simulations/ledger", new { creditor, policies, from = From, to = To });
        Assert.True(reply.Status == 200, reply.ToString());
        return reply;
    }

    private static string[] Steps(JsonNode tally) => [.. tally["steps"]!.AsArray().Select(s => $"{s!["step"]} {s["channel"]} {s["messages"]}").Order(StringComparer.Ordinal)];

    private static (int Messages, int After) Crossed(JsonNode tally) => ((int)tally["messages"]!, (int)tally["afterPaid"]!);
}
