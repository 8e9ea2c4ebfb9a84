namespace Dunning.Service.Webhooks;

/// <summary>
/// How a creditor's deliveries of one provider are judged. A secret is kept as it is, since signatures are made with it, and never shown;
/// <c>env:NAME</c> stands for one in the environment, where Azure puts what it reads from a Key Vault.
/// </summary>
public sealed record WebhookSettings(string Creditor, string Provider)
{
    public IReadOnlyList<WebhookSecret> Secrets { get; init; } = [];

    /// <summary>PayPal signs with a certificate of its own, and the id of the webhook.</summary>
    public string? WebhookId { get; init; }

    /// <summary>Adyen: an authorisation is not money yet, only its capture is.</summary>
    public bool ManualCapture { get; init; }

    /// <summary>E-mail reports: the only subscription of Event Grid that may deliver; null for any that has the secret.</summary>
    public string? Subscription { get; init; }

    public static string Key(string creditor, string provider) => $"{creditor}/{provider}";
}

public sealed record WebhookSecret(string Value, DateTimeOffset CreatedAt)
{
    public string Fingerprint => Webhooks.Secrets.Fingerprint(Value);

    public string? Environment => Webhooks.Secrets.Environment(Value);
}
