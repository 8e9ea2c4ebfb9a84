using Dunning.Functions.Orchestration;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Tests.Orchestration;

/// <summary>Signals get lost: the sweep finds what they were about.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task A_payment_whose_signal_was_lost_is_read_at_the_next_sweep()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        world.Clock.MoveTo(world.Clock.GetUtcNow().AddHours(1));
        // The process died between the acknowledgement and the signal: the store has it, nobody was told.
        Assert.Equal(202, (await world.Acknowledge("POST", $"{path}/payments", """{ "id": "p1", "amount": 1200.00 }""")).Status);
        await world.Hub.Run();
        Assert.Equal("running", (await world.Get($"{path}/orchestration"))["status"]);
        await Sweep(world, minutes: 3);
        Assert.Equal("completed", (await world.Get($"{path}/orchestration"))["status"]);
    }

    [Fact]
    public async Task A_case_that_nobody_started_is_started_when_its_time_has_come()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await Forget(world, path);
        Assert.Equal("unknown", (await world.Get($"{path}/orchestration"))["status"]);
        await world.MoveTo("2026-10-28T09:05:00+01:00");
        Assert.Empty(world.Sent.Messages);
        await Sweep(world, minutes: 0);
        Assert.Equal(["2026-10-28 courtesy email"], world.Sent.Keys);
    }

    [Fact]
    public async Task A_failed_instance_is_started_again()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await Forget(world, path);
        world.Hub.Add(typeof(Broken));
        await world.Hub.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Broken), null, new StartOrchestrationOptions(path.Split('/')[^1]));
        await world.Hub.Run();
        Assert.Equal("failed", (await world.Get($"{path}/orchestration"))["status"]);
        await Sweep(world, minutes: 5);
        Assert.Equal("running", (await world.Get($"{path}/orchestration"))["status"]);
        await world.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Single(world.Sent.Messages);
    }

    [Fact]
    public async Task A_sweep_over_cases_that_sleep_does_nothing()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await Sweep(world, minutes: 10);
        Assert.Equal(0, world.Hub.Count(path.Split('/')[^1]).Activities);
    }

    [Fact]
    public async Task Cases_stopped_while_sending_was_off_go_on_once_it_is_live()
    {
        string path, account;
        await using (var off = await AzureWorld.Begin(sending: "off"))
        {
            (path, account) = (await off.Register(), off.Name);
            await off.MoveTo("2026-11-12T10:00:00+01:00");
            Assert.Empty(off.Sent.Messages);
            Assert.Equal("sendingStopped", (await off.Get(path))["next.waitingFor"]);
            await Sweep(off, minutes: 5);
            Assert.Equal("sendingStopped", (await off.Get(path))["next.waitingFor"]);
        }
        await using var live = await AzureWorld.Begin(new(2026, 11, 12, 11, 0, 0, TimeSpan.FromHours(1)), account: account);
        await Sweep(live, minutes: 0);
        await live.MoveTo("2026-11-12T12:00:00+01:00");
        Assert.Equal(["2026-11-12 first email"], live.Sent.Keys);
    }

    [Fact]
    public async Task Registering_the_same_invoice_again_does_not_start_it_again()
    {
        await using var world = await AzureWorld.Begin();
        var invoice = world.Invoice().ToJsonString();
        var first = await world.Send("POST", "/api/invoices", invoice);
        var again = await world.Send("POST", "/api/invoices", invoice);
        Assert.Equal((202, 200), (first.Status, again.Status));
        await world.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Single(world.Sent.Messages);
    }

    private static async Task Forget(AzureWorld world, string path)
    {
        var id = path.Split('/')[^1];
        await world.Hub.Client.TerminateInstanceAsync(id);
        await world.Hub.Run();
        await world.Hub.Client.PurgeInstanceAsync(id);
    }

    private static class Broken
    {
        [Function(nameof(Broken))]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException($"{context.InstanceId} is broken.");
    }

    private static async Task Sweep(AzureWorld world, int minutes)
    {
        await world.Hub.AdvanceTo(world.Clock.GetUtcNow().AddMinutes(minutes));
        await world.Hub.Trigger(nameof(Sweep), new TimerInfo());
        await world.Hub.Run();
    }
}
