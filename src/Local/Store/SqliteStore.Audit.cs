using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Local.Store;

public sealed partial class SqliteStore : IAuditStore
{
    public Task<ChainHead?> Head(string caseId, CancellationToken ct) => _readers.Read(c => HeadRows.Find(c, caseId), ct);

    public IAsyncEnumerable<ChainHead> Heads(DateTimeOffset? since, CancellationToken ct) =>
        HeadRows.All(since, place => _readers.Read(c => HeadRows.Page(c, place), ct));

    public async Task<IReadOnlyList<ChainRow>> Chain(string caseId, CancellationToken ct) => await _readers.Read(c => EventLog.Chain(c, caseId), ct);

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
}
