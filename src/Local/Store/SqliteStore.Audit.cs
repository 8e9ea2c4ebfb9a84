using System.Runtime.CompilerServices;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Local.Store;

public sealed partial class SqliteStore : IAuditStore
{
    private const int HeadsAtOnce = 2000;

    public Task<ChainHead?> Head(string caseId, CancellationToken ct) => _readers.Read(
        c =>
        {
            using var select = c.Use("SELECT id, creditor, last_seq, head FROM cases WHERE id = ?");
            return select.Set(1, caseId).Step() ? ReadHead(select, 0) : null;
        },
        ct);

    public async IAsyncEnumerable<ChainHead> Heads(DateTimeOffset? since, [EnumeratorCancellation] CancellationToken ct)
    {
        // By creditor and instant: what sleeps is not read.
        for (var (creditor, at, no) = ("", since?.UtcTicks ?? 0, 0L); ;)
        {
            var page = await _readers.Read(c => Heads(c, creditor, at, no), ct);
            foreach (var (head, _, _) in page)
                yield return head;
            if (page is [.., var last])
                (creditor, at, no) = (last.Head.Creditor, last.At, last.No);
            if (page.Count == HeadsAtOnce)
                continue;
            if (await _readers.Read(c => NextCreditor(c, creditor), ct) is not { } next)
                yield break;
            (creditor, at, no) = (next, since?.UtcTicks ?? 0, 0);
        }
    }

    public Task<IReadOnlyList<ChainRow>> Chain(string caseId, CancellationToken ct) => _readers.Read<IReadOnlyList<ChainRow>>(
        c => c.Snapshot(s => CaseRow.Find(s, caseId) is { } head ? EventLog.Chain(s, head.No) : []), ct);

    public Task Forget(string caseId, PersonalKinds kinds, CancellationToken ct) => _writer.Do(
        c =>
        {
            if (CaseRow.Find(c, caseId) is not { } head)
                return false;
            EventLog.Forget(c, head.No, kinds);
            if (kinds.HasFlag(PersonalKinds.Message))
                ForgetMessages(c, head.No);
            if (!kinds.HasFlag(PersonalKinds.Text))
                return true;
            using var answers = c.Use("UPDATE facts SET answer = NULL WHERE event_no > ? AND event_no < ?");
            answers.Set(1, head.No * Schema.EventsPerCase).Set(2, (head.No + 1) * Schema.EventsPerCase).Run();
            return true;
        },
        0,
        ct,
        once: _ => _busy.Forget(caseId));

    public async Task ForgetAnswers(Func<string, bool> names, CancellationToken ct)
    {
        var named = await _readers.Read(c => Receipts.Naming(c, names), ct);
        foreach (var (scope, key) in named)
            await _writer.Do(c => Receipts.Empty(c, scope, key), 0, ct);
    }

    public Task<bool> PruneReceipts(DateTimeOffset before, CancellationToken ct) => _writer.Do(c => Receipts.Prune(c, before), 0, ct);

    /// <summary>The write-ahead log holds pages as they were before: it is emptied. A reader that is slow keeps it until the next time.</summary>
    public async Task Scrub(CancellationToken ct)
    {
        Connection? writer = null;
        await _writer.Do(c => (writer = c) is not null, 0, ct, once: _ => writer!.Ask("PRAGMA wal_checkpoint(TRUNCATE)"));
    }

    private static void ForgetMessages(Connection connection, long caseNo)
    {
        var messages = new List<(long No, OutgoingMessage Message)>();
        using (var select = connection.Use("SELECT no, body FROM messages WHERE case_no = ?"))
        {
            select.Set(1, caseNo);
            while (select.Step())
                messages.Add((select.Long(0), DomainJson.Read<OutgoingMessage>(select.Bytes(1))));
        }
        foreach (var (no, message) in messages)
        {
            using var update = connection.Use("UPDATE messages SET body = ? WHERE no = ?");
            update.Set(1, DomainJson.Write(Erasing.Of(message, PersonalKinds.Message))).Set(2, no).Run();
        }
    }

    private static List<(ChainHead Head, long At, long No)> Heads(Connection connection, string creditor, long at, long no)
    {
        using var select = connection.Use($"""
            SELECT no, updated_at, id, creditor, last_seq, head FROM cases INDEXED BY cases_updated
            WHERE creditor = ?1 AND (updated_at, no) > (?2, ?3) ORDER BY updated_at, no LIMIT {HeadsAtOnce}
            """);
        select.Set(1, creditor).Set(2, no == 0 ? at - 1 : at).Set(3, no == 0 ? long.MaxValue : no);
        var heads = new List<(ChainHead, long, long)>();
        while (select.Step())
            heads.Add((ReadHead(select, 2), select.Long(1), select.Long(0)));
        return heads;
    }

    private static string? NextCreditor(Connection connection, string after)
    {
        using var select = connection.Use("SELECT min(creditor) FROM cases WHERE creditor > ?");
        return select.Set(1, after).Step() ? select.MaybeText(0) : null;
    }

    private static ChainHead ReadHead(Statement row, int first) => new(row.Text(first), row.Text(first + 1), row.Long(first + 2), row.Bytes(first + 3).ToArray());
}
