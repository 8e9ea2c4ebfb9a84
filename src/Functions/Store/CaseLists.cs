using System.Runtime.CompilerServices;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>Pages of cases, merged over buckets and creditors.</summary>
internal sealed class CaseLists(Shelves shelves)
{
    public async Task<Page<ListedCase>> Read(Listing listing, string? after, CancellationToken ct)
    {
        var (limit, sort) = (listing.Filter.Limit, listing.Filter.Sort);
        var wanted = limit + 1;
        var hits = shelves.Index.Merge(listing.Ranges(after), wanted, ct);
        if (!listing.InOrder)
            hits = Sorted(listing, hits, after, ct);
        var page = new List<HeadAndState>();
        await foreach (var (_, found) in shelves.Index.TrueWithStates(hits, wanted, ct))
            if (listing.Accepts(found.Head.Index))
            {
                page.Add(found);
                if (page.Count == wanted)
                    break;
            }
        return page.Count > limit
            ? new([.. page.Take(limit).Select(Listed)], Cursor.Write(sort, listing.Place(page[limit - 1].Head)))
            : new([.. page.Select(Listed)], null);
    }

    /// <summary>Told by the index alone, a thousand rows to a request. Only a case that has several rows, as while it changes, is asked which is true.</summary>
    public async IAsyncEnumerable<OwedCase> Owed(string creditor, [EnumeratorCancellation] CancellationToken ct)
    {
        // Rows of one case lie together: its number and its id come before the tag.
        IndexHit? only = null;
        var isOne = true;
        await foreach (var hit in shelves.Index.Merge(Listing.Of(new() { Creditors = [creditor], Sort = "number" }).Ranges(null), int.MaxValue, ct))
        {
            if (only?.CaseId != hit.CaseId)
            {
                if (only is not null && await Owed(only, isOne, ct) is { } owed)
                    yield return owed;
                (only, isOne) = (hit, true);
            }
            else
                isOne = false;
        }
        if (only is not null && await Owed(only, isOne, ct) is { } last)
            yield return last;
    }

    /// <summary>A point read for each, many at once: the table of cases is laid out for one case at a time.</summary>
    public async IAsyncEnumerable<CaseState> States(string creditor, [EnumeratorCancellation] CancellationToken ct)
    {
        var hits = shelves.Index.Merge(Listing.Of(new() { Creditors = [creditor], Sort = "number" }).Ranges(null), int.MaxValue, ct);
        await foreach (var (_, found) in shelves.Index.TrueWithStates(hits, int.MaxValue, ct))
            yield return new(found.Head.CaseId, found.Head.Version, found.State);
    }

    private async Task<OwedCase?> Owed(IndexHit hit, bool isOne, CancellationToken ct) =>
        isOne && hit.Row.GetString("Currency") is { } currency
            ? new(hit.Row.GetString("Number"), (CaseStatus)hit.Row.GetInt32("Status")!.Value, ListOrder.Amount(hit.Row.GetInt64("Balance")!.Value, currency))
            : await shelves.Heads.ReadLight(hit.CaseId, ct) is { Index: var index } ? new OwedCase(index.Number, index.Status, index.Balance) : null;

    // The few that an index out of order finds: put in order by their case rows, and begun after the place the last page ended at.
    private async IAsyncEnumerable<IndexHit> Sorted(
        Listing listing, IAsyncEnumerable<IndexHit> hits, string? after, [EnumeratorCancellation] CancellationToken ct)
    {
        var all = new List<(string Place, IndexHit Hit)>();
        await foreach (var hit in hits.WithCancellation(ct))
            if (await Place(listing, hit, ct) is { } place && (after is null || string.CompareOrdinal(place, after) > 0))
                all.Add((place, hit));
        all.Sort((a, b) => string.CompareOrdinal(a.Place, b.Place));
        foreach (var (_, hit) in all)
            yield return hit;
    }

    private async Task<string?> Place(Listing listing, IndexHit hit, CancellationToken ct)
    {
        var sort = listing.Filter.Sort;
        if (sort.TrimStart('-') == "updatedAt")
            return await shelves.Heads.ReadLight(hit.CaseId, ct) is { } head ? listing.Place(head) : null;
        return Keys.Join(
            sort switch
            {
                "number" => Keys.Ordered(hit.Row.GetString("Number")),
                "-number" => Keys.Reversed(hit.Row.GetString("Number")),
                "balance" or "-balance" => IndexRow.Place(sort, hit.Row.GetInt64("Balance")!.Value),
                _ => IndexRow.Place(sort, hit.Row.GetInt32("Due")!.Value),
            },
            Keys.Of(hit.CaseId));
    }

    private static ListedCase Listed(HeadAndState found) => new(found.Head.CaseId, found.Head.Version, found.State, found.Head.Index);
}
