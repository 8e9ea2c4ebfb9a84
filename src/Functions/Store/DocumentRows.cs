using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>
/// Documents, spread over buckets by their ids. A second row, of <see cref="OwnerRows"/>, finds them by owner.
/// </summary>
internal sealed class DocumentRows(Shelves shelves)
{
    private const string Text = "Json";
    private const string RowPrefix = "d!";
    private const int BlobRaces = 5;
    private const int ReadsAtOnce = 32;

    private readonly OwnerRows _owners = new(shelves.Documents, shelves.Clock);

    private TableClient Table => shelves.Documents;

    public async Task<Document?> Find(string kind, string id, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return await Row(kind, id, ct) is { } row ? await Read(kind, row, ct) : null;
            }
            catch (RequestFailedException gone) when (gone.Status == 404 && gone.IsRefusal() && attempt < BlobRaces)
            {
                // The document was written anew between the two reads, and its old blob taken away.
            }
    }

    public async Task<bool> Has(string kind, string id, CancellationToken ct) =>
        (await Table.GetEntityIfExistsAsync<TableEntity>(Partition(kind, id), RowKey(id), ["RowKey"], ct)).HasValue;

    /// <summary>False, and nothing written, if the version has moved or the receipt's key was used.</summary>
    public async Task<bool> Put(Document document, Receipt? receipt, CancellationToken ct)
    {
        var old = await Row(document.Kind, document.Id, ct);
        if ((old?.GetInt64("Version") ?? 0) != document.Version)
            return false;
        var hold = receipt is null ? null : await shelves.Names.Reserve(Name.Receipt(receipt.Scope, receipt.Key), new(Table.Name, Partition(document.Kind, document.Id)), ct);
        if (hold?.Truth is not null)
            return false;
        return await _owners.Around(
            document.Kind, RowKey(document.Id), document.Id, old?.GetString("Owner"), document.Owner, () => Write(document, old, hold, receipt, ct), ct);
    }

    /// <summary>False if the version has moved. The row that finds it by its owner means nothing without it, and goes after.</summary>
    public async Task<bool> Remove(Document document, CancellationToken ct)
    {
        if (await Row(document.Kind, document.Id, ct) is not { } row || row.GetInt64("Version") != document.Version)
            return false;
        return await _owners.Around(document.Kind, RowKey(document.Id), document.Id, row.GetString("Owner"), null, () => Delete(row, ct), ct);
    }

    public async Task<IReadOnlyList<Document>> List(string kind, string? owner, string? after, int limit, CancellationToken ct)
    {
        var documents = new List<Document>();
        await foreach (var chunk in Rows(kind, owner, after, limit, ct).Chunked(Math.Clamp(limit, 1, ReadsAtOnce), ct))
            foreach (var (row, document) in chunk.Zip(await Task.WhenAll(chunk.Select(row => Find(kind, row.GetString("Id"), ct)))))
                if (owner is not null && document?.Owner != owner)
                    await _owners.RemoveStray(row);
                else if (document is not null)
                {
                    documents.Add(document);
                    if (documents.Count == limit)
                        return documents;
                }
        return documents;
    }

    private async Task<bool> Delete(TableEntity row, CancellationToken ct)
    {
        try
        {
            await Table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, ct);
        }
        catch (RequestFailedException refused) when (refused.IsRefusal())
        {
            return false;
        }
        await shelves.Texts.Drop(Texts.BlobOf(row, Text));
        return true;
    }

    private async Task<bool> Write(Document document, TableEntity? old, Hold? hold, Receipt? receipt, CancellationToken ct)
    {
        var writeId = shelves.NewId();
        var row = new TableEntity(Partition(document.Kind, document.Id), RowKey(document.Id))
        {
            ["Id"] = document.Id,
            ["Version"] = document.Version + 1,
            ["WriteId"] = writeId,
        };
        if (document.Owner is { } owner)
            row["Owner"] = owner;
        await shelves.Texts.Set(row, Text, document.Json, ct);
        var batch = new Batch(Table);
        if (old is null)
            batch.Add(row);
        else
            batch.Replace(row, old.ETag);
        if (hold is not null)
            batch.Add(await shelves.Receipts.Write(hold, receipt!, writeId, ct));
        var written = await batch.Submit(async () => (await Row(document.Kind, document.Id, CancellationToken.None))?.GetString("WriteId") == writeId) is not null;
        await shelves.Texts.Drop(Texts.BlobOf(written ? old ?? [] : row, Text));
        return written;
    }

    // In the order of the keys, which is that of the ids as far as they fit into one.
    private async IAsyncEnumerable<TableEntity> Rows(
        string kind, string? owner, string? after, int limit, [EnumeratorCancellation] CancellationToken ct)
    {
        var partitions = owner is null ? Keys.AllBuckets().Select(b => Keys.Join(Keys.Of(kind), b)) : [OwnerRows.Partition(kind, owner)];
        var from = after is null ? RowPrefix : RowKey(after) + Keys.Separator;
        var readers = partitions.Select(p => Table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {p} and RowKey ge {from} and RowKey lt {Keys.After(RowPrefix)}"),
            Math.Clamp(limit, 1, 1000), owner is null ? ["RowKey", "Id"] : null, ct).GetAsyncEnumerator(ct)).ToList();
        await foreach (var row in Merging.Merge(readers, r => r.RowKey))
            yield return row;
    }

    private async Task<TableEntity?> Row(string kind, string id, CancellationToken ct)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Partition(kind, id), RowKey(id), cancellationToken: ct);
        return found.HasValue ? found.Value : null;
    }

    private async Task<Document> Read(string kind, TableEntity row, CancellationToken ct) => new(
        kind, row.GetString("Id"), row.GetString("Owner"), await shelves.Texts.Get(row, Text, ct) ?? "", row.GetInt64("Version")!.Value);

    private static string Partition(string kind, string id) => Keys.Join(Keys.Of(kind), Keys.Bucket(id));

    private static string RowKey(string id) => RowPrefix + Keys.OrderedId(id);
}
