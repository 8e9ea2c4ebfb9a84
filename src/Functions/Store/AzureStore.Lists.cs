using System.Runtime.CompilerServices;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

public sealed partial class AzureStore
{
    /// <exception cref="FormatException">The cursor is not of this list.</exception>
    /// <exception cref="ArgumentException">There is no such sort.</exception>
    public async Task<Page<ListedCase>> Cases(CaseFilter filter, CancellationToken ct)
    {
        var listing = Listing.Of(filter);
        return await new CaseLists(_shelves).Read(listing, Cursor.Read(filter.Cursor, filter.Sort), ct).OrUnavailable(ct);
    }

    /// <exception cref="FormatException">The cursor is not of this list.</exception>
    public async Task<Page<ListedTask>> Tasks(TaskFilter filter, CancellationToken ct)
    {
        var after = Cursor.Read(filter.Cursor, TaskLists.Sort);
        return await new TaskLists(_shelves).Read(filter, after, ct).OrUnavailable(ct);
    }

    /// <exception cref="FormatException">The cursor is not of this list.</exception>
    public Task<Page<ListedCase>> Foreseen(ForeseenFilter filter, CancellationToken ct) => new ForeseenRows(_shelves.Index).Read(filter, ct).OrUnavailable(ct);

    /// <exception cref="FormatException">The cursor is not of this list.</exception>
    /// <exception cref="ArgumentException">There is no such sort.</exception>
    public Task<Page<ListedDebtor>> Debtors(DebtorFilter filter, CancellationToken ct) => new DebtorLists(_shelves).Read(filter, ct).OrUnavailable(ct);

    public Task<IReadOnlyList<AuditedEvent>> Log(string caseId, long after, int limit, CancellationToken ct) => ReadLog(caseId, after, limit, ct).OrUnavailable(ct);

    public Task<ListedTask?> FindTask(string taskId, CancellationToken ct) => new TaskLists(_shelves).Find(taskId, ct).OrUnavailable(ct);

    public Task<IReadOnlyList<OutgoingMessage>> Messages(string caseId, CancellationToken ct) =>
        MessageRows.Of(_shelves.Cases, _shelves.Texts, caseId, ct).OrUnavailable(ct);

    public async IAsyncEnumerable<OwedCase> Owed(string creditor, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var owed = new CaseLists(_shelves).Owed(creditor, ct).GetAsyncEnumerator(ct);
        while (await owed.MoveNextAsync().AsTask().OrUnavailable(ct))
            yield return owed.Current;
    }

    public async IAsyncEnumerable<CaseState> States(string creditor, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var states = new CaseLists(_shelves).States(creditor, ct).GetAsyncEnumerator(ct);
        while (await states.MoveNextAsync().AsTask().OrUnavailable(ct))
            yield return states.Current;
    }

    private async Task<IReadOnlyList<AuditedEvent>> ReadLog(string caseId, long after, int limit, CancellationToken ct)
    {
        if (await _shelves.Heads.ReadLight(caseId, ct) is not { } head || after >= head.LastSeq)
            return [];
        var found = await _shelves.Events.Read(caseId, Math.Max(after, 0), head.LastSeq, limit, ct);
        return [.. found.Select(e => new AuditedEvent(e.Logged, Convert.ToHexStringLower(e.Hash)))];
    }
}
