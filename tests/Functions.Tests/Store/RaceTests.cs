using Dunning.Functions.Store;
using Dunning.Service.Engine;
using Dunning.StandIns;
using static Dunning.StoreContract.Samples;

namespace Dunning.Functions.Tests.Store;

/// <summary>Two programs on one account, at the worst moment of each other.</summary>
public sealed class RaceTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private TestAccount _account = null!;
    private AzureStore _other = null!;

    public async ValueTask InitializeAsync()
    {
        _account = await TestAccount.Create();
        _other = _account.Open();
        await _account.Store.Append([Register("a"), Register("b")], Never);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Of_two_appends_at_once_none_fails_and_none_is_lost()
    {
        await BeforeTransaction(async () => await _other.Append([Pay("a", "p2")], Never));
        Assert.Equal(new AppendOutcome.Appended(3), await Append(Pay("a", "p1")));
        var stored = (await _account.Store.Load("a", Never))!;
        Assert.Equal(["p2", "p1"], stored.Unread.Select(u => u.Event.Id));
        Assert.Null(await _account.Store.FirstBroken("a", Never));
    }

    [Fact]
    public async Task Appends_of_many_programs_to_one_case_are_all_in_its_log()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(p => Task.Run(async () =>
        {
            var store = _account.Open();
            var appended = new List<AppendOutcome>();
            for (var i = 0; i < 10; i++)
                appended.AddRange(await store.Append([Pay("a", $"p{p}-{i}")], Never));
            return appended;
        })));
        Assert.All(outcomes.SelectMany(o => o), o => Assert.IsType<AppendOutcome.Appended>(o));
        Assert.Equal(60, (await _account.Store.Load("a", Never))!.Unread.Select(u => u.Event.Id).Distinct().Count());
        Assert.Null(await _account.Store.FirstBroken("a", Never));
    }

    [Fact]
    public async Task A_claim_fails_when_a_payment_comes_before_it()
    {
        var looked = (await _account.Store.Load("a", Never))!;
        await BeforeTransaction(async () => await _other.Append([Pay("a", "p1")], Never));
        Assert.False(await _account.Store.Commit(Fold(looked) with { Sent = Message("a") }, Never));
        Assert.Null(await _account.Store.FindMessage(Message("a").Key, Never));
        Assert.Equal(["a"], (await _account.Store.Due(Now, 9, Never)).Cases);
        Assert.Equal(["a", "b"], (await _account.Store.Cases(new(), Never)).Items.Select(c => c.Id));
    }

    [Fact]
    public async Task An_append_that_a_fold_overtakes_is_unread_after_it()
    {
        await Append(Pay("a", "p1"));
        var looked = (await _other.Load("a", Never))!;
        await BeforeTransaction(async () => Assert.True(await _other.Commit(Fold(looked), Never)));
        Assert.Equal(new AppendOutcome.Appended(4), await Append(Pay("a", "p2")));
        Assert.Equal("p2", Assert.Single((await _account.Store.Load("a", Never))!.Unread).Event.Id);
        Assert.Equal(["a"], (await _account.Store.Due(Now, 9, Never)).Cases);
    }

    [Fact]
    public async Task A_payment_that_comes_while_an_inbox_is_folded_is_still_found_by_the_sweep()
    {
        await Append(Pay("a", "p1"));
        var looked = (await _account.Store.Load("a", Never))!;
        // Committed; before the index row of the old inbox is taken away, the next payment comes.
        var committed = false;
        await AfterTransaction(async () =>
        {
            committed = true;
            await _other.Append([Pay("a", "p2")], Never);
        });
        Assert.True(await _account.Store.Commit(Fold(looked), Never));
        Assert.True(committed);
        Assert.Equal(["a"], (await _account.Store.Due(Now, 9, Never)).Cases);
    }

    [Fact]
    public async Task An_append_on_condition_of_a_version_is_refused_when_somebody_was_faster()
    {
        await BeforeTransaction(async () => await _other.Append([Pay("a", "p2")], Never));
        Assert.IsType<AppendOutcome.VersionMoved>(await Append(Pay("a", "p1") with { IfVersion = 1 }));
        Assert.IsType<AppendOutcome.Appended>(await Append(Pay("b", "p1")));
    }

    [Fact]
    public async Task One_fact_told_about_two_cases_at_once_is_about_one_of_them()
    {
        await BeforeTransaction(async () => Assert.IsType<AppendOutcome.Appended>((await _other.Append([Pay("b", "p1")], Never))[0]));
        Assert.Equal("b", Assert.IsType<AppendOutcome.Known>(await Append(Pay("a", "p1"))).CaseId);
        Assert.Empty((await _account.Store.Load("a", Never))!.Unread);
        Assert.Single((await _account.Store.Load("b", Never))!.Unread);
    }

    [Fact]
    public async Task One_request_sent_twice_at_once_has_one_effect()
    {
        var receipt = new Receipt("key-1", "abc", "f00d", 202, "{}", Now);
        await BeforeTransaction(async () => await _other.Append([Pay("b", "") with { Receipt = receipt }], Never));
        Assert.IsType<AppendOutcome.VersionMoved>(await Append(Pay("a", "") with { Receipt = receipt }));
        Assert.Empty((await _account.Store.Load("a", Never))!.Unread);
    }

    [Fact]
    public async Task A_status_that_changes_and_changes_back_at_once_keeps_its_place_in_the_lists()
    {
        // The first change has not taken away its old rows yet when the second makes them true again.
        var looked = (await _account.Store.Load("a", Never))!;
        await AfterTransaction(async () =>
        {
            var changed = Fold((await _other.Load("a", Never))!);
            Assert.True(await _other.Commit(changed, Never));
        });
        var held = Fold(looked);
        Assert.True(await _account.Store.Commit(held with { Index = held.Index with { Status = Domain.CaseStatus.Held, WakeAt = null } }, Never));
        Assert.Equal(["a", "b"], (await _account.Store.Cases(new() { Status = Domain.CaseStatus.Scheduled }, Never)).Items.Select(c => c.Id));
        Assert.Empty((await _account.Store.Cases(new() { Status = Domain.CaseStatus.Held }, Never)).Items);
        Assert.Equal(looked.State.Known!.Id, (await _account.Store.Due(Now.AddYears(1), 9, Never)).Cases[0]);
    }

    private async Task<AppendOutcome> Append(CaseAppend append) => (await _account.Store.Append([append], Never))[0];

    private Task BeforeTransaction(Func<Task> once) => Once(once, hook => _account.Wire.Before = hook);

    private Task AfterTransaction(Func<Task> once) => Once(once, hook => _account.Wire.After = hook);

    private static Task Once(Func<Task> once, Action<Func<ServiceCall, Task>> set)
    {
        var done = false;
        set(async call =>
        {
            if (done || call is not { Operation: "SubmitTransaction", Resource: "DunningCases" })
                return;
            done = true;
            await once();
        });
        return Task.CompletedTask;
    }
}
