using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dunning.Service.Links;

/// <summary>Bodies as providers read them: names as they are written here, and nothing for what is not said.</summary>
internal static class ProviderJson
{
    public static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
}
