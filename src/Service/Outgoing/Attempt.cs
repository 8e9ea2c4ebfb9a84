namespace Dunning.Service.Outgoing;

/// <summary>What an endpoint answered. Without a status there was no answer: Error says why. Clip is the beginning of its body.</summary>
public sealed record Sent(int? Status, string? Error, int Millis, TimeSpan? RetryAfter = null, string Clip = "")
{
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>
/// One attempt at one delivery. Payload is what was sent; null when it could not be found any more. Sent is null when there was no time left for it: it waits as it did.
/// </summary>
public sealed record Attempt(WebhookDelivery Of, DateTimeOffset At, Sent? Sent, string? Payload);
