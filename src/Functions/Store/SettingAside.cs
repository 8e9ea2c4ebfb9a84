using Azure.Data.Tables;

namespace Dunning.Functions.Store;

/// <summary>An event in the log of a case that could not be read. It stays in the log; nothing of it was applied.</summary>
public sealed record UnreadableEvent(string CaseId, long Seq, string Reason);

/// <summary>Keeps what was set aside where it is found without looking at every case.</summary>
internal sealed class SettingAside(IndexTable index)
{
    private static readonly string Prefix = IndexRow.Prefix("aside");

    public async Task Add(string caseId, IEnumerable<FoundEvent> bad, CancellationToken ct)
    {
        foreach (var found in bad)
            await index.Put(
                new TableEntity(Keys.Bucket(caseId), Key(caseId, found.Seq))
                {
                    ["Case"] = caseId,
                    ["Seq"] = found.Seq,
                    ["Reason"] = found.Reason is { Length: > 1000 } reason ? reason[..1000] : found.Reason,
                },
                ct);
    }

    public async Task<IReadOnlyList<UnreadableEvent>> All(CancellationToken ct)
    {
        var all = new List<UnreadableEvent>();
        await foreach (var hit in index.Merge([new(Prefix)], int.MaxValue, ct))
            all.Add(new(hit.CaseId, hit.Row.GetInt64("Seq")!.Value, hit.Row.GetString("Reason")));
        return all;
    }

    public Task Remove(UnreadableEvent seen, CancellationToken ct) => index.Delete(seen.CaseId, Key(seen.CaseId, seen.Seq), ct);

    private static string Key(string caseId, long seq) => Prefix + Keys.Join(Keys.Of(caseId), Keys.Seq(seq));
}
