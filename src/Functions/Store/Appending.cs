using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>
/// Puts events in inboxes. An append is one transaction in the partition of its case, conditional on the case row, so that a claim and an append
/// never pass each other unseen; the names it uses are reserved before it. One that loses a race reads again: only a condition of the caller's own
/// ever refuses it.
/// </summary>
internal sealed class Appending(Shelves shelves)
{
    public async Task<AppendOutcome> Append(CaseAppend append, CancellationToken ct)
    {
        var writeId = shelves.NewId();
        for (var patience = new Patience(); ; await patience.Wait(ct))
        {
            var outcome = append.Created is { } created ? await Create(append, created, writeId, ct) : await Add(append, writeId, patience.IsFresh, ct);
            if (outcome is not null)
                return outcome;
        }
    }

    // Null: somebody else wrote to the case; look again.
    private async Task<AppendOutcome?> Add(CaseAppend append, string writeId, bool mayBeKnown, CancellationToken ct)
    {
        if (await Look(append, mayBeKnown, ct) is not { } head)
            return await Told(append, ct) ?? new AppendOutcome.NoSuchCase();
        if (append.IfVersion is { } version && version != head.Version)
            return await Told(append, ct) ?? new AppendOutcome.VersionMoved();
        var (fact, receipt, refusal) = await Reserve(append, ct);
        if (refusal is not null)
            return refusal;

        var chained = EventRows.Chain(head.LastSeq, head.Hash, [new(head.LastSeq + 1, append.At, append.By, append.Event)])[0];
        var after = head with { Version = head.Version + 1, LastSeq = chained.Seq, Hash = chained.Hash };
        var batch = new Batch(shelves.Cases);
        batch.Merge(after.WriteAppended(), head.ETag);
        batch.Add(await shelves.Events.Write(append.CaseId, chained, writeId, ct));
        await AddNames(batch, append, chained.Seq, fact, receipt, writeId, ct);

        var isWritten = await shelves.Index.Around(
            head.HasUnread ? [] : [IndexRow.Unread(head)],
            [],
            async () => await Submit(batch, after, chained.Seq, writeId),
            keep: true,
            ct);
        return isWritten ? new AppendOutcome.Appended(after.Version) : null;
    }

    private async Task<AppendOutcome?> Create(CaseAppend append, CaseCommit created, string writeId, CancellationToken ct)
    {
        var (fact, receipt, refusal) = await Reserve(append, ct);
        if (refusal is not null)
            return refusal is AppendOutcome.VersionMoved && await shelves.Heads.ReadLight(append.CaseId, ct) is not null ? new AppendOutcome.Exists() : refusal;

        var change = IndexChange.Between(null, created, shelves.NewTag());
        var chained = EventRows.Chain(0, EventRows.Genesis, [new(1, append.At, append.By, append.Event), .. created.Events]);
        var head = new CaseHead(append.CaseId, default, 1, chained.Count, chained.Count, chained[^1].Hash, created.Index)
        {
            CommitId = writeId,
            Tags = change.Tags,
            Tasks = change.Tasks,
        };
        var batch = new Batch(shelves.Cases);
        var row = await Committing.Write(shelves, head, created.State, ct);
        head = head with { StateBlob = Texts.BlobOf(row, CaseHead.State) };
        batch.Add(row);
        foreach (var @event in chained)
            batch.Add(await shelves.Events.Write(append.CaseId, @event, writeId, ct));
        if (created.Sent is { } message)
            batch.Put(await MessageRows.Write(message, head.Version, shelves.Texts, ct));
        await AddNames(batch, append, 1, fact, receipt, writeId, ct);

        await shelves.Debtors.Before(null, created.Index, append.CaseId, ct);
        if (await shelves.Index.Around(change.Added, [], async () => await Submit(batch, head, 1, writeId), keep: false, ct))
            return new AppendOutcome.Appended(1);
        // A name that was taken meanwhile is looked at again; a case that is there is there.
        return await shelves.Heads.ReadLight(append.CaseId, ct) is null ? null : await Told(append, ct) ?? new AppendOutcome.Exists();
    }

    private async Task<bool> Submit(Batch batch, CaseHead after, long seq, string writeId)
    {
        shelves.Heads.Forget(after.CaseId);
        var written = await batch.Submit(() => shelves.Events.IsOf(after.CaseId, seq, writeId));
        if (written is not null)
            shelves.Heads.Wrote(after, written.ETag);
        return written is not null;
    }

    private Task<CaseHead?> Look(CaseAppend append, bool mayBeKnown, CancellationToken ct)
    {
        var known = mayBeKnown ? shelves.Heads.Known(append.CaseId) : null;
        return known is not null && (append.IfVersion ?? known.Version) == known.Version
            ? Task.FromResult<CaseHead?>(known)
            : shelves.Heads.Read(append.CaseId, ct);
    }

    private async Task<(Hold? Fact, Hold? Receipt, AppendOutcome? Refusal)> Reserve(CaseAppend append, CancellationToken ct)
    {
        var place = shelves.Place(append.CaseId);
        var fact = append.Event.Id.Length == 0 ? null : await shelves.Names.Reserve(Name.Fact(append.Creditor, append.Event.Id), place, ct);
        if (fact?.Truth is { } told)
            return (null, null, await shelves.Facts.Read(told, ct));
        var receipt = append.Receipt is { } wanted ? await shelves.Names.Reserve(Name.Receipt(wanted.Scope, wanted.Key), place, ct) : null;
        // A key used meanwhile means that the very same request was faster: its effect must not come twice.
        return (fact, receipt, receipt?.Truth is null ? null : new AppendOutcome.VersionMoved());
    }

    private async Task<AppendOutcome?> Told(CaseAppend append, CancellationToken ct) => await shelves.Facts.Find(append.Creditor, append.Event.Id, ct);

    private async Task AddNames(Batch batch, CaseAppend append, long seq, Hold? fact, Hold? receipt, string writeId, CancellationToken ct)
    {
        if (fact is not null)
            batch.Add(await shelves.Facts.Write(fact, append, seq, ct));
        if (receipt is not null)
            batch.Add(await shelves.Receipts.Write(receipt, append.Receipt!, writeId, ct));
    }
}
