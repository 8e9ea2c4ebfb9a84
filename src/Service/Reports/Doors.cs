namespace Dunning.Service.Reports;

/// <summary>What a host knows of the way in from outside.</summary>
/// <param name="PublicUrl">Where providers and debtors reach this host; what providers sign is checked against it, never against what a request says of itself.</param>
/// <param name="TwilioAuthToken">The host's own account at Twilio, beside those of its creditors.</param>
public sealed record Doors(Uri? PublicUrl = null, string? TwilioAuthToken = null);
