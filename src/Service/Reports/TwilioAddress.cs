namespace Dunning.Service.Reports;

/// <summary>Where Twilio reaches us. The address is part of what it signs: whoever changes anything in it breaks the signature.</summary>
public static class TwilioAddress
{
    /// <summary>For what becomes of a message.</summary>
    /// <param name="message">What carriers know it by.</param>
    public static Uri Callback(Uri publicUrl, string creditor, string message) => new(Of(publicUrl, creditor, $"?key={Uri.EscapeDataString(message)}"));

    /// <param name="query">As the request carries it, with its question mark.</param>
    public static string Of(Uri publicUrl, string creditor, string query) =>
        $"{publicUrl.AbsoluteUri.TrimEnd('/')}/api/webhooks/twilio/{Uri.EscapeDataString(creditor)}{query}";
}
