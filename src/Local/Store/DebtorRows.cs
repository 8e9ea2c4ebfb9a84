using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Engine;

namespace Dunning.Local.Store;

/// <summary>
/// Who has a case, by the name its last commit gave: what a debtor owes is told by its cases, so that no sum is kept that could drift from them.
/// </summary>
internal static class DebtorRows
{
    private const string Table = """
        CREATE TABLE debtors(no INTEGER PRIMARY KEY, creditor TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, sought TEXT NOT NULL, UNIQUE(creditor, id))
        """;

    private static readonly string Owed = $"cases INDEXED BY cases_owed WHERE creditor = d.creditor AND debtor = d.id AND status < {(int)CaseStatus.WrittenOff}";

    /// <summary>A database from before gets the debtors of the cases it has.</summary>
    public static void Create(Connection connection)
    {
        if (connection.Ask("SELECT count(*) FROM sqlite_schema WHERE name = 'debtors'") != "0")
            return;
        connection.Ask(Table);
        connection.Ask("CREATE INDEX debtors_sought ON debtors(creditor, sought)");
        using var select = connection.Use($"SELECT {CaseRow.Columns} FROM cases ORDER BY no");
        while (select.Step())
            Keep(connection, CaseRow.Read(select).Index);
    }

    public static void Keep(Connection connection, CaseIndex index)
    {
        using var insert = connection.Use("""
            INSERT INTO debtors(creditor, id, name, sought) VALUES(?, ?, ?, ?)
            ON CONFLICT(creditor, id) DO UPDATE SET name = excluded.name, sought = excluded.sought WHERE name != excluded.name
            """);
        var name = index.DebtorName == PersonalData.Mark ? StillNamed(connection, index) ?? PersonalData.Mark : index.DebtorName;
        insert.Set(1, index.Creditor).Set(2, index.Debtor).Set(3, name).Set(4, DebtorNames.Key(name, index.Debtor)).Run();
    }

    // A case that was kept long enough says no name any more; the debtor's others may.
    private static string? StillNamed(Connection connection, CaseIndex index)
    {
        using var select = connection.Use($"SELECT {CaseRow.Columns} FROM cases WHERE creditor = ? AND debtor = ? ORDER BY no DESC");
        select.Set(1, index.Creditor).Set(2, index.Debtor);
        while (select.Step())
            if (CaseRow.Read(select).Index.DebtorName is { Length: > 0 } name && name != PersonalData.Mark)
                return name;
        return null;
    }

    /// <summary>One more than the limit if there are more.</summary>
    public static IReadOnlyList<(SortKey Place, ListedDebtor Debtor)> Page(Connection connection, DebtorFilter filter, SortKey? after, bool byName)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Limit, 1, nameof(filter));
        var (key, compared, direction) = byName ? ("d.sought", '>', "ASC") : ($"(SELECT coalesce(sum(balance), 0) FROM {Owed})", '<', "DESC");
        var creditors = filter.Creditors is { } named ? $"creditor IN ({string.Join(", ", named.Select(_ => "?"))})" : "true";
        using var select = connection.Prepare($"""
            SELECT no, creditor, id, name, key FROM (
              SELECT no, creditor, id, name, {key} AS key FROM debtors d WHERE {creditors}{(filter.Name is null ? "" : " AND instr(sought, ?) > 0")})
            WHERE {(after is null ? "true" : $"(key, no) {compared} (?, ?)")} ORDER BY key {direction}, no {direction} LIMIT ?
            """);
        var place = 1;
        foreach (var creditor in filter.Creditors ?? [])
            select.Set(place++, creditor);
        if (filter.Name is { } name)
            select.Set(place++, DebtorNames.Bare(name));
        if (after is not null)
        {
            _ = byName ? select.Set(place++, after.Text) : select.Set(place++, after.Whole);
            select.Set(place++, after.No);
        }
        select.Set(place, filter.Limit + 1);
        var page = new List<(SortKey, ListedDebtor)>();
        while (select.Step())
        {
            var at = byName ? new SortKey(0, select.Text(4), select.Long(0)) : new SortKey(select.Long(4), null, select.Long(0));
            page.Add((at, Whole(connection, select.Text(1), select.Text(2), select.Text(3))));
        }
        return page;
    }

    private static ListedDebtor Whole(Connection connection, string creditor, string id, string name)
    {
        using var select = connection.Use($"""
            SELECT currency, count(*), sum(status < {(int)CaseStatus.WrittenOff}), sum(CASE WHEN status < {(int)CaseStatus.WrittenOff} THEN balance ELSE 0 END)
            FROM cases INDEXED BY cases_owed WHERE creditor = ? AND debtor = ? GROUP BY currency ORDER BY currency
            """);
        select.Set(1, creditor).Set(2, id);
        var (invoices, open, balances) = (0, 0, new List<Money>());
        while (select.Step())
        {
            (invoices, open) = (invoices + select.Int(1), open + select.Int(2));
            if (select.Int(2) > 0)
                balances.Add(ListOrder.Amount(select.Long(3), select.Text(0)));
        }
        return new(creditor, id, name, invoices, open, balances);
    }
}
