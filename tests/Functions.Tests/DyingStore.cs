using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.TaskHub;

namespace Dunning.Functions.Tests;

/// <summary>The store, and a process that dies just before or just after one of its commits took effect.</summary>
public sealed class DyingStore(ICaseStore store) : ICaseStore
{
    private int _commits;

    /// <summary>Which commit the process dies at, counted from now; none when null.</summary>
    public (int Commit, bool After)? DiesAt { get; set; }

    public int Commits => _commits;

    public async Task<bool> Commit(CaseCommit commit, CancellationToken ct)
    {
        var number = ++_commits;
        if (DiesAt == (number, false))
            throw new ProcessDied($"before commit {number}");
        var done = await store.Commit(commit, ct);
        return DiesAt == (number, true) ? throw new ProcessDied($"after commit {number}") : done;
    }

    public Task<StoredCase?> Load(string caseId, CancellationToken ct) => store.Load(caseId, ct);

    public Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct) => store.Append(appends, ct);

    public Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct) => store.Due(now, limit, ct);

    public Task<IReadOnlyList<string>> Orphans(CancellationToken ct) => store.Orphans(ct);

    public Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct) => store.Stopped(creditor, ct);

    public Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct) => store.Beside(caseId, creditor, debtor, now, ct);

    public Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct) => store.FindFact(creditor, factId, ct);

    public Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct) => store.FindMessage(key, ct);
}
