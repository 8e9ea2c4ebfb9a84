using Azure;
using Azure.Data.Tables;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>The answers kept for requests that carried an Idempotency-Key, each beside the effect it answers.</summary>
internal sealed class Receipts(TableClient table, Names names, Texts texts, Func<string> newId)
{
    private const string Body = "Body";
    private const string Location = "Location";

    public async Task<Receipt?> Find(string scope, string key, CancellationToken ct) =>
        await names.Find(Name.Receipt(scope, key), ct) is { Truth: { } row }
            ? new(scope, key, row.GetString("Fingerprint"), row.GetInt32("Status")!.Value, await texts.Get(row, Body, ct) ?? "",
                row.GetDateTimeOffset("At")!.Value, await texts.Get(row, Location, ct))
            : null;

    /// <summary>False if the key was used.</summary>
    public async Task<bool> Keep(Receipt receipt, CancellationToken ct)
    {
        var name = Name.Receipt(receipt.Scope, receipt.Key);
        var writeId = newId();
        for (var patience = new Patience(); ; await patience.Wait(ct))
        {
            // A receipt without an effect stands beside its own reservation.
            var hold = await names.Reserve(name, new(table.Name, name.Partition), ct);
            if (hold.Truth is { } truth)
                return truth.GetString("WriteId") == writeId;
            var row = await Write(hold, receipt, writeId, ct);
            try
            {
                await table.AddEntityAsync(row, CancellationToken.None);
                return true;
            }
            catch (RequestFailedException refused) when (refused.IsRefusal())
            {
            }
        }
    }

    public async Task<TableEntity> Write(Hold hold, Receipt receipt, string writeId, CancellationToken ct)
    {
        var row = Names.Write(Name.Receipt(receipt.Scope, receipt.Key), hold);
        row["Fingerprint"] = receipt.Fingerprint;
        row["Status"] = receipt.Status;
        row["At"] = receipt.At;
        row["WriteId"] = writeId;
        // A fact about a debtor is known by its receipt: it is kept as long as the debtor.
        if (receipt.Scope.StartsWith("debtor-fact ", StringComparison.Ordinal))
            row["OfDebtor"] = true;
        await texts.Set(row, Body, receipt.Body, ct);
        if (receipt.Location is { } location)
            await texts.Set(row, Location, location, ct);
        return row;
    }
}
