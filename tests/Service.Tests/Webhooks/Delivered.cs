using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dunning.Service.Webhooks.Verifying;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Tests.Webhooks;

/// <summary>A delivery as a provider signs it, written a second time from the protocols and not with the code under test.</summary>
internal sealed class Delivered
{
    public const string HexKey = "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF";
    public const string OtherHexKey = "FF112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF";
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_760_000_000);

    public HeaderDictionary Headers { get; } = [];

    public byte[] Body { get; set; } = [];

    public static readonly string[] Providers = ["stripe", "gocardless", "mollie", "standard", "adyen-header", "adyen"];

    public static string Secret(string provider) => provider switch
    {
        "standard" => "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "adyen" or "adyen-header" => HexKey,
        _ => "whsec_selfmade_0001",
    };

    public static string OtherSecret(string provider) => provider switch
    {
        "standard" => "whsec_/wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "adyen" or "adyen-header" => OtherHexKey,
        _ => "whsec_selfmade_0002",
    };

    public static IWebhookVerifier Verifier(string provider) => provider switch
    {
        "stripe" => new StripeVerifier(),
        "gocardless" => new GoCardlessVerifier(),
        "mollie" => new MollieVerifier(),
        "standard" => new StandardVerifier(),
        _ => new AdyenVerifier(),
    };

    public static string HeaderOf(string provider) => provider switch
    {
        "stripe" => "Stripe-Signature",
        "gocardless" => "Webhook-Signature",
        "mollie" => "X-Mollie-Signature",
        "standard" => "webhook-signature",
        _ => "HmacSignature",
    };

    public static Delivered By(string provider, string? body = null, string? secret = null, long ago = 0)
    {
        secret ??= Secret(provider);
        body ??= """{"id":"evt_1","type":"payment.received","note":"réglé €"}""";
        var delivered = new Delivered { Body = Encoding.UTF8.GetBytes(body) };
        var t = (Now.ToUnixTimeSeconds() - ago).ToString(CultureInfo.InvariantCulture);
        var headers = delivered.Headers;
        switch (provider)
        {
            case "stripe":
                headers["Stripe-Signature"] = $"t={t},v1={Hex(secret, $"{t}.{body}")}";
                break;
            case "gocardless":
                headers["Webhook-Signature"] = Hex(secret, body);
                break;
            case "mollie":
                headers["X-Mollie-Signature"] = "sha256=" + Hex(secret, body);
                break;
            case "standard":
                headers["webhook-id"] = "msg_1";
                headers["webhook-timestamp"] = t;
                headers["webhook-signature"] = "v1," + Base64(Convert.FromBase64String(secret["whsec_".Length..]), $"msg_1.{t}.{body}");
                break;
            case "adyen-header":
                headers["HmacSignature"] = Base64(Convert.FromHexString(secret), body);
                break;
            case "adyen":
                delivered.Body = Encoding.UTF8.GetBytes(AdyenBody(secret, "PSP0001", "12345"));
                break;
        }
        return delivered;
    }

    public static string AdyenBody(string hexKey, string psp, string value, string reference = "INV:2025\\\\0001", string success = "true")
    {
        var decoded = reference.Replace("\\\\", "\\", StringComparison.Ordinal);
        var signature = Base64(Convert.FromHexString(hexKey), $"{psp}::ContosoECOM:{decoded}:{value}:EUR:AUTHORISATION:{success}");
        return $$$"""
            {"live":"false","notificationItems":[{"NotificationRequestItem":{"additionalData":{"hmacSignature":"{{{signature}}}"},"amount":{"currency":"EUR","value":{{{value}}}},
            "eventCode":"AUTHORISATION","eventDate":"2025-10-09T10:53:20+02:00","merchantAccountCode":"ContosoECOM","merchantReference":"{{{reference}}}","pspReference":"{{{psp}}}","success":"{{{success}}}"}}]}
            """;
    }

    public async Task<Verdict> Judged(string provider, params string[] secrets) => await Verifier(provider)
        .Verify(new(Headers, Body), new(secrets.Length == 0 ? [Secret(provider)] : secrets), Now, TestContext.Current.CancellationToken);

    public static string Hex(string secret, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));

    public static string Base64(byte[] key, string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
