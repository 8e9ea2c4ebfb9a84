using System.Collections.Concurrent;
using System.Globalization;
using Dunning.StandIns;

namespace Azure.Data.Tables;

/// <summary>A row as the service keeps it.</summary>
internal sealed record Row(Dictionary<string, object> Properties, DateTimeOffset Timestamp, ETag ETag)
{
    public string PartitionKey => (string)Properties[nameof(ITableEntity.PartitionKey)];

    public string RowKey => (string)Properties[nameof(ITableEntity.RowKey)];
}

/// <summary>
/// A storage account in memory, one per endpoint: every client of that endpoint sees it. Not part of the package: tests take hold of it with
/// <see cref="At"/> to count requests and to break them.
/// </summary>
public sealed class TableAccount
{
    private static readonly ConcurrentDictionary<string, TableAccount> Accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Rows> _tables = new(StringComparer.OrdinalIgnoreCase);
    private long _lastTick;

    private TableAccount(Uri endpoint) => Endpoint = endpoint;

    public Uri Endpoint { get; }

    public Wire Wire { get; } = new();

    /// <summary>Where time stamps come from.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The most rows in a page; a test makes it small to see continuation tokens.</summary>
    public int LargestPage { get; set; } = Rules.LargestPage;

    /// <summary>When set, every query begins with an empty page that has a continuation token, as a slow partition's does.</summary>
    public bool BeginsWithEmptyPage { get; set; }

    public static TableAccount At(Uri endpoint) => Accounts.GetOrAdd(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/'), _ => new(endpoint));

    public static TableAccount At(string connectionString) => At(EndpointOf(connectionString));

    /// <summary>Empties the account and forgets its faults and counts.</summary>
    public void Clear()
    {
        lock (_lock)
            _tables.Clear();
        Wire.Forget();
        (Wire.Before, Wire.After) = (null, null);
    }

    /// <summary>The number of rows of a table, 0 if there is none.</summary>
    public int Count(string table)
    {
        lock (_lock)
            return _tables.TryGetValue(table, out var rows) ? rows.Count : 0;
    }

    internal static Uri EndpointOf(string connectionString)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p.Length > 1 ? p[1] : "", StringComparer.OrdinalIgnoreCase);
        if (parts.ContainsKey("UseDevelopmentStorage"))
            return new("http://127.0.0.1:10002/devstoreaccount1");
        if (parts.TryGetValue("TableEndpoint", out var endpoint))
            return new(endpoint);
        return parts.TryGetValue("AccountName", out var name)
            ? new($"https://{name}.table.core.windows.net")
            : throw new InvalidOperationException("No valid combination of account information found.");
    }

    internal bool CreateTable(string table)
    {
        Rules.CheckTable(table);
        lock (_lock)
            return _tables.TryAdd(table, new());
    }

    internal bool DeleteTable(string table)
    {
        lock (_lock)
            return _tables.Remove(table);
    }

    internal IReadOnlyList<string> TableNames()
    {
        lock (_lock)
            return [.. _tables.Keys.Order(StringComparer.Ordinal)];
    }

    internal Row Get(string table, string partitionKey, string rowKey)
    {
        lock (_lock)
            return Of(table).Find((partitionKey, rowKey));
    }

    internal Row Do(string table, TableTransactionAction action)
    {
        lock (_lock)
            return Apply(Of(table), action);
    }

    /// <summary>All or nothing.</summary>
    internal IReadOnlyList<Row> Do(string table, IReadOnlyList<TableTransactionAction> actions)
    {
        lock (_lock)
        {
            var rows = Of(table);
            if (actions.Count > Rules.MostActions)
                throw Failed(Rules.MostActions - 1, Rules.Refusal(400, "InvalidInput"));
            if (actions.Sum(a => Rules.Size(Mapping.Write(a.Entity))) > Rules.LargestBatch)
                throw Rules.Refusal(413, "RequestBodyTooLarge");
            var before = actions.Select(a => (a.Entity.PartitionKey, a.Entity.RowKey)).Distinct().ToDictionary(k => k, rows.Find);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var done = new List<Row>();
            foreach (var (index, action) in actions.Index())
                try
                {
                    if (action.Entity.PartitionKey != actions[0].Entity.PartitionKey)
                        throw Rules.Refusal(400, "CommandsInBatchActOnDifferentPartitions");
                    if (!seen.Add(action.Entity.RowKey))
                        throw Rules.Refusal(400, "InvalidDuplicateRow");
                    done.Add(Apply(rows, action));
                }
                catch (RequestFailedException refusal)
                {
                    foreach (var (key, row) in before)
                        rows.Set(key, row);
                    throw Failed(index, refusal);
                }
            return done;
        }
    }

    /// <param name="from">The first key that may be on the page, or null.</param>
    internal (IReadOnlyList<Row> Page, (string, string)? Next) Query(string table, Filter filter, int most, (string, string)? from)
    {
        lock (_lock)
        {
            var rows = Of(table);
            var found = filter.Partition is { } partition && filter.Row is { } key ? rows.One((partition, key)) : rows.From(filter.Partition, from);
            var page = found.Where(filter.Matches).Take(most + 1).ToList();
            return page.Count <= most ? (page, null) : (page[..most], (page[most].PartitionKey, page[most].RowKey));
        }
    }

    private static TableTransactionFailedException Failed(int index, RequestFailedException refusal) =>
        new(new RequestFailedException(refusal.Status, $"{index}:{refusal.Message}", refusal.ErrorCode, null));

    private Rows Of(string table) =>
        _tables.TryGetValue(table, out var rows) ? rows : throw Rules.Refusal(404, "TableNotFound", "The table specified does not exist.");

    private Row Apply(Rows rows, TableTransactionAction action)
    {
        var properties = Mapping.Write(action.Entity);
        Rules.Check(properties);
        var key = (action.Entity.PartitionKey, action.Entity.RowKey);
        var old = rows.Find(key);
        var (isAdd, isUpsert, isMerge) = action.ActionType switch
        {
            TableTransactionActionType.Add => (true, false, false),
            TableTransactionActionType.UpsertMerge => (false, true, true),
            TableTransactionActionType.UpsertReplace => (false, true, false),
            TableTransactionActionType.UpdateMerge => (false, false, true),
            _ => (false, false, false),
        };
        if (isAdd && old is not null)
            throw Rules.Refusal(409, "EntityAlreadyExists", "The specified entity already exists.");
        if (!isAdd && !isUpsert && old is null)
            throw Rules.Refusal(404, "ResourceNotFound", "The specified resource does not exist.");
        if (!isAdd && !isUpsert && action.ETag != default && action.ETag != ETag.All && action.ETag != old.ETag)
            throw Rules.Refusal(412, "UpdateConditionNotSatisfied", "The update condition specified in the request was not satisfied.");
        if (action.ActionType == TableTransactionActionType.Delete)
        {
            rows.Set(key, null);
            return old;
        }
        if (isMerge && old is not null)
        {
            foreach (var (name, value) in old.Properties)
                properties.TryAdd(name, value);
            Rules.Check(properties);
        }
        var written = Stamped(properties);
        rows.Set(key, written);
        return written;
    }

    private Row Stamped(Dictionary<string, object> properties)
    {
        _lastTick = Math.Max(_lastTick + 1, Clock.GetUtcNow().UtcTicks);
        var stamp = new DateTimeOffset(_lastTick, TimeSpan.Zero);
        var text = Uri.EscapeDataString(stamp.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
        return new(properties, stamp, new($"W/\"datetime'{text}'\""));
    }
}
