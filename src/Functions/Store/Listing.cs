using Azure.Data.Tables;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>
/// How a list of cases is read: which index, between which places, and whether that index is in the order asked for. If it is, a page is read from
/// where the last one ended; if not, it is the few cases of a number, of a debtor or of late changes, and they are sorted here.
/// </summary>
internal sealed record Listing(CaseFilter Filter, string[] Index, string IndexSort, bool InOrder)
{
    /// <exception cref="ArgumentException">There is no such sort, or no room for one case.</exception>
    public static Listing Of(CaseFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Limit, 1, nameof(filter));
        var sort = filter.Sort;
        var column = sort.StartsWith('-') ? sort[1..] : sort;
        if (filter.Searches)
            throw new ArgumentException("There is no index to search with.", nameof(filter));
        if (column is not ("dueDate" or "balance" or "updatedAt" or "number"))
            throw new ArgumentException($"Cases are not sorted by '{sort}'.", nameof(filter));
        // The most telling filter first; else the index of the order.
        return filter switch
        {
            { Number: { } number } => new(filter, ["number", Keys.Ordered(number)], "", InOrder: false),
            { Debtor: { } debtor } => new(filter, ["debtor", IndexRow.DebtorKey(debtor)], "dueDate", sort == "dueDate"),
            { UpdatedSince: not null } when column != "updatedAt" => new(filter, ["updatedAt"], "updatedAt", InOrder: false),
            { Status: { } status } when column == "dueDate" => new(filter, ["status", IndexRow.StatusKey(status), sort], sort, InOrder: true),
            _ => new(filter, [sort], sort, InOrder: true),
        };
    }

    public IEnumerable<IndexRange> Ranges(string? after)
    {
        var scopes = Filter.Creditors is { } creditors ? creditors.Distinct(StringComparer.Ordinal).Select(IndexRow.Scope) : [IndexRow.Scope(null)];
        var (first, last) = Bounds();
        foreach (var scope in scopes)
        {
            var prefix = Keys.Join([scope, .. Index, ""]);
            var from = prefix + first;
            if (InOrder && after is not null && string.CompareOrdinal(from, Keys.After(prefix + after)) is < 0)
                from = Keys.After(prefix + after);
            yield return new(prefix, from, last is null ? null : Keys.After(prefix + last), Residue());
        }
    }

    /// <summary>Where a case stands in the order asked for.</summary>
    public string Place(CaseHead head) => Keys.Join(IndexRow.Place(Filter.Sort, head.Index), Keys.Of(head.CaseId));

    public bool Accepts(CaseIndex index) =>
        (Filter.Status is not { } status || index.Status == status)
        && (Filter.Debtor is not { } debtor || index.Debtor == debtor)
        && (Filter.Number is not { } number || index.Number == number)
        && (Filter.DueBefore is not { } before || index.DueDate < before)
        && (Filter.DueAfter is not { } since || index.DueDate > since)
        && (Filter.MinBalance is not { } least || ListOrder.Amount(index.Balance) >= ListOrder.Amount(least))
        && (Filter.MaxBalance is not { } most || ListOrder.Amount(index.Balance) <= ListOrder.Amount(most))
        && (Filter.IsOpen is not { } open || open != IsClosed(index.Status))
        && (Filter.UpdatedSince is not { } updated || index.UpdatedAt >= updated);

    // Places of the index that can hold what is wanted, both included.
    private (string? First, string? Last) Bounds()
    {
        var (least, most) = IndexSort.TrimStart('-') switch
        {
            "dueDate" => ((long?)Filter.DueAfter?.DayNumber, (long?)Filter.DueBefore?.DayNumber),
            "balance" => (Filter.MinBalance is { } balance ? ListOrder.Amount(balance) : null, null),
            "updatedAt" => (Filter.UpdatedSince?.UtcTicks, null),
            _ => (null, null),
        };
        var (a, b) = (least is { } l ? IndexRow.Place(IndexSort, l) : null, most is { } m ? IndexRow.Place(IndexSort, m) : null);
        return IndexSort.StartsWith('-') ? (b, a) : (a, b);
    }

    private static bool IsClosed(CaseStatus status) => status is CaseStatus.WrittenOff or CaseStatus.Cancelled or CaseStatus.Paid;

    // What the key does not say, the service looks up in the row. Changes without a trace in the row, it cannot see: Accepts does.
    private string? Residue()
    {
        var terms = new List<string>();
        if (Filter.Status is { } status)
            terms.Add(TableClient.CreateQueryFilter($"Status eq {(int)status}"));
        if (Filter.Debtor is { } debtor)
            terms.Add(TableClient.CreateQueryFilter($"Debtor eq {IndexRow.DebtorKey(debtor)}"));
        if (Filter.Number is { } number)
            terms.Add(TableClient.CreateQueryFilter($"Number eq {number}"));
        if (Filter.DueBefore is { } before)
            terms.Add(TableClient.CreateQueryFilter($"Due lt {before.DayNumber}"));
        if (Filter.DueAfter is { } since)
            terms.Add(TableClient.CreateQueryFilter($"Due gt {since.DayNumber}"));
        if (Filter.MinBalance is { } least)
            terms.Add(TableClient.CreateQueryFilter($"Balance ge {ListOrder.Amount(least)}"));
        if (Filter.MaxBalance is { } most)
            terms.Add(TableClient.CreateQueryFilter($"Balance le {ListOrder.Amount(most)}"));
        if (Filter.IsOpen is { } open)
            terms.Add($"({string.Join(open ? " and " : " or ", Enum.GetValues<CaseStatus>().Where(IsClosed).Select(s => open ? TableClient.CreateQueryFilter($"Status ne {(int)s}") : TableClient.CreateQueryFilter($"Status eq {(int)s}")))})");
        return terms.Count == 0 ? null : string.Join(" and ", terms);
    }
}
