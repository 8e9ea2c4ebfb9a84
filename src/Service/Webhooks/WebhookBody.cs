using System.Globalization;
using System.Text.Json;

namespace Dunning.Service.Webhooks;

/// <summary>Reads what providers write: by the paths we know, whatever else is there, and never by exceptions.</summary>
internal static class WebhookBody
{
    /// <summary>Deep nesting and duplicate names are refused: two programs would read them differently.</summary>
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Null for what is not a JSON object in UTF-8.</summary>
    public static JsonDocument? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var json = JsonDocument.Parse(body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body, Strict);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json;
            json.Dispose();
            return null;
        }
        // A name with half a character in it.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The member at the end of a path; undefined when there is none.</summary>
    public static JsonElement At(this JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
                return default;
        return json;
    }

    public static IEnumerable<JsonElement> Items(this JsonElement json) => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : [];

    /// <summary>A text, a number or a truth as it is written; null for anything else.</summary>
    public static string? Text(this JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.String => json.GetString(),
                JsonValueKind.Number => json.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half a character: JSON can carry it, no text can.
            return null;
        }
    }

    /// <summary>A text that says something.</summary>
    public static string? Word(this JsonElement json) => json.ValueKind == JsonValueKind.String && json.Text()?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The id of an object given as itself or as its id alone.</summary>
    public static string? Id(this JsonElement json) => json.ValueKind == JsonValueKind.Object ? json.At("id").Word() : json.Word();

    public static DateTimeOffset? Instant(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number when json.TryGetInt64(out var seconds) && seconds is > 0 and < 4_102_444_800 => DateTimeOffset.FromUnixTimeSeconds(seconds),
        JsonValueKind.String when DateTimeOffset.TryParse(json.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year is >= 2000 and <= 2099 => at,
        _ => null,
    };
}
