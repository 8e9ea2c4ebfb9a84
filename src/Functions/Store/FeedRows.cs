using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Dunning.Service.Events;

namespace Dunning.Functions.Store;

/// <summary>What a commit is about to announce: its rows in the feed, and the row that makes them true with the commit.</summary>
internal sealed record Announced(IReadOnlyList<TableEntity> Rows, TableEntity? Truth);

/// <summary>
/// The feed of each creditor: one partition, in the order of time. A commit writes its rows before it, and with it, in the partition of its case, the row that makes
/// them true. Rows are read once they are older than any that could still come before them. One that is not true by then never will be: the reader puts a void
/// row where the truth would have been, so that a commit that comes this late is refused, and decides anew.
/// </summary>
internal sealed class FeedRows(TableClient feed, TableClient cases, TimeProvider clock, Func<string> newTag)
{
    /// <summary>How long a row waits to be read: for slow writes, and for clocks that do not agree, half of it each.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    private const string Void = "Void";
    private const int Digits = 20;
    private const int ReadsAtOnce = 32;

    public async Task<Announced> Add(IReadOnlyList<Announcement> news, CancellationToken ct)
    {
        while (news.Count > 0)
        {
            var (began, at, tag) = (clock.GetTimestamp(), clock.GetUtcNow(), newTag());
            var rows = news.Select((n, i) => Write(n, at, tag, i)).ToList();
            foreach (var chunk in rows.Select(r => new TableTransactionAction(TableTransactionActionType.Add, r)).Chunk(Batch.MostRows))
                await Submit(chunk, ct);
            // One that took so long may have come behind a place that was handed out: it is never made true, and others are written.
            if (clock.GetElapsedTime(began) < Hold / 2)
                return new(rows, new(CaseHead.Partition(news[0].CaseId), TruthKey(tag)) { [Void] = false });
        }
        return new([], null);
    }

    /// <summary>What was not committed after all. Rows that stay mean nothing.</summary>
    public async Task Withdraw(Announced announced)
    {
        foreach (var row in announced.Rows)
            await Forget(row);
    }

    public async Task<FeedPage?> Read(string creditor, string? after, IReadOnlyList<string>? types, int limit, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var oldest = Keys.Ordered((now - IEventFeed.Kept).UtcTicks);
        if (after is not null && string.CompareOrdinal(after, oldest) < 0)
            return null;
        var end = Keys.Ordered((now - Hold).UtcTicks);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(creditor)} and RowKey gt {after ?? oldest} and RowKey lt {end}");
        if (types is not null)
            filter += $" and ({string.Join(" or ", types.Select(t => TableClient.CreateQueryFilter($"Type eq {t}")))})";
        var items = new List<Told>();
        await foreach (var chunk in feed.QueryAsync<TableEntity>(filter, Math.Clamp(limit, 1, 1000), cancellationToken: ct).Chunked(Math.Clamp(limit, 1, ReadsAtOnce), ct))
        {
            var isTrue = await Task.WhenAll(chunk.Select(r => IsTrue(r, ct)));
            foreach (var (row, _) in chunk.Zip(isTrue).Where(r => r.Second))
            {
                items.Add(new(row.RowKey, Read(row)));
                if (items.Count == limit)
                    return new(items, row.RowKey);
            }
        }
        // A place that was handed out may lie ahead of what is held back.
        return new(items, string.CompareOrdinal(after, end) > 0 ? after! : end);
    }

    public async Task<Announcement?> Find(string creditor, string place, CancellationToken ct)
    {
        var found = await feed.GetEntityIfExistsAsync<TableEntity>(Partition(creditor), place, cancellationToken: ct);
        return found.HasValue && await IsTrue(found.Value!, ct) ? Read(found.Value!) : null;
    }

    public string End() => Keys.Ordered(clock.GetUtcNow().UtcTicks);

    public static bool IsPlace(string text) => text.Length >= Digits && text.AsSpan(0, Digits).IndexOfAnyExceptInRange('0', '9') < 0 && Keys.IsKey(text);

    /// <summary>A thousand rows at most, and what made them true.</summary>
    public async Task<bool> Prune(string creditor, DateTimeOffset before, CancellationToken ct)
    {
        const int portion = 1000;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(creditor)} and RowKey lt {Keys.Ordered(before.UtcTicks)}");
        var old = new List<TableEntity>();
        await foreach (var row in feed.QueryAsync<TableEntity>(filter, portion, ["PartitionKey", "RowKey", "Case", "Tag"], ct))
        {
            old.Add(row);
            if (old.Count == portion)
                break;
        }
        // The truth last: a row without it would be judged anew, and found wanting.
        foreach (var chunk in old.Chunk(Batch.MostRows))
            await feed.SubmitTransactionAsync(chunk.Select(r => new TableTransactionAction(TableTransactionActionType.Delete, r, ETag.All)), ct);
        await Parallel.ForEachAsync(old.DistinctBy(r => r.GetString("Tag")), new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = ct }, async (row, token) =>
            await cases.DeleteEntityAsync(CaseHead.Partition(row.GetString("Case")), TruthKey(row.GetString("Tag")), ETag.All, token));
        return old.Count == portion;
    }

    private async Task Submit(TableTransactionAction[] chunk, CancellationToken ct)
    {
        try
        {
            await feed.SubmitTransactionAsync(chunk, ct);
        }
        catch (RequestFailedException known) when (known.IsRefusal())
        {
            // The tag is new: they can only be ours, written by a request whose answer got lost.
        }
    }

    private async Task<bool> IsTrue(TableEntity row, CancellationToken ct)
    {
        var (partition, key) = (CaseHead.Partition(row.GetString("Case")), TruthKey(row.GetString("Tag")));
        while (true)
        {
            var found = await cases.GetEntityIfExistsAsync<TableEntity>(partition, key, [Void], ct);
            if (found.HasValue)
                return found.Value!.GetBoolean(Void) == false;
            try
            {
                await cases.AddEntityAsync(new TableEntity(partition, key) { [Void] = true }, ct);
                await Forget(row);
                return false;
            }
            catch (RequestFailedException taken) when (taken.IsRefusal())
            {
                // The commit was faster, or another reader.
            }
        }
    }

    private async Task Forget(TableEntity row)
    {
        try
        {
            await feed.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All);
        }
        catch (Exception failure) when (failure.IsUnavailable())
        {
        }
    }

    private static TableEntity Write(Announcement news, DateTimeOffset at, string tag, int nth) =>
        new(Partition(news.Creditor), Keys.Join(Keys.Ordered(at.UtcTicks), Keys.Of(news.CaseId), tag, nth.ToString("D4", CultureInfo.InvariantCulture)))
        {
            ["Id"] = news.Id,
            ["Type"] = news.Type,
            ["At"] = news.At,
            ["Creditor"] = news.Creditor,
            ["Case"] = news.CaseId,
            ["Data"] = news.Data,
            ["Tag"] = tag,
        };

    private static Announcement Read(TableEntity row) =>
        new(row.GetString("Id"), row.GetString("Type"), row.GetDateTimeOffset("At")!.Value, row.GetString("Creditor"), row.GetString("Case"), row.GetString("Data"));

    private static string TruthKey(string tag) => Keys.Join("told", tag);

    private static string Partition(string creditor) => Keys.Of(creditor);
}
