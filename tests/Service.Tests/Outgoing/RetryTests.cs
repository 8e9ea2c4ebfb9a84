using Dunning.Service.Outgoing;

namespace Dunning.Service.Tests.Outgoing;

public sealed class RetryTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_waits_are_those_of_standard_webhooks()
    {
        Assert.Equal(new TimeSpan(75, 35, 5), RetrySchedule.Waits.Aggregate(TimeSpan.Zero, (sum, w) => sum + w));
        Assert.Equal(10, RetrySchedule.Waits.Count);
        Assert.Null(RetrySchedule.Next("evt_1", 10, Now));
    }

    [Fact]
    public void Chance_lengthens_a_wait_a_little_and_the_same_each_time()
    {
        var waits = Enumerable.Range(0, 200).Select(i => RetrySchedule.Next($"evt_{i}", 2, Now)!.Value - Now).ToList();
        Assert.All(waits, w => Assert.InRange(w, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.25)));
        Assert.True(waits.Distinct().Count() > 190);
        Assert.Equal(waits, Enumerable.Range(0, 200).Select(i => RetrySchedule.Next($"evt_{i}", 2, Now)!.Value - Now));
    }

    [Fact]
    public void Attempts_are_taken_by_an_endpoint_that_was_changed_meanwhile()
    {
        var delivery = new WebhookDelivery("evt_1", "invoice.paid", "7", Now) { NextAt = Now };
        var read = new WebhookEndpoint("hook-1", "acme", "https://a.example.org", Now, "6") { Pending = [delivery] };
        Attempt[] failed = [new(delivery, Now, new(500, null, 3), "{}"), new(new("evt_2", "invoice.paid", "8", Now), Now, new(200, null, 3), "{}")];
        // Somebody gave it another address, and had another delivery sent again.
        var changed = read with { Url = "https://b.example.org", Pending = [delivery, new("evt_0", "invoice.paid", "3", Now)] };
        var (after, dead) = AfterAttempts.Take(changed, failed, "6", "8", Now);
        Assert.Equal(("https://b.example.org", "8", 1L), (after.Url, after.Place, after.Delivered));
        Assert.Equal(["evt_0", "evt_1"], after.Pending.Select(p => p.Id));
        Assert.Null(after.FailingSince);
        Assert.Empty(dead);
        // One that was served by another program stays where that one left it.
        Assert.Equal("9", AfterAttempts.Take(changed with { Place = "9" }, failed, "6", "8", Now).Endpoint.Place);
    }
}
