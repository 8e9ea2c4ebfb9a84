using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;
using static Dunning.StoreContract.QuietHouse;
using static Dunning.StoreContract.Samples;

namespace Dunning.StoreContract;

/// <summary>Events that nobody can read or apply, whatever keeps them: the case goes on, they stay, and the record says why they count for nothing.</summary>
public abstract class SetAsideContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract ICaseStore Store { get; }

    protected abstract ICaseLists Lists { get; }

    /// <summary>Writes other bytes over an event, behind the back of the store.</summary>
    protected abstract Task Spoil(string caseId, long seq, string body);

    [Fact]
    public async Task An_event_that_cannot_be_applied_is_set_aside_and_those_around_it_count()
    {
        await Begin(Pay("a", "p1"), Pay("a", "p2") with { Event = Dollars("p2") }, Pay("a", "p3"));
        Assert.Equal(1000m, (await Engine(Store).Look("a", Never))!.File.Balance.Amount);
        await Engine(Store).Advance("a", Never);
        var log = await Log();
        Assert.Equal(Dollars("p2"), log[2].Event);
        Assert.StartsWith("it cannot be applied: ", Assert.IsType<EventSetAside>(log[4].Event).Reason, StringComparison.Ordinal);
        Assert.Equal((5, 3, "engine"), (log.Count, ((EventSetAside)log[4].Event).Seq, log[4].By));
        var task = Assert.Single((await Lists.Tasks(new() { Kind = TaskKind.EventSetAside }, Never)).Items).Task;
        Assert.Equal("3", task.Subject);
        await GoesOn(800m);
    }

    [Theory]
    [InlineData("{\"type\":\"paymentReceived\",\"amo"), InlineData("{\"type\":\"somethingNew\"}"), InlineData(""), InlineData("[]"), InlineData("null")]
    [InlineData("{\"type\":\"paymentReceived\",\"id\":\"p2\"}"), InlineData("{\"type\":\"contactChanged\",\"id\":\"p2\"}"), InlineData("{\"type\":\"contactChanged\",\"debtor\":null}")]
    public async Task An_event_that_cannot_be_read_is_set_aside_and_those_around_it_count(string body)
    {
        await Begin(Pay("a", "p1"), Pay("a", "p2"), Pay("a", "p3"));
        await Spoil("a", 3, body);
        Assert.Equal(1000m, (await Engine(Store).Look("a", Never))!.File.Balance.Amount);
        await Engine(Store).Advance("a", Never);
        var log = await Log();
        var (read, told) = (Assert.IsType<EventSetAside>(log[2].Event), Assert.IsType<EventSetAside>(log[4].Event));
        Assert.StartsWith("it cannot be read: ", read.Reason, StringComparison.Ordinal);
        Assert.Equal((3, 5, read), (log[2].Seq, log[4].Seq, told));
        await GoesOn(800m);
    }

    [Fact]
    public async Task A_move_to_a_policy_that_nobody_has_is_set_aside()
    {
        await Begin(Pay("a", "m") with { Event = new PolicyMoved(new("nobody", 1)) { Id = "m" } });
        await Engine(Store).Advance("a", Never);
        Assert.Contains("nobody", Assert.IsType<EventSetAside>((await Log())[^1].Event).Reason, StringComparison.Ordinal);
        await GoesOn(1000m);
    }

    [Fact]
    public async Task What_cannot_be_looked_up_now_is_no_fault_of_the_event()
    {
        await Begin(Pay("a", "m") with { Event = new PolicyMoved(new("away", 1)) { Id = "m" } });
        await Assert.ThrowsAsync<StoreUnavailable>(() => Engine(Store).Advance("a", Never));
        Assert.Single((await Store.Load("a", Never))!.Unread);
        Assert.Equal(2, (await Log()).Count);
    }

    [Fact]
    public async Task An_inbox_of_which_nothing_can_be_read_is_passed_over()
    {
        await Begin(Pay("a", "p1"), Pay("a", "p2"));
        await Spoil("a", 2, "{");
        await Spoil("a", 3, "{");
        await Engine(Store).Advance("a", Never);
        Assert.Equal([2, 3, 2, 3], (await Log()).Select(e => e.Event).OfType<EventSetAside>().Select(e => e.Seq));
        await GoesOn(1000m);
    }

    [Fact]
    public async Task A_fact_that_cannot_be_read_any_more_is_known_and_not_told_a_second_time()
    {
        await Begin(Pay("a", "p1") with { Answer = "told" });
        await Spoil("a", 2, "{");
        var known = Assert.IsType<AppendOutcome.Known>(Assert.Single(await Store.Append([Pay("a", "p1")], Never)));
        Assert.Equal(("a", "told"), (known.CaseId, known.Answer));
        Assert.IsType<EventSetAside>(known.Event);
        Assert.Equal(2, (await Store.Load("a", Never))!.LastSeq);
    }

    private async Task Begin(params CaseAppend[] facts) => await Store.Append([Register("a"), .. facts], Never);

    // Nothing is left to do, nothing is set aside twice, and a payment of 200 counts.
    private async Task GoesOn(decimal balance)
    {
        var before = (await Log()).Count;
        await Engine(Store).Advance("a", Never);
        Assert.Equal(before, (await Log()).Count);
        Assert.Empty((await Store.Load("a", Never))!.Unread);
        Assert.Empty((await Store.Due(Now, 9, Never)).Cases);
        await Store.Append([Pay("a", "late", 200m)], Never);
        Assert.Equal(["a"], (await Store.Due(Now, 9, Never)).Cases);
        await Engine(Store).Advance("a", Never);
        Assert.Equal(balance, (await Store.Load("a", Never))!.State.Known!.Balance.Amount);
    }

    private async Task<List<LoggedEvent>> Log() => [.. (await Lists.Log("a", 0, 99, Never)).Select(e => e.Logged)];

    private static PaymentReceived Dollars(string id) => new(Money.Of(100m, Currency.Parse("USD")), new(2026, 10, 2), "bank") { Id = id };
}
