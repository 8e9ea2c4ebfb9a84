using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Local.Store;

/// <summary>Writes what a decision changes: state, log, tasks and the message being claimed.</summary>
internal static class Committing
{
    /// <summary>The head of the case now; null, and nothing written, if the version has moved.</summary>
    public static CaseHead? Commit(Connection connection, WrittenState written, CaseHead? known)
    {
        var commit = written.Commit;
        if ((known ?? CaseRow.Find(connection, commit.CaseId)) is not { } head || head.Version != commit.Version)
            return null;
        var events = EventLog.Chain(head.LastSeq, head.Hash, written.Events);
        var after = new CaseHead(head.No, head.Version + 1, head.LastSeq + events.Count, events.Count == 0 ? head.Hash : events[^1].Hash);
        if (!CaseRow.Update(connection, written, after))
            return null;
        ListedRow.Change(connection, head.No, commit.Index);
        foreach (var chained in events)
            EventLog.Add(connection, head.No, chained);
        WriteAround(connection, head.No, written);
        return after;
    }

    /// <summary>What stands beside the case: its tasks, its message, what is announced of it.</summary>
    public static void WriteAround(Connection connection, long caseNo, WrittenState written)
    {
        var commit = written.Commit;
        foreach (var id in commit.Closed)
        {
            using var delete = connection.Use("DELETE FROM tasks WHERE id = ?");
            delete.Set(1, id).Run();
        }
        foreach (var task in commit.Opened)
            Open(connection, caseNo, commit.Index.Creditor, task);
        if (commit.Sent is { } message)
            Keep(connection, caseNo, message, written.Sent!);
        FeedRows.Add(connection, written.Announced, commit.Index.UpdatedAt);
    }

    private static void Open(Connection connection, long caseNo, string creditor, CaseTask task)
    {
        using var insert = connection.Use("INSERT OR REPLACE INTO tasks(id, case_no, creditor, kind, opened_at, body) VALUES(?, ?, ?, ?, ?, ?)");
        insert.Set(1, task.Id).Set(2, caseNo).Set(3, creditor).Set(4, (long)task.Kind).Set(5, task.OpenedAt.UtcTicks).Set(6, DomainJson.Write(task)).Run();
    }

    // A message put off is written anew, under the same key, on the day it leaves.
    private static void Keep(Connection connection, long caseNo, OutgoingMessage message, byte[] body)
    {
        using var insert = connection.Use("""
            INSERT INTO messages(case_no, key, at, body) VALUES(?, ?, ?, ?)
            ON CONFLICT(case_no, key) DO UPDATE SET at = excluded.at, body = excluded.body
            """);
        insert.Set(1, caseNo).Set(2, message.Key.ToString()).Set(3, message.WrittenAt.UtcTicks).Set(4, body).Run();
    }
}
