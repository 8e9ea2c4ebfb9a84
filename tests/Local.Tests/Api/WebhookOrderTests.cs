using System.Globalization;
using static Dunning.Local.Tests.Api.Webhooks;

namespace Dunning.Local.Tests.Api;

/// <summary>The same deliveries, shuffled and doubled by a seed, leave every invoice in the same state (P11).</summary>
public sealed class WebhookOrderTests
{
    [Fact]
    public async Task Any_order_and_any_duplication_end_alike()
    {
        await using var host = await Webhooks.Host();
        var seeds = Environment.GetEnvironmentVariable("DUNNING_SEED") is { } seed
            ? [int.Parse(seed, CultureInfo.InvariantCulture)]
            : Enumerable.Range(Random.Shared.Next(1_000_000), 8).ToArray();
        foreach (var (story, balance, status) in new[] { (0, "250.00", "scheduled"), (1, "0.00", "paid"), (2, "1200.00", "scheduled") })
            foreach (var random in seeds.Select(s => (Seed: s, Chance: new Random(s))))
            {
                var (number, path) = await host.Invoiced();
                var events = Story(story, number).ToList();
                var told = events.Concat(events.Where(_ => random.Chance.Next(2) == 0)).ToArray();
                random.Chance.Shuffle(told);
                await Task.WhenAll(told.Chunk(3).Select(async part =>
                {
                    foreach (var @event in part)
                        Assert.Equal(200, (await host.Stripe(@event)).Status);
                }));
                var found = await host.Get(path);
                Assert.True((found["balance"], found["status"], found["overpaid"]) == (balance, status, "0.00"), $"DUNNING_SEED={random.Seed}, story {story}: {found["balance"]} {found["status"]} {found["overpaid"]}");
            }
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
    }

    private static IEnumerable<object> Story(int story, string number)
    {
        var (pi, ch) = ($"pi_{number}", $"ch_{number}");
        string Id(int i) => $"evt_{number}_{i}";
        yield return Event(Id(1), "payment_intent.processing", new { id = pi, amount = 120_000, currency = "eur", latest_charge = ch });
        yield return Event(Id(2), "payment_intent.succeeded", new { id = pi, amount_received = 120_000, currency = "eur", metadata = new { invoice_id = number } });
        yield return Event(Id(3), "payment_intent.succeeded", new { id = pi, amount_received = 120_000, currency = "eur", metadata = new { invoice_id = number } });
        yield return Event(Id(4), "checkout.session.completed", new { id = "cs_" + pi, payment_intent = pi, payment_status = "unpaid", amount_total = 120_000, currency = "eur" });
        if (story == 0)
        {
            yield return Event(Id(5), "refund.created", new { id = "re_1", payment_intent = pi, amount = 10_000, currency = "eur", status = "pending" });
            yield return Event(Id(6), "refund.updated", new { id = "re_1", payment_intent = pi, amount = 10_000, currency = "eur", status = "succeeded" });
            yield return Event(Id(7), "charge.refunded", new { id = ch, payment_intent = pi, amount = 120_000, amount_captured = 120_000, captured = true, amount_refunded = 10_000, currency = "eur" });
            yield return Event(Id(8), "charge.refunded", new { id = ch, payment_intent = pi, amount = 120_000, amount_captured = 120_000, captured = true, amount_refunded = 25_000, currency = "eur" });
        }
        if (story > 0)
        {
            yield return Event(Id(5), "charge.dispute.created", new { id = "dp_1", payment_intent = pi, amount = 120_000, currency = "eur", status = "needs_response" });
            yield return Event(Id(6), "charge.dispute.closed", new { id = "dp_1", payment_intent = pi, amount = 120_000, currency = "eur", status = story == 1 ? "won" : "lost" });
        }
    }
}
