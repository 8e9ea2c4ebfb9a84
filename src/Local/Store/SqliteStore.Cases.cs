using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Local.Store;

public sealed partial class SqliteStore
{
    public Task<StoredCase?> Load(string caseId, CancellationToken ct) =>
        _busy.Find(caseId) is { } busy ? Task.FromResult<StoredCase?>(busy.Stored) : _readers.Read(c => Load(c, caseId), ct);

    public async Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct)
    {
        if (appends.Count == 0)
            return [];
        var written = appends.Select(WrittenAppend.Of).ToArray();
        var outcomes = await _writer.Do(c => Array.ConvertAll(written, w => Appending.Append(c, w)), written.Sum(w => w.Bytes), ct, once: Remember);
        return Array.ConvertAll(outcomes, o => o.Outcome);

        void Remember((AppendOutcome Outcome, CaseHead? Added)[] appended)
        {
            foreach (var (append, (_, added)) in appends.Zip(appended))
                if (added is { } head)
                    _busy.Appended(append, head);
        }
    }

    public async Task<bool> Commit(CaseCommit commit, CancellationToken ct)
    {
        var written = WrittenState.Of(commit);
        var known = _busy.Find(commit.CaseId)?.Head;
        return await _writer.Do(c => Committing.Commit(c, written, known), written.Bytes, ct, once: Remember) is not null;

        void Remember(CaseHead? after)
        {
            if (after is { } head)
                _busy.Committed(commit, head);
            else
                _busy.Forget(commit.CaseId);
        }
    }

    public Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct) => _readers.Read(c => c.Snapshot(s => DueRows.Read(s, now, limit)), ct);

    public Task<IReadOnlyList<string>> Orphans(CancellationToken ct) =>
        _readers.Read<IReadOnlyList<string>>(c => Ids(c.Use("SELECT id FROM cases WHERE has_claim = 1 ORDER BY id")), ct);

    public Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct) => _readers.Read<IReadOnlyList<string>>(
        c => creditor is null
            ? Ids(c.Use("SELECT id FROM cases WHERE is_stopped = 1 ORDER BY id"))
            : Ids(c.Use("SELECT id FROM cases WHERE is_stopped = 1 AND creditor = ? ORDER BY id").Set(1, creditor)),
        ct);

    public Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct) =>
        _readers.Read<IReadOnlyList<string>>(
            c => Ids(c.Use("""
                SELECT id FROM cases INDEXED BY cases_debtor
                WHERE creditor = ? AND debtor = ? AND id <> ? AND (wake_at <= ? OR has_claim = 1 OR folded_seq < last_seq) ORDER BY id LIMIT 1000
                """).Set(1, creditor).Set(2, debtor).Set(3, caseId).Set(4, now.UtcTicks)),
            ct);

    public Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct) =>
        _readers.Read(c => Appending.Known(c, creditor, factId), ct);

    public Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct) => _readers.Read(
        c =>
        {
            using var select = c.Use("SELECT m.body FROM messages m JOIN cases c ON c.no = m.case_no WHERE c.id = ? AND m.key = ?");
            return select.Set(1, key.Case).Set(2, key.ToString()).Step() ? DomainJson.Read<OutgoingMessage>(select.Bytes(0)) : null;
        },
        ct);

    /// <summary>Gives the cases of a database from before lists were searched what they are found by; a commit does so for one whose log moves meanwhile.</summary>
    public async Task Relist(IPolicyBook policies, CancellationToken ct)
    {
        if (await _readers.Read(c => c.Ask("SELECT value FROM meta WHERE name = 'listed'"), ct) is not null)
            return;
        while (await _readers.Read(c => ListedRow.Without(c, 1000), ct) is { Count: > 0 } ids)
            foreach (var id in ids)
                if (await _readers.Read(c => Find(c, id), ct) is var (no, listed))
                {
                    var policy = await policies.Get(listed.State.Known!.Policy, ct);
                    await _writer.Do(c => Relist(c, no, listed.Index with { Traits = CaseTraits.Of(listed.State, policy) }), 500, ct);
                }
        await _writer.Do(c => c.Ask(Schema.Listed), 100, ct);
    }

    private static bool Relist(Connection connection, long no, CaseIndex index)
    {
        ListedRow.Add(connection, no, index);
        return true;
    }

    private static (long No, ListedCase Listed)? Find(Connection connection, string id) =>
        CaseRow.Find(connection, id) is { } head ? (head.No, FindCase(connection, head.No)) : null;

    /// <summary>The sequence number of the first event of a case that was changed or taken away since; null when its log is whole.</summary>
    public Task<long?> FirstBroken(string caseId, CancellationToken ct) => _readers.Read(
        c => c.Snapshot(s => CaseRow.Find(s, caseId) is { } head
            ? ChainRow.FirstBroken(EventLog.Chain(s, head.No), head.LastSeq, head.Hash)
            : throw new KeyNotFoundException($"There is no case {caseId}.")),
        ct);

    private static StoredCase? Load(Connection connection, string caseId)
    {
        using var select = connection.Use("SELECT no, version, last_seq, folded_seq, state FROM cases WHERE id = ?");
        if (!select.Set(1, caseId).Step())
            return null;
        var (lastSeq, folded) = (select.Long(2), select.Long(3));
        // Bounded by what the row says: an event that comes between the two reads belongs to a later version.
        IReadOnlyList<LoggedEvent> unread = folded == lastSeq
            ? []
            : [.. EventLog.Read(connection, select.Long(0), folded, lastSeq, int.MaxValue).Select(e => e.Logged)];
        return new(caseId, select.Long(1), DomainJson.Read<DunningCase>(select.Bytes(4)), lastSeq, unread);
    }

    private static List<string> Ids(Statement select)
    {
        using (select)
        {
            var ids = new List<string>();
            while (select.Step())
                ids.Add(select.Text(0));
            return ids;
        }
    }
}
