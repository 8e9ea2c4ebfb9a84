using System.Globalization;
using System.Text.Json.Nodes;

namespace Dunning.Local.Commands;

/// <summary>Reads what a host answered, member by member; what an older or a newer host leaves out is null.</summary>
internal static class AnswerJson
{
    public static JsonNode? At(this JsonNode? node, string path) => path.Split('.').Aggregate(node, (n, name) => n is JsonObject members ? members[name] : null);

    public static string? Text(this JsonNode? node, string path) => node.At(path)?.ToString();

    /// <summary>With its decimals as written.</summary>
    public static decimal? Number(this JsonNode? node, string path) =>
        decimal.TryParse(node.Text(path), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static DateOnly? Date(this JsonNode? node, string path) =>
        DateOnly.TryParseExact(node.Text(path), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public static DateTimeOffset? Instant(this JsonNode? node, string path) =>
        DateTimeOffset.TryParse(node.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    public static IEnumerable<JsonNode> List(this JsonNode? node, string path) => (node.At(path) as JsonArray)?.OfType<JsonNode>() ?? [];
}
