using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Local.Store;

/// <summary>The narrow row of a case. It is written when what it says changes, which most commits do not.</summary>
internal static class ListedRow
{
    private const string Insert = """
        INSERT INTO listed(creditor, no, closed, status, due, balance, waiting, next_at, promised, step, policy, number, name, words)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """;

    private const string Update = """
        UPDATE listed SET closed = ?3, status = ?4, due = ?5, balance = ?6, waiting = ?7, next_at = ?8, promised = ?9, step = ?10, policy = ?11, number = ?12, name = ?13, words = ?14
        WHERE creditor = ?1 AND closed IN (0, 1) AND no = ?2
          AND (closed, status, due, balance, waiting, next_at, promised, step, policy, number, name, words) IS NOT (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """;

    private const string Missing = "SELECT c.id FROM cases c WHERE NOT EXISTS (SELECT 1 FROM listed l WHERE l.creditor = c.creditor AND l.closed IN (0, 1) AND l.no = c.no) LIMIT ?";

    public static void Add(Connection connection, long no, CaseIndex index) => Write(connection, Insert, no, index);

    public static void Change(Connection connection, long no, CaseIndex index) => Write(connection, Update, no, index);

    /// <summary>Cases of a database from before there were such rows.</summary>
    public static List<string> Without(Connection connection, int limit)
    {
        using var select = connection.Use(Missing);
        select.Set(1, limit);
        var ids = new List<string>();
        while (select.Step())
            ids.Add(select.Text(0));
        return ids;
    }

    public static bool IsClosed(CaseStatus status) => status is CaseStatus.WrittenOff or CaseStatus.Cancelled or CaseStatus.Paid;

    private static void Write(Connection connection, string sql, long no, CaseIndex index)
    {
        var traits = index.Traits ?? new("", "", "");
        using var write = connection.Use(sql);
        write.Set(1, index.Creditor).Set(2, no).Set(3, IsClosed(index.Status)).Set(4, (long)index.Status).Set(5, index.DueDate.DayNumber).Set(6, ListOrder.Amount(index.Balance))
            .Set(7, (long)traits.WaitingFor).Set(8, traits.NextAt?.UtcTicks).Set(9, traits.PromisedOn?.DayNumber).Set(10, traits.Step).Set(11, traits.Policy)
            .Set(12, index.Number).Set(13, traits.DebtorName).Set(14, traits.Words).Run();
    }
}
