using Dunning.Functions.Store;
using Dunning.Service.Engine;
using Dunning.StandIns;

namespace Dunning.Functions.Tests.Store;

/// <summary>Documents that change hands: the row of the former owner goes, at whatever instant the program dies, and never one that is true.</summary>
public sealed class OwnerTests : IAsyncLifetime
{
    private const string Table = "DunningDocuments";
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly Document First = new("webhook", "acme/stripe/evt_1", "waiting", "{}", 0);

    private TestAccount _account = null!;

    public async ValueTask InitializeAsync()
    {
        _account = await TestAccount.Create();
        Assert.True(await _account.Store.Put(First, null, Never));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Whoever_gives_a_document_away_leaves_no_row_behind()
    {
        Assert.Equal(2, Rows);
        Assert.True(await Give("applied", 1));
        Assert.Equal(2, Rows);
        Assert.Equal((0, 1), (await Count("waiting"), await Count("applied")));
        Assert.True(await Give(null, 2));
        Assert.Equal(1, Rows);
        Assert.True(await Give("waiting", 3));
        Assert.Equal((1, 0), (await Count("waiting"), await Count("applied")));
    }

    [Fact]
    public async Task A_write_that_was_overtaken_takes_no_row_away()
    {
        Assert.True(await Give("waiting", 1));
        Assert.False(await Give("applied", 1));
        Assert.Equal((1, 0), (await Count("waiting"), await Count("applied")));
    }

    [Fact]
    public async Task One_that_comes_back_while_it_is_given_away_is_found()
    {
        await When(c => c.Operation == "DeleteEntity", async () => Assert.True(await Give("waiting", 2, _account.Open())));
        Assert.True(await Give("applied", 1));
        Assert.Equal((1, 0), (await Count("waiting"), await Count("applied")));
        Later();
        Assert.Equal((1, 0), (await Count("waiting"), await Count("applied")));
    }

    [Theory]
    [InlineData("UpsertEntity"), InlineData("SubmitTransaction"), InlineData("DeleteEntity")]
    public async Task A_program_that_dies_while_it_gives_a_document_away_leaves_it_to_one_owner_and_in_time_no_stray(string before)
    {
        await When(c => c.Operation == before, () => throw new Crash());
        await Assert.ThrowsAsync<Crash>(() => Give("applied", 1));
        _account.Wire.Before = null;
        var owner = before == "DeleteEntity" ? "applied" : "waiting";
        Assert.Equal(owner, (await _account.Open().Get(First.Kind, First.Id, Never))!.Owner);
        await Settled(owner);
        Later();
        await Settled(owner);
        Assert.Equal(2, Rows);
        // Whoever was on his way all the time comes too late, or is found.
        var version = owner == "applied" ? 2 : 1;
        Assert.True(await Give("applied", version));
        await Settled("applied");
    }

    [Fact]
    public async Task A_stray_of_a_moment_ago_is_left_alone_its_write_may_be_on_its_way()
    {
        await When(c => c.Operation == "SubmitTransaction", async () =>
        {
            Assert.Equal(0, await Count("applied", _account.Open()));
            Assert.Equal(3, Rows);
        });
        Assert.True(await Give("applied", 1));
        Assert.Equal((0, 1), (await Count("waiting"), await Count("applied")));
    }

    [Fact]
    public async Task Storage_that_refuses_the_removal_does_not_undo_the_write()
    {
        _account.Wire.Before = call => call.Operation == "DeleteEntity" ? throw Wire.Failure(503, "ServerBusy") : Task.CompletedTask;
        Assert.True(await Give("applied", 1));
        Assert.Equal((0, 1), (await Count("waiting"), await Count("applied")));
    }

    [Fact]
    public async Task Of_what_waits_that_of_one_creditor_is_found_by_one_read_of_the_list_and_one_of_the_document()
    {
        foreach (var id in (string[])["acme-2/stripe/evt_1", "beta/stripe/evt_1", "zeta/stripe/" + new string('9', 100)])
            Assert.True(await _account.Store.Put(First with { Id = id }, null, Never));
        foreach (var (creditor, found) in ((string, string?)[])[("acme", First.Id), ("acme-2", "acme-2/stripe/evt_1"), ("acm", "acme-2/stripe/evt_1"), ("zeta", "zeta/stripe/" + new string('9', 100)), ("zz", null)])
        {
            _account.Wire.Forget();
            Assert.Equal(found, (await _account.Store.List(First.Kind, "waiting", creditor + "/", 1, Never)).SingleOrDefault()?.Id);
            Assert.True(_account.Wire.Calls.Count <= 2, creditor);
        }
    }

    private int Rows => _account.Tables.Count(Table);

    private async Task Settled(string owner)
    {
        foreach (var one in (string[])["waiting", "applied"])
            Assert.Equal(one == owner ? 1 : 0, await Count(one, _account.Open()));
    }

    private void Later() => _account.Tables.Clock = new InTwoHours(_account.Tables.Clock);

    private Task<bool> Give(string? owner, long version, AzureStore? by = null) => (by ?? _account.Store).Put(First with { Owner = owner, Version = version }, null, Never);

    private async Task<int> Count(string owner, AzureStore? by = null) => (await (by ?? _account.Store).List(First.Kind, owner, null, 9, Never)).Count;

    // Once, before the first such call.
    private Task When(Func<ServiceCall, bool> comes, Func<Task> act)
    {
        var done = false;
        _account.Wire.Before = async call =>
        {
            if (done || call.Resource != Table || !comes(call))
                return;
            done = true;
            await act();
        };
        return Task.CompletedTask;
    }

    private sealed class Crash : Exception;

    private sealed class InTwoHours(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + TimeSpan.FromHours(2);
    }
}
