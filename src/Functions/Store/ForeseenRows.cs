using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>
/// Cases that wake up before an instant, the earliest first: whatever a case does next, it does when it wakes up. The index of wake-ups is everybody's; those of other creditors are
/// passed over.
/// </summary>
internal sealed class ForeseenRows(IndexTable index)
{
    private const string Order = "foreseen";

    private static readonly string Wakes = IndexRow.Prefix("wake");

    public async Task<Page<ListedCase>> Read(ForeseenFilter filter, CancellationToken ct)
    {
        var (page, place, wanted) = (new List<ListedCase>(), "", filter.Limit + 1);
        var from = Cursor.Read(filter.Cursor, Order) is { } after ? Keys.After(Wakes + after) : null;
        var hits = index.Merge([new(Wakes, From: from, Before: Wakes + Keys.Ordered(filter.Before.UtcTicks))], wanted, ct);
        await foreach (var (hit, found) in index.TrueWithStates(hits, wanted, ct))
        {
            if (filter.Creditors?.Contains(found.Head.Index.Creditor) == false)
                continue;
            if (page.Count == filter.Limit)
                return new(page, Cursor.Write(Order, place));
            page.Add(new(found.Head.CaseId, found.Head.Version, found.State, found.Head.Index));
            place = hit.Place;
        }
        return new(page, null);
    }
}
