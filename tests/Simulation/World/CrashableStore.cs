using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Simulation;

/// <summary>
/// The store as a process sees it: every call may be the last thing it does, before the disk heard of it or after. What the disk did is
/// told to the promises in the same breath, so that nothing comes between an effect and its check.
/// </summary>
internal sealed class CrashableStore(ICaseStore disk, Turnstile turnstile, Chance chance, Func<Faults> faults, Witness witness) : ICaseStore
{
    public Task<StoredCase?> Load(string caseId, CancellationToken ct) => Through(() => disk.Load(caseId, ct));

    public Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct) =>
        Through(() => disk.Append(appends, ct));

    /// <summary>Called when a claim is on its way to the disk: the last moment something can arrive before it.</summary>
    public Action<string> Claiming { get; set; } = _ => { };

    public Task<bool> Commit(CaseCommit commit, CancellationToken ct)
    {
        if (commit.Sent is not null)
            Claiming(commit.CaseId);
        return Through(async () =>
        {
            var before = commit.Sent is null ? null : witness.Before(commit);
            var stored = await disk.Commit(commit, ct);
            witness.Committed(commit, stored, before);
            return stored;
        });
    }

    public Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct) => Through(() => disk.Due(now, limit, ct));

    public Task<IReadOnlyList<string>> Orphans(CancellationToken ct) => Through(() => disk.Orphans(ct));

    public Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct) => Through(() => disk.Stopped(creditor, ct));

    public Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct) => Through(() => disk.Beside(caseId, creditor, debtor, now, ct));

    public Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct) => Through(() => disk.FindFact(creditor, factId, ct));

    public Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct) => Through(() => disk.FindMessage(key, ct));

    private async Task<T> Through<T>(Func<Task<T>> call)
    {
        await turnstile.Pause();
        if (chance.OneIn(faults().DiskFull))
        {
            witness.Tally.Count("disk full");
            throw new StoreUnavailable("the disk is full", new IOException());
        }
        var result = await call();
        await turnstile.Pause();
        return result;
    }
}
