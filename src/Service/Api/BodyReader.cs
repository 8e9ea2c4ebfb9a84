using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Dunning.Domain;

namespace Dunning.Service.Api;

/// <summary>
/// Reads a JSON object member by member and collects every fault with its path, so that a wrong request is told all that is wrong with it at
/// once. Members nobody asked for are remembered: an answer names them, so that a misspelt one does not go unnoticed.
/// </summary>
public sealed class BodyReader
{
    /// <summary>Deep nesting and duplicate keys are refused before anything is read.</summary>
    public static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public const int MaxText = 2000;

    private static readonly SearchValues<char> LineBreaking =
        SearchValues.Create([.. Enumerable.Range(0, 0x2100).Select(c => (char)c).Where(c => char.IsControl(c) || c is '\u2028' or '\u2029')]);

    private readonly JsonElement _json;
    private readonly string _path;
    private readonly List<string> _asked = [];
    private readonly Dictionary<string, IReadOnlyList<BodyReader>> _children = new(StringComparer.Ordinal);

    public BodyReader(JsonElement json, string path = "", List<Fault>? faults = null)
    {
        (_json, _path, Faults) = (json, path, faults ?? []);
        if (json.ValueKind != JsonValueKind.Object)
            Faults.Add(new(path.Length == 0 ? "body" : path, "notAnObject", "must be a JSON object."));
    }

    public List<Fault> Faults { get; }

    public bool IsObject => _json.ValueKind == JsonValueKind.Object;

    public string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>A member read twice is wrong once.</summary>
    public void Add(string name, string code, string message)
    {
        var fault = new Fault(Path(name), code, message);
        if (!Faults.Contains(fault))
            Faults.Add(fault);
    }

    public bool Has(string name) => Find(name) is { ValueKind: not JsonValueKind.Null };

    /// <summary>The member is there and says null.</summary>
    public bool IsNull(string name) => Find(name) is { ValueKind: JsonValueKind.Null };

    /// <summary>A member as it was written, whatever is wrong with it, to be named in an answer; of a text that is none, its JSON.</summary>
    public string? Given(string name)
    {
        if (Find(name) is not { } value)
            return null;
        try
        {
            return value.ToString();
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    public bool IsObjectMember(string name) => Find(name) is { ValueKind: JsonValueKind.Object };

    /// <summary>The members nobody asked for, with their paths.</summary>
    public IEnumerable<string> Unasked =>
        (IsObject ? _json.EnumerateObject().Where(p => !_asked.Contains(p.Name)).Select(p => Path(p.Name)) : []).Concat(_children.Values.SelectMany(c => c).SelectMany(c => c.Unasked));

    public void RefuseUnknown(params string[] known)
    {
        if (!IsObject)
            return;
        foreach (var property in _json.EnumerateObject())
            if (!known.Contains(property.Name))
                Add(property.Name, "unknownField", $"is not known here; there are {string.Join(", ", known)}.");
    }

    /// <summary>Text on one line: control characters are refused, so that no name can break a mail header or a log line.</summary>
    public string? Text(string name, bool required = false, int max = 200)
    {
        if (Value(name, required) is not { } value || String(name, value)?.Trim() is not { } text)
            return null;
        if (text.Length == 0)
            return required ? Wrong<string>(name, "required", "must not be empty.") : null;
        if (text.Length > max)
            return Wrong<string>(name, "tooLong", $"must not be longer than {max} characters.");
        return text.AsSpan().ContainsAny(LineBreaking) ? Wrong<string>(name, "controlCharacter", "must be on one line, without control characters.") : text;
    }

    /// <summary>A note may have several lines.</summary>
    public string? Note(string name, bool required = false) =>
        Value(name, required) is not { } value || String(name, value) is not { } text ? null
        : text.Length > MaxText ? Wrong<string>(name, "tooLong", $"must not be longer than {MaxText} characters.")
        : text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? Wrong<string>(name, "controlCharacter", "must not contain control characters.")
        : text.Trim() is { Length: > 0 } trimmed ? trimmed
        : required ? Wrong<string>(name, "required", "must not be empty.") : null;

    public decimal? Number(string name, bool required = false)
    {
        if (Value(name, required) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Number)
            return WrongValue<decimal>(name, "wrongType", "must be a number.");
        // A decimal keeps 28 digits and would quietly round the others away.
        return value.GetRawText().Length <= 28 && value.TryGetDecimal(out var number) && Math.Abs(number) < 1_000_000_000_000_000m
            ? number
            : WrongValue<decimal>(name, "outOfRange", "is too large or too precise a number.");
    }

    public int? Whole(string name, bool required = false)
    {
        if (Value(name, required) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : WrongValue<int>(name, "wrongType", "must be a whole number.");
    }

    public bool? Flag(string name) =>
        Value(name, false) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : WrongValue<bool>(name, "wrongType", "must be true or false.");

    /// <summary>An amount above zero, with no more decimals than its currency has.</summary>
    public Money? Amount(string name, Currency? currency, bool required = false)
    {
        if (Number(name, required) is not { } number)
            return null;
        if (number <= 0)
            return WrongValue<Money>(name, "notPositive", "must be more than zero.");
        if (currency is null)
            return null;
        return Money.TryOf(number, currency, out var money, out var why) ? money
            : WrongValue<Money>(name, decimal.Round(number, currency.MinorUnits) == number ? "outOfRange" : "overPrecise", why!);
    }

    public Currency? Currency(string name, bool required = false)
    {
        if (Text(name, required, 3) is not { } code)
            return null;
        return Domain.Currency.TryParse(code, out var currency) ? currency : Wrong<Currency>(name, "unknownCurrency", $"'{code}' is not an active ISO 4217 currency.");
    }

    /// <summary>A date as 2026-10-31, between 2000 and 2099.</summary>
    public DateOnly? Date(string name, bool required = false)
    {
        if (Text(name, required, 40) is not { } text)
            return null;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return WrongValue<DateOnly>(name, "invalidDate", "must be a date such as 2026-10-31.");
        return date.Year is >= 2000 and <= 2099 ? date : WrongValue<DateOnly>(name, "dateOutOfRange", "must lie between 2000 and 2099.");
    }

    /// <summary>An instant of RFC 3339, with its offset.</summary>
    public DateTimeOffset? Instant(string name, bool required = false)
    {
        if (Text(name, required, 40) is not { } text)
            return null;
        if (!text.Contains('T', StringComparison.Ordinal) || !HasOffset(text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant))
            return WrongValue<DateTimeOffset>(name, "invalidInstant", "must be an instant such as 2026-10-31T09:00:00+01:00.");
        return instant.Year is >= 2000 and <= 2099 ? instant : WrongValue<DateTimeOffset>(name, "dateOutOfRange", "must lie between 2000 and 2099.");
    }

    /// <summary>A date alone, or an instant; at most one of the two is not null.</summary>
    public (DateOnly? Date, DateTimeOffset? Instant) DateOrInstant(string name) =>
        Text(name, max: 40) is not { } text ? (null, null) : text.Length <= 10 ? (Date(name), null) : (null, Instant(name));

    /// <summary>One of the names given; anything else is a fault that lists them.</summary>
    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> names, bool required = false)
    {
        if (Text(name, required) is not { } text)
            return default;
        if (names.TryGetValue(text, out var value))
            return value;
        Add(name, "unknownValue", $"must be one of {string.Join(", ", names.Keys)}.");
        return default;
    }

    public BodyReader? Member(string name, bool required = false)
    {
        if (Value(name, required) is not { } value)
            return null;
        if (!_children.TryGetValue(name, out var known))
            _children[name] = known = [new BodyReader(value, Path(name), Faults)];
        return known[0].IsObject ? known[0] : null;
    }

    public IReadOnlyList<BodyReader> Members(string name, bool required = false, int max = 500)
    {
        if (Elements(name, required, max) is not { } elements)
            return [];
        if (!_children.TryGetValue(name, out var known))
            _children[name] = known = [.. elements.Select((e, i) => new BodyReader(e, $"{Path(name)}[{i}]", Faults))];
        return [.. known.Where(c => c.IsObject)];
    }

    public IReadOnlyList<string>? Strings(string name, bool required = false, int max = 500)
    {
        if (Elements(name, required, max) is not { } elements)
            return null;
        var texts = elements.Select((e, i) => String($"{name}[{i}]", e)).OfType<string>().ToList();
        return texts.Count == elements.Count ? texts : null;
    }

    private string? String(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return Wrong<string>(name, "wrongType", "must be a text.");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: JSON can carry it, no text can.
            return Wrong<string>(name, "invalidText", "is not valid Unicode.");
        }
    }

    private List<JsonElement>? Elements(string name, bool required, int max)
    {
        if (Value(name, required) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            return Wrong<List<JsonElement>>(name, "wrongType", "must be a list.");
        return value.GetArrayLength() > max ? Wrong<List<JsonElement>>(name, "tooLong", $"must not have more than {max} entries.") : [.. value.EnumerateArray()];
    }

    private JsonElement? Value(string name, bool required)
    {
        if (Find(name) is { ValueKind: not JsonValueKind.Null } value)
            return value;
        if (required && IsObject)
            Add(name, "required", "is required.");
        return null;
    }

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return IsObject && _json.TryGetProperty(name, out var value) ? value : null;
    }

    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || text.EndsWith('z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');

    private T? Wrong<T>(string name, string code, string message)
        where T : class
    {
        Add(name, code, message);
        return null;
    }

    private T? WrongValue<T>(string name, string code, string message)
        where T : struct
    {
        Add(name, code, message);
        return null;
    }
}
