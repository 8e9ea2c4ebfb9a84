using System.Text;

namespace Dunning.Service.Webhooks.Verifying;

/// <summary>
/// Standard Webhooks 1.0.0: <c>webhook-signature: v1,… v1a,…</c> over <c>{id}.{timestamp}.{body}</c>. A secret <c>whsec_…</c>, or without that prefix, is the key in base64
/// and signs v1 by HMAC-SHA256; <c>whpk_…</c> is the public key of v1a, ed25519.
/// </summary>
public sealed class StandardVerifier : IWebhookVerifier
{
    public const string Symmetric = "whsec_";
    public const string PublicKey = "whpk_";

    // Checking ed25519 is slow: nobody has us do it a hundred times for one request.
    private const int MostAsymmetric = 4;

    public string Provider => "standard";

    /// <summary>The bytes of a secret: 24 to 64 of a key, 32 of a public key; null when it is neither.</summary>
    public static byte[]? KeyOf(string secret)
    {
        var prefix = secret.StartsWith(PublicKey, StringComparison.Ordinal) ? PublicKey : secret.StartsWith(Symmetric, StringComparison.Ordinal) ? Symmetric : "";
        Span<byte> bytes = stackalloc byte[96];
        if (secret.Length > 128 || !Convert.TryFromBase64String(secret[prefix.Length..], bytes, out var length))
            return null;
        return prefix == PublicKey ? (length == 32 ? bytes[..length].ToArray() : null) : length is >= 24 and <= 64 ? bytes[..length].ToArray() : null;
    }

    public ValueTask<Verdict> Verify(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now, CancellationToken ct) => new(Verify(request, secrets, now));

    private static Verdict Verify(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now)
    {
        if ((request.Header("webhook-id", out var id) ?? request.Header("webhook-timestamp", out _) ?? request.Header("webhook-signature", out _)) is { } refused)
            return refused;
        var (time, signatures) = (request.Headers["webhook-timestamp"].ToString(), request.Headers["webhook-signature"].ToString());
        if (TimeWindow.Holds(time, now) is not { } holds)
            return Verdict.Malformed;
        var presented = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(',', 2)).Where(s => s.Length == 2).ToLookup(s => s[0], s => s[1]);
        var (genuine, prefix) = (false, $"{id}.{time}.");
        foreach (var secret in secrets.Values)
            if (KeyOf(secret) is not { } key)
                continue;
            else if (secret.StartsWith(PublicKey, StringComparison.Ordinal))
                genuine |= holds && presented["v1a"].Take(MostAsymmetric).Any(s => IsSigned(key, s, prefix, request.Body.Span));
            else
                foreach (var signature in presented["v1"])
                    genuine |= Mac.Of(key, prefix, request.Body.Span).IsBase64(signature);
        return genuine && holds ? Verdict.Genuine : Verdict.Forged;
    }

    private static bool IsSigned(byte[] publicKey, string signature, string prefix, ReadOnlySpan<byte> body)
    {
        Span<byte> bytes = stackalloc byte[64];
        return signature.Length == 88 && Convert.TryFromBase64String(signature, bytes, out var length) && length == 64
            && Ed25519.IsSigned(publicKey, [.. Encoding.UTF8.GetBytes(prefix), .. body], bytes);
    }
}
