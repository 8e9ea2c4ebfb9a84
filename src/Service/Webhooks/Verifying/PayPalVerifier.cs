using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service.Webhooks.Verifying;

/// <summary>
/// PayPal signs <c>{transmission id}|{time}|{webhook id}|{CRC-32 of the body, decimal}</c> with a certificate it names by address. The webhook's id is ours, from
/// the settings, never from the request. Only SHA256withRSA counts, though its SDK also takes SHA-1.
/// </summary>
public sealed class PayPalVerifier(PayPalCertificates certificates) : IWebhookVerifier
{
    private const string Algorithm = "SHA256withRSA";

    public string Provider => "paypal";

    public async ValueTask<Verdict> Verify(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now, CancellationToken ct)
    {
        if ((request.Header("PAYPAL-TRANSMISSION-ID", out var id) ?? request.Header("PAYPAL-TRANSMISSION-TIME", out _) ?? request.Header("PAYPAL-TRANSMISSION-SIG", out _)
            ?? request.Header("PAYPAL-CERT-URL", out _) ?? request.Header("PAYPAL-AUTH-ALGO", out _)) is { } refused)
            return refused;
        var (time, address) = (request.Headers["PAYPAL-TRANSMISSION-TIME"].ToString(), request.Headers["PAYPAL-CERT-URL"].ToString());
        var signature = new byte[1024];
        if (secrets.WebhookId is not { } webhookId || request.Headers["PAYPAL-AUTH-ALGO"] != Algorithm
            || !Convert.TryFromBase64String(request.Headers["PAYPAL-TRANSMISSION-SIG"].ToString(), signature, out var length)
            || await certificates.Find(address, now, ct) is not { } key)
            return Verdict.Forged;
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key, out _);
        var signed = SignedText(id, time, webhookId, request.Body.Span);
        return rsa.VerifyData(Encoding.UTF8.GetBytes(signed), signature.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? Verdict.Genuine : Verdict.Forged;
    }

    public static string SignedText(string id, string time, string webhookId, ReadOnlySpan<byte> body) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}|{time}|{webhookId}|{Crc32.Of(body)}");
}
