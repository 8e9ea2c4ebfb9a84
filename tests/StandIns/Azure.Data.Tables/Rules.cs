using System.Text.RegularExpressions;

namespace Azure.Data.Tables;

/// <summary>What the table service refuses.</summary>
internal static partial class Rules
{
    public const int MostActions = 100;
    public const int LargestBatch = 4 * 1024 * 1024;
    public const int LargestPage = 1000;
    private const int LargestEntity = 1024 * 1024;
    private const int LargestValue = 64 * 1024;
    private const int LargestKey = 1024;
    private const int MostProperties = 252;
    private static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static RequestFailedException Refusal(int status, string code, string message = null) => new(status, message ?? code, code, null);

    public static void CheckTable(string name)
    {
        if (!TableName().IsMatch(name))
            throw Refusal(400, "InvalidResourceName");
    }

    public static void Check(Dictionary<string, object> properties)
    {
        CheckKey(properties, nameof(ITableEntity.PartitionKey));
        CheckKey(properties, nameof(ITableEntity.RowKey));
        var own = properties.Where(p => p.Key is not (nameof(ITableEntity.PartitionKey) or nameof(ITableEntity.RowKey))).ToList();
        if (own.Count > MostProperties)
            throw Refusal(400, "TooManyProperties");
        foreach (var (name, value) in own)
            CheckProperty(name, value);
        if (Size(properties) > LargestEntity)
            throw Refusal(400, "EntityTooLarge");
    }

    /// <summary>In bytes, as the service counts: text in UTF-16.</summary>
    public static int Size(Dictionary<string, object> properties) => 4 + properties.Sum(p =>
        p.Key is nameof(ITableEntity.PartitionKey) or nameof(ITableEntity.RowKey) ? Size(p.Value) : 8 + (2 * p.Key.Length) + Size(p.Value));

    private static int Size(object value) => value switch
    {
        string text => (2 * text.Length) + 4,
        byte[] bytes => bytes.Length + 4,
        Guid => 16,
        bool => 1,
        int => 4,
        _ => 8,
    };

    private static void CheckKey(Dictionary<string, object> properties, string name)
    {
        if (properties.GetValueOrDefault(name) is not string key)
            throw Refusal(400, "PropertiesNeedValue");
        if (2 * key.Length > LargestKey)
            throw Refusal(400, "KeyValueTooLarge");
        if (key.Any(c => c is '/' or '\\' or '#' or '?' or <= '\u001F' or (>= '\u007F' and <= '\u009F')))
            throw Refusal(400, "OutOfRangeInput", $"The '{name}' parameter of value '{key}' is out of range.");
    }

    private static void CheckProperty(string name, object value)
    {
        if (name.Length > 255)
            throw Refusal(400, "PropertyNameTooLong");
        if (!PropertyName().IsMatch(name))
            throw Refusal(400, "PropertyNameInvalid");
        if (value is string text && 2 * text.Length > LargestValue || value is byte[] bytes && bytes.Length > LargestValue)
            throw Refusal(400, "PropertyValueTooLarge");
        if (value is DateTimeOffset instant && instant < Earliest)
            throw Refusal(400, "OutOfRangeInput");
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{2,62}\z")]
    private static partial Regex TableName();

    [GeneratedRegex(@"^[_\p{L}][_\p{L}\p{Nd}\p{Mn}\p{Mc}\p{Pc}]*\z")]
    private static partial Regex PropertyName();
}
