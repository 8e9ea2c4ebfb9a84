using System.Globalization;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>
/// The part of OData the table service understands: comparisons of a property with a literal, joined by and, or, not and brackets. A row without the
/// property, or with another type in it, never matches.
/// </summary>
internal sealed class Filter
{
    public static readonly Filter All = new(_ => true, null, null);

    private Filter(Func<Row, bool> matches, string partition, string row) => (Matches, Partition, Row) = (matches, partition, row);

    public Func<Row, bool> Matches { get; }

    /// <summary>The partition that a point query names, else null.</summary>
    public string Partition { get; }

    public string Row { get; }

    public static Filter Parse(string text) => string.IsNullOrWhiteSpace(text) ? All : new Reader(text).Whole();

    private static object Value(Row row, string name) => name == nameof(ITableEntity.Timestamp) ? row.Timestamp : row.Properties.GetValueOrDefault(name);

    private static bool Compare(object stored, string comparison, object literal)
    {
        int? order = (stored, literal) switch
        {
            (string a, string b) => string.CompareOrdinal(a, b),
            (int or long, int or long) => Convert.ToInt64(stored, CultureInfo.InvariantCulture).CompareTo(Convert.ToInt64(literal, CultureInfo.InvariantCulture)),
            (int or long or double, int or long or double) =>
                Convert.ToDouble(stored, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(literal, CultureInfo.InvariantCulture)),
            (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
            (bool a, bool b) => a.CompareTo(b),
            (Guid a, Guid b) => a.CompareTo(b),
            (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
            _ => null,
        };
        return order is { } sign && comparison switch
        {
            "eq" => sign == 0,
            "ne" => sign != 0,
            "gt" => sign > 0,
            "ge" => sign >= 0,
            "lt" => sign < 0,
            _ => sign <= 0,
        };
    }

    private sealed class Reader(string text)
    {
        private readonly List<string> _pinned = [null, null];
        private bool _onlyAnd = true;
        private int _at;

        public Filter Whole()
        {
            var matches = Or();
            Space();
            if (_at < text.Length)
                throw Bad();
            return _onlyAnd ? new(matches, _pinned[0], _pinned[1]) : new(matches, null, null);
        }

        private Func<Row, bool> Or()
        {
            var left = And();
            while (Word("or"))
            {
                _onlyAnd = false;
                var (a, b) = (left, And());
                left = row => a(row) || b(row);
            }
            return left;
        }

        private Func<Row, bool> And()
        {
            var left = Not();
            while (Word("and"))
            {
                var (a, b) = (left, Not());
                left = row => a(row) && b(row);
            }
            return left;
        }

        private Func<Row, bool> Not()
        {
            if (!Word("not"))
                return One();
            _onlyAnd = false;
            var inner = Not();
            return row => !inner(row);
        }

        private Func<Row, bool> One()
        {
            if (Sign('('))
            {
                var inner = Or();
                return Sign(')') ? inner : throw Bad();
            }
            var name = Name();
            if (name is "true" or "false")
                return _ => name == "true";
            var comparison = Array.Find(["eq", "ne", "gt", "ge", "lt", "le"], Word);
            if (comparison is null)
                return row => Value(row, name) is true;
            var literal = Literal();
            if (comparison == "eq" && literal is string key && name is nameof(ITableEntity.PartitionKey) or nameof(ITableEntity.RowKey))
                _pinned[name == nameof(ITableEntity.PartitionKey) ? 0 : 1] ??= (string)literal;
            return row => Compare(Value(row, name), comparison, literal);
        }

        private object Literal()
        {
            Space();
            if (_at < text.Length && text[_at] == '\'')
                return Quoted();
            var token = Token();
            if (_at < text.Length && text[_at] == '\'')
                return token.ToUpperInvariant() switch
                {
                    "DATETIME" => DateTimeOffset.Parse(Quoted(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                    "GUID" => Guid.Parse(Quoted()),
                    "X" or "BINARY" => Convert.FromHexString(Quoted()),
                    _ => throw Bad(),
                };
            if (token is "true" or "false")
                return token == "true";
            if (token.EndsWith('L') && long.TryParse(token[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big))
                return big;
            if (int.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return number;
            return double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : throw Bad();
        }

        private string Quoted()
        {
            var value = new StringBuilder();
            for (_at++; _at < text.Length; _at++)
                if (text[_at] != '\'')
                    value.Append(text[_at]);
                else if (_at + 1 < text.Length && text[_at + 1] == '\'')
                    value.Append(text[_at++]);
                else
                {
                    _at++;
                    return value.ToString();
                }
            throw Bad();
        }

        private string Name()
        {
            Space();
            var name = Token();
            return name.Length > 0 ? name : throw Bad();
        }

        private string Token()
        {
            var start = _at;
            while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '.' or '-' or '+'))
                _at++;
            return text[start.._at];
        }

        private bool Word(string word)
        {
            Space();
            var end = _at + word.Length;
            if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0 || (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_')))
                return false;
            _at = end;
            return true;
        }

        private bool Sign(char sign)
        {
            Space();
            if (_at >= text.Length || text[_at] != sign)
                return false;
            _at++;
            return true;
        }

        private void Space()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                _at++;
        }

        private RequestFailedException Bad() => Rules.Refusal(400, "InvalidInput", $"The filter cannot be read at {_at}: {text}");
    }
}
