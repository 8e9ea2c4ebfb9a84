using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Webhooks.Verifying;

public enum Verdict
{
    Genuine,

    /// <summary>Signed by somebody else, or by nobody.</summary>
    Forged,

    /// <summary>It cannot even be judged: a time that is none, a header given twice.</summary>
    Malformed,
}

/// <summary>
/// Judges whether a delivery comes from the provider, by the bytes as they arrived. It changes nothing, and compares in constant time: how long
/// it takes tells nothing of the signature that was expected.
/// </summary>
public interface IWebhookVerifier
{
    string Provider { get; }

    /// <param name="secrets">Any one may have signed: during a rotation two are valid.</param>
    ValueTask<Verdict> Verify(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now, CancellationToken ct);
}

/// <summary>The secrets as they are used: what was read from the environment has been read. WebhookId is PayPal's.</summary>
public sealed record WebhookSecrets(IReadOnlyList<string> Values, string? WebhookId = null);

/// <summary>What was delivered: its headers, and its body byte for byte.</summary>
public sealed record WebhookRequest(IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The one value of a header in printable ASCII, or the verdict on a request without it.</summary>
    public Verdict? Header(string name, out string value)
    {
        var values = Headers[name];
        value = values.Count == 1 ? values[0] ?? "" : "";
        if (values.Count > 1 || !IsPlain(value))
            return Verdict.Malformed;
        return value.Length == 0 ? Verdict.Forged : null;
    }

    public static bool IsPlain(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
