using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>What Stripe delivers to a host, signed as Stripe signs.</summary>
internal static class Webhooks
{
    public const string Secret = "whsec_of_the_tests_0001";

    public static async Task<TestHost> Host()
    {
        var host = await TestHost.Run();
        Assert.Equal(201, (await host.Put("/api/creditors/demo/webhooks/stripe", new { secrets = new[] { Secret } })).Status);
        return host;
    }

    public static Task<Reply> Stripe(this TestHost host, object @event, string creditor = "demo", string secret = Secret) =>
        host.Signed(Encoding.UTF8.GetBytes(@event as string ?? JsonSerializer.Serialize(@event)), creditor, secret);

    public static async Task<Reply> Signed(this TestHost host, byte[] body, string creditor = "demo", string secret = Secret, params (string, string)[] headers)
    {
        var now = (await host.Get("/api/clock")).Json["now"]!.GetValue<DateTimeOffset>().ToUnixTimeSeconds();
        return await host.Send("POST", $"/api/webhooks/stripe/{creditor}", body, null, [("Stripe-Signature", $"t={now},v1={Hex(secret, [.. Encoding.UTF8.GetBytes($"{now}."), .. body])}"), .. headers]);
    }

    public static Task<Reply> GoCardless(this TestHost host, params object[] events)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { events });
        return host.Send("POST", "/api/webhooks/gocardless/demo", body, null, ("Webhook-Signature", Hex(Secret, body)));
    }

    public static object Event(string id, string type, object thing) => new { id, @object = "event", type, created = 1790000000, data = new { @object = thing } };

    public static object Succeeded(string invoice, long amount, string intent = "pi_1", string id = "evt_1", string currency = "eur") =>
        Event(id, "payment_intent.succeeded", new { id = intent, amount_received = amount, currency, metadata = new { invoice_id = invoice } });

    /// <summary>The number of a new invoice over 1,200, and the path of its case.</summary>
    public static async Task<(string Number, string Path)> Invoiced(this TestHost host, Action<JsonObject>? change = null)
    {
        var path = await host.Register(change);
        return ((await host.Get(path))["number"], path);
    }

    private static string Hex(string secret, byte[] bytes) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes));
}
