using Dunning.Service.Register;
using Microsoft.Extensions.DependencyInjection;
using static Dunning.Local.Tests.Api.Webhooks;

namespace Dunning.Local.Tests.Api;

/// <summary>What failed is seen, and can be tried again; what is in a delivery is seen by nobody.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task Deliveries_are_listed_by_what_became_of_them_without_what_is_in_them()
    {
        await using var host = await Webhooks.Host();
        var (number, _) = await host.Invoiced();
        await host.Stripe(Succeeded(number, 120_000));
        await host.Stripe(Event("evt_2", "payment_intent.succeeded", new { id = "pi_2", amount_received = 500, currency = "eur" }));
        await host.Stripe(Event("evt_3", "customer.created", new { id = "cus_1", email = "marie@example.org" }));
        await host.Stripe(Event("evt_4", "refund.created", new { id = "re_1", payment_intent = "pi_4", amount = 10_000, currency = "eur" }));
        var all = await Listed(host, "creditor=demo");
        Assert.Equal(["evt_1 applied", "evt_2 unmatched", "evt_3 ignored", "evt_4 kept"], all);
        Assert.Equal(["evt_2 unmatched"], await Listed(host, "creditor=demo&outcome=unmatched"));
        Assert.Equal(all, await Listed(host, "creditor=demo&provider=stripe"));
        Assert.Empty(await Listed(host, "creditor=demo&provider=adyen"));
        Assert.Equal(["evt_3 ignored"], await Listed(host, "outcome=ignored"));
        Assert.DoesNotContain("marie", (await host.Get("/api/webhook-deliveries")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logged, l => l.Contains("marie", StringComparison.Ordinal));
        var pages = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await host.Get($"/api/webhook-deliveries?creditor=demo&limit=3{(cursor.Length > 0 ? "&cursor=" + cursor : "")}");
            pages.AddRange(Rows(page));
            cursor = (string?)page.Json["nextCursor"];
        }
        Assert.Equal(all, pages);
    }

    [Fact]
    public async Task Each_key_sees_the_deliveries_of_its_own_creditors()
    {
        await using var host = await Webhooks.Host();
        await host.Put("/api/creditors/other", new { name = "Other" });
        await host.Stripe(Event("evt_1", "customer.created", new { id = "cus_1" }));
        var (theirs, ours) = (await host.NewKey("operator", "other"), await host.NewKey("operator", "demo"));
        Assert.Single(Rows(await host.Get("/api/webhook-deliveries", ours)));
        Assert.Empty(Rows(await host.Get("/api/webhook-deliveries", theirs)));
        Assert.Equal(404, (await host.Get("/api/webhook-deliveries?creditor=demo", theirs)).Status);
        Assert.Equal(404, (await host.Post("/api/webhook-deliveries/demo~stripe~evt_1/process", null, theirs)).Status);
        Assert.Equal(404, (await host.Post("/api/webhook-deliveries/demo~stripe~evt_2/process")).Status);
        Assert.Equal(400, (await host.Get("/api/webhook-deliveries", await host.NewKey("operator", "demo", "other"))).Status);
        Assert.Equal(["outcome", "limit"], (await host.Get("/api/webhook-deliveries?outcome=lost&limit=0")).Fields);
        Assert.Equal(403, (await host.Get("/api/webhook-deliveries", await host.NewKey("read", "demo"))).Status);
    }

    [Fact]
    public async Task One_that_failed_is_counted_and_pays_its_invoice_when_it_is_processed_again()
    {
        await using var host = await Webhooks.Host();
        var (number, path) = await host.Invoiced();
        // What is known of the payment cannot be read: a fault of ours, that somebody mends.
        var documents = host.Services.GetRequiredService<Registry>().Documents;
        Assert.True(await documents.Put(new("provider-payment", "demo/stripe/pi_1", "demo", "[]", 0), null, default));
        Assert.Equal(200, (await host.Stripe(Succeeded(number, 120_000))).Status);
        var failed = await host.Get("/api/webhook-deliveries?outcome=failed");
        Assert.Equal(("1", "0"), (failed["failed"], failed["payoutsFailed"]));
        Assert.Equal(("evt_1", "JsonException"), ((string?)failed.Json["items"]![0]!["eventId"], (string?)failed.Json["items"]![0]!["why"]));
        Assert.Equal("1200.00", (await host.Get(path))["balance"]);
        var payment = System.Text.Encoding.UTF8.GetString(Service.Json.DomainJson.Write(new Service.Webhooks.Folding.ProviderPayment("demo", "stripe", "pi_1")));
        Assert.True(await documents.Put(new("provider-payment", "demo/stripe/pi_1", "demo", payment, 1), null, default));
        Assert.Equal((202, "waiting"), await Again(host));
        Assert.Equal("paid", (await host.Get(path))["status"]);
        // And once more, for whoever is not sure: it counts once.
        Assert.Equal((202, "waiting"), await Again(host));
        Assert.Equal("0.00", (await host.Get(path))["overpaid"]);
        Assert.Equal("0", (await host.Get("/api/webhook-deliveries"))["failed"]);
    }

    [Fact]
    public async Task A_payout_that_failed_is_a_persons_business_and_touches_no_invoice()
    {
        await using var host = await Webhooks.Host();
        await host.Put("/api/creditors/demo/webhooks/gocardless", new { secrets = new[] { Secret } });
        var (number, path) = await host.Invoiced();
        await host.Stripe(Succeeded(number, 120_000));
        var before = (await host.Get(path)).Etag;
        await host.Stripe(Event("evt_2", "payout.failed", new { id = "po_1", amount = 120_000, currency = "eur", failure_code = "account_closed", metadata = new { invoice_id = number } }));
        await host.GoCardless(new { id = "EV1", resource_type = "payouts", action = "failed", links = new { payout = "PO1" }, details = new { cause = "payout_failed" } });
        await host.GoCardless(new { id = "EV2", resource_type = "payouts", action = "paid", links = new { payout = "PO1" } });
        var list = await host.Get("/api/webhook-deliveries?creditor=demo&outcome=payoutFailed");
        Assert.Equal("2", list["payoutsFailed"]);
        Assert.Equal(["PO1: payout_failed", "po_1: account_closed"], list.Json["items"]!.AsArray().Select(i => (string)i!["why"]!));
        Assert.Equal(before, (await host.Get(path)).Etag);
        Assert.Contains(host.Logged, l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains("payout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_payout_that_failed_waits_until_a_person_has_seen_to_it()
    {
        await using var host = await Webhooks.Host();
        var (number, _) = await host.Invoiced();
        await host.Stripe(Succeeded(number, 120_000));
        await host.Stripe(Event("evt_2", "payout.failed", new { id = "po_1", amount = 120_000, currency = "eur", failure_code = "account_closed" }));
        await host.Put("/api/creditors/other", new { name = "Other" });
        Assert.Equal(404, (await host.Post("/api/webhook-deliveries/demo~stripe~evt_2/seen-to", null, await host.NewKey("operator", "other"))).Status);
        Assert.Equal((409, "notWaiting"), await SeeTo(host, "evt_1"));
        Assert.Equal("1", (await host.Get("/api/webhook-deliveries"))["payoutsFailed"]);
        Assert.Equal((200, "seenTo"), await SeeTo(host, "evt_2"));
        Assert.Equal((200, "seenTo"), await SeeTo(host, "evt_2"));
        Assert.Equal("0", (await host.Get("/api/webhook-deliveries"))["payoutsFailed"]);
        Assert.Equal("po_1: account_closed", (string?)(await host.Get("/api/webhook-deliveries?outcome=seenTo")).Json["items"]![0]!["why"]);
    }

    [Fact]
    public async Task A_payment_of_nothing_is_not_said_to_be_applied()
    {
        await using var host = await Webhooks.Host();
        var (number, path) = await host.Invoiced();
        await host.Stripe(Succeeded(number, 0));
        Assert.Equal(["evt_1 ignored"], await Listed(host, "creditor=demo"));
        Assert.Equal("there is no money in it", (string?)(await host.Get("/api/webhook-deliveries")).Json["items"]![0]!["why"]);
        Assert.Equal("1200.00", (await host.Get(path))["balance"]);
    }

    private static async Task<(int, string)> SeeTo(TestHost host, string @event)
    {
        var reply = await host.Post($"/api/webhook-deliveries/demo~stripe~{@event}/seen-to");
        return (reply.Status, reply.Code ?? reply["outcome"]);
    }

    private static async Task<(int, string)> Again(TestHost host)
    {
        var reply = await host.Post("/api/webhook-deliveries/demo~stripe~evt_1/process");
        return (reply.Status, reply["outcome"]);
    }

    private static async Task<string[]> Listed(TestHost host, string query) => Rows(await host.Get($"/api/webhook-deliveries?{query}"));

    private static string[] Rows(Reply page)
    {
        Assert.Equal(200, page.Status);
        return [.. page.Json["items"]!.AsArray().Select(i => $"{i!["eventId"]} {i["outcome"]}")];
    }
}
