using System.Globalization;
using System.Text;
using System.Text.Json;
using Dunning.Domain;

namespace Dunning.Service.Json;

/// <summary>The parts that the hand-written converters are made of. What is null, false, zero or empty is left out.</summary>
internal static class JsonParts
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>Moves to the next property of an object; false at its end.</summary>
    public static bool NextProperty(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Moves to the next element of an array; false at its end.</summary>
    public static bool NextElement(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>If the property has this name, moves to its value.</summary>
    public static bool Is(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    /// <summary>For a property nobody knows: a later release may have written it.</summary>
    public static void SkipValue(this ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    public static void Expect(this ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
            throw new JsonException($"{token} was expected, not {reader.TokenType}.");
    }

    public static string Text(this ref Utf8JsonReader reader) => reader.GetString() ?? throw new JsonException("A text was expected.");

    public static DateOnly Date(this ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[Day.Length];
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        return length == Day.Length && DateOnly.TryParseExact(text[..reader.CopyString(text)], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new JsonException("A date was expected.");
    }

    public static List<T> List<T>(this ref Utf8JsonReader reader, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<List<T>>(ref reader, options) ?? throw new JsonException("A list was expected.");

    public static T Value<T>(this ref Utf8JsonReader reader, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<T>(ref reader, options) ?? throw new JsonException($"A {typeof(T).Name} was expected.");

    public static void Date(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateOnly? date)
    {
        if (date is not { } day)
            return;
        Span<char> text = stackalloc char[Day.Length];
        day.TryFormat(text, out _, Day, CultureInfo.InvariantCulture);
        writer.WriteString(name, text);
    }

    public static void Instant(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? at)
    {
        if (at is { } instant)
            writer.WriteString(name, instant);
    }

    public static void Text(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    public static void Flag(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool flag)
    {
        if (flag)
            writer.WriteBoolean(name, true);
    }

    public static void Number(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? number)
    {
        if (number is { } value and not 0)
            writer.WriteNumber(name, value);
    }

    public static void Value<T>(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, T value, JsonSerializerOptions options)
    {
        if (value is null)
            return;
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, options);
    }

    public static void List<T>(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Items<T> list, JsonSerializerOptions options)
    {
        if (list.Count > 0)
            writer.Value(name, list, options);
    }

    public static void List<T>(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T> list, JsonSerializerOptions options)
    {
        if (list.Count > 0)
            writer.Value(name, list, options);
    }
}

/// <summary>The names of an enumeration in JSON, as the serializer's own converter writes them.</summary>
internal static class Named<T> where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();
    private static readonly byte[][] Names = [.. Values.Select(v => Encoding.UTF8.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(v.ToString())))];

    public static T Read(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < Names.Length; i++)
            if (reader.ValueTextEquals(Names[i]))
                return Values[i];
        throw new JsonException($"'{reader.GetString()}' is not a {typeof(T).Name}.");
    }

    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T value) => writer.WriteString(name, Names[Array.IndexOf(Values, value)]);
}
