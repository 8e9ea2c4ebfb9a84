using Dunning.Functions.Store;
using Dunning.Service;
using Dunning.Service.Engine;
using Dunning.Service.Events;
using Dunning.StoreContract;
using static Dunning.StoreContract.Samples;

namespace Dunning.Functions.Tests.Store;

public sealed class FeedTests(ITestOutputHelper output) : FeedContract(output), IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly Lock _lock = new();
    private readonly VirtualClock _clock = new(Now);
    private TestAccount _account = null!;
    private AzureStore _store = null!;

    protected override ICaseStore Store => _store;

    protected override IEventFeed Feed => _store;

    public async ValueTask InitializeAsync()
    {
        _account = await TestAccount.Create();
        _account.Tables.Clock = _clock;
        _store = _account.Open();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_could_still_get_company_before_it_is_held_back()
    {
        await Paid();
        Assert.Empty(await All("acme"));
        Pass(TimeSpan.FromSeconds(29));
        Assert.Empty(await All("acme"));
        Pass(TimeSpan.FromSeconds(2));
        Assert.Single(await All("acme"));
    }

    [Fact]
    public async Task A_commit_that_comes_after_its_place_was_passed_is_refused_and_told_at_a_later_one()
    {
        await Store.Append([Register("a")], Never);
        await Store.Append([Pay("a", "p1")], Never);
        var late = Announce((await Store.Load("a", Never))!);
        string? passed = null;
        var once = 0;
        _account.Wire.Before = async call =>
        {
            if (call is not { Operation: "SubmitTransaction", Resource: "DunningCases" } || Interlocked.Increment(ref once) != 1)
                return;
            // Its rows are in the feed; the commit hangs, and a reader goes by.
            Pass(TimeSpan.FromMinutes(2));
            var page = (await _account.Open().Read("acme", null, null, 9, Never))!;
            Assert.Empty(page.Items);
            passed = page.Next;
        };
        Assert.False(await Store.Commit(late, Never));
        Assert.NotNull(passed);
        await Commit("a");
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("payment.received", Assert.Single((await Feed.Read("acme", passed, null, 9, Never))!.Items).News.Type);
        Assert.Single(await All("acme"));
    }

    [Fact]
    public async Task A_program_that_dies_before_its_commit_leaves_nothing_anybody_reads()
    {
        await Store.Append([Register("a")], Never);
        await Store.Append([Pay("a", "p1")], Never);
        _account.Wire.Before = call => call is { Operation: "SubmitTransaction", Resource: "DunningCases" } ? throw new InvalidOperationException("killed") : Task.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.Commit(Announce((await Store.Load("a", Never))!), Never));
        _account.Wire.Before = null;
        Pass(TimeSpan.FromMinutes(1));
        Assert.Empty(await All("acme"));
        await Commit("a");
        Pass(TimeSpan.FromMinutes(1));
        Assert.Single(await All("acme"));
    }

    [Fact]
    public async Task What_goes_takes_with_it_what_made_it_true()
    {
        await Paid();
        Pass(TimeSpan.FromDays(40));
        Assert.False(await Feed.Prune("acme", _clock.GetUtcNow().AddDays(-31), Never));
        var left = new List<string>();
        await foreach (var row in _account.Table("DunningCases").QueryAsync<Azure.Data.Tables.TableEntity>(filter: "", cancellationToken: Never))
            left.Add(row.RowKey);
        Assert.DoesNotContain(left, key => key.StartsWith("told", StringComparison.Ordinal));
        Assert.False(await Feed.Prune("acme", _clock.GetUtcNow().AddDays(-31), Never));
    }

    protected override void Pass(TimeSpan time)
    {
        lock (_lock)
            _clock.MoveTo(_clock.GetUtcNow() + time);
    }

    private async Task Paid()
    {
        await Store.Append([Register("a")], Never);
        await Store.Append([Pay("a", "p1")], Never);
        await Commit("a");
    }
}
