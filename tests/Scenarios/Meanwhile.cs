using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Scenarios;

/// <summary>A store, and what happens in the world while something is being appended to it: before it is there, and after.</summary>
public sealed class Meanwhile(ICaseStore store, Func<Task> before, Action after) : ICaseStore
{
    public async Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct)
    {
        await before();
        var outcomes = await store.Append(appends, ct);
        after();
        return outcomes;
    }

    public Task<StoredCase?> Load(string caseId, CancellationToken ct) => store.Load(caseId, ct);

    public Task<bool> Commit(CaseCommit commit, CancellationToken ct) => store.Commit(commit, ct);

    public Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct) => store.Due(now, limit, ct);

    public Task<IReadOnlyList<string>> Orphans(CancellationToken ct) => store.Orphans(ct);

    public Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct) => store.Stopped(creditor, ct);

    public Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct) => store.Beside(caseId, creditor, debtor, now, ct);

    public Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct) => store.FindFact(creditor, factId, ct);

    public Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct) => store.FindMessage(key, ct);
}
