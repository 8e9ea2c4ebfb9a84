using System.Text.Json;

namespace Dunning.Service.Webhooks.Verifying;

/// <summary>
/// Adyen signs the standard webhooks inside their bodies, over eight fields joined by colons, nothing escaped, with values as they are after JSON is decoded
/// (adyen-dotnet, HmacValidator.cs); and those of its platform in the header <c>HmacSignature</c>, over the body. Keys are hexadecimal.
/// </summary>
public sealed class AdyenVerifier : IWebhookVerifier
{
    private const string HeaderName = "HmacSignature";

    public string Provider => "adyen";

    /// <summary>Null when the secret is not hexadecimal.</summary>
    public static byte[]? KeyOf(string secret)
    {
        var bytes = new byte[secret.Length / 2];
        return secret.Length is >= 32 and <= 256 && Convert.FromHexString(secret, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == bytes.Length ? bytes : null;
    }

    public ValueTask<Verdict> Verify(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now, CancellationToken ct)
    {
        var keys = secrets.Values.Select(KeyOf).OfType<byte[]>().ToList();
        if (request.Headers[HeaderName].Count == 0)
            return new(Items(request.Body, keys));
        return new(request.Header(HeaderName, out var presented) ?? (Any(keys, "", request.Body.Span, presented) ? Verdict.Genuine : Verdict.Forged));
    }

    // Every item carries a signature of its own, and each must hold.
    private static Verdict Items(ReadOnlyMemory<byte> body, List<byte[]> keys)
    {
        if (WebhookBody.Read(body) is not { } read)
            return Verdict.Malformed;
        using (read)
        {
            if (!AdyenItems.TryRead(read.RootElement, out var items))
                return Verdict.Malformed;
            return items.TrueForAll(i => Any(keys, Signed(i), [], i.At("additionalData", "hmacSignature").Text() ?? "")) ? Verdict.Genuine : Verdict.Forged;
        }
    }

    private static string Signed(JsonElement item) => string.Join(':',
        item.At("pspReference").Text(), item.At("originalReference").Text(), item.At("merchantAccountCode").Text(), item.At("merchantReference").Text(),
        item.At("amount", "value").Text(), item.At("amount", "currency").Text(), item.At("eventCode").Text(), item.At("success").Text());

    private static bool Any(List<byte[]> keys, string prefix, ReadOnlySpan<byte> body, string presented)
    {
        var genuine = false;
        foreach (var key in keys)
            genuine |= Mac.Of(key, prefix, body).IsBase64(presented);
        return genuine;
    }
}

/// <summary>The items of a standard webhook: <c>notificationItems[].NotificationRequestItem</c>.</summary>
internal static class AdyenItems
{
    public static bool TryRead(JsonElement body, out List<JsonElement> items)
    {
        items = [];
        foreach (var wrapped in body.At("notificationItems").Items())
            if (wrapped.At("NotificationRequestItem") is { ValueKind: JsonValueKind.Object } item)
                items.Add(item);
            else
                return false;
        return items.Count > 0;
    }
}
