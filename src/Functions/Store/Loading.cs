using Dunning.Service.Audit;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>Reads a case with what has arrived for it.</summary>
internal sealed class Loading(Shelves shelves)
{
    public async Task<StoredCase?> Load(string caseId, CancellationToken ct)
    {
        if (await shelves.Heads.ReadWithState(caseId, ct) is not { } found)
            return null;
        var (head, state) = found;
        // Bounded by what the row says: an event that comes between the two reads belongs to a later version.
        var unread = head.HasUnread ? await shelves.Events.Read(caseId, head.FoldedSeq, head.LastSeq, int.MaxValue, ct) : [];
        return new(caseId, head.Version, state, head.LastSeq, [.. unread.Select(e => e.Logged)]);
    }

    /// <summary>The first event that is not what it was when it was acknowledged; null when all are.</summary>
    public async Task<long?> FirstBroken(string caseId, CancellationToken ct)
    {
        var head = await shelves.Heads.ReadLight(caseId, ct) ?? throw new KeyNotFoundException($"There is no case {caseId}.");
        return ChainRow.FirstBroken(await shelves.Events.Chain(caseId, ct), head.LastSeq, head.Hash);
    }
}
