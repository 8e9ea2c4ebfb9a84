using Dunning.Functions.Orchestration;
using Dunning.PaymentProviders;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests;

/// <summary>Payment links on Azure: made by the activity that sends, revoked by the one that learns, and asked after by a timer.</summary>
public sealed class PaymentLinkTests
{
    [Fact]
    public async Task A_reminder_carries_a_link_that_a_payment_revokes()
    {
        await using var providers = await Providers.Start();
        await using var world = await Begin(providers);
        var path = await world.Register();
        await world.MoveTo("2026-11-10T10:00:00+01:00");
        var link = Assert.Single(providers.Links);
        Assert.Equal(2, world.Sent.Messages.Count(m => m.Body.Contains(link.Url, StringComparison.Ordinal)));
        await world.Post($"{path}/payments", new { id = "p1", amount = 200m });
        await world.Hub.Run();
        Assert.True(link.IsRevoked);
        await world.MoveTo("2026-11-17T10:00:00+01:00");
        Assert.Equal(100_000, providers.Live("stripe").Minor);
        Assert.Contains(world.Sent.Messages, m => m.Body.Contains(providers.Live("stripe").Url, StringComparison.Ordinal));
        Assert.DoesNotContain(world.Log.Lines, l => l.Text.Contains("_secret_of_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Money_no_webhook_told_of_is_found_by_the_timer_and_ends_the_orchestration()
    {
        await using var providers = await Providers.Start();
        await using var world = await Begin(providers);
        var path = await world.Register();
        await world.MoveTo("2026-11-10T10:00:00+01:00");
        providers.Pay(providers.Live("stripe"));
        await world.Hub.Trigger(nameof(PaymentSweep), new TimerInfo());
        await world.Hub.Run();
        Assert.Equal("paid", (await world.Get(path))["status"]);
        Assert.Equal("completed", (await world.Get($"{path}/orchestration"))["status"]);
        Assert.True(Assert.Single(providers.Links).IsRevoked);
    }

    [Fact]
    public async Task It_is_found_before_a_formal_notice_which_waits_for_a_provider_that_is_away()
    {
        await using var providers = await Providers.Start();
        await using var world = await Begin(providers);
        var path = await world.Register();
        await world.MoveTo("2026-11-25T10:00:00+01:00");
        providers.IsDown = true;
        await world.MoveTo("2026-11-30T15:00:00+01:00");
        Assert.DoesNotContain(world.Sent.Messages, m => m.Key.Step == "formal-notice");
        providers.IsDown = false;
        providers.Pay(providers.Live("stripe"));
        await world.MoveTo("2026-12-05T10:00:00+01:00");
        Assert.DoesNotContain(world.Sent.Messages, m => m.Key.Step == "formal-notice");
        Assert.Equal("paid", (await world.Get(path))["status"]);
    }

    private static async Task<AzureWorld> Begin(Providers providers)
    {
        var world = await AzureWorld.Begin(change: s => s.AddSingleton(providers.Addresses));
        Assert.Equal(201, (await world.Send("PUT", "/api/creditors/demo/payments", $$"""{"provider":"stripe","apiKey":"{{Providers.KeyOf("stripe")}}"}""")).Status);
        return world;
    }
}
