using System.Text;
using Dunning.Service.Json;

namespace Dunning.Functions.Store;

/// <summary>What the service writes as UTF-8 is kept as text, so that a person who looks into the storage can read it.</summary>
internal static class Json
{
    public static string Write<T>(T value) => Encoding.UTF8.GetString(DomainJson.Write(value));

    /// <exception cref="System.Text.Json.JsonException">The text is not what <see cref="Write"/> writes.</exception>
    public static T Read<T>(string text) => DomainJson.Read<T>(Encoding.UTF8.GetBytes(text));
}
