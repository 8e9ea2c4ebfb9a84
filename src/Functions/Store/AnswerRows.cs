using Azure;
using Azure.Data.Tables;

namespace Dunning.Functions.Store;

/// <summary>
/// The answers kept with facts and under Idempotency-Keys, as those see them who take them away: rows whose keys begin with the kind of their name, beside what they
/// answer. Their reservations stay: a hash each, without which the same request could take effect twice.
/// </summary>
internal sealed class AnswerRows(Shelves shelves)
{
    private const string Body = "Body";
    private const string Answer = "Answer";
    private const string Nothing = "{}";
    private const int Portion = 1000;

    /// <summary>Of one case: what its facts were answered, and the answers kept under Idempotency-Keys beside them.</summary>
    public async Task Forget(string caseId, CancellationToken ct)
    {
        foreach (var (kind, text) in ((string, string)[])[("fact", Answer), ("receipt", Body)])
            await foreach (var row in Rows(shelves.Cases, kind, CaseHead.Partition(caseId), ct))
                await Empty(shelves.Cases, row, text, ct);
    }

    /// <summary>Those beside documents, or beside nothing: they are read through once.</summary>
    public async Task Forget(Func<string, bool> names, CancellationToken ct)
    {
        foreach (var table in Elsewhere)
            await foreach (var row in Rows(table, "receipt", null, ct))
                if (await shelves.Texts.Get(row, Body, ct) is { } body && names(body))
                    await Empty(table, row, Body, ct);
    }

    /// <summary>Those beside documents, or beside nothing. What stands beside a case is erased with it.</summary>
    public async Task<bool> Prune(DateTimeOffset before, CancellationToken ct)
    {
        var gone = 0;
        foreach (var table in Elsewhere)
            await foreach (var row in Rows(table, "receipt", null, ct))
            {
                if (row.GetDateTimeOffset("At") is not { } at || at >= before || row.GetBoolean("OfDebtor") == true)
                    continue;
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, ct);
                await shelves.Texts.Drop(Texts.BlobOf(row, Body));
                if (++gone == Portion)
                    return true;
            }
        return false;
    }

    private IEnumerable<TableClient> Elsewhere => [shelves.NameTable, shelves.Documents];

    private static AsyncPageable<TableEntity> Rows(TableClient table, string kind, string? partition, CancellationToken ct)
    {
        var prefix = Keys.Join(kind, "");
        var filter = TableClient.CreateQueryFilter($"RowKey ge {prefix} and RowKey lt {Keys.After(prefix)}");
        return table.QueryAsync<TableEntity>(partition is null ? filter : $"{TableClient.CreateQueryFilter($"PartitionKey eq {partition}")} and {filter}", cancellationToken: ct);
    }

    private async Task Empty(TableClient table, TableEntity row, string text, CancellationToken ct)
    {
        // A void row has none, nor has a reservation.
        if (await shelves.Texts.Get(row, text, ct) is null or Nothing)
            return;
        var blob = Texts.BlobOf(row, text);
        foreach (var name in Texts.Properties(text))
            row.Remove(name);
        if (text == Body)
            row[text] = Nothing;
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, ct);
        await shelves.Texts.Drop(blob);
    }
}
