using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>
/// Who has a case, told by the index of cases alone, a thousand rows to a request: its cost is that of all the cases of those creditors, since no order of debtors is kept.
/// </summary>
internal sealed class DebtorLists(Shelves shelves)
{
    public async Task<Page<ListedDebtor>> Read(DebtorFilter filter, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Limit, 1, nameof(filter));
        if (filter.Sort is not ("name" or "-balance"))
            throw new ArgumentException($"Debtors are not sorted by '{filter.Sort}'.", nameof(filter));
        var after = Place(filter);
        var sought = filter.Name is { } name ? DebtorNames.Bare(name) : "";
        var page = (await All(filter.Creditors, ct)).Where(d => DebtorNames.Key(d.Name, d.Id).Contains(sought, StringComparison.Ordinal))
            .Select(d => (Place: Place(filter.Sort, d), Debtor: d)).Where(d => after is null || string.CompareOrdinal(d.Place, after) > 0)
            .OrderBy(d => d.Place, StringComparer.Ordinal).Take(filter.Limit + 1).ToList();
        return page.Count > filter.Limit
            ? new([.. page.Take(filter.Limit).Select(d => d.Debtor)], Cursor.Write(Named(filter.Sort), page[filter.Limit - 1].Place))
            : new([.. page.Select(d => d.Debtor)], null);
    }

    private async Task<IEnumerable<ListedDebtor>> All(IReadOnlyList<string>? creditors, CancellationToken ct)
    {
        var debtors = new Dictionary<(string Creditor, string Id), ListedDebtor>();
        // Of a case that is just changing there may be two rows: its head says which is true.
        var cases = new Dictionary<string, CaseIndex?>(StringComparer.Ordinal);
        await foreach (var hit in shelves.Index.Merge(Listing.Of(new() { Creditors = creditors, Sort = "number" }).Ranges(null), int.MaxValue, ct))
            cases[hit.CaseId] = cases.ContainsKey(hit.CaseId) ? null : Told(hit);
        foreach (var (caseId, told) in cases)
            if ((told ?? (await shelves.Heads.ReadLight(caseId, ct))?.Index) is { } index)
                debtors[(index.Creditor, index.Debtor)] = With(debtors.GetValueOrDefault((index.Creditor, index.Debtor)), index);
        return debtors.Values;
    }

    // Null: a row from before it told the debtor.
    private static CaseIndex? Told(IndexHit hit) => hit.Row.GetString("DebtorId") is { } debtor && hit.Row.GetString("Creditor") is { } creditor
        ? new(creditor, hit.Row.GetString("Number"), debtor, (CaseStatus)hit.Row.GetInt32("Status")!.Value, default, ListOrder.Amount(hit.Row.GetInt64("Balance")!.Value, hit.Row.GetString("Currency")), default)
        {
            DebtorName = hit.Row.GetString("DebtorName") ?? "",
        }
        : null;

    private static ListedDebtor With(ListedDebtor? known, CaseIndex index)
    {
        var debtor = known ?? new(index.Creditor, index.Debtor, index.DebtorName, 0, 0, []);
        debtor = debtor with { Invoices = debtor.Invoices + 1, Name = index.DebtorName is "" or PersonalData.Mark ? debtor.Name : index.DebtorName };
        if (index.Status >= CaseStatus.WrittenOff)
            return debtor;
        var same = debtor.Balances.Where(b => b.Currency == index.Balance.Currency).Aggregate(index.Balance, (sum, b) => sum + b);
        return debtor with { Open = debtor.Open + 1, Balances = [.. debtor.Balances.Where(b => b.Currency != same.Currency).Append(same).OrderBy(b => b.Currency.Code, StringComparer.Ordinal)] };
    }

    // The creditor and the id tell apart what stands at one place.
    private static string Place(string sort, ListedDebtor debtor) => Keys.Join(
        sort == "name" ? Keys.Ordered(DebtorNames.Key(debtor.Name, debtor.Id)) : Keys.Reversed(debtor.Balances.Sum(ListOrder.Amount)), Keys.Hash($"{debtor.Creditor}/{debtor.Id}"));

    private static string Named(string sort) => $"debtors {sort}";

    private static string? Place(DebtorFilter filter) => Cursor.Read(filter.Cursor, Named(filter.Sort));
}
