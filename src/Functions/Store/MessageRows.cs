using Azure.Data.Tables;
using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>What was written for each message at its claim, beside its case. A message put off is written anew under the same key.</summary>
internal static class MessageRows
{
    private const string Body = "Body";
    private const string Prefix = "m!";

    public static async Task<TableEntity> Write(OutgoingMessage message, long version, Texts texts, CancellationToken ct)
    {
        var row = new TableEntity(CaseHead.Partition(message.Key.Case), RowKey(message.Key)) { ["At"] = message.WrittenAt, ["Version"] = version };
        await texts.Set(row, Body, Json.Write(message), ct);
        return row;
    }

    public static async Task<OutgoingMessage?> Find(TableClient cases, Texts texts, MessageKey key, CancellationToken ct)
    {
        var found = await cases.GetEntityIfExistsAsync<TableEntity>(CaseHead.Partition(key.Case), RowKey(key), cancellationToken: ct);
        return found.HasValue ? await Read(found.Value!, texts, ct) : null;
    }

    /// <summary>Of one case, oldest first.</summary>
    public static async Task<IReadOnlyList<OutgoingMessage>> Of(TableClient cases, Texts texts, string caseId, CancellationToken ct)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {CaseHead.Partition(caseId)} and RowKey ge {Prefix} and RowKey lt {Keys.After(Prefix)}");
        var rows = new List<TableEntity>();
        await foreach (var row in cases.QueryAsync<TableEntity>(filter, cancellationToken: ct))
            rows.Add(row);
        var messages = new List<OutgoingMessage>();
        foreach (var row in rows.OrderBy(r => r.GetDateTimeOffset("At")).ThenBy(r => r.GetInt64("Version")))
            messages.Add(await Read(row, texts, ct));
        return messages;
    }

    /// <summary>Takes the texts and addresses out of every message of a case; that there was one stays.</summary>
    public static async Task Forget(TableClient cases, Texts texts, string caseId, CancellationToken ct)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {CaseHead.Partition(caseId)} and RowKey ge {Prefix} and RowKey lt {Keys.After(Prefix)}");
        await foreach (var row in cases.QueryAsync<TableEntity>(filter, cancellationToken: ct))
        {
            var (message, blob) = (await Read(row, texts, ct), Texts.BlobOf(row, Body));
            foreach (var name in Texts.Properties(Body))
                row.Remove(name);
            await texts.Set(row, Body, Json.Write(Erasing.Of(message, PersonalKinds.Message)), ct);
            await cases.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, ct);
            await texts.Drop(blob);
        }
    }

    private static async Task<OutgoingMessage> Read(TableEntity row, Texts texts, CancellationToken ct) =>
        Json.Read<OutgoingMessage>(await texts.Get(row, Body, ct) ?? throw new FormatException($"The message {row.RowKey} has no text."));

    // The case is in the partition key; slashes are allowed in neither.
    private static string RowKey(MessageKey key) => Prefix + Keys.Of(key.ToString()[(key.Case.Length + 1)..].Replace('/', '~'));
}
