namespace Dunning.Service.Register;

/// <summary>
/// What waits for a person on a shelf where only that has an owner: reading it takes as long as what waits and the creditors are many, whatever was settled.
/// </summary>
public sealed class WaitingList<T>(Registry registry, Shelf<T> shelf, Func<T, bool> waits)
{
    private const int CreditorsAtOnce = 100;

    /// <summary>What waits, each with its place, by creditor and id; creditor null lists every creditor's.</summary>
    /// <param name="after">The place of the last one that was listed.</param>
    public async Task<IReadOnlyList<(string Place, T Value)>> Read(string? creditor, string? after, int limit, CancellationToken ct)
    {
        var cut = after?.LastIndexOf('/') ?? -1;
        var (from, id) = (cut < 0 ? null : after![..cut], after?[(cut + 1)..]);
        if (creditor is not null)
            return await Of(creditor, id, limit, ct);
        var waiting = new List<(string, T)>();
        if (from is not null)
            waiting.AddRange(await Of(from, id, limit, ct));
        while (waiting.Count < limit)
        {
            var page = await registry.Creditors.List(null, from, CreditorsAtOnce, ct);
            foreach (var (next, _) in page.TakeWhile(_ => waiting.Count < limit))
                waiting.AddRange(await Of(from = next, null, limit - waiting.Count, ct));
            if (page.Count < CreditorsAtOnce)
                break;
        }
        return waiting;
    }

    private async Task<List<(string, T)>> Of(string creditor, string? after, int limit, CancellationToken ct)
    {
        var waiting = new List<(string, T)>();
        while (true)
        {
            var page = await shelf.List(creditor, after, limit, ct);
            waiting.AddRange(page.Where(p => waits(p.Value)).Take(limit - waiting.Count).Select(p => ($"{creditor}/{p.Id}", p.Value)));
            if (page.Count < limit || waiting.Count >= limit)
                return waiting;
            after = page[^1].Id;
        }
    }
}
