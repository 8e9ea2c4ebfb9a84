using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>What a commit makes of the index rows of its case: those to add before it, those to take away after it.</summary>
internal sealed record IndexChange(Tags Tags, IReadOnlyList<OpenTask> Tasks, IReadOnlyList<IndexRow> Added, IReadOnlyList<IndexRow> Removed)
{
    /// <param name="tag">A new one for each attempt: used for nothing else, ever.</param>
    public static IndexChange Between(CaseHead? old, CaseCommit commit, string tag)
    {
        var (id, index) = (commit.CaseId, commit.Index);
        var sameList = old is not null && Listed(old.Index) == Listed(index);
        var sameUpdated = sameList && old!.Index.UpdatedAt == index.UpdatedAt;
        var sameTimers = old is not null && Timed(old.Index) == Timed(index);
        var tags = new Tags(sameList ? old!.Tags.List : tag, sameUpdated ? old!.Tags.Updated : tag, sameTimers ? old!.Tags.Timers : tag);

        var opened = commit.Opened.Select(t => new OpenTask(t, tag)).ToList();
        var gone = old?.Tasks.Where(t => commit.Closed.Contains(t.Task.Id) || opened.Exists(o => o.Task.Id == t.Task.Id)).ToList() ?? [];
        return new(
            tags,
            [.. (old?.Tasks ?? []).Except(gone), .. opened],
            [
                .. sameList ? [] : IndexRow.List(id, index, tags.List),
                .. sameUpdated ? [] : IndexRow.Updated(id, index, tags.Updated),
                .. sameTimers ? [] : IndexRow.Timers(id, index, tags.Timers),
                .. opened.SelectMany(t => IndexRow.Of(id, index.Creditor, t)),
            ],
            old is null
                ? []
                :
                [
                    .. sameList ? [] : IndexRow.List(id, old.Index, old.Tags.List),
                    .. sameUpdated ? [] : IndexRow.Updated(id, old.Index, old.Tags.Updated),
                    .. sameTimers ? [] : IndexRow.Timers(id, old.Index, old.Tags.Timers),
                    .. gone.SelectMany(t => IndexRow.Of(id, old.Index.Creditor, t)),
                    .. old.HasUnread ? [IndexRow.Unread(old)] : (IndexRow[])[],
                ]);
    }

    private static CaseIndex Listed(CaseIndex index) => index with { UpdatedAt = default, WakeAt = null, HasClaim = false, IsStopped = false, Traits = null };

    private static (string Creditor, DateTimeOffset? WakeAt, bool HasClaim, bool IsStopped) Timed(CaseIndex index) =>
        (index.Creditor, index.WakeAt, index.HasClaim, index.IsStopped);
}
