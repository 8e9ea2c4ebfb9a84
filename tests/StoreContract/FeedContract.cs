using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Events;
using static Dunning.StoreContract.Samples;

namespace Dunning.StoreContract;

/// <summary>What was announced, whatever keeps it.</summary>
public abstract class FeedContract(ITestOutputHelper output)
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract ICaseStore Store { get; }

    protected abstract IEventFeed Feed { get; }

    /// <summary>Lets time pass, where the feed goes by it.</summary>
    protected abstract void Pass(TimeSpan time);

    [Fact]
    public async Task What_a_commit_announces_is_in_its_creditors_feed_with_the_commit()
    {
        await Store.Append([Register("a"), Register("b", creditor: "other")], Never);
        await Store.Append([Pay("a", "p1", 1200m)], Never);
        Assert.Empty(await All("acme"));
        var commit = Announce((await Store.Load("a", Never))!);
        Assert.True(await Store.Commit(commit, Never));
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(["payment.received", "invoice.paid", "invoice.statusChanged"], (await All("acme")).Select(t => t.News.Type));
        Assert.Equal(Announcing.Of(commit), (await All("acme")).Select(t => t.News));
        Assert.Empty(await All("other"));
        foreach (var told in await All("acme"))
            Assert.Equal(told.News, await Feed.Find("acme", told.Place, Never));
        Assert.Null(await Feed.Find("other", (await All("acme"))[0].Place, Never));
    }

    [Fact]
    public async Task A_registration_and_a_commit_that_lost_its_race_announce_nothing()
    {
        await Store.Append([Register("a")], Never);
        await Store.Append([Pay("a", "p1")], Never);
        var stale = Announce((await Store.Load("a", Never))!);
        await Store.Append([Pay("a", "p2", 50m)], Never);
        Assert.False(await Store.Commit(stale, Never));
        Pass(TimeSpan.FromMinutes(1));
        Assert.Empty(await All("acme"));
        await Commit("a");
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(["payment.received", "payment.received"], (await All("acme")).Select(t => t.News.Type));
    }

    [Fact]
    public async Task A_feed_is_read_page_by_page_and_by_type_and_its_end_is_a_place_too()
    {
        await Store.Append([Register("a"), Register("b")], Never);
        foreach (var (id, fact) in ((string, string)[])[("a", "p1"), ("b", "p2"), ("a", "p3")])
        {
            await Store.Append([Pay(id, fact, fact == "p3" ? 1100m : 100m)], Never);
            await Commit(id);
            Pass(TimeSpan.FromSeconds(1));
        }
        Pass(TimeSpan.FromMinutes(1));
        var all = await All("acme");
        Assert.Equal(["a", "b", "a", "a", "a"], all.Select(t => t.News.CaseId));
        var first = (await Feed.Read("acme", null, null, 2, Never))!;
        Assert.Equal(all.Take(2), first.Items);
        Assert.Equal(all.Skip(2), (await Feed.Read("acme", first.Next, null, 9, Never))!.Items);
        var paid = (await Feed.Read("acme", null, ["invoice.paid", "payment.reversed"], 9, Never))!;
        Assert.Equal("invoice.paid", Assert.Single(paid.Items).News.Type);
        Assert.Empty((await Feed.Read("acme", paid.Next, null, 9, Never))!.Items);
        Assert.True(Feed.IsPlace(paid.Next) && Feed.IsPlace(await Feed.End("acme", Never)) && !Feed.IsPlace("nowhere!"));
        await Store.Append([Pay("b", "p4")], Never);
        await Commit("b");
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("payment.received", Assert.Single((await Feed.Read("acme", paid.Next, null, 9, Never))!.Items).News.Type);
    }

    [Fact]
    public async Task What_is_old_goes_and_a_place_before_it_is_known_for_one()
    {
        await Store.Append([Register("a")], Never);
        await Pay(1);
        var old = (await Feed.Read("acme", null, null, 1, Never))!.Next;
        await Pay(2);
        Pass(TimeSpan.FromDays(40));
        while (await Feed.Prune("acme", Now.AddYears(1), Never))
            continue;
        Assert.Empty(await All("acme"));
        Assert.Null(await Feed.Read("acme", old, null, 9, Never));
        await Pay(3);
        Assert.Single(await All("acme"));

        async Task Pay(int n)
        {
            await Store.Append([Samples.Pay("a", $"p{n}", n)], Never);
            var commit = Announce((await Store.Load("a", Never))!);
            // Written a year after the others, so that it is not old.
            Assert.True(await Store.Commit(n < 3 ? commit : commit with { Index = commit.Index with { UpdatedAt = Now.AddYears(2) } }, Never));
            Pass(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Whoever_goes_on_after_a_place_misses_nothing_however_many_write_at_once()
    {
        const int writers = 6, each = 15;
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await Store.Append([.. Enumerable.Range(0, writers * 2).Select(i => Register($"c{i}"))], Never);
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            var chance = new Random(seed + w);
            for (var i = 0; i < each; i++)
            {
                var id = $"c{chance.Next(writers * 2)}";
                await Store.Append([Samples.Pay(id, $"p{w}-{i}", 1m + w)], Never);
                while (await Store.Load(id, Never) is { Unread.Count: > 0 } stored && !await Store.Commit(Announce(stored), Never))
                    continue;
                Pass(TimeSpan.FromSeconds(chance.Next(8)));
            }
        })));
        var (seen, place) = (new List<string>(), (string?)null);
        for (var last = false; ;)
        {
            var page = (await Feed.Read("acme", place, null, 7, Never))!;
            seen.AddRange(page.Items.Select(i => i.News.Id));
            place = page.Next;
            if (page.Items.Count > 0)
                continue;
            if (last)
                break;
            last = writing.IsCompleted;
            if (last)
                Pass(TimeSpan.FromMinutes(5));
            await Task.Yield();
        }
        await writing;
        Assert.Equal(writers * each, seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(seen, (await All("acme")).Select(t => t.News.Id));
    }

    protected async Task Commit(string id) => Assert.True(await Store.Commit(Announce((await Store.Load(id, Never))!), Never));

    protected async Task<IReadOnlyList<Told>> All(string creditor) => (await Feed.Read(creditor, null, null, 10_000, Never))!.Items;

    /// <summary>A commit that folds what was loaded, with what the engine says of it.</summary>
    protected static CaseCommit Announce(StoredCase stored)
    {
        var changes = new List<CaseChange>();
        var state = stored.State;
        foreach (var unread in stored.Unread)
        {
            var after = Decider.Decide(state, unread.Event, Samples.Policy, unread.At).State;
            changes.Add(new(unread, state, after, Samples.Policy));
            state = after;
        }
        return Fold(stored) with { Changes = changes };
    }
}
