using Dunning.Functions.Orchestration;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests.Orchestration;

/// <summary>What is raised to an orchestration by name, with the standard tools, rightly and wrongly.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task A_payment_raised_by_name_ends_the_case_like_one_told_over_http()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await Raise(world, path, "PaymentReceived", new { id = "p1", amount = 1200.00m, date = "2026-10-05" });
        Assert.Equal("paid", (await world.Get(path))["status"]);
        Assert.Equal("completed", (await world.Get($"{path}/orchestration"))["status"]);
        await world.MoveTo("2027-01-15T10:00:00+01:00");
        Assert.Empty(world.Sent.Messages);
    }

    [Fact]
    public async Task The_same_payment_raised_twice_and_told_over_http_counts_once()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        var payment = new { id = "p1", amount = 200.00m, date = "2026-10-05" };
        await Raise(world, path, "PaymentReceived", payment);
        await Raise(world, path, "paymentreceived", payment);
        await world.Post($"{path}/payments", payment);
        Assert.Equal("1000.00", (await world.Get(path))["balance"]);
    }

    [Fact]
    public async Task Every_event_that_is_awaited_by_name_becomes_the_fact_it_names()
    {
        await using var world = await AzureWorld.Begin();
        async Task Check(string name, object payload, string status)
        {
            var path = await world.Register();
            await Raise(world, path, name, payload);
            Assert.Equal((name, status), (name, (await world.Get(path))["status"]));
        }

        await Check("PromiseMade", new { id = "e1", date = "2026-10-20" }, "promised");
        await Check("DisputeOpened", new { id = "e2", kind = "commercial" }, "disputed");
        await Check("Held", new { id = "e3", reason = "talks" }, "held");
        await Check("Cancelled", new { id = "e4", reason = "error" }, "cancelled");
        var held = await world.Register();
        await world.Post($"{held}/hold", new { reason = "talks" });
        await Raise(world, held, "Released", new { id = "e5" });
        Assert.Equal("scheduled", (await world.Get(held))["status"]);
    }

    public static TheoryData<string, object?, string> Wrong => new()
    {
        { "PaymentReceived", null, "notAnObject" },
        { "PaymentReceived", "1200", "notAnObject" },
        { "PaymentReceived", new[] { 1 }, "notAnObject" },
        { "PaymentReceived", new { amount = 12 }, "required" },
        { "PaymentReceived", new { id = "p", amount = -1 }, "notPositive" },
        { "PaymentReceived", new { id = "p", amount = 1.001m }, "overPrecise" },
        { "PromiseMade", new { id = "p", date = "9999-01-01" }, "dateOutOfRange" },
        { "PromiseMade", new { id = "p", date = "2026-01-01" }, "inThePast" },
        { "Released", new { id = "p" }, "notHeld" },
        { "DisputeOpened", new { id = "p", kind = "none" }, "unknownValue" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_cannot_be_a_fact_is_set_aside_with_the_reason_and_the_case_goes_on(string name, object? payload, string code)
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await Raise(world, path, name, payload);
        await Raise(world, path, name, payload);
        var orchestration = await world.Get($"{path}/orchestration");
        var aside = Assert.Single(orchestration.Body!["setAside"]!.AsArray());
        Assert.Equal(name, (string?)aside!["event"]);
        Assert.Contains(aside["faults"]!.AsArray(), f => (string?)f!["code"] == code);
        Assert.Equal("running", orchestration["status"]);
        var line = Assert.Single(world.Log.Told, l => l.StartsWith("dunning.event-set-aside ", StringComparison.Ordinal));
        Assert.StartsWith($"dunning.event-set-aside case={path.Split('/')[^1]} event={name} reason=", line, StringComparison.Ordinal);
        Assert.Contains(code, line, StringComparison.Ordinal);
        await world.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Equal(["2026-10-28 courtesy email"], world.Sent.Keys);
    }

    [Fact]
    public async Task What_cannot_even_be_read_is_set_aside_and_blocks_nothing()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        var id = path.Split('/')[^1];
        await world.Services.GetRequiredService<FactSink>().Sink(id, new("PaymentReceived", """{"id":"x","\ud800":1}"""), default);
        var aside = Assert.Single((await world.Get($"{path}/orchestration")).Body!["setAside"]!.AsArray());
        Assert.Equal("unreadable", (string?)aside!["faults"]![0]!["code"]);
        await Raise(world, path, "PaymentReceived", new { id = "p1", amount = 1200.00m, date = "2026-10-05" });
        Assert.Equal("paid", (await world.Get(path))["status"]);
    }

    [Fact]
    public async Task An_event_for_a_case_that_does_not_exist_changes_nothing()
    {
        await using var world = await AzureWorld.Begin();
        await world.Hub.Client.ScheduleNewOrchestrationInstanceAsync(CaseOrchestration.Name, null, new StartOrchestrationOptions("nobody"));
        await world.Hub.Run();
        var instance = await world.Hub.Client.GetInstanceAsync("nobody", getInputsAndOutputs: true);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance!.RuntimeStatus);
        Assert.Equal("unknown", instance.ReadCustomStatusAs<Shown>()!.Status);
    }

    [Fact]
    public async Task Events_that_come_while_an_activity_runs_are_all_told()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        var id = path.Split('/')[^1];
        for (var i = 0; i < 30; i++)
            await world.Hub.Client.RaiseEventAsync(id, "PaymentReceived", new { id = $"p{i}", amount = 10.00m, date = "2026-10-05", source = "bank" });
        await world.Hub.Run();
        Assert.Equal("900.00", (await world.Get(path))["balance"]);
        Assert.InRange(world.Hub.Count(id).OfLongestGeneration, 1, 60 + 30);
    }

    [Fact]
    public async Task A_reversal_starts_a_finished_case_again_under_the_same_id()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await world.Post($"{path}/payments", new { id = "p1", amount = 1200.00m });
        Assert.Equal("completed", (await world.Get($"{path}/orchestration"))["status"]);
        await world.Post($"{path}/reversals", new { id = "r1", paymentId = "p1" });
        Assert.Equal("running", (await world.Get($"{path}/orchestration"))["status"]);
        await world.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Single(world.Sent.Messages);
    }

    private static async Task Raise(AzureWorld world, string path, string name, object? payload)
    {
        await world.Hub.Client.RaiseEventAsync(path.Split('/')[^1], name, payload);
        await world.Hub.Run();
    }
}
