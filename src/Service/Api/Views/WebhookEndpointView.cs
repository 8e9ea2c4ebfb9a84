using System.Text.Json.Serialization;
using Dunning.Service.Outgoing;

namespace Dunning.Service.Api.Views;

/// <summary>DeadLetters counts up to a hundred. The secrets are not shown.</summary>
public sealed record WebhookEndpointView(
    string Id, string Creditor, string Url, IReadOnlyList<string> Types, string? Description, bool Disabled, string? DisabledBecause, DateTimeOffset? DisabledAt, DateTimeOffset CreatedAt,
    int Secrets, DateTimeOffset? FailingSince, long Delivered, int Pending, int DeadLetters)
{
    public const int MostCounted = 100;

    /// <summary>Shown once: in the answer to its creation or rotation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    public static WebhookEndpointView Of(WebhookEndpoint e, int dead, DateTimeOffset now) => new(
        e.Id, e.Creditor, e.Url, e.Types, e.Description, e.Disabled, e.DisabledBecause, e.DisabledAt, e.CreatedAt, e.SecretsAt(now).Count, e.FailingSince, e.Delivered, e.Pending.Count, dead);
}

/// <summary>One announcement on its way to an endpoint: pending, delivered or dead.</summary>
public sealed record DeliveryView(
    string Id, string Type, string State, int Attempts, DateTimeOffset FirstAt, DateTimeOffset? LastAt, DateTimeOffset? NextAt, int? Status, string? Error, int Millis, DateTimeOffset? DiedAt)
{
    public static DeliveryView Of(WebhookDelivery d, string state) => new(d.Id, d.Type, state, d.Attempts, d.FirstAt, d.LastAt, d.NextAt, d.Status, d.Error, d.Millis, null);

    public static DeliveryView Of(DeadLetter l) => Of(l.Delivery, "dead") with { DiedAt = l.DiedAt };
}

/// <summary>What a test call was answered. Answer is the beginning of the body.</summary>
public sealed record TestCallView(bool Delivered, int? Status, string? Error, int Millis, string Answer);

public sealed record ReplayView(int Replayed, int Remaining);
