using System.Runtime.CompilerServices;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Local.Store;

public sealed partial class SqliteStore
{
    // Long enough that asking costs little, short enough that no writer's log has to wait for it.
    private const int OwedAtOnce = 2000;
    private const int StatesAtOnce = 500;

    private const string TaskColumns =
        "t.body, c.id, t.creditor, c.number, c.balance, c.currency, c.due, l.name FROM tasks t JOIN cases c ON c.no = t.case_no "
        + "LEFT JOIN listed l ON l.creditor = c.creditor AND l.closed IN (0, 1) AND l.no = c.no";

    /// <exception cref="FormatException">The cursor is not of this list.</exception>
    /// <exception cref="ArgumentException">There is no such sort.</exception>
    public Task<Page<ListedCase>> Cases(CaseFilter filter, CancellationToken ct)
    {
        var (listing, order) = (CaseListing.Of(filter), CaseListing.Order(filter));
        var after = SortKey.FromCursor(filter.Cursor, order, listing.IsText);
        return _readers.Read(
            c => c.Snapshot(s => Page(listing.Keys(s, filter.Creditors, after, filter.Limit), filter.Limit, order, no => FindCase(s, no))),
            ct);
    }

    public bool CanSearch => true;

    public Task<int> Count(CaseFilter filter, int bound, CancellationToken ct) => _readers.Read(c => CaseListing.Of(filter).Count(c, filter.Creditors, bound), ct);

    /// <exception cref="FormatException">The cursor is not of this list.</exception>
    public Task<Page<ListedCase>> Foreseen(ForeseenFilter filter, CancellationToken ct)
    {
        const string order = "foreseen";
        var listing = new Listing("listed", "listed_next", "next_at", descending: false).Where("next_at >=", filter.From.UtcTicks).Where("next_at <", filter.Before.UtcTicks);
        var after = SortKey.FromCursor(filter.Cursor, order, isText: false);
        return _readers.Read(
            c => c.Snapshot(s => Page(listing.Keys(s, filter.Creditors, after, filter.Limit), filter.Limit, order, no => FindCase(s, no))),
            ct);
    }

    /// <exception cref="FormatException">The cursor is not of this list.</exception>
    public Task<Page<ListedTask>> Tasks(TaskFilter filter, CancellationToken ct)
    {
        var order = filter.Sort == TaskListing.ByRisk ? $"tasks{TaskListing.ByRisk}@{filter.Today.DayNumber}" : "tasks";
        var after = SortKey.FromCursor(filter.Cursor, order, isText: false);
        return _readers.Read(
            c => c.Snapshot(s => Page(TaskListing.Keys(s, filter, after), filter.Limit, order, no => FindTask(s, $"SELECT {TaskColumns} WHERE t.no = ?", no))),
            ct);
    }

    public Task<IReadOnlyList<TaskCount>> CountTasks(IReadOnlyList<string>? creditors, int bound, CancellationToken ct) =>
        _readers.Read(c => c.Snapshot(s => TaskListing.Count(s, creditors, bound)), ct);

    public Task<IReadOnlyList<AuditedEvent>> Log(string caseId, long after, int limit, CancellationToken ct) => _readers.Read<IReadOnlyList<AuditedEvent>>(
        c => CaseRow.Find(c, caseId) is { } head && after < head.LastSeq ? EventLog.Read(c, head.No, Math.Max(after, 0), head.LastSeq, limit) : [],
        ct);

    public Task<ListedTask?> FindTask(string taskId, CancellationToken ct) => _readers.Read(
        c =>
        {
            using var select = c.Use($"SELECT {TaskColumns} WHERE t.id = ?");
            return select.Set(1, taskId).Step() ? ReadTask(select) : null;
        },
        ct);

    public async IAsyncEnumerable<OwedCase> Owed(string creditor, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var (number, no) = ("", 0L); ;)
        {
            var page = await _readers.Read(c => Owed(c, creditor, number, no), ct);
            foreach (var (owed, _) in page)
                yield return owed;
            if (page.Count < OwedAtOnce)
                yield break;
            (number, no) = (page[^1].Owed.Number, page[^1].No);
        }
    }

    public async IAsyncEnumerable<CaseState> States(string creditor, [EnumeratorCancellation] CancellationToken ct)
    {
        // The next page is read while this one is looked at: reading a state takes longer than fetching it.
        var next = Page("", 0);
        for (var page = await next; page.Count > 0; page = await next)
        {
            var last = page[^1];
            next = page.Count < StatesAtOnce ? Task.FromResult<List<WrittenCase>>([]) : Page(last.Number, last.No);
            foreach (var written in page)
                yield return new(written.Id, written.Version, DomainJson.Read<DunningCase>(written.State));
        }

        Task<List<WrittenCase>> Page(string number, long no) => Task.Run(() => _readers.Read(c => States(c, creditor, number, no), ct), ct);
    }

    /// <exception cref="FormatException">The cursor is not of this list.</exception>
    /// <exception cref="ArgumentException">There is no such sort.</exception>
    public Task<Page<ListedDebtor>> Debtors(DebtorFilter filter, CancellationToken ct)
    {
        var byName = filter.Sort == "name" || (filter.Sort == "-balance" ? false : throw new ArgumentException($"Debtors are not sorted by '{filter.Sort}'.", nameof(filter)));
        var after = SortKey.FromCursor(filter.Cursor, $"debtors {filter.Sort}", byName);
        return _readers.Read(
            c => c.Snapshot(s =>
            {
                var found = DebtorRows.Page(s, filter, after, byName);
                return found.Count > filter.Limit
                    ? new Page<ListedDebtor>([.. found.Take(filter.Limit).Select(f => f.Debtor)], found[filter.Limit - 1].Place.ToCursor($"debtors {filter.Sort}"))
                    : new Page<ListedDebtor>([.. found.Select(f => f.Debtor)], null);
            }),
            ct);
    }

    public Task<IReadOnlyList<OutgoingMessage>> Messages(string caseId, CancellationToken ct) => _readers.Read<IReadOnlyList<OutgoingMessage>>(
        c =>
        {
            using var select = c.Use("SELECT m.body FROM messages m JOIN cases c ON c.no = m.case_no WHERE c.id = ? ORDER BY m.at, m.no");
            select.Set(1, caseId);
            var messages = new List<OutgoingMessage>();
            while (select.Step())
                messages.Add(DomainJson.Read<OutgoingMessage>(select.Bytes(0)));
            return messages;
        },
        ct);

    private static List<WrittenCase> States(Connection connection, string creditor, string afterNumber, long afterNo)
    {
        using var select = connection.Use($"""
            SELECT no, number, id, version, state FROM cases INDEXED BY cases_number
            WHERE creditor = ? AND (number, no) > (?, ?) ORDER BY number, no LIMIT {StatesAtOnce}
            """);
        select.Set(1, creditor).Set(2, afterNumber).Set(3, afterNo);
        var page = new List<WrittenCase>(StatesAtOnce);
        while (select.Step())
            page.Add(new(select.Long(0), select.Text(1), select.Text(2), select.Long(3), select.Bytes(4).ToArray()));
        return page;
    }

    private sealed record WrittenCase(long No, string Number, string Id, long Version, byte[] State);

    private static List<(OwedCase Owed, long No)> Owed(Connection connection, string creditor, string afterNumber, long afterNo)
    {
        using var select = connection.Use($"""
            SELECT no, number, status, balance, currency FROM cases INDEXED BY cases_number
            WHERE creditor = ? AND (number, no) > (?, ?) ORDER BY number, no LIMIT {OwedAtOnce}
            """);
        select.Set(1, creditor).Set(2, afterNumber).Set(3, afterNo);
        var page = new List<(OwedCase, long)>(OwedAtOnce);
        while (select.Step())
            page.Add((new(select.Text(1), (CaseStatus)select.Int(2), ListOrder.Amount(select.Long(3), select.Text(4))), select.Long(0)));
        return page;
    }

    private static Page<T> Page<T>(List<SortKey> keys, int limit, string sort, Func<long, T> read) => keys.Count > limit
        ? new([.. keys.Take(limit).Select(k => read(k.No))], keys[limit - 1].ToCursor(sort))
        : new([.. keys.Select(k => read(k.No))], null);

    private static ListedCase FindCase(Connection connection, long no)
    {
        using var select = connection.Use($"SELECT {CaseRow.Columns} FROM cases WHERE no = ?");
        select.Set(1, no).Step();
        return CaseRow.Read(select);
    }

    private static ListedTask FindTask(Connection connection, string sql, long no)
    {
        using var select = connection.Use(sql);
        select.Set(1, no).Step();
        return ReadTask(select);
    }

    private static ListedTask ReadTask(Statement row) =>
        new(DomainJson.Read<CaseTask>(row.Bytes(0)), row.Text(1), row.Text(2), row.Text(3), ListOrder.Amount(row.Long(4), row.Text(5)))
        {
            DueDate = DateOnly.FromDayNumber(row.Int(6)),
            DebtorName = row.Text(7),
        };
}
