using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Simulation;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>
/// The worker's store with the promises looking on: each commit is judged by what the disk says once it is over, even where the worker never learns
/// what became of it.
/// </summary>
internal sealed class WatchedStore(ICaseStore store, IDisk disk, Witness witness, Action<string> claiming) : ICaseStore
{
    public async Task<bool> Commit(CaseCommit commit, CancellationToken ct)
    {
        if (commit.Sent is null)
            return await store.Commit(commit, ct);
        claiming(commit.CaseId);
        try
        {
            return await store.Commit(commit, ct);
        }
        finally
        {
            var before = Before(commit);
            witness.Committed(commit, before is not null, before);
        }
    }

    public Task<StoredCase?> Load(string caseId, CancellationToken ct) => store.Load(caseId, ct);

    public Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct) => store.Append(appends, ct);

    public Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct) => store.Due(now, limit, ct);

    public Task<IReadOnlyList<string>> Orphans(CancellationToken ct) => store.Orphans(ct);

    public Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct) => store.Stopped(creditor, ct);

    public Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct) => store.Beside(caseId, creditor, debtor, now, ct);

    public Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct) => store.FindFact(creditor, factId, ct);

    public Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct) => store.FindMessage(key, ct);

    // What the log held before the claim; null when the claim is not in it.
    private IReadOnlyList<LoggedEvent>? Before(CaseCommit commit)
    {
        var mine = commit.Events.ToList().FindLastIndex(e => e.Event is MessageClaimed c && c.Key == commit.Sent!.Key);
        var log = disk.Log(commit.CaseId);
        var claim = log.ToList().FindLastIndex(e => e.Event is MessageClaimed c && c.Key == commit.Sent!.Key && e.At == commit.Events[mine].At);
        return claim < 0 ? null : [.. log.Take(claim - mine)];
    }
}
