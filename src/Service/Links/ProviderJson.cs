using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dunning.Service.Links;

/// <summary>Bodies as providers read them: names as they are written here, and nothing for what is not said.</summary>
internal static class ProviderJson
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Of a length that is known when it begins: not every gateway takes a body in chunks.</summary>
    public static HttpContent? Content(object? body) =>
        body is null ? null : new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Options)) { Headers = { ContentType = new("application/json") } };
}
