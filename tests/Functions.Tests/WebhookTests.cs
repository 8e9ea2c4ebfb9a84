using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dunning.Functions.Orchestration;
using Dunning.Service.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests;

/// <summary>Payment providers on Azure: what was stored is processed by its own invocation, or by the sweep.</summary>
public sealed class WebhookTests
{
    private const string Secret = "whsec_of_the_tests_0001";

    [Fact]
    public async Task A_payment_at_the_provider_ends_the_orchestration_of_its_case()
    {
        await using var world = await Begin();
        var path = await world.Register();
        Assert.Equal(200, (await Deliver(world, path, "evt_1")).Status);
        await world.Hub.Run();
        Assert.Equal(("paid", "0"), ((await world.Get(path))["status"], (await world.Get(path))["balance"]?.Split('.')[0]));
        Assert.Equal("completed", (await world.Get($"{path}/orchestration"))["status"]);
        var again = await Deliver(world, path, "evt_1");
        Assert.Equal((200, "1"), (again.Status, again["known"]));
    }

    [Fact]
    public async Task What_an_invocation_that_died_had_stored_is_processed_by_the_sweep_once()
    {
        await using var world = await Begin();
        var path = await world.Register();
        Assert.Equal(200, (await Deliver(world, path, "evt_1", dies: true)).Status);
        await world.Hub.Run();
        Assert.Equal("1200", (await world.Get(path))["balance"]?.Split('.')[0]);
        // Stripe delivers again what it believes unheard: it is there, and still nobody has made it into a fact.
        Assert.Equal("1", (await Deliver(world, path, "evt_1", dies: true))["known"]);
        foreach (var minutes in (int[])[5, 5])
        {
            await world.Hub.AdvanceTo(world.Clock.GetUtcNow().AddMinutes(minutes));
            await world.Hub.Trigger(nameof(WebhookSweep), new TimerInfo());
            await world.Hub.Run();
        }
        Assert.Equal("paid", (await world.Get(path))["status"]);
        Assert.Equal("0", (await world.Get(path))["overpaid"]?.Split('.')[0]);
    }

    [Fact]
    public async Task While_a_delivery_waits_nothing_is_sent_and_once_it_has_paid_nothing_ever_is()
    {
        await using var world = await Begin();
        var path = await world.Register();
        Assert.Equal(200, (await Deliver(world, path, "evt_1", dies: true)).Status);
        await world.Hub.AdvanceTo(new(2026, 10, 28, 12, 0, 0, TimeSpan.FromHours(1)));
        Assert.Empty(world.Sent.Messages);
        await world.Hub.Trigger(nameof(WebhookSweep), new TimerInfo());
        await world.Hub.AdvanceTo(new(2027, 1, 31, 12, 0, 0, TimeSpan.FromHours(1)));
        Assert.Equal("paid", (await world.Get(path))["status"]);
        Assert.Empty(world.Sent.Messages);
    }

    [Fact]
    public async Task A_forged_delivery_is_refused_and_stores_nothing()
    {
        await using var world = await Begin();
        var path = await world.Register();
        Assert.Equal(401, (await Deliver(world, path, "evt_1", secret: "whsec_of_somebody_else")).Status);
        Assert.Equal("1", (await Deliver(world, path, "evt_1"))["stored"]);
    }

    private static async Task<AzureWorld> Begin()
    {
        var world = await AzureWorld.Begin();
        Assert.Equal(201, (await world.Send("PUT", "/api/creditors/demo/webhooks/stripe", $$"""{"secrets":["{{Secret}}"]}""")).Status);
        return world;
    }

    private static async Task<Answered> Deliver(AzureWorld world, string path, string id, bool dies = false, string secret = Secret)
    {
        var body = $$$$"""
            {"id":"{{{{id}}}}","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","amount_received":120000,"currency":"eur","metadata":{"invoice_id":"{{{{path.Split('/')[^1]}}}}"} } } }
            """.TrimEnd();
        var t = world.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var http = Answered.Request(world.Services, "POST", "/api/webhooks/stripe/demo", body);
        (http.Request.RouteValues["provider"], http.Request.RouteValues["creditor"]) = ("stripe", "demo");
        http.Request.Headers.Remove("Authorization");
        http.Request.Headers["Stripe-Signature"] = $"t={t},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{t}.{body}")))}";
        if (dies)
            await world.Services.GetRequiredService<ApiPipeline>().Run(http, world.Services.GetRequiredService<Routes>().All.First(o => o.Name == "receiveWebhook"));
        else
            await world.Hub.Trigger("receiveWebhook", http.Request);
        return await Answered.Of(http);
    }
}
