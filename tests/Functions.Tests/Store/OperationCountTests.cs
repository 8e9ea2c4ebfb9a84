using Dunning.Domain;
using Dunning.Functions.Store;
using Dunning.Service.Engine;
using static Dunning.StoreContract.Samples;

namespace Dunning.Functions.Tests.Store;

/// <summary>What each moment of a case costs in requests to storage; what an account bills follows from it.</summary>
public sealed class OperationCountTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private TestAccount _account = null!;

    private AzureStore Store => _account.Store;

    public async ValueTask InitializeAsync() => _account = await TestAccount.Create();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Each_moment_of_a_case_costs_few_requests()
    {
        var key = Message("a").Key;
        await Costs(3, "register", () => Store.Append([Register("a").With(i => i with { WakeAt = Now })], Never));
        await Costs(1, "look", () => Store.Load("a", Never));
        await Costs(4, "advance", () => Advance(new CaseEvent.WokeUp()));
        await Costs(1, "look whether the debtor has others", () => Store.Beside("a", "acme", "martin", Now, Never));
        await Costs(4, "claim", () => Advance(new CaseEvent.MessageClaimed(key), c => c with { Sent = Message("a"), Index = c.Index with { HasClaim = true } }));
        await Costs(1, "render again", () => Store.FindMessage(key, Never));
        await Costs(4, "record", () => Advance(new CaseEvent.MessageAccepted(key, "ref")));
        await Costs(5, "acknowledge a payment", () => Acknowledge(Pay("a", "p1"), null));
        await Costs(7, "acknowledge another, with an Idempotency-Key", () => Acknowledge(Pay("a", "p2"), new("s", "k", "f", 202, "{}", Now)));
        await Costs(5, "fold them", () => Advance(new CaseEvent.WokeUp()));
        await Costs(4, "the same payment again", () => Acknowledge(Pay("a", "p1"), null));
        await Costs(16 * 3 + 1, "a sweep that finds nothing", () => Store.Due(Now.AddYears(-1), 1000, Never));
    }

    private async Task Advance(CaseEvent @event, Func<CaseCommit, CaseCommit>? also = null)
    {
        var stored = (await Store.Load("a", Never))!;
        var commit = Fold(stored) with { Events = [new(stored.LastSeq + 1, Now, "engine", @event)] };
        commit = commit with { Index = commit.Index with { UpdatedAt = Now.AddMinutes(stored.Version) } };
        Assert.True(await Store.Commit(also is null ? commit : also(commit), Never));
    }

    // As the API does it: is the key used, what is the case, was the fact told, append on that condition.
    private async Task Acknowledge(CaseAppend append, Receipt? receipt)
    {
        if (receipt is not null)
            Assert.Null(await Store.FindReceipt(receipt.Scope, receipt.Key, Never));
        var stored = (await Store.Load("a", Never))!;
        if (await Store.FindFact(append.Creditor, append.Event.Id, Never) is null)
            Assert.IsType<AppendOutcome.Appended>((await Store.Append([append with { IfVersion = stored.Version, Receipt = receipt }], Never))[0]);
    }

    private async Task Costs(int most, string what, Func<Task> act)
    {
        _account.Wire.Forget();
        await act();
        var calls = _account.Wire.Calls;
        output.WriteLine($"{calls.Count,3} {what}: {string.Join(", ", calls.GroupBy(c => $"{c.Operation} {c.Resource["Dunning".Length..]}").Select(g => g.Count() > 1 ? $"{g.Count()} {g.Key}" : g.Key))}");
        Assert.True(calls.Count <= most, $"{what}: {calls.Count} requests, {most} at most");
    }
}
