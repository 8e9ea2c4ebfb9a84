using System.Globalization;
using System.Text;
using Dunning.Service.Webhooks.Verifying;

namespace Dunning.Service.Outgoing;

/// <summary>The headers of Standard Webhooks 1.0.0; one signature for each secret in force.</summary>
internal static class Signing
{
    public static IEnumerable<(string Name, string Value)> Headers(string id, DateTimeOffset now, string payload, IReadOnlyList<string> secrets)
    {
        var (time, body) = (now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(payload));
        yield return ("webhook-id", id);
        yield return ("webhook-timestamp", time);
        yield return ("webhook-signature", string.Join(' ', secrets.Select(s => "v1," + Convert.ToBase64String(Mac.Of(StandardVerifier.KeyOf(s)!, $"{id}.{time}.", body)))));
    }
}
