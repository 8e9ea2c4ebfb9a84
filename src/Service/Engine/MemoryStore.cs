using Dunning.Domain;

namespace Dunning.Service.Engine;

/// <summary>
/// A store without durability: what simulations run on, and what the tests make crash. It keeps the rules of the port to the letter, so
/// that the engine cannot tell it from a real one.
/// </summary>
public sealed class MemoryStore : ICaseStore
{
    private sealed class Row
    {
        public required DunningCase State { get; set; }

        public required CaseIndex Index { get; set; }

        public long Version { get; set; } = 1;

        public List<LoggedEvent> Log { get; } = [];

        public int Folded { get; set; }
    }

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Row> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Creditor, string Fact), AppendOutcome.Known> _facts = [];
    private readonly Dictionary<MessageKey, OutgoingMessage> _messages = [];

    public Task<StoredCase?> Load(string caseId, CancellationToken ct)
    {
        lock (_lock)
            return Task.FromResult(_cases.TryGetValue(caseId, out var row)
                ? new StoredCase(caseId, row.Version, row.State, row.Log.Count, [.. row.Log.Skip(row.Folded)])
                : null);
    }

    public Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<AppendOutcome>>([.. appends.Select(Append)]);
    }

    public Task<bool> Commit(CaseCommit commit, CancellationToken ct)
    {
        lock (_lock)
        {
            if (!_cases.TryGetValue(commit.CaseId, out var row) || row.Version != commit.Version)
                return Task.FromResult(false);
            row.Log.AddRange(commit.Events);
            (row.State, row.Index, row.Folded, row.Version) = (commit.State, commit.Index, row.Log.Count, row.Version + 1);
            if (commit.Sent is { } message)
                _messages[message.Key] = message;
            return Task.FromResult(true);
        }
    }

    public Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct)
    {
        lock (_lock)
        {
            var due = _cases.Where(c => c.Value.Folded < c.Value.Log.Count || c.Value.Index.WakeAt <= now)
                .OrderBy(c => c.Value.Index.WakeAt ?? DateTimeOffset.MaxValue).ThenBy(c => c.Key, StringComparer.Ordinal).Take(limit);
            return Task.FromResult(new DueCases([.. due.Select(c => c.Key)], _cases.Values.Where(r => r.Index.WakeAt > now).Min(r => r.Index.WakeAt)));
        }
    }

    public Task<IReadOnlyList<string>> Orphans(CancellationToken ct) => Where(r => r.Index.HasClaim);

    public Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct) =>
        Where(r => r.Index.IsStopped && (creditor is null || r.Index.Creditor == creditor));

    public Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<string>>([.. _cases
                .Where(c => c.Key != caseId && c.Value.Index is var index && index.Creditor == creditor && index.Debtor == debtor)
                .Where(c => c.Value.Folded < c.Value.Log.Count || c.Value.Index.HasClaim || c.Value.Index.WakeAt <= now)
                .Select(c => c.Key).Order(StringComparer.Ordinal)]);
    }

    public Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct)
    {
        lock (_lock)
            return Task.FromResult(_messages.GetValueOrDefault(key));
    }

    public Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct)
    {
        lock (_lock)
            return Task.FromResult(_facts.GetValueOrDefault((creditor, factId)));
    }

    /// <summary>The whole log of a case, oldest first.</summary>
    public IReadOnlyList<LoggedEvent> Log(string caseId)
    {
        lock (_lock)
            return [.. _cases[caseId].Log];
    }

    private Task<IReadOnlyList<string>> Where(Func<Row, bool> which)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<string>>([.. _cases.Where(c => which(c.Value)).Select(c => c.Key).Order(StringComparer.Ordinal)]);
    }

    private AppendOutcome Append(CaseAppend append)
    {
        if (append.Event.Id.Length > 0 && _facts.TryGetValue((append.Creditor, append.Event.Id), out var known))
            return known;
        if (append.Created is { } created)
        {
            if (_cases.ContainsKey(append.CaseId))
                return new AppendOutcome.Exists();
            var born = new Row { State = created.State, Index = created.Index };
            born.Log.Add(new(1, append.At, append.By, append.Event));
            born.Log.AddRange(created.Events);
            born.Folded = born.Log.Count;
            _cases.Add(append.CaseId, born);
            Remember(append);
            return new AppendOutcome.Appended(1);
        }
        if (!_cases.TryGetValue(append.CaseId, out var row))
            return new AppendOutcome.NoSuchCase();
        if (append.IfVersion is { } version && version != row.Version)
            return new AppendOutcome.VersionMoved();
        row.Log.Add(new(row.Log.Count + 1, append.At, append.By, append.Event));
        row.Version++;
        Remember(append);
        return new AppendOutcome.Appended(row.Version);
    }

    private void Remember(CaseAppend append)
    {
        if (append.Event.Id.Length > 0)
            _facts.Add((append.Creditor, append.Event.Id), new(append.CaseId, append.Event, append.Answer));
    }
}
