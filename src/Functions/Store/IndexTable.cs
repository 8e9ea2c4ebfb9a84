using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace Dunning.Functions.Store;

/// <summary>A row met in an index. Rest is what follows the prefix it was found under: two hits stand in the order of these.</summary>
internal sealed record IndexHit(TableEntity Row, string Rest)
{
    public string Key => Row.RowKey;

    public string CaseId => Row.GetString("Case");

    /// <summary>Without the tag: where the case stands, whoever wrote the row.</summary>
    public string Place => Rest[..Rest.LastIndexOf(Keys.Separator)];
}

/// <summary>The rows under a prefix, from one key on and before another, of those that a filter lets through.</summary>
internal sealed record IndexRange(string Prefix, string? From = null, string? Before = null, string? Filter = null);

/// <summary>Writes the indexes around commits, and reads them back over all buckets in one order. <see cref="IndexRow"/> says why that is safe.</summary>
internal sealed class IndexTable(TableClient table, Heads heads, TimeProvider clock)
{
    /// <summary>A row that no case row names is left alone for so long: its commit may still be on its way.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private const int ReadsAtOnce = 32;

    public async Task Write(IReadOnlyList<IndexRow> rows, CancellationToken ct)
    {
        foreach (var chunk in rows.Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r.Write())).Chunk(Batch.MostRows))
            await table.SubmitTransactionAsync(chunk, ct);
    }

    public Task Put(TableEntity row, CancellationToken ct) => table.UpsertEntityAsync(row, TableUpdateMode.Replace, ct);

    public Task Delete(string caseId, string key, CancellationToken ct) => table.DeleteEntityAsync(Keys.Bucket(caseId), key, ETag.All, ct);

    /// <summary>
    /// Does a write between its index rows and their removal. Rows that are true no more are strays when they stay, so that no failure here is
    /// one of the write, which has happened.
    /// </summary>
    /// <param name="write">False if nothing was written.</param>
    /// <param name="keep">What was added may be another's as well: it stays even if nothing was written.</param>
    public async Task<bool> Around(
        IReadOnlyList<IndexRow> added, IReadOnlyList<IndexRow> removed, Func<Task<bool>> write, bool keep, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        await Write(added, ct);
        var written = await write();
        // A program that was suspended in between may have lost its rows as strays.
        if (written && clock.GetElapsedTime(began) > Grace / 2)
            await Write(added, CancellationToken.None);
        await Remove(written ? removed : keep ? [] : added);
        return written;
    }

    public async Task Remove(IReadOnlyList<IndexRow> rows)
    {
        try
        {
            foreach (var chunk in rows.Chunk(Batch.MostRows))
                await Remove(chunk);
        }
        catch (Exception failure) when (failure.IsUnavailable())
        {
        }
    }

    /// <summary>The rows of all ranges and buckets in the order of what follows their prefixes, read page by page as far as they are wanted.</summary>
    public IAsyncEnumerable<IndexHit> Merge(IEnumerable<IndexRange> ranges, int wanted, CancellationToken ct)
    {
        // Ids are spread evenly, so most pages need little more than their share of each bucket.
        var perPage = Math.Clamp(wanted / (Keys.Buckets / 2) + 4, 1, 1000);
        return Merging.Merge([.. ranges.SelectMany(r => Keys.AllBuckets().Select(b => Read(r, b, perPage, ct).GetAsyncEnumerator(ct)))], hit => hit.Rest);
    }

    /// <summary>The hits that are true, with their case rows, in the same order.</summary>
    public IAsyncEnumerable<(IndexHit Hit, CaseHead Head)> True(IAsyncEnumerable<IndexHit> hits, int wanted, CancellationToken ct) =>
        True(hits, wanted, id => heads.ReadLight(id, ct), head => head, ct);

    /// <summary>The same, with their states.</summary>
    public IAsyncEnumerable<(IndexHit Hit, HeadAndState Found)> TrueWithStates(IAsyncEnumerable<IndexHit> hits, int wanted, CancellationToken ct) =>
        True(hits, wanted, id => heads.ReadWithState(id, ct), found => found.Head, ct);

    /// <summary>Whether the case row names an index row.</summary>
    public static bool IsTrue(IndexHit hit, CaseHead head) => IndexRow.All(head).Any(r => r.Key == hit.Key);

    private async IAsyncEnumerable<(IndexHit, T)> True<T>(
        IAsyncEnumerable<IndexHit> hits, int wanted, Func<string, Task<T?>> read, Func<T, CaseHead> head, [EnumeratorCancellation] CancellationToken ct)
        where T : class
    {
        await foreach (var chunk in hits.Chunked(Math.Clamp(wanted, 1, ReadsAtOnce), ct))
        {
            var found = await Task.WhenAll(chunk.Select(h => read(h.CaseId)));
            foreach (var (hit, row) in chunk.Zip(found))
                if (row is not null && IsTrue(hit, head(row)))
                    yield return (hit, row);
                else
                    await RemoveStray(hit);
        }
    }

    public async Task RemoveStray(IndexHit hit)
    {
        if (hit.Row.Timestamp + Grace < clock.GetUtcNow())
            await Forget(hit);
    }

    // Only as it was when it was read: the same row may have been written again, and be true now.
    private async Task Forget(IndexHit hit)
    {
        try
        {
            await table.DeleteEntityAsync(hit.Row.PartitionKey, hit.Row.RowKey, hit.Row.ETag);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // Somebody wrote it again, or was faster.
        }
    }

    private async Task Remove(IndexRow[] rows)
    {
        try
        {
            await table.SubmitTransactionAsync(rows.Select(r => new TableTransactionAction(TableTransactionActionType.Delete, r.Write(), ETag.All)));
        }
        catch (RequestFailedException refused) when (refused.IsRefusal())
        {
            // One that is gone already keeps the others: one by one, none does.
            foreach (var row in rows)
                await Delete(row.CaseId, row.Key, CancellationToken.None);
        }
    }

    private async IAsyncEnumerable<IndexHit> Read(IndexRange range, string bucket, int perPage, [EnumeratorCancellation] CancellationToken ct)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {bucket} and RowKey ge {range.From ?? range.Prefix} and RowKey lt {range.Before ?? Keys.After(range.Prefix)}");
        if (range.Filter is { } more)
            filter = $"{filter} and {more}";
        await foreach (var row in table.QueryAsync<TableEntity>(filter, perPage, cancellationToken: ct))
            yield return new(row, row.RowKey[range.Prefix.Length..]);
    }
}
