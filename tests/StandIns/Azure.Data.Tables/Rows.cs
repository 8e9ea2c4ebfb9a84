namespace Azure.Data.Tables;

/// <summary>The rows of a table in the order of their keys, partition by partition.</summary>
internal sealed class Rows
{
    private readonly SortedDictionary<string, SortedDictionary<string, Row>> _partitions = new(StringComparer.Ordinal);

    public int Count => _partitions.Values.Sum(rows => rows.Count);

    public Row Find((string Partition, string Row) key) => _partitions.TryGetValue(key.Partition, out var rows) ? rows.GetValueOrDefault(key.Row) : null;

    /// <summary>Writes a row, or takes it away when it is null.</summary>
    public void Set((string Partition, string Row) key, Row row)
    {
        if (!_partitions.TryGetValue(key.Partition, out var rows))
            _partitions[key.Partition] = rows = new(StringComparer.Ordinal);
        if (row is not null)
            rows[key.Row] = row;
        else if (rows.Remove(key.Row) && rows.Count == 0)
            _partitions.Remove(key.Partition);
    }

    public IEnumerable<Row> One((string Partition, string Row) key) => Find(key) is { } row ? [row] : [];

    /// <param name="partition">The only partition of interest, or null for all.</param>
    /// <param name="first">The first key of interest, or null.</param>
    public IEnumerable<Row> From(string partition, (string Partition, string Row)? first)
    {
        var partitions = partition is null ? _partitions.Values : _partitions.TryGetValue(partition, out var rows) ? [rows] : (IEnumerable<SortedDictionary<string, Row>>)[];
        var all = partitions.SelectMany(p => p.Values);
        return first is var (p, r) ? all.SkipWhile(row => Before(row, p, r)) : all;
    }

    private static bool Before(Row row, string partition, string key) => string.CompareOrdinal(row.PartitionKey, partition) switch
    {
        < 0 => true,
        0 => string.CompareOrdinal(row.RowKey, key) < 0,
        _ => false,
    };
}
