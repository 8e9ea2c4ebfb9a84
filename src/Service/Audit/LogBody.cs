using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Json;

namespace Dunning.Service.Audit;

/// <summary>How a row of a log is written, and what of it its hash covers.</summary>
public enum LogFormat
{
    /// <summary>The event as it is: one without personal data, or one from before personal data stood beside the log.</summary>
    Plain,

    /// <summary>In the place of each personal value stands its reference: SHA-256 over a random salt and the value, in base64url. Salt and value stand beside the row.</summary>
    Referenced,

    /// <summary>Was plain until its personal data was erased: the hash is that of the bytes from before, and only the digests can vouch for it.</summary>
    Redacted,
}

/// <summary>
/// An event as its row: what is hashed, and the personal values beside it, a JSON array with a place for each reference, in their order, null once it is erased. A value is
/// its salt followed by its JSON.
/// </summary>
public sealed record LogBody(LogFormat Format, byte[] Hashed, byte[]? Personal)
{
    private const int SaltBytes = 16;
    private const int SaltChars = 22;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, Dictionary<string, PersonalMember>> ByType = Paths();

    private readonly record struct Place(int Start, int End, PersonalMember Member);

    public static LogBody Of(CaseEvent @event)
    {
        var json = DomainJson.Write(@event);
        var places = Places(json);
        return places.Count == 0 ? new(LogFormat.Plain, json, null) : Refer(json, places);
    }

    /// <summary>The event as it was told; what was erased reads as <see cref="PersonalData"/> says.</summary>
    public static byte[] Join(LogFormat format, ReadOnlySpan<byte> hashed, ReadOnlySpan<byte> personal)
    {
        if (format == LogFormat.Plain)
            return hashed.ToArray();
        var values = Values(personal);
        var written = new ArrayBufferWriter<byte>(hashed.Length + personal.Length);
        var (copied, nth) = (0, 0);
        foreach (var place in Places(hashed))
        {
            written.Write(hashed[copied..place.Start]);
            written.Write(Encoding.UTF8.GetBytes(ValueAt(values, nth++)?[SaltChars..] ?? place.Member.Erased));
            copied = place.End;
        }
        written.Write(hashed[copied..]);
        return written.WrittenSpan.ToArray();
    }

    /// <summary>How many personal values were erased; null when one is not the one its row refers to.</summary>
    public static int? Erased(LogFormat format, ReadOnlySpan<byte> hashed, ReadOnlySpan<byte> personal)
    {
        if (format == LogFormat.Plain)
            return personal.IsEmpty ? 0 : null;
        var (values, places, erased) = (Values(personal), Places(hashed), 0);
        if (values.Length > places.Count)
            return null;
        for (var nth = 0; nth < places.Count; nth++)
            if (ValueAt(values, nth) is not { } value)
                erased++;
            else if (value.Length < SaltChars || Encoding.UTF8.GetString(hashed[places[nth].Start..places[nth].End]) != $"\"{Reference(Encoding.UTF8.GetBytes(value))}\"")
                return null;
        return erased;
    }

    /// <summary>The row without its personal values of some kinds. A plain one becomes a redacted one; the same when there is nothing to take away.</summary>
    public static LogBody Forget(LogBody row, PersonalKinds kinds)
    {
        var places = Places(row.Hashed);
        if (places.TrueForAll(p => !kinds.HasFlag(p.Member.Kind)))
            return row;
        // All at once: what is not referred to cannot be kept beside it.
        if (row.Format == LogFormat.Plain)
            return Refer(row.Hashed, places) with { Format = LogFormat.Redacted, Personal = null };
        var values = Values(row.Personal);
        var left = places.Select((p, nth) => kinds.HasFlag(p.Member.Kind) ? null : ValueAt(values, nth)).ToArray();
        return row with { Personal = Array.TrueForAll(left, v => v is null) ? null : Write(left) };
    }

    private static LogBody Refer(ReadOnlySpan<byte> json, List<Place> places)
    {
        var hashed = new ArrayBufferWriter<byte>(json.Length + (places.Count * 50));
        Span<byte> chance = stackalloc byte[SaltBytes];
        var (values, copied) = (new string?[places.Count], 0);
        for (var nth = 0; nth < places.Count; nth++)
        {
            var (start, end, _) = places[nth];
            RandomNumberGenerator.Fill(chance);
            values[nth] = Base64Url.EncodeToString(chance) + Encoding.UTF8.GetString(json[start..end]);
            hashed.Write(json[copied..start]);
            hashed.Write(Encoding.ASCII.GetBytes($"\"{Reference(Encoding.UTF8.GetBytes(values[nth]!))}\""));
            copied = end;
        }
        hashed.Write(json[copied..]);
        return new(LogFormat.Referenced, hashed.WrittenSpan.ToArray(), Write(values));
    }

    private static string Reference(ReadOnlySpan<byte> saltAndValue) => Base64Url.EncodeToString(SHA256.HashData(saltAndValue));

    private static byte[] Write(string?[] values)
    {
        var written = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(written, Relaxed))
        {
            json.WriteStartArray();
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }
        return written.WrittenSpan.ToArray();
    }

    private static string?[] Values(ReadOnlySpan<byte> personal) => personal.IsEmpty ? [] : JsonSerializer.Deserialize<string?[]>(personal) ?? [];

    private static string? ValueAt(string?[] values, int nth) => nth < values.Length ? values[nth] : null;

    // The type comes first, as it was written; personal members are an event's own, or those of a party in it.
    private static List<Place> Places(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var (places, outer) = (new List<Place>(), "");
        Dictionary<string, PersonalMember>? members = null;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth > 2)
                continue;
            var (name, isInner) = (reader.GetString()!, reader.CurrentDepth == 2);
            if (members is null)
            {
                reader.Read();
                if (name != "type" || !ByType.TryGetValue(reader.GetString() ?? "", out members))
                    return [];
                continue;
            }
            outer = isInner ? outer : name;
            if (!members.TryGetValue(isInner ? $"{outer}.{name}" : name, out var member))
                continue;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            places.Add(new(start, (int)reader.BytesConsumed, member));
        }
        return places;
    }

    private static Dictionary<string, Dictionary<string, PersonalMember>> Paths()
    {
        var paths = new Dictionary<string, Dictionary<string, PersonalMember>>(StringComparer.Ordinal);
        foreach (var type in typeof(CaseEvent).GetNestedTypes())
        {
            var members = new Dictionary<string, PersonalMember>(StringComparer.Ordinal);
            foreach (var property in type.GetProperties())
                if (PersonalData.Find(type, property.Name) is { } own)
                    members.Add(Named(property.Name), own);
                else
                    foreach (var inner in property.PropertyType.GetProperties())
                        if (PersonalData.Find(property.PropertyType, inner.Name) is { } personal)
                            members.Add($"{Named(property.Name)}.{Named(inner.Name)}", personal);
            if (members.Count > 0)
                paths.Add(Named(type.Name), members);
        }
        return paths;
    }

    private static string Named(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
