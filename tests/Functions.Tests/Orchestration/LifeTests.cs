using Dunning.StandIns;

namespace Dunning.Functions.Tests.Orchestration;

/// <summary>The life of an invoice as its orchestration lives it.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task A_registered_invoice_is_asked_for_before_and_after_its_due_date_until_it_is_paid()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await world.MoveTo("2026-11-16T12:00:00+01:00");
        Assert.Equal(["2026-10-28 courtesy email", "2026-11-09 first email", "2026-11-16 second email", "2026-11-16 second sms"], world.Sent.Keys);
        var paid = await world.Post($"{path}/payments", new { id = "p1", amount = 1200.00m });
        Assert.Equal("paid", paid["status"]);
        await world.MoveTo("2027-01-31T12:00:00+01:00");
        Assert.Equal(4, world.Sent.Messages.Count);
        Assert.Equal("paid", (await world.Get(path))["status"]);
        Assert.Equal("completed", (await world.Get($"{path}/orchestration"))["status"]);
    }

    [Fact]
    public async Task A_life_of_four_messages_costs_at_most_forty_history_events_beside_the_hops_of_its_timers()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await world.MoveTo("2026-11-16T12:00:00+01:00");
        await world.Post($"{path}/payments", new { id = "p1", amount = 1200.00m });
        var count = world.Hub.Count(path.Split('/')[^1]);
        // A generation too full of hops gives way to a new one: its end and the next one's start.
        var renewals = 4 * (count.Generations - 1);
        var own = count.Total - count.OfTimerHops - renewals;
        Console.WriteLine($"History of a four-message life: {own} events, {count.OfTimerHops} more for hops of long timers, {renewals} for the renewals these cause; at most {count.OfLongestGeneration} between two.");
        Assert.Equal(4, world.Sent.Messages.Count);
        Assert.InRange(own, 1, 40);
        Assert.InRange(count.OfLongestGeneration, 1, 60);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_life_asks_of_storage_is_counted(bool paid)
    {
        await using var world = await AzureWorld.Begin(settled: s => s["DUNNING_PORTAL_KEY"] = "a-key-of-the-debtors-pages-of-the-tests");
        world.Account.Wire.Forget();
        world.Blobs.Wire.Forget();
        var path = await world.Register();
        await world.MoveTo(paid ? "2026-11-16T12:00:00+01:00" : "2027-01-15T12:00:00+01:00");
        if (paid)
            await world.Post($"{path}/payments", new { id = "p1", amount = 1200.00m });
        var (count, tables, blobs) = (world.Hub.Count(path.Split('/')[^1]), world.Account.Wire.Calls, world.Blobs.Wire.Calls);
        Console.WriteLine($"Storage of a life {(paid ? "of four messages, then paid" : "that nobody pays, to the end of the ladder")}: "
            + $"{tables.Count} table operations ({ByKind(tables)}), {blobs.Count} blob operations ({ByKind(blobs)}); {count}");
        // Eight of them are the debtor’s page (a look for each of six messages, the link’s row read and written), five ask who else of the debtor speaks, one says who the debtor is.
        Assert.InRange(tables.Count, 1, 164);
    }

    private static string ByKind(IReadOnlyList<ServiceCall> calls) => string.Join(", ", calls.GroupBy(c => c.Operation).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key}"));
}
