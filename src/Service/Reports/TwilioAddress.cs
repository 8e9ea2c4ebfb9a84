using Dunning.Domain;

namespace Dunning.Service.Reports;

/// <summary>Where Twilio reaches us. The address is part of what it signs: whoever changes anything in it breaks the signature.</summary>
public static class TwilioAddress
{
    /// <summary>For what becomes of a message.</summary>
    public static Uri Callback(Uri publicUrl, string creditor, MessageKey key) => new(Of(publicUrl, creditor, $"?key={Uri.EscapeDataString(key.ToString())}"));

    /// <param name="query">As the request carries it, with its question mark.</param>
    public static string Of(Uri publicUrl, string creditor, string query) =>
        $"{publicUrl.AbsoluteUri.TrimEnd('/')}/api/webhooks/twilio/{Uri.EscapeDataString(creditor)}{query}";
}
