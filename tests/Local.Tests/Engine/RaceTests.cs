using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Engine;

/// <summary>A store whose reads never agree with its writes: whoever asks is told, instead of being kept waiting for ever.</summary>
public sealed class RaceTests
{
    private static CancellationToken Never => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_advance_that_loses_every_race_gives_up_and_says_so()
    {
        var memory = new MemoryStore();
        await memory.Append([Samples.Register("a"), Samples.Pay("a", "p1")], Never);
        var failure = await Assert.ThrowsAsync<StoreUnavailable>(() => QuietHouse.Engine(new Overtaken(memory)).Advance("a", Never));
        Assert.Contains("Case a", failure.Message, StringComparison.Ordinal);
        Assert.Single((await memory.Load("a", Never))!.Unread);
    }

    [Fact]
    public async Task A_store_that_was_overtaken_many_times_is_no_store_that_is_down()
    {
        var memory = new MemoryStore();
        await memory.Append([Samples.Register("a"), Samples.Pay("a", "p1")], Never);
        await QuietHouse.Engine(new Overtaken(memory) { Times = 100 }).Advance("a", Never);
        Assert.Empty((await memory.Load("a", Never))!.Unread);
    }

    private sealed class Overtaken(ICaseStore store) : ICaseStore
    {
        public int Times { get; set; } = int.MaxValue;

        public Task<bool> Commit(CaseCommit commit, CancellationToken ct) => --Times >= 0 ? Task.FromResult(false) : store.Commit(commit, ct);

        public Task<StoredCase?> Load(string caseId, CancellationToken ct) => store.Load(caseId, ct);

        public Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct) => store.Append(appends, ct);

        public Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct) => store.Due(now, limit, ct);

        public Task<IReadOnlyList<string>> Orphans(CancellationToken ct) => store.Orphans(ct);

        public Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct) => store.Stopped(creditor, ct);

        public Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct) => store.Beside(caseId, creditor, debtor, now, ct);

        public Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct) => store.FindFact(creditor, factId, ct);

        public Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct) => store.FindMessage(key, ct);
    }
}
