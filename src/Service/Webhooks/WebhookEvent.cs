namespace Dunning.Service.Webhooks;

/// <summary>What became of a delivery. One that was not processed yet has none.</summary>
public enum DeliveryOutcome
{
    /// <summary>Its facts are told.</summary>
    Applied,

    /// <summary>Kept until the invoice of its payment is known.</summary>
    Kept,

    /// <summary>Money nobody can match: among the unmatched.</summary>
    Unmatched,

    /// <summary>It says nothing of any invoice's money.</summary>
    Ignored,

    /// <summary>The provider could not pay out to the creditor's bank: a person must see to it. No invoice is touched.</summary>
    PayoutFailed,

    /// <summary>It cannot be processed; a person may have it tried again.</summary>
    Failed,

    /// <summary>It had failed, or told of a payout that had, and a person has seen to it.</summary>
    SeenTo,
}

/// <summary>One event as it was delivered. Body is its JSON as the provider wrote it; Outcome null is one still to be processed.</summary>
/// <param name="Sha256">Of the whole delivery, byte for byte.</param>
public sealed record WebhookEvent(string Creditor, string Provider, string EventId, DateTimeOffset ReceivedAt, string Sha256, string Body)
{
    public DeliveryOutcome? Outcome { get; init; }

    /// <summary>What there is to say of the outcome, nothing of any person in it.</summary>
    public string? Why { get; init; }

    public DateTimeOffset? ProcessedAt { get; init; }

    /// <summary>A person may still have it tried again, or must see to it: what it says is needed for that.</summary>
    public bool WaitsForPerson => Outcome is DeliveryOutcome.Failed or DeliveryOutcome.PayoutFailed;

    /// <summary>Unique by provider, creditor and event: the only defence against replay where no time is signed.</summary>
    public string Id => $"{Creditor}/{Provider}/{EventId}";
}

/// <summary>What processing a delivery came to.</summary>
public sealed record Processed(DeliveryOutcome Outcome, string? Why = null);
