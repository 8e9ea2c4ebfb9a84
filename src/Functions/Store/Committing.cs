using Azure.Data.Tables;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Events;

namespace Dunning.Functions.Store;

/// <summary>Writes what a decision changes: state, log, tasks and the message being claimed, in one transaction on the version that was looked at.</summary>
internal sealed class Committing(Shelves shelves)
{
    public async Task<bool> Commit(CaseCommit commit, CancellationToken ct)
    {
        var known = shelves.Heads.Known(commit.CaseId);
        var old = known?.Version == commit.Version ? known : await shelves.Heads.Read(commit.CaseId, ct);
        return old is not null && old.Version == commit.Version && await Commit(old, commit, ct);
    }

    public static async Task<TableEntity> Write(Shelves shelves, CaseHead head, DunningCase state, CancellationToken ct)
    {
        var row = await head.Write(shelves.Texts, ct);
        await shelves.Texts.Set(row, CaseHead.State, Json.Write(state), ct);
        return row;
    }

    private async Task<bool> Commit(CaseHead old, CaseCommit commit, CancellationToken ct)
    {
        var writeId = shelves.NewId();
        var change = IndexChange.Between(old, commit, shelves.NewTag());
        var chained = EventRows.Chain(old.LastSeq, old.Hash, commit.Events);
        var lastSeq = old.LastSeq + chained.Count;
        var after = old with
        {
            Version = old.Version + 1,
            LastSeq = lastSeq,
            FoldedSeq = lastSeq,
            Hash = chained.Count == 0 ? old.Hash : chained[^1].Hash,
            Index = commit.Index,
            CommitId = writeId,
            Tags = change.Tags,
            Tasks = change.Tasks,
        };
        var row = await Write(shelves, after, commit.State, ct);
        after = after with { StateBlob = Texts.BlobOf(row, CaseHead.State) };
        var batch = new Batch(shelves.Cases);
        batch.Replace(row, old.ETag);
        foreach (var @event in chained)
            batch.Add(await shelves.Events.Write(commit.CaseId, @event, writeId, ct));
        if (commit.Sent is { } message)
            batch.Put(await MessageRows.Write(message, after.Version, shelves.Texts, ct));

        var announced = await shelves.Feed.Add(Announcing.Of(commit), ct);
        if (announced.Truth is { } truth)
            batch.Add(truth);
        // Before the commit, as all indexes: what a person must see is rather seen once too often.
        await new SettingAside(shelves.Index).Add(commit.CaseId, commit.Events.Select(e => e.Event).OfType<CaseEvent.EventSetAside>(), ct);
        await shelves.Debtors.Before(old.Index, commit.Index, commit.CaseId, ct);
        var isWritten = await shelves.Index.Around(change.Added, change.Removed, async () => await Submit(batch, after, chained, writeId), keep: false, ct);
        if (isWritten)
            await shelves.Debtors.After(old.Index, commit.Index, commit.CaseId);
        else
            await shelves.Feed.Withdraw(announced);
        await shelves.Texts.Drop(isWritten ? old.StateBlob : after.StateBlob);
        return isWritten;
    }

    private async Task<bool> Submit(Batch batch, CaseHead after, IReadOnlyList<ChainedEvent> chained, string writeId)
    {
        shelves.Heads.Forget(after.CaseId);
        var written = await batch.Submit(() => IsThere(after.CaseId, chained, writeId));
        if (written is not null)
            shelves.Heads.Wrote(after, written.ETag);
        return written is not null;
    }

    // Its events stay for ever; without any, the row names it until the next commit. Should both be gone, nothing was claimed, and the engine looks again.
    private async Task<bool> IsThere(string caseId, IReadOnlyList<ChainedEvent> chained, string writeId) => chained.Count > 0
        ? await shelves.Events.IsOf(caseId, chained[0].Seq, writeId)
        : (await shelves.Heads.ReadLight(caseId, CancellationToken.None))?.CommitId == writeId;
}
