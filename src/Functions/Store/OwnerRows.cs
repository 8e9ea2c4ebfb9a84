using Azure;
using Azure.Data.Tables;

namespace Dunning.Functions.Store;

/// <summary>
/// Rows that find documents by their owner. One is written before its document, and taken away after the document went to another owner, but only as it was before:
/// whoever brings the document back meanwhile writes the row anew. One whose document has another owner, or does not exist, means nothing, and goes when somebody
/// meets it an hour later.
/// </summary>
internal sealed class OwnerRows(TableClient table, TimeProvider clock)
{
    private const string Id = "Id";

    public static string Partition(string kind, string owner) => Keys.Join(Keys.Of(kind), "of", Keys.Of(owner));

    /// <summary>Does a write of a document between its new owner's row and the removal of the old one's.</summary>
    /// <param name="write">False if nothing was written.</param>
    public async Task<bool> Around(string kind, string row, string id, string? before, string? owner, Func<Task<bool>> write, CancellationToken ct)
    {
        if (before == owner)
            return await write();
        var left = before is null ? null : await Find(Partition(kind, before), row, ct);
        var began = clock.GetTimestamp();
        if (owner is not null)
            await Put(Partition(kind, owner), row, id, ct);
        if (!await write())
            return false;
        // A program that was suspended in between may have lost its row as a stray.
        if (owner is not null && clock.GetElapsedTime(began) > IndexTable.Grace / 2)
            await Put(Partition(kind, owner), row, id, CancellationToken.None);
        if (left is not null)
            await Forget(left);
        return true;
    }

    /// <summary>A row that no document bears out; the write that it was made for may still be on its way.</summary>
    public async Task RemoveStray(TableEntity row)
    {
        if (row.Timestamp + IndexTable.Grace < clock.GetUtcNow())
            await Forget(row);
    }

    private Task<Response> Put(string partition, string row, string id, CancellationToken ct) =>
        table.UpsertEntityAsync(new TableEntity(partition, row) { [Id] = id }, TableUpdateMode.Replace, ct);

    private async Task<TableEntity?> Find(string partition, string row, CancellationToken ct)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: ct);
        return found.HasValue ? found.Value : null;
    }

    // Only as it was when it was read. The document is stored: no failure here is one of the write.
    private async Task Forget(TableEntity row)
    {
        try
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag);
        }
        catch (Exception failure) when (failure is RequestFailedException { Status: 404 or 412 } || failure.IsUnavailable())
        {
        }
    }
}
