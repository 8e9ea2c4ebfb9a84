using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dunning.Domain;

namespace Dunning.Service.Json;

/// <summary>
/// How cases, events and messages are written down. The domain knows nothing of it: closed hierarchies get their discriminator
/// from the nested type's name, amounts are "12.50 EUR", and what is empty is left out.
/// </summary>
public static class DomainJson
{
    /// <summary>The format as reflection writes it. What is written by hand for speed gives the same, which the tests hold it to.</summary>
    public static readonly JsonSerializerOptions Reflected = Build();

    public static readonly JsonSerializerOptions Options = new(Reflected)
    {
        Converters = { new CaseJson(), new InvoiceJson(), new DebtorJson() },
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <exception cref="JsonException">The bytes are not what <see cref="Write"/> writes.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A {typeof(T).Name} was expected.");

    private static JsonSerializerOptions Build() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        AllowOutOfOrderMetadataProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new MoneyConverter(), new MessageKeyConverter(), new ItemsConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Discriminate, LeaveOutEmpty, FillIn, Require } },
    };

    private static void Discriminate(JsonTypeInfo type)
    {
        var isClosed = type.Type == typeof(CaseEvent) || type.Type == typeof(DunningCase);
        if (!isClosed || type.Kind != JsonTypeInfoKind.Object)
            return;
        type.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = "type" };
        foreach (var nested in type.Type.GetNestedTypes().Where(t => t.IsSubclassOf(type.Type)))
            type.PolymorphismOptions.DerivedTypes.Add(new(nested, JsonNamingPolicy.CamelCase.ConvertName(nested.Name)));
    }

    private static void LeaveOutEmpty(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            // What is computed from the rest is not written at all.
            if (property.Set is null)
                continue;
            if (property.PropertyType == typeof(bool))
                property.ShouldSerialize = static (_, value) => value is true;
            else if (property.PropertyType == typeof(int))
                property.ShouldSerialize = static (_, value) => value is not 0;
            else if (property.PropertyType == typeof(Silences))
                property.ShouldSerialize = static (_, value) => !Silences.None.Equals(value);
            else if (property.Name == "id" && type.Type.IsSubclassOf(typeof(CaseEvent)))
                property.ShouldSerialize = static (_, value) => value is string { Length: > 0 };
            else if (property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)))
                property.ShouldSerialize = static (_, value) => value is IEnumerable items && items.GetEnumerator().MoveNext();
        }
    }

    // What is left out when it is empty is read as empty; where no initializer does it, a list that a constructor takes.
    private static void FillIn(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        var lists = type.Properties.Where(p => p is { AssociatedParameter: { IsNullable: false, HasDefaultValue: false }, Get: not null, Set: not null, PropertyType: { IsGenericType: true, IsValueType: false } }
            && p.PropertyType.IsAssignableFrom(p.PropertyType.GenericTypeArguments[0].MakeArrayType())).ToList();
        if (lists.Count > 0)
            type.OnDeserialized = read =>
            {
                foreach (var list in lists)
                    if (list.Get!(read) is null)
                        list.Set!(read, Array.CreateInstance(list.PropertyType.GenericTypeArguments[0], 0));
            };
    }

    // An event without what it is about is none: half read it would break the case that believes it. What is left out when empty may be missing.
    private static void Require(JsonTypeInfo type)
    {
        if (!type.Type.IsSubclassOf(typeof(CaseEvent)))
            return;
        foreach (var property in type.Properties)
            if (property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false } && property.ShouldSerialize is null)
                property.IsRequired = true;
    }

    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Money.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class MessageKeyConverter : JsonConverter<MessageKey>
    {
        public override MessageKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => MessageKey.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, MessageKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
