using Dunning.Domain;
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
    public async Task What_is_months_away_and_says_nothing_sets_no_timer_and_the_sweep_finds_it()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await world.Post($"{path}/hold", new { reason = "talks", until = "2027-04-30" });
        await world.MoveTo("2027-05-03T08:55:00+02:00");
        // Those of the reminder that the hold took back; seven months would be 280 events.
        Assert.InRange(world.Hub.Count(path.Split('/')[^1]).OfTimerHops, 0, 40);
        Assert.Equal("held", (await world.Get(path))["status"]);
        await Sweep(world, minutes: 0);
        await world.MoveTo("2027-05-03T09:01:00+02:00");
        Assert.Equal(["2027-05-03 first email"], world.Sent.Keys);
    }

    [Fact]
    public async Task A_failed_instance_is_started_again_when_its_case_has_something_to_do_and_not_before()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await Forget(world, path);
        world.Hub.Add(typeof(Broken));
        await world.Hub.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Broken), null, new StartOrchestrationOptions(path.Split('/')[^1]));
        await world.Hub.Run();
        Assert.Equal("failed", (await world.Get($"{path}/orchestration"))["status"]);
        await Sweep(world, minutes: 5);
        Assert.Equal("failed", (await world.Get($"{path}/orchestration"))["status"]);
        await world.MoveTo("2026-10-28T09:05:00+01:00");
        await Sweep(world, minutes: 0);
        Assert.Equal("running", (await world.Get($"{path}/orchestration"))["status"]);
        Assert.Single(world.Sent.Messages);
        Assert.Contains($"dunning.instance-failed case={path.Split('/')[^1]} reason=System.InvalidOperationException", world.Log.Told);
        Assert.Equal("dunning.sweep signalled=1 started=1 failed=1 stuck=0 setAside=0 uncertain=0 inboxSeconds=0 sending=live", world.Log.Told[^1]);
    }

    [Fact]
    public async Task Every_sweep_writes_its_line_zeros_included_and_nothing_else()
    {
        await using var world = await AzureWorld.Begin(settled: s => s["DUNNING_SENDING"] = "redirect:me@example.org");
        await world.Register();
        await Sweep(world, minutes: 5);
        Assert.Equal(["dunning.sweep signalled=0 started=0 failed=0 stuck=0 setAside=0 uncertain=0 inboxSeconds=0 sending=redirect"], world.Log.Told);
        Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Information, world.Log.Lines.Single(l => l.Category == "Dunning").Level);
    }

    [Fact]
    public async Task A_case_an_hour_past_its_wake_up_is_stuck_and_an_old_fact_has_its_age()
    {
        await using var world = await AzureWorld.Begin();
        var (late, unread) = (await world.Register(), await world.Register());
        await Forget(world, late);
        world.Clock.MoveTo(new(2026, 10, 28, 10, 29, 0, TimeSpan.FromHours(1)));
        await world.Acknowledge("POST", $"{unread}/payments", """{ "id": "p1", "amount": 1200.00 }""");
        world.Clock.MoveTo(new(2026, 10, 28, 10, 30, 0, TimeSpan.FromHours(1)));
        await world.Hub.Trigger(nameof(Sweep), new TimerInfo());
        Assert.Contains($"dunning.case-stuck case={late.Split('/')[^1]} wakeUp=2026-10-28T08:00:00Z", world.Log.Told);
        await world.Hub.Run();
        world.Log.Clear();
        await world.Acknowledge("POST", $"{late}/payments", """{ "id": "p2", "amount": 1200.00 }""");
        world.Clock.MoveTo(world.Clock.GetUtcNow().AddMinutes(16));
        await world.Hub.Trigger(nameof(Sweep), new TimerInfo());
        Assert.Equal(["dunning.sweep signalled=1 started=0 failed=0 stuck=0 setAside=0 uncertain=0 inboxSeconds=960 sending=live"], world.Log.Told);
    }

    [Fact]
    public async Task Messages_that_wait_for_a_persons_word_are_counted_until_it_comes()
    {
        await using var world = await AzureWorld.Begin();
        world.Sent.Remembers = false;
        world.Sent.Next.Enqueue(_ => new Dunning.Service.Delivery.SendOutcome.Uncertain("lost"));
        var path = await world.Register();
        await world.MoveTo("2026-10-28T10:00:00+01:00");
        await Sweep(world, minutes: 5);
        await Sweep(world, minutes: 5);
        Assert.EndsWith("uncertain=1 inboxSeconds=0 sending=live", world.Log.Told[^1], StringComparison.Ordinal);
        Assert.Single(world.Log.Told, l => l.StartsWith("dunning.message-uncertain ", StringComparison.Ordinal));
        await world.Post($"{path}/messages/courtesy/email/1/outcome", new { outcome = "accepted" });
        await Sweep(world, minutes: 5);
        Assert.EndsWith("uncertain=0 inboxSeconds=0 sending=live", world.Log.Told[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_case_passed_over_is_shown_with_its_orchestration_and_counted_by_every_sweep()
    {
        await using var world = await AzureWorld.Begin();
        var (path, other) = (await world.Register(), await world.Register());
        var id = path.Split('/')[^1];
        var dollars = new CaseEvent.PaymentReceived(Money.Of(100m, Currency.Parse("USD")), new(2026, 10, 1), "bank") { Id = "usd" };
        await world.Store.Append([new(id, "demo", dollars, world.Clock.GetUtcNow(), "someone")], default);
        Assert.Equal("setAside", Entry(await world.Get(path), "usd")["status"]!.ToString());
        await Sweep(world, minutes: 5);
        await Sweep(world, minutes: 5);
        Assert.Equal("dunning.sweep signalled=0 started=0 failed=0 stuck=0 setAside=1 uncertain=0 inboxSeconds=0 sending=live", world.Log.Told[^1]);
        var passed = Assert.Single((await world.Get($"{path}/orchestration")).Body!["passedOver"]!.AsArray())!;
        Assert.Equal((id, 2), ((string?)passed["caseId"], (int)passed["seq"]!));
        Assert.StartsWith("it cannot be applied: ", (string?)passed["reason"], StringComparison.Ordinal);
        Assert.Empty((await world.Get($"{other}/orchestration")).Body!["passedOver"]!.AsArray());
        Assert.Equal("setAside", Entry(await world.Get(path), "usd")["status"]!.ToString());
        Assert.Equal(202, (await world.Post($"{path}/payments", new { id = "p1", amount = 1200m })).Status);
        Assert.Equal("paid", (await world.Get(path))["status"]);

        var dismiss = $"{path}/orchestration/passed-over/2/dismiss";
        Assert.Equal(403, (await world.Call("POST", dismiss, null, await world.NewKey("operator", "demo"))).Status);
        Assert.Equal(200, (await world.Call("POST", dismiss, null)).Status);
        Assert.Equal(404, (await world.Call("POST", dismiss, null)).Status);
        await Sweep(world, minutes: 5);
        Assert.Contains(" setAside=0 ", world.Log.Told[^1], StringComparison.Ordinal);
        Assert.Equal("setAside", Entry(await world.Get(path), "usd")["status"]!.ToString());

        static System.Text.Json.Nodes.JsonNode Entry(Answered answered, string id) => answered.Body!["timeline"]!.AsArray().Single(e => (string?)e!["id"] == id)!;
    }

    [Fact]
    public async Task A_message_on_its_way_is_left_alone()
    {
        await using var world = await AzureWorld.Begin();
        await world.Register();
        world.Sent.Next.Enqueue(message =>
        {
            world.Hub.Trigger(nameof(Sweep), new TimerInfo()).GetAwaiter().GetResult();
            return new Dunning.Service.Delivery.SendOutcome.Accepted(message.Key.ToString());
        });
        await world.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Single(world.Sent.Messages);
        Assert.Equal(["dunning.sweep signalled=0 started=0 failed=0 stuck=0 setAside=0 uncertain=0 inboxSeconds=0 sending=live"], world.Log.Told);
    }

    [Fact]
    public async Task What_a_sweep_costs_does_not_grow_with_cases_that_sleep()
    {
        await using var world = await AzureWorld.Begin();
        await world.Register();
        var few = await Cost(world);
        for (var i = 0; i < 20; i++)
            await world.Register();
        Assert.Equal(few, await Cost(world));
    }

    private static async Task<int> Cost(AzureWorld world)
    {
        await Sweep(world, minutes: 5);
        var before = world.Account.Wire.Calls.Count;
        await Sweep(world, minutes: 5);
        return world.Account.Wire.Calls.Count - before;
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
        await using (var off = await AzureWorld.Begin(settled: s => s["DUNNING_SENDING"] = "off"))
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
