using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.StandIns;
using static Dunning.StoreContract.Samples;

namespace Dunning.Functions.Tests.Store;

/// <summary>A program that dies between two requests, and what the next one finds.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly Receipt Answered = new("key-1", "abc", "f00d", 202, "{}", Now);
    private TestAccount _account = null!;

    public async ValueTask InitializeAsync()
    {
        _account = await TestAccount.Create();
        await _account.Store.Append([Register("a"), Register("b")], Never);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("a"), InlineData("b")]
    public async Task A_name_reserved_by_an_append_that_never_happened_is_taken_over(string second)
    {
        await Dies(() => _account.Store.Append([Pay("a", "p1") with { Receipt = Answered }], Never));
        var restarted = _account.Open();
        Assert.Null(await restarted.FindFact("acme", "p1", Never));
        Assert.Null(await restarted.FindReceipt("key-1", "abc", Never));
        Assert.IsType<AppendOutcome.Appended>((await restarted.Append([Pay(second, "p1") with { Receipt = Answered }], Never))[0]);
        Assert.Equal(second, (await restarted.FindFact("acme", "p1", Never))!.CaseId);
        Assert.Equal(Answered, await restarted.FindReceipt("key-1", "abc", Never));
        Assert.Equal(second, Assert.IsType<AppendOutcome.Known>((await restarted.Append([Pay("b", "p1")], Never))[0]).CaseId);
    }

    [Fact]
    public async Task An_append_whose_name_was_taken_over_comes_too_late()
    {
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _account.Wire.Before = async call =>
        {
            if (!IsTransaction(call))
                return;
            _account.Wire.Before = null;
            arrived.SetResult();
            await goOn.Task;
        };
        var late = _account.Store.Append([Pay("a", "p1")], Never);
        await arrived.Task;
        Assert.IsType<AppendOutcome.Appended>((await _account.Open().Append([Pay("b", "p1")], Never))[0]);
        goOn.SetResult();
        Assert.Equal("b", Assert.IsType<AppendOutcome.Known>((await late)[0]).CaseId);
        Assert.Empty((await _account.Store.Load("a", Never))!.Unread);
    }

    [Fact]
    public async Task A_name_goes_from_hand_to_hand_and_back_and_is_told_once()
    {
        foreach (var id in (string[])["a", "b", "a", "b", "a"])
            await Dies(() => _account.Open().Append([Pay(id, "p1")], Never));
        Assert.IsType<AppendOutcome.Appended>((await _account.Open().Append([Pay("b", "p1")], Never))[0]);
        Assert.Equal("b", (await _account.Store.FindFact("acme", "p1", Never))!.CaseId);
        Assert.Empty((await _account.Open().Load("a", Never))!.Unread);
    }

    [Fact]
    public async Task Index_rows_of_a_commit_that_never_happened_are_ignored_and_in_time_taken_away()
    {
        var stored = (await _account.Store.Load("a", Never))!;
        var commit = Fold(stored) with { Opened = [Chore("a", 1)] };
        var rows = _account.Tables.Count("DunningIndex");
        await Dies(() => _account.Store.Commit(
            commit with { Index = commit.Index with { Status = CaseStatus.Held, DueDate = new(2026, 1, 1), WakeAt = Now, HasClaim = true, IsStopped = true } }, Never));
        var withStrays = _account.Tables.Count("DunningIndex");
        Assert.True(withStrays > rows);
        await NothingChanged();
        await Everything(_account.Open());
        // Their commit may still be on its way.
        Assert.Equal(withStrays, _account.Tables.Count("DunningIndex"));

        _account.Tables.Clock = new Later(_account.Tables.Clock, TimeSpan.FromHours(2));
        await NothingChanged(_account.Open());
        await Everything(_account.Open());
        Assert.Equal(rows, _account.Tables.Count("DunningIndex"));
    }

    [Fact]
    public async Task Index_rows_that_a_commit_left_behind_are_ignored()
    {
        await _account.Store.Append([Pay("a", "p1", 1200m)], Never);
        var stored = (await _account.Store.Load("a", Never))!;
        var rows = _account.Tables.Count("DunningIndex");
        _account.Wire.After = call => IsTransaction(call) ? throw new Crash() : Task.CompletedTask;
        await Assert.ThrowsAsync<Crash>(() => _account.Store.Commit(Fold(stored), Never));
        _account.Wire.After = null;
        var restarted = _account.Open();
        Assert.Equal(["b"], (await restarted.Cases(new() { Status = CaseStatus.Scheduled }, Never)).Items.Select(c => c.Id));
        Assert.Equal(["a"], (await restarted.Cases(new() { Status = CaseStatus.Paid }, Never)).Items.Select(c => c.Id));
        Assert.Equal(2, (await restarted.Cases(new() { Sort = "-balance" }, Never)).Items.Count);
        Assert.DoesNotContain("a", (await restarted.Due(Now.AddYears(1), 9, Never)).Cases);
        Assert.True(_account.Tables.Count("DunningIndex") > rows);
    }

    [Fact]
    public async Task A_registration_that_never_happened_can_be_made_again()
    {
        await Dies(() => _account.Store.Append([Register("c", fact: "r1") with { Receipt = Answered }], Never));
        var restarted = _account.Open();
        Assert.Null(await restarted.Load("c", Never));
        Assert.DoesNotContain("c", (await restarted.Cases(new(), Never)).Items.Select(i => i.Id));
        Assert.Equal(new AppendOutcome.Appended(1), (await restarted.Append([Register("c", fact: "r1") with { Receipt = Answered }], Never))[0]);
        Assert.Contains("c", (await restarted.Cases(new(), Never)).Items.Select(i => i.Id));
    }

    [Fact]
    public async Task An_append_that_died_before_it_happened_leaves_nothing_due()
    {
        await Dies(() => _account.Store.Append([Pay("a", "p1")], Never));
        Assert.Empty((await _account.Open().Due(Now, 9, Never)).Cases);
    }

    private async Task NothingChanged(ICaseStore? with = null)
    {
        var restarted = _account.Open();
        Assert.Equal(["a", "b"], (await restarted.Cases(new() { Status = CaseStatus.Scheduled }, Never)).Items.Select(c => c.Id));
        Assert.Empty((await restarted.Cases(new() { Status = CaseStatus.Held }, Never)).Items);
        Assert.Empty((await restarted.Tasks(new(), Never)).Items);
        Assert.Empty(await restarted.Orphans(Never));
        Assert.Empty(await restarted.Stopped(null, Never));
        Assert.Empty((await (with ?? restarted).Due(Now, 9, Never)).Cases);
    }

    // Whoever walks every index meets every stray.
    private static async Task Everything(Dunning.Functions.Store.AzureStore store)
    {
        foreach (var creditors in (string[]?[])[null, ["acme"]])
        {
            foreach (var sort in (string[])["dueDate", "-dueDate", "balance", "-balance", "number", "-number", "updatedAt", "-updatedAt"])
                await store.Cases(new() { Sort = sort, Creditors = creditors }, Never);
            foreach (var sort in (string[])["dueDate", "-dueDate"])
                await store.Cases(new() { Sort = sort, Creditors = creditors, Status = CaseStatus.Held }, Never);
            await store.Cases(new() { Debtor = "martin", Creditors = creditors }, Never);
            await store.Tasks(new() { Creditors = creditors }, Never);
            await store.Tasks(new() { Creditors = creditors, Kind = TaskKind.Call }, Never);
        }
        await store.Stopped("acme", Never);
        await store.Due(Now.AddYears(2), 9, Never);
    }

    [Fact]
    public async Task What_is_owed_is_told_once_though_commits_died_between_their_index_and_their_case()
    {
        var commit = Fold((await _account.Store.Load("a", Never))!);
        await Dies(() => _account.Store.Commit(commit with { Index = commit.Index with { Balance = Money.Zero(Currency.Euro), Status = CaseStatus.Paid } }, Never));
        var owed = new List<OwedCase>();
        await foreach (var one in _account.Open().Owed("acme", Never))
            owed.Add(one);
        Assert.Equal(["F-a 1200.00 EUR", "F-b 1200.00 EUR"], owed.Select(o => $"{o.Number} {o.Balance}").Order());
    }

    private async Task Dies(Func<Task> act)
    {
        _account.Wire.Before = call => IsTransaction(call) ? throw new Crash() : Task.CompletedTask;
        await Assert.ThrowsAsync<Crash>(act);
        _account.Wire.Before = null;
    }

    private static bool IsTransaction(ServiceCall call) => call is { Operation: "SubmitTransaction", Resource: "DunningCases" };

    private sealed class Crash : Exception;

    private sealed class Later(TimeProvider clock, TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + by;
    }
}
