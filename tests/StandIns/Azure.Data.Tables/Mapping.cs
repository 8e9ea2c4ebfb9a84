using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;

namespace Azure.Data.Tables;

/// <summary>
/// Entities to stored values and back, with the gaps of the official binder: a decimal (or short, byte, float) is written as a bare number and never
/// read back; a type it does not know fails. Stored are string, int, long, double, bool, DateTimeOffset in UTC, Guid and byte[].
/// </summary>
internal static class Mapping
{
    public static Dictionary<string, object> Write(ITableEntity entity)
    {
        var given = entity is IDictionary<string, object> properties
            ? properties.Where(p => p.Key is not (TableEntity.EtagName or nameof(ITableEntity.Timestamp)))
            : Members(entity.GetType())
                .Where(m => m.Name is not (nameof(ITableEntity.ETag) or nameof(ITableEntity.Timestamp)))
                .Select(m => KeyValuePair.Create(m.Name, m.Property.GetValue(entity)));
        return given.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => Stored(p.Key, p.Value), StringComparer.Ordinal);
    }

    public static T Read<T>(Row row, IEnumerable<string> select)
    {
        var chosen = select?.SelectMany(s => s.Split(',', StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.Ordinal);
        bool Wanted(string name) => chosen is null || chosen.Count == 0 || chosen.Contains(name);
        var values = row.Properties.Where(p => Wanted(p.Key)).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        if (Wanted(nameof(ITableEntity.Timestamp)))
            values[nameof(ITableEntity.Timestamp)] = row.Timestamp;
        if (typeof(T) == typeof(TableEntity) || typeof(T) == typeof(ITableEntity) || typeof(T) == typeof(IDictionary<string, object>))
            return (T)(object)new TableEntity(values) { ETag = row.ETag };
        var entity = Activator.CreateInstance<T>();
        foreach (var (name, property) in Members(typeof(T)).Where(m => m.Property.CanWrite))
            if (name == nameof(ITableEntity.ETag))
                property.SetValue(entity, row.ETag);
            else if (values.TryGetValue(name, out var stored))
                property.SetValue(entity, Read(property.PropertyType, stored));
        return entity;
    }

    private static object Stored(string name, object value) => value switch
    {
        string or int or long or double or bool or Guid or byte[] => value,
        BinaryData binary => binary.ToArray(),
        DateTimeOffset instant => instant.ToUniversalTime(),
        DateTime instant => new DateTimeOffset(instant.ToUniversalTime()),
        Enum member => member.ToString(),
        decimal or float or short or ushort or byte or sbyte or uint => Bare(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"{name}: not supported type {value.GetType()}."),
    };

    /// <summary>A JSON number without a type: the service takes it for an Int32 where it can.</summary>
    private static object Bare(double number) => number is >= int.MinValue and <= int.MaxValue && number == Math.Truncate(number) ? (int)number : number;

    private static object Read(Type type, object stored)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(string))
            return Text(stored);
        if (bare == typeof(long))
            return long.Parse(Text(stored), CultureInfo.InvariantCulture);
        if (bare == typeof(int))
            return (int)stored;
        if (bare == typeof(double))
            return Convert.ToDouble(stored, CultureInfo.InvariantCulture);
        if (bare == typeof(bool))
            return (bool)stored;
        if (bare == typeof(Guid))
            return Guid.Parse(Text(stored));
        if (bare == typeof(DateTimeOffset))
            return (DateTimeOffset)stored;
        if (bare == typeof(DateTime))
            return ((DateTimeOffset)stored).UtcDateTime;
        if (bare == typeof(byte[]))
            return (byte[])stored;
        if (bare == typeof(BinaryData))
            return BinaryData.FromBytes((byte[])stored);
        if (bare.IsEnum)
            return Enum.Parse(bare, Text(stored));
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    /// <summary>What the service sends as a JSON string; a bare number or a boolean is none.</summary>
    private static string Text(object stored) => stored switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        Guid guid => guid.ToString(),
        DateTimeOffset instant => instant.UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => null,
    };

    private static IEnumerable<(string Name, PropertyInfo Property)> Members(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.CanRead && p.GetIndexParameters().Length == 0 && p.GetCustomAttribute<IgnoreDataMemberAttribute>() is null)
        .Select(p => (p.GetCustomAttribute<DataMemberAttribute>()?.Name ?? p.Name, p));
}
