namespace Dunning.Local.Store;

/// <summary>
/// A page of a list, as a merge over creditors: for each, one statement reads an index that begins with the creditor, in order, and stops
/// after a page. So a list over all creditors needs no index of its own, and no list is sorted whole. The index is named: without figures
/// about the data SQLite would rather avoid a sort than find the few rows of a debtor. Without an index the narrow rows of the creditor are all
/// read, and only the first of them kept.
/// </summary>
internal sealed class Listing(string table, string? index, string column, bool descending)
{
    private readonly List<(string Term, Action<Statement, int> Bind)> _terms = [];

    public bool IsText { get; init; }

    /// <summary>The table whose creditors it goes through, in the order of an index, when it is read from several.</summary>
    public string? Scope { get; init; }

    public Listing Where(string term, long? value)
    {
        if (value is { } wanted)
            _terms.Add((term, (s, i) => s.Set(i, wanted)));
        return this;
    }

    public Listing Where(string term, string? value)
    {
        if (value is not null)
            _terms.Add((term, (s, i) => s.Set(i, value)));
        return this;
    }

    public Listing Where(string term)
    {
        _terms.Add((term, (_, _) => { }));
        return this;
    }

    /// <summary>How many rows there are, counted no further than a bound.</summary>
    public int Count(Connection connection, IReadOnlyList<string>? creditors, int bound)
    {
        var count = 0;
        using var select = connection.Prepare($"SELECT count(*) FROM (SELECT 1 FROM {table} {Named} WHERE creditor = ?{Terms} LIMIT ?)");
        foreach (var creditor in creditors?.Distinct(StringComparer.Ordinal) ?? Creditors(connection))
        {
            Bind(select, creditor, null, bound - count);
            if (select.Step())
                count += select.Int(0);
            select.Rewind();
            if (count >= bound)
                break;
        }
        return count;
    }

    /// <summary>The places of the first rows after one, limit + 1 of them if there are more than the limit.</summary>
    public List<SortKey> Keys(Connection connection, IReadOnlyList<string>? creditors, SortKey? after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var sql = Sql(after is not null);
        var keys = new List<SortKey>();
        using var select = connection.Prepare(sql);
        foreach (var creditor in creditors?.Distinct(StringComparer.Ordinal) ?? Creditors(connection))
        {
            Bind(select, creditor, after, limit + 1);
            while (select.Step())
                keys.Add(new(IsText ? 0 : select.Long(1), IsText ? select.Text(1) : null, select.Long(0)));
            select.Rewind();
        }
        keys.Sort((a, b) => descending ? b.CompareTo(a) : a.CompareTo(b));
        return keys.Count > limit + 1 ? keys[..(limit + 1)] : keys;
    }

    public string Sql(bool after)
    {
        var direction = descending ? "DESC" : "ASC";
        var place = after ? $" AND ({column}, no) {(descending ? '<' : '>')} (?, ?)" : "";
        return $"SELECT no, {column} FROM {table} {Named} WHERE creditor = ?{Terms}{place} ORDER BY {column} {direction}, no {direction} LIMIT ?";
    }

    private string Named => index is null ? "" : $"INDEXED BY {index}";

    // A term that does not say where its value goes ends with it; one in brackets has none.
    private string Terms => string.Concat(_terms.Select(t => $" AND {t.Term}{(IsBound(t.Term) && !t.Term.Contains('?', StringComparison.Ordinal) ? " ?" : "")}"));

    private static bool IsBound(string term) => !term.EndsWith(')') || term.Contains('?', StringComparison.Ordinal);

    private void Bind(Statement select, string creditor, SortKey? after, int limit)
    {
        var place = 1;
        select.Set(place++, creditor);
        foreach (var (term, bind) in _terms)
            if (IsBound(term))
                bind(select, place++);
        if (after is not null)
        {
            _ = IsText ? select.Set(place++, after.Text) : select.Set(place++, after.Whole);
            select.Set(place++, after.No);
        }
        select.Set(place, limit);
    }

    // Each step jumps to the next creditor in the index, past all its rows.
    private List<string> Creditors(Connection connection)
    {
        using var select = connection.Prepare($"""
            WITH RECURSIVE each(one) AS (
              SELECT min(creditor) FROM {Scope ?? table}
              UNION ALL SELECT (SELECT min(creditor) FROM {Scope ?? table} WHERE creditor > each.one) FROM each WHERE each.one IS NOT NULL)
            SELECT one FROM each WHERE one IS NOT NULL
            """);
        var creditors = new List<string>();
        while (select.Step())
            creditors.Add(select.Text(0));
        return creditors;
    }
}
