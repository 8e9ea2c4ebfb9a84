using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>
/// What is due: wake-ups that have come, then unread events of cases that sleep, then those of cases that wait for nothing. Each is read from its index
/// in order and stops at the limit, however many cases sleep.
/// </summary>
internal sealed class DueRows(IndexTable index)
{
    private static readonly string Wakes = IndexRow.Prefix("wake");
    private static readonly string Unread = IndexRow.Prefix("unread");

    public async Task<DueCases> Read(DateTimeOffset now, int limit, CancellationToken ct)
    {
        var later = Wakes + Keys.Ordered(now.UtcTicks + 1);
        var cases = new List<string>();
        await Add(new(Wakes, Before: later));
        await Add(new(Unread));
        await foreach (var (_, head) in index.True(index.Merge([new(Wakes, From: later)], 1, ct), 1, ct))
            return new(cases, head.Index.WakeAt);
        return new(cases, null);

        async Task Add(IndexRange range)
        {
            if (cases.Count == limit)
                return;
            var wanted = limit - cases.Count;
            var seen = cases.ToHashSet(StringComparer.Ordinal);
            await foreach (var (_, head) in index.True(index.Merge([range], wanted, ct), wanted, ct))
                if (seen.Add(head.CaseId))
                {
                    cases.Add(head.CaseId);
                    if (cases.Count == limit)
                        return;
                }
        }
    }
}
