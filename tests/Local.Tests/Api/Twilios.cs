using System.Security.Cryptography;
using System.Text;

namespace Dunning.Local.Tests.Api;

/// <summary>What Twilio posts to a host, signed as it signs.</summary>
internal static class Twilios
{
    public const string Token = "twilio-token-of-the-tests";
    public const string Public = "https://dunning.example.org/here";

    public static async Task<TestHost> Host(string? own = Token)
    {
        var host = await TestHost.Run(o => o with { PublicUrl = new(Public) });
        if (own is not null)
            Assert.Equal(201, (await host.Put("/api/creditors/demo/webhooks/twilio", new { secrets = new[] { own } })).Status);
        return host;
    }

    /// <summary>A case whose second step, an SMS among it, left on 16 November.</summary>
    public static async Task<string> Texted(this TestHost host, Action<System.Text.Json.Nodes.JsonObject>? change = null)
    {
        var path = await host.Register(change);
        await host.MoveTo("2026-11-16T12:00:00+01:00");
        Assert.Contains("2026-11-16 second sms", await host.Sent(path));
        return path;
    }

    public static Task<Reply> Status(this TestHost host, string path, string status, string to = "+33600000000", string? code = null, string token = Token, string creditor = "demo") =>
        host.Twilio($"?key={Uri.EscapeDataString($"{path.Split('/')[^1]}/second/sms/1")}", new() { ["MessageSid"] = "SM0", ["MessageStatus"] = status, ["To"] = to, ["ErrorCode"] = code ?? "" }, token, creditor);

    public static Task<Reply> Text(this TestHost host, string body, string from = "+33600000000", string sid = "SM1", string? wish = null) =>
        host.Twilio("", wish is null ? new() { ["MessageSid"] = sid, ["From"] = from, ["To"] = "+33700000000", ["Body"] = body }
            : new() { ["MessageSid"] = sid, ["From"] = from, ["Body"] = body, ["OptOutType"] = wish });

    public static async Task<Reply> Twilio(this TestHost host, string query, Dictionary<string, string> fields, string token = Token, string creditor = "demo", string? signature = null)
    {
        var signed = $"{Public}/api/webhooks/twilio/{creditor}{query}" + string.Concat(fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value));
#pragma warning disable CA5350 // The provider's own scheme.
        signature ??= Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
        var form = string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));
        return await host.Send("POST", $"/api/webhooks/twilio/{creditor}{query}", form, null, ("X-Twilio-Signature", signature), ("Content-Type", "application/x-www-form-urlencoded"));
    }
}
