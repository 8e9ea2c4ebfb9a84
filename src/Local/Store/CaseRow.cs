using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Events;
using Dunning.Service.Json;

namespace Dunning.Local.Store;

/// <summary>A new state with its bytes, made before the writer's turn comes.</summary>
internal sealed record WrittenState(CaseCommit Commit, byte[] State, byte[]? Sent, IReadOnlyList<WrittenEvent> Events, IReadOnlyList<Announcement> Announced)
{
    public static WrittenState Of(CaseCommit commit) => new(
        commit, DomainJson.Write(commit.State), commit.Sent is { } message ? DomainJson.Write(message) : null, [.. commit.Events.Select(WrittenEvent.Of)],
        Announcing.Of(commit));

    public int Bytes => State.Length + (Sent?.Length ?? 0) + Events.Sum(e => e.Body.Hashed.Length + (e.Body.Personal?.Length ?? 0)) + Announced.Sum(a => a.Data.Length + 200) + 200;
}

/// <summary>The part of a case that decides whether something may be written to it.</summary>
internal readonly record struct CaseHead(long No, long Version, long LastSeq, byte[] Hash);

internal static class CaseRow
{
    /// <summary>What <see cref="Read"/> expects, in this order.</summary>
    public const string Columns =
        "id, version, creditor, number, debtor, status, due, balance, currency, wake_at, updated_at, has_claim, is_stopped, state";

    private const string Changed = """
        wake_at = ?8, updated_at = ?9, has_claim = ?10, is_stopped = ?11, state = ?12, last_seq = ?13, folded_seq = ?13, head = ?14, version = version + 1
        WHERE no = ?15 AND version = ?16
        """;

    // SQLite writes every index that has a column the statement names, changed or not. Most commits change neither what is owed nor the
    // status; hardly any changes the invoice or the debtor.
    private const string SameInvoice = "creditor = ?1 AND number = ?2 AND debtor = ?3 AND due = ?5";
    private static readonly string[] Updates =
    [
        $"UPDATE cases SET {Changed} AND {SameInvoice} AND status = ?4 AND balance = ?6 AND currency = ?7",
        $"UPDATE cases SET status = ?4, balance = ?6, currency = ?7, {Changed} AND {SameInvoice}",
        $"UPDATE cases SET creditor = ?1, number = ?2, debtor = ?3, due = ?5, status = ?4, balance = ?6, currency = ?7, {Changed}",
    ];

    public static CaseHead? Find(Connection connection, string caseId)
    {
        using var select = connection.Use("SELECT no, version, last_seq, head FROM cases WHERE id = ?");
        return select.Set(1, caseId).Step() ? new(select.Long(0), select.Long(1), select.Long(2), select.Bytes(3).ToArray()) : null;
    }

    public static ListedCase Read(Statement row)
    {
        var state = DomainJson.Read<DunningCase>(row.Bytes(13));
        var index = new CaseIndex(row.Text(2), row.Text(3), row.Text(4), (CaseStatus)row.Int(5), DateOnly.FromDayNumber(row.Int(6)), ListOrder.Amount(row.Long(7), row.Text(8)), Instants.Read(row.Long(10)))
        {
            DebtorName = state.Known?.Debtor.Name ?? "",
            WakeAt = Instants.Read(row.MaybeLong(9)),
            HasClaim = row.Bool(11),
            IsStopped = row.Bool(12),
        };
        return new(row.Text(0), row.Long(1), state, index);
    }

    /// <summary>Adds a case that has had its first events; null if it exists.</summary>
    public static long? Insert(Connection connection, WrittenState written, long lastSeq, byte[] hash)
    {
        using var insert = connection.Use("""
            INSERT INTO cases(creditor, number, debtor, status, due, balance, currency, wake_at, updated_at, has_claim, is_stopped, state,
              last_seq, head, id, folded_seq, version)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?13, ?14, ?15, ?13, 1) ON CONFLICT(id) DO NOTHING
            """);
        Bind(insert, written);
        insert.Set(13, lastSeq).Set(14, hash).Set(15, written.Commit.CaseId);
        if (insert.Run() == 0)
            return null;
        var no = connection.LastRow;
        DebtorRows.Keep(connection, written.Commit.Index);
        return no;
    }

    /// <summary>False if the version has moved.</summary>
    public static bool Update(Connection connection, WrittenState written, CaseHead after)
    {
        foreach (var sql in Updates)
            if (Update(connection, sql, written, after))
            {
                DebtorRows.Keep(connection, written.Commit.Index);
                return true;
            }
        return false;
    }

    private static bool Update(Connection connection, string sql, WrittenState written, CaseHead after)
    {
        using var update = connection.Use(sql);
        Bind(update, written);
        return update.Set(13, after.LastSeq).Set(14, after.Hash).Set(15, after.No).Set(16, written.Commit.Version).Run() == 1;
    }

    private static void Bind(Statement statement, WrittenState written)
    {
        var index = written.Commit.Index;
        statement.Set(1, index.Creditor).Set(2, index.Number).Set(3, index.Debtor).Set(4, (long)index.Status).Set(5, index.DueDate.DayNumber)
            .Set(6, ListOrder.Amount(index.Balance)).Set(7, index.Balance.Currency.Code).Set(8, index.WakeAt?.UtcTicks).Set(9, index.UpdatedAt.UtcTicks)
            .Set(10, index.HasClaim).Set(11, index.IsStopped).Set(12, written.State);
    }
}
