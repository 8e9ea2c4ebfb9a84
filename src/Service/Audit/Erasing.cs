using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Service.Json;

namespace Dunning.Service.Audit;

/// <summary>Takes personal data out of what is stored as one JSON text: a state, a message, a document.</summary>
public static class Erasing
{
    private static readonly JsonNamingPolicy Names = JsonNamingPolicy.CamelCase;

    /// <summary>The same without its personal data of some kinds, as <see cref="PersonalData"/> lists it.</summary>
    public static T Of<T>(T value, PersonalKinds kinds)
    {
        var json = JsonSerializer.SerializeToNode(value, DomainJson.Options);
        Erase(json, typeof(T), kinds);
        return json.Deserialize<T>(DomainJson.Options) ?? throw new JsonException($"A {typeof(T).Name} was expected.");
    }

    /// <summary>Whether there is anything left to take out.</summary>
    public static bool IsDone<T>(T value, PersonalKinds kinds) => DomainJson.Write(Of(value, kinds)).AsSpan().SequenceEqual(DomainJson.Write(value));

    private static void Erase(JsonNode? json, Type type, PersonalKinds kinds)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (json is JsonArray items)
            foreach (var item in items)
                Erase(item, ElementOf(type), kinds);
        if (json is not JsonObject members)
            return;
        foreach (var property in Concrete(type, members).GetProperties())
            if (members[Names.ConvertName(property.Name)] is { } member)
                if (PersonalData.Find(property.DeclaringType!, property.Name) is not { } personal)
                    Erase(member, property.PropertyType, kinds);
                else if (kinds.HasFlag(personal.Kind))
                    members[Names.ConvertName(property.Name)] = JsonNode.Parse(personal.Erased);
    }

    private static Type ElementOf(Type type) => type.IsArray ? type.GetElementType()! : type.GenericTypeArguments is [var element] ? element : typeof(object);

    // A closed hierarchy says which of its types it is.
    private static Type Concrete(Type type, JsonObject json) => type.IsAbstract && (string?)json["type"] is { } name
        ? type.GetNestedTypes().First(t => Names.ConvertName(t.Name) == name)
        : type;
}
