using Azure;
using Azure.Data.Tables;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>
/// Reads a case with what has arrived for it. An event that cannot be read must not hold up the case: it is set aside for a person, with the reason,
/// and the others are handed on.
/// </summary>
internal sealed class Loading(Shelves shelves)
{
    public async Task<StoredCase?> Load(string caseId, CancellationToken ct)
    {
        if (await shelves.Heads.ReadWithState(caseId, ct) is not { } found)
            return null;
        var (head, state) = found;
        if (!head.HasUnread)
            return new(caseId, head.Version, state, head.LastSeq, []);
        // Bounded by what the row says: an event that comes between the two reads belongs to a later version.
        var unread = await shelves.Events.Read(caseId, head.FoldedSeq, head.LastSeq, int.MaxValue, ct);
        var bad = unread.Where(e => e.Event is null).ToList();
        if (bad.Count > 0)
            await new SettingAside(shelves.Index).Add(caseId, bad, ct);
        if (bad.Count == unread.Count)
            await PassOver(head);
        return new(caseId, head.Version, state, head.LastSeq, [.. unread.Where(e => e.Event is not null).Select(e => e.Logged)]);
    }

    /// <summary>The first event that is not what it was when it was acknowledged; null when all are.</summary>
    public async Task<long?> FirstBroken(string caseId, CancellationToken ct)
    {
        var head = await shelves.Heads.ReadLight(caseId, ct) ?? throw new KeyNotFoundException($"There is no case {caseId}.");
        var (hash, seq) = (EventRows.Genesis, 0L);
        foreach (var found in await shelves.Events.Read(caseId, 0, head.LastSeq, int.MaxValue, ct))
        {
            hash = AuditChain.Next(hash, ++seq, found.At, found.By, found.Body);
            if (!found.Hash.AsSpan().SequenceEqual(hash))
                return seq;
        }
        return head.Hash.AsSpan().SequenceEqual(hash) ? null : seq + 1;
    }

    // Nothing of the inbox can be read, so that no commit will ever fold it: the row passes over it.
    private async Task PassOver(CaseHead head)
    {
        var after = head with { FoldedSeq = head.LastSeq };
        try
        {
            var row = new TableEntity(CaseHead.Partition(head.CaseId), CaseHead.RowKey) { ["FoldedSeq"] = after.FoldedSeq };
            var response = await shelves.Cases.UpdateEntityAsync(row, head.ETag, TableUpdateMode.Merge, CancellationToken.None);
            shelves.Heads.Wrote(after, response.Headers.ETag);
            await shelves.Index.Remove([IndexRow.Unread(head)]);
        }
        catch (RequestFailedException refused) when (refused.IsRefusal())
        {
            shelves.Heads.Forget(head.CaseId);
        }
    }
}
