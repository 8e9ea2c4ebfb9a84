using System.Runtime.CompilerServices;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Local.Store;

public sealed partial class SqliteStore
{
    // Long enough that asking costs little, short enough that no writer's log has to wait for it.
    private const int OwedAtOnce = 2000;

    private const string TaskColumns =
        "t.body, c.id, t.creditor, c.number, c.balance, c.currency FROM tasks t JOIN cases c ON c.no = t.case_no";

    /// <exception cref="FormatException">The cursor is not of this list.</exception>
    /// <exception cref="ArgumentException">There is no such sort.</exception>
    public Task<Page<ListedCase>> Cases(CaseFilter filter, CancellationToken ct)
    {
        var listing = CaseListing(filter);
        var after = SortKey.FromCursor(filter.Cursor, filter.Sort, listing.IsText);
        return _readers.Read(
            c => c.Snapshot(s => Page(listing.Keys(s, filter.Creditors, after, filter.Limit), filter.Limit, filter.Sort, no => FindCase(s, no))),
            ct);
    }

    /// <exception cref="FormatException">The cursor is not of this list.</exception>
    public Task<Page<ListedTask>> Tasks(TaskFilter filter, CancellationToken ct)
    {
        var after = SortKey.FromCursor(filter.Cursor, "tasks", isText: false);
        return _readers.Read(
            c => c.Snapshot(s => Page(TaskKeys(s, filter, after), filter.Limit, "tasks", no => FindTask(s, $"SELECT {TaskColumns} WHERE t.no = ?", no))),
            ct);
    }

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

    internal static Listing CaseListing(CaseFilter filter)
    {
        var descending = filter.Sort.StartsWith('-');
        var column = (descending ? filter.Sort[1..] : filter.Sort) switch
        {
            "dueDate" => "due",
            "balance" => "balance",
            "updatedAt" => "updated_at",
            "number" => "number",
            _ => throw new ArgumentException($"Cases are not sorted by '{filter.Sort}'.", nameof(filter)),
        };
        return new Listing("cases", Index(filter, column), column, descending) { IsText = column == "number" }
            .Where("status =", (long?)filter.Status)
            .Where("debtor =", filter.Debtor)
            .Where("number =", filter.Number)
            .Where("due <", filter.DueBefore?.DayNumber)
            .Where("due >", filter.DueAfter?.DayNumber)
            .Where("balance >=", filter.MinBalance is { } least ? ListOrder.Amount(least) : null)
            .Where("updated_at >=", filter.UpdatedSince?.UtcTicks);
    }

    // The most telling filter first; else the index of the order.
    private static string Index(CaseFilter filter, string column) => filter switch
    {
        { Number: not null } => "cases_number",
        { Debtor: not null } => "cases_debtor",
        { UpdatedSince: not null } => "cases_updated",
        { Status: not null } when column == "due" => "cases_status",
        _ => column switch { "due" => "cases_due", "balance" => "cases_balance", "updated_at" => "cases_updated", _ => "cases_number" },
    };

    private static List<SortKey> TaskKeys(Connection connection, TaskFilter filter, SortKey? after)
    {
        var index = filter.CaseId is not null ? "tasks_case" : filter.Kind is not null ? "tasks_kind" : "tasks_oldest";
        var listing = new Listing("tasks", index, "opened_at", descending: false).Where("kind =", (long?)filter.Kind);
        if (filter.CaseId is not { } caseId)
            return listing.Keys(connection, filter.Creditors, after, filter.Limit);
        using var select = connection.Use("SELECT no, creditor FROM cases WHERE id = ?");
        return select.Set(1, caseId).Step() && filter.Creditors?.Contains(select.Text(1)) != false
            ? listing.Where("case_no =", select.Long(0)).Keys(connection, [select.Text(1)], after, filter.Limit)
            : [];
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
        new(DomainJson.Read<CaseTask>(row.Bytes(0)), row.Text(1), row.Text(2), row.Text(3), ListOrder.Amount(row.Long(4), row.Text(5)));
}
