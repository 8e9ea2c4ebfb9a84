using System.Text;

namespace Dunning.Service.Webhooks.Verifying;

/// <summary>
/// <c>Stripe-Signature: t=…,v1=…[,v1=…]</c> over <c>{t}.{body}</c>; the key is the whole <c>whsec_…</c> as it is written. Other schemes, such as v0, count for
/// nothing (stripe-dotnet, EventUtility.cs).
/// </summary>
public sealed class StripeVerifier : IWebhookVerifier
{
    public string Provider => "stripe";

    public ValueTask<Verdict> Verify(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now, CancellationToken ct) => new(Verify(request, secrets, now));

    private static Verdict Verify(WebhookRequest request, WebhookSecrets secrets, DateTimeOffset now)
    {
        if (request.Header("Stripe-Signature", out var header) is { } refused)
            return refused;
        var parts = header.Split(',', StringSplitOptions.TrimEntries).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToLookup(p => p[0], p => p[1]);
        var times = parts["t"].ToList();
        if (times.Count != 1 || TimeWindow.Holds(times[0], now) is not { } holds)
            return Verdict.Malformed;
        var genuine = false;
        foreach (var secret in secrets.Values)
        {
            var expected = Mac.Of(Encoding.UTF8.GetBytes(secret), $"{times[0]}.", request.Body.Span);
            foreach (var presented in parts["v1"])
                genuine |= expected.IsHex(presented);
        }
        return genuine && holds ? Verdict.Genuine : Verdict.Forged;
    }
}
