using System.Runtime.CompilerServices;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>Open tasks. They live in the row of their case; the index only finds it.</summary>
internal sealed class TaskLists(Shelves shelves)
{
    public const string Sort = "tasks";

    /// <summary>Between a case and the number of its task.</summary>
    private const char Numbered = '~';

    public async Task<ListedTask?> Find(string taskId, CancellationToken ct)
    {
        if (taskId.LastIndexOf(Numbered) is not (> 0 and var end) || await shelves.Heads.ReadLight(taskId[..end], ct) is not { } head)
            return null;
        return head.Tasks.FirstOrDefault(t => t.Task.Id == taskId) is { } open ? await Listed(head, open, ct) : null;
    }

    public async Task<Page<ListedTask>> Read(TaskFilter filter, string? after, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Limit, 1, nameof(filter));
        if (filter.Sort != "openedAt")
            throw new ArgumentException("There is no index to weigh tasks with.", nameof(filter));
        var page = new List<ListedTask>();
        await foreach (var task in filter.CaseId is { } caseId ? OfCase(caseId, filter, after, ct) : Found(filter, after, ct))
        {
            page.Add(task);
            if (page.Count > filter.Limit)
                return new(page[..filter.Limit], Cursor.Write(Sort, IndexRow.TaskPlace(page[filter.Limit - 1].Task)));
        }
        return new(page, null);
    }

    private async IAsyncEnumerable<ListedTask> OfCase(
        string caseId, TaskFilter filter, string? after, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await shelves.Heads.ReadLight(caseId, ct) is not { } head || filter.Creditors?.Contains(head.Index.Creditor) == false)
            yield break;
        foreach (var open in head.Tasks.OrderBy(t => IndexRow.TaskPlace(t.Task), StringComparer.Ordinal))
            if ((filter.Kind ?? open.Task.Kind) == open.Task.Kind && (after is null || string.CompareOrdinal(IndexRow.TaskPlace(open.Task), after) > 0))
                yield return await Listed(head, open, ct);
    }

    private async IAsyncEnumerable<ListedTask> Found(
        TaskFilter filter, string? after, [EnumeratorCancellation] CancellationToken ct)
    {
        var kind = filter.Kind is { } one ? IndexRow.KindKey(one) : "any";
        var scopes = filter.Creditors is { } creditors ? creditors.Distinct(StringComparer.Ordinal).Select(IndexRow.Scope) : [IndexRow.Scope(null)];
        var ranges = scopes.Select(s => Keys.Join(s, "task", kind, "")).Select(p => new IndexRange(p, after is null ? null : Keys.After(p + after)));
        var wanted = filter.Limit + 1;
        await foreach (var (hit, head) in shelves.Index.True(shelves.Index.Merge(ranges, wanted, ct), wanted, ct))
            if (head.Tasks.FirstOrDefault(t => IndexRow.TaskPlace(t.Task) == hit.Place) is { } open)
                yield return await Listed(head, open, ct);
    }

    // The name is in the state: one more read, of a task that is going to be shown.
    private async Task<ListedTask> Listed(CaseHead head, OpenTask open, CancellationToken ct) => new(open.Task, head.CaseId, head.Index.Creditor, head.Index.Number, head.Index.Balance)
    {
        DueDate = head.Index.DueDate,
        DebtorName = (await shelves.Heads.ReadWithState(head.CaseId, ct))?.State.Known?.Debtor.Name ?? "",
    };
}
