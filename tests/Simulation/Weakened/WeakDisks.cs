using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Simulation;

/// <summary>A disk as good as the one behind it; those below each lack one thing.</summary>
internal abstract class WeakDisk(ICaseStore disk) : ICaseStore
{
    protected ICaseStore Disk => disk;

    public virtual Task<StoredCase?> Load(string caseId, CancellationToken ct) => disk.Load(caseId, ct);

    public virtual Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct) => disk.Append(appends, ct);

    public virtual Task<bool> Commit(CaseCommit commit, CancellationToken ct) => disk.Commit(commit, ct);

    public virtual Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct) => disk.Due(now, limit, ct);

    public Task<IReadOnlyList<string>> Orphans(CancellationToken ct) => disk.Orphans(ct);

    public Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct) => disk.Stopped(creditor, ct);

    public Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct) => disk.Beside(caseId, creditor, debtor, now, ct);

    public Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct) => disk.FindFact(creditor, factId, ct);

    public Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct) => disk.FindMessage(key, ct);
}

/// <summary>Says a claim is stored, shows it once, and stores nothing of it.</summary>
internal sealed class ForgetsClaims(ICaseStore disk) : WeakDisk(disk)
{
    private readonly Dictionary<string, DunningCase> _said = new(StringComparer.Ordinal);

    public override Task<bool> Commit(CaseCommit commit, CancellationToken ct)
    {
        if (commit.Sent is null)
            return base.Commit(commit, ct);
        _said[commit.CaseId] = commit.State;
        return Task.FromResult(true);
    }

    public override async Task<StoredCase?> Load(string caseId, CancellationToken ct) =>
        await base.Load(caseId, ct) is { } stored ? _said.Remove(caseId, out var said) ? stored with { State = said, Unread = [] } : stored : null;
}

/// <summary>Stores a claim whatever has arrived since the case was looked at.</summary>
internal sealed class ClaimsBlindly(ICaseStore disk) : WeakDisk(disk)
{
    public override async Task<bool> Commit(CaseCommit commit, CancellationToken ct) => await base.Commit(
        commit.Sent is null ? commit : commit with { Version = (await Disk.Load(commit.CaseId, ct))!.Version }, ct);
}

/// <summary>Shows a case without what has arrived for it, and lets it be written all the same.</summary>
internal sealed class HidesArrivals(ICaseStore disk) : WeakDisk(disk)
{
    public override async Task<StoredCase?> Load(string caseId, CancellationToken ct) =>
        await base.Load(caseId, ct) is { } stored ? stored with { Unread = [] } : null;
}

/// <summary>Takes every request for a new one.</summary>
internal sealed class ForgetsFacts(ICaseStore disk) : WeakDisk(disk)
{
    private int _asked;

    public override Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct) =>
        base.Append([.. appends.Select(a => a with { Creditor = $"{a.Creditor}#{_asked++}" })], ct);
}

/// <summary>Tears a transaction now and then: the state is there, its events are not.</summary>
internal sealed class TearsEvents(ICaseStore disk, Chance chance) : WeakDisk(disk)
{
    public override Task<bool> Commit(CaseCommit commit, CancellationToken ct) =>
        base.Commit(chance.OneIn(40) ? commit with { Events = [] } : commit, ct);
}

/// <summary>Tears a transaction now and then: the claim is there, what was sent is not.</summary>
internal sealed class TearsMessages(ICaseStore disk, Chance chance) : WeakDisk(disk)
{
    public override Task<bool> Commit(CaseCommit commit, CancellationToken ct) =>
        base.Commit(chance.OneIn(10) ? commit with { Sent = null } : commit, ct);
}

/// <summary>Answers an append before it is durable: the power may fail in between.</summary>
internal sealed class AnswersEarly(ICaseStore disk, Chance chance) : WeakDisk(disk)
{
    public override Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct) =>
        chance.OneIn(50) && appends[0].Created is null
            ? Task.FromResult<IReadOnlyList<AppendOutcome>>([.. appends.Select(_ => new AppendOutcome.Appended(1))])
            : base.Append(appends, ct);
}

/// <summary>Forgets who must be woken.</summary>
internal sealed class LosesWakeUps(ICaseStore disk) : WeakDisk(disk)
{
    public override async Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct)
    {
        var due = await base.Due(now, limit, ct);
        return due with { Cases = [.. due.Cases.Where(id => !id.EndsWith('1'))] };
    }
}

/// <summary>Shows every case as if nothing kept it silent.</summary>
internal sealed class HidesSilences(ICaseStore disk) : WeakDisk(disk)
{
    public override async Task<StoredCase?> Load(string caseId, CancellationToken ct)
    {
        var stored = await base.Load(caseId, ct);
        return stored?.State is DunningCase.Open { File: var file }
            ? stored with { State = new DunningCase.Open(file with { Silences = Silences.None }) }
            : stored;
    }
}
