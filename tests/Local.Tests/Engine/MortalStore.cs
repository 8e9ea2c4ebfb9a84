using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Local.Tests.Engine;

internal sealed class Died() : Exception("the process died");

/// <summary>A store whose process dies at one of its commits, before it took effect or after; once dead, nothing more is asked of it.</summary>
internal sealed class MortalStore(ICaseStore store) : ICaseStore
{
    private int _commits;

    public (int Commit, bool After)? DiesAt { get; set; }

    public bool IsDead { get; set; }

    /// <summary>Called with a commit on its way.</summary>
    public Action<CaseCommit> Before { get; set; } = _ => { };

    /// <summary>Called with a commit that was made, before whoever made it knows.</summary>
    public Func<CaseCommit, Task> After { get; set; } = _ => Task.CompletedTask;

    public async Task<bool> Commit(CaseCommit commit, CancellationToken ct)
    {
        Live();
        var number = ++_commits;
        IsDead = DiesAt == (number, false);
        Live();
        Before(commit);
        var done = await store.Commit(commit, ct);
        IsDead = DiesAt == (number, true);
        Live();
        await After(commit);
        return done;
    }

    public Task<StoredCase?> Load(string caseId, CancellationToken ct) => Alive(() => store.Load(caseId, ct));

    public Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct) => Alive(() => store.Append(appends, ct));

    public Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct) => Alive(() => store.Due(now, limit, ct));

    public Task<IReadOnlyList<string>> Orphans(CancellationToken ct) => Alive(() => store.Orphans(ct));

    public Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct) => Alive(() => store.Stopped(creditor, ct));

    public Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct) =>
        Alive(() => store.Beside(caseId, creditor, debtor, now, ct));

    public Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct) => Alive(() => store.FindFact(creditor, factId, ct));

    public Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct) => Alive(() => store.FindMessage(key, ct));

    private Task<T> Alive<T>(Func<Task<T>> ask)
    {
        Live();
        return ask();
    }

    private void Live()
    {
        if (IsDead)
            throw new Died();
    }
}
