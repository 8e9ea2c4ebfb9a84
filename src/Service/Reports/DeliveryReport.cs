namespace Dunning.Service.Reports;

/// <summary>What became of a message, as far as its carrier can tell.</summary>
public enum Fate
{
    /// <summary>On its way still, or a word we do not know.</summary>
    Unsettled,
    Delivered,
    Lost,
}

/// <summary>
/// What a carrier reports of one message. Message is what it knows it by (<see cref="Engine.OutgoingMessage.Identity"/>). Recipient is the address the report is about;
/// null where the carrier does not say.
/// </summary>
/// <param name="Reason">Why it was lost, for an operator.</param>
/// <param name="By">Who says so, for the record.</param>
public sealed record DeliveryReport(string Message, Fate Fate, string? Recipient, string Reason, string By)
{
    private static readonly Dictionary<string, Fate> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Delivered"] = Fate.Delivered,
        ["read"] = Fate.Delivered,
        ["Bounced"] = Fate.Lost,
        ["Failed"] = Fate.Lost,
        ["FilteredSpam"] = Fate.Lost,
        ["Quarantined"] = Fate.Lost,
        ["Suppressed"] = Fate.Lost,
        ["undelivered"] = Fate.Lost,
        ["canceled"] = Fate.Lost,
    };

    /// <summary>By the status word of Azure Communication Services or of Twilio.</summary>
    public static DeliveryReport Of(string message, string status, string? code, string? recipient, string by) =>
        new(message, Words.GetValueOrDefault(status), recipient, string.IsNullOrEmpty(code) ? status : $"{status}, code {code}", by);
}
