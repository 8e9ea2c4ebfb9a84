using System.Security.Cryptography;
using Dunning.Service.Webhooks.Verifying;

namespace Dunning.Service.Outgoing;

/// <summary>A secret of ours that deliveries are signed with. Until is when it stops, after a newer one took its place.</summary>
public sealed record SigningSecret(string Value, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? Until { get; init; }

    /// <summary>256 bits of chance, as Standard Webhooks writes them.</summary>
    public static SigningSecret New(DateTimeOffset now) => new(StandardVerifier.Symmetric + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), now);
}

/// <summary>
/// Where a creditor's platform is told what happens, and all that is still to be told: how far it has read its creditor's feed, and what of it must be tried again. It is
/// one document, so that neither can be without the other.
/// </summary>
/// <param name="Place">Everything up to this place of the feed was delivered, is pending or is dead.</param>
public sealed record WebhookEndpoint(string Id, string Creditor, string Url, DateTimeOffset CreatedAt, string Place)
{
    /// <summary>More than these wait in the feed.</summary>
    public const int MostPending = 256;

    public const int MostRecent = 50;

    public const string Gone = "gone";
    public const string Failing = "failing";

    /// <summary>Those wanted; none means all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    public string? Description { get; init; }

    public bool Disabled { get; init; }

    /// <summary>Why it was disabled when nobody asked for it: it answered 410, or nothing got through for as long as a delivery is tried.</summary>
    public string? DisabledBecause { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public bool Deleted { get; init; }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<SigningSecret> Secrets { get; init; } = [];

    /// <summary>When the place was written down last: it must not grow older than the feed.</summary>
    public DateTimeOffset PlacedAt { get; init; }

    public IReadOnlyList<WebhookDelivery> Pending { get; init; } = [];

    /// <summary>The last ones that got through, the newest first.</summary>
    public IReadOnlyList<WebhookDelivery> Recent { get; init; } = [];

    public long Delivered { get; init; }

    /// <summary>The first failure since something got through; null while all is well.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    public bool IsActive => !Disabled && !Deleted;

    public IReadOnlyList<string> SecretsAt(DateTimeOffset now) => [.. Secrets.Where(s => s.Until is null || s.Until > now).Select(s => s.Value)];
}

/// <summary>One announcement on its way to one endpoint. The id is the announcement's, the same at each attempt.</summary>
public sealed record WebhookDelivery(string Id, string Type, string Place, DateTimeOffset FirstAt)
{
    public int Attempts { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    /// <summary>What the last attempt was answered; null when there was no answer.</summary>
    public int? Status { get; init; }

    public string? Error { get; init; }

    public int Millis { get; init; }

    /// <summary>It was dead: what it says is in its dead letter.</summary>
    public bool FromDead { get; init; }
}

/// <summary>A delivery that was given up, with what it says: it stays until somebody has it sent again.</summary>
public sealed record DeadLetter(string Endpoint, WebhookDelivery Delivery, string Payload, DateTimeOffset DiedAt)
{
    public static string Key(string endpoint, string delivery) => $"{endpoint}/{delivery}";
}
