using Azure;
using Azure.Data.Tables;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>
/// Which cases of a debtor are open: one partition a debtor, so that one request tells whether there are others. A row is written before its case opens and taken
/// away after it closes; one that stays is a case that is asked in vain. Whoever reads them asks the case rows.
/// </summary>
internal sealed class DebtorRows(TableClient table, Heads heads)
{
    private const int Most = 1000;
    private const int ReadsAtOnce = 32;

    /// <summary>Before a commit; null is a case that is created.</summary>
    public async Task Before(CaseIndex? old, CaseIndex index, string caseId, CancellationToken ct)
    {
        if (!IsOver(index) && (old is null || IsOver(old) || old.Debtor != index.Debtor))
            await table.UpsertEntityAsync(new TableEntity(Partition(index.Creditor, index.Debtor), Keys.Of(caseId)) { ["Case"] = caseId }, TableUpdateMode.Replace, ct);
    }

    public async Task After(CaseIndex old, CaseIndex index, string caseId)
    {
        if (!IsOver(index) || IsOver(old))
            return;
        try
        {
            await table.DeleteEntityAsync(Partition(index.Creditor, index.Debtor), Keys.Of(caseId), ETag.All, CancellationToken.None);
        }
        catch (Exception failure) when (failure.IsUnavailable())
        {
        }
    }

    public async Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(creditor, debtor)}");
        var others = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, Most, cancellationToken: ct))
            if (row.GetString("Case") is var id && id != caseId && others.Count < Most)
                others.Add(id);
        var awake = new List<string>();
        foreach (var some in others.Chunk(ReadsAtOnce))
            awake.AddRange(from head in await Task.WhenAll(some.Select(id => heads.ReadLight(id, ct)))
                           where head is not null && head.Index.Creditor == creditor && head.Index.Debtor == debtor && (head.HasUnread || head.Index.HasClaim || head.Index.WakeAt <= now)
                           select head.CaseId);
        awake.Sort(StringComparer.Ordinal);
        return awake;
    }

    private static bool IsOver(CaseIndex index) => index.Status is CaseStatus.Paid or CaseStatus.Cancelled or CaseStatus.WrittenOff;

    // No bucket is called like it.
    private static string Partition(string creditor, string debtor) => Keys.Join("debtor", Keys.Of(creditor), IndexRow.DebtorKey(debtor));
}
