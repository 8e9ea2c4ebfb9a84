using System.Text.Json;
using Dunning.Service.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Reports;

/// <summary>
/// The events of one delivery, in Event Grid's own schema (an array) or as CloudEvents 1.0 (structured, batch or binary); and the code of the handshake in which
/// Event Grid asks whether it may deliver.
/// </summary>
public sealed record EventDelivery(IReadOnlyList<JsonElement> Events, string? ValidationCode)
{
    private const string Validation = "Microsoft.EventGrid.SubscriptionValidationEvent";

    /// <summary>Whether the format is one we understand; a type that says nothing is looked into.</summary>
    public static bool Understands(HttpRequest request) => MediaType(request) switch
    {
        "" or "application/json" or "application/cloudevents+json" or "application/cloudevents-batch+json" => true,
        _ => false,
    };

    /// <summary>Null for what is not one.</summary>
    public static EventDelivery? Read(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body, new JsonDocumentOptions { MaxDepth = 32 });
            var root = json.RootElement.Clone();
            // Binary mode: the envelope is in headers, the body is the data.
            if (request.Headers.ContainsKey("ce-type") && MediaType(request) == "application/json")
                return new([JsonSerializer.SerializeToElement(new { data = root })], null);
            IReadOnlyList<JsonElement> events = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
            return events.Any(e => e.ValueKind != JsonValueKind.Object) ? null : new(events, events is [var one] ? CodeOf(one) : null);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? CodeOf(JsonElement @event) =>
        @event.At("eventType").Word() == Validation ? @event.At("data", "validationCode").Word() : null;

    private static string MediaType(HttpRequest request) => (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
}
