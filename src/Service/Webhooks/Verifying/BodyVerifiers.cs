using System.Text;

namespace Dunning.Service.Webhooks.Verifying;

/// <summary><c>Webhook-Signature</c>: hexadecimal HMAC of the body (gocardless-dotnet, WebhookParser.cs). No time is signed.</summary>
public sealed class GoCardlessVerifier : IWebhookVerifier
{
    public string Provider => "gocardless";

    public ValueTask<Verdict> Verify(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now, CancellationToken ct) =>
        new(request.Header("Webhook-Signature", out var presented) ?? (BodyMac.IsAny(request, secrets, [presented]) ? Verdict.Genuine : Verdict.Forged));
}

/// <summary>
/// <c>X-Mollie-Signature: sha256=…</c>, the prefix optional, the header repeated during a rotation (mollie-api-php, SignatureValidator.php). No time is signed.
/// </summary>
public sealed class MollieVerifier : IWebhookVerifier
{
    private const string Prefix = "sha256=";

    public string Provider => "mollie";

    public ValueTask<Verdict> Verify(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now, CancellationToken ct)
    {
        var presented = request.Headers["X-Mollie-Signature"].SelectMany(h => (h ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (!presented.TrueForAll(WebhookRequest.IsPlain))
            return new(Verdict.Malformed);
        var signatures = presented.Select(p => p.StartsWith(Prefix, StringComparison.Ordinal) ? p[Prefix.Length..] : p);
        return new(BodyMac.IsAny(request, secrets, [.. signatures]) ? Verdict.Genuine : Verdict.Forged);
    }
}

internal static class BodyMac
{
    /// <summary>Whether one of the secrets made one of the signatures of the body; secrets are keys as they are written.</summary>
    public static bool IsAny(WebhookRequest request, WebhookSecrets secrets, IReadOnlyList<string> signatures)
    {
        var genuine = false;
        foreach (var secret in secrets.Values)
        {
            var expected = Mac.Of(Encoding.UTF8.GetBytes(secret), "", request.Body.Span);
            foreach (var signature in signatures)
                genuine |= expected.IsHex(signature);
        }
        return genuine;
    }
}
