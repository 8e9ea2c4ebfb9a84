using System.Text.Json;

namespace Dunning.Service.Reports;

/// <summary>
/// Microsoft.Communication.EmailDeliveryReportReceived, one for each recipient. Operation is the id we gave the message, in lower case; MessageId the one the
/// service gave it, without angle brackets.
/// </summary>
public sealed record EmailReport(string Operation, string Status, string? Recipient, string? MessageId)
{
    /// <summary>Null when it is not one.</summary>
    public static EmailReport? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Of an event in either schema of Event Grid. Names are matched in any case: the service does not spell them all as its documentation does.</summary>
    public static EmailReport? Read(JsonElement @event)
    {
        try
        {
            return @event.ValueKind == JsonValueKind.Object
                && @event.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
                && Text(data, "messageId") is { Length: > 0 } id && Text(data, "status") is { } status
                    ? new(Guid.TryParse(id, out var operation) ? operation.ToString() : id, status, Text(data, "recipient"),
                        Text(data, "internetMessageId")?.Trim().Trim('<', '>') is { Length: > 0 and < 900 } thread ? thread : null)
                    : null;
        }
        // Half a character: JSON can carry it, no text can.
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement data, string name)
    {
        foreach (var property in data.EnumerateObject())
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.String)
                return property.Value.GetString();
        return null;
    }
}
