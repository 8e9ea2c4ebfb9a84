using System.Text;
using System.Text.Json.Nodes;
using Dunning.Service.Register;
using Dunning.Service.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using static Dunning.Local.Tests.Api.Webhooks;

namespace Dunning.Local.Tests.Api;

/// <summary>What providers deliver over HTTP: refused without a trace, or stored, answered, and made into money.</summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task A_payment_at_the_provider_pays_the_invoice_it_names_however_often_it_is_told()
    {
        await using var host = await Webhooks.Host();
        var (number, path) = await host.Invoiced();
        var first = await host.Stripe(Succeeded(number, 120_000));
        Assert.Equal((200, "1"), (first.Status, first["stored"]));
        Assert.Equal(("paid", "0.00"), ((await host.Get(path))["status"], (await host.Get(path))["balance"]));
        var again = await host.Stripe(Succeeded(number, 120_000));
        Assert.Equal((200, "0", "1"), (again.Status, again["stored"], again["known"]));
        // Stripe may make two events of one occurrence.
        Assert.Equal(200, (await host.Stripe(Succeeded(number, 120_000, id: "evt_2"))).Status);
        Assert.Equal("0.00", (await host.Get(path))["overpaid"]);
        Assert.Single((await host.Get(path)).Timeline("event"), e => e.ToJsonString().Contains("stripe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_refused_leaves_no_trace()
    {
        await using var host = await Webhooks.Host();
        await host.Put("/api/creditors/other", new { name = "Other" });
        await host.Put("/api/creditors/other/webhooks/stripe", new { secrets = new[] { "whsec_of_another_creditor" } });
        var (number, path) = await host.Invoiced();
        var before = (await host.Get(path)).Etag;
        var body = Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(Succeeded(number, 120_000)));
        Assert.Equal(401, (await host.Send("POST", "/api/webhooks/stripe/demo", body, null)).Status);
        Assert.Equal(401, (await host.Send("POST", "/api/webhooks/stripe/demo", body, null, ("Stripe-Signature", ""))).Status);
        Assert.Equal(400, (await host.Send("POST", "/api/webhooks/stripe/demo", body, null, ("Stripe-Signature", "t=never,v1=00"))).Status);
        Assert.Equal(401, (await host.Signed(body, secret: "whsec_of_another_creditor")).Status);
        Assert.Equal(401, (await host.Signed(body, creditor: "other")).Status);
        Assert.Equal(401, (await host.Signed(body, creditor: "nobody")).Status);
        Assert.Equal(401, (await host.Send("POST", "/api/webhooks/paybox/demo", body, null)).Status);
        Assert.Equal(415, (await host.Signed(body, headers: ("Content-Encoding", "gzip"))).Status);
        Assert.Equal(400, (await host.Signed([])).Status);
        Assert.Equal(400, (await host.Signed("[]"u8.ToArray())).Status);
        Assert.Equal(400, (await host.Signed("{\"id\":1,\"id\":2}"u8.ToArray())).Status);
        Assert.Equal(400, (await host.Signed(Encoding.UTF8.GetBytes(new string('[', 100_000)))).Status);
        Assert.Equal(400, (await host.Signed("{\"id\":\"evt_4\",\"\\ud800\":{}}"u8.ToArray())).Status);
        Assert.Equal(413, (await host.Signed(new byte[1024 * 1024 + 1])).Status);
        Assert.Equal(before, (await host.Get(path)).Etag);
        Assert.Empty(await Stored(host, "demo"));
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
        Assert.DoesNotContain(host.Logged, l => l.Contains("whsec_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_signed_is_taken_though_we_know_nothing_of_it()
    {
        await using var host = await Webhooks.Host();
        Assert.Equal(200, (await host.Stripe(Event("evt_1", "customer.created", new { id = "cus_1" }))).Status);
        Assert.Equal(200, (await host.Stripe(Event("evt_2", "payment_intent.succeeded", new { id = "pi_1", amount_received = "1e400", currency = 5, metadata = "none" }))).Status);
        Assert.Equal(200, (await host.Stripe("""{"type":{"a":[]},"data":[1]}""")).Status);
        Assert.Equal(200, (await host.Signed([0xEF, 0xBB, 0xBF, .. "{\"id\":\"evt_4\",\"type\":\"\\ud800\"}"u8])).Status);
        Assert.Equal(200, (await host.Stripe(Event("évènement/../1", "payout.failed", new { id = "po_1", amount = 5, currency = "eur", metadata = new { invoice_id = "F-1" } }))).Status);
        await host.Get("/api/unmatched");
        var stored = await Stored(host, "demo");
        Assert.Equal(5, stored.Count);
        // One says that money came, and not how much.
        Assert.Equal(
            [DeliveryOutcome.Unmatched, DeliveryOutcome.Ignored, DeliveryOutcome.Ignored, DeliveryOutcome.Ignored, DeliveryOutcome.PayoutFailed],
            stored.Select(e => e.Outcome!.Value).Order());
    }

    [Fact]
    public async Task Secrets_go_in_and_never_come_out_and_several_are_valid_during_a_rotation()
    {
        await using var host = await Webhooks.Host();
        var shown = await host.Get("/api/creditors/demo/webhooks/stripe");
        var fingerprint = (string)shown.Json["secrets"]![0]!["fingerprint"]!;
        Assert.Equal(4, fingerprint.Length);
        Assert.DoesNotContain("whsec_", shown.Text, StringComparison.Ordinal);
        var (number, path) = await host.Invoiced();
        var both = await host.Put("/api/creditors/demo/webhooks/stripe", new { secrets = new[] { "whsec_of_the_tests_0002" }, keep = new[] { fingerprint } });
        Assert.Equal((200, "2"), (both.Status, both["count"]));
        Assert.DoesNotContain("whsec_", both.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await host.Stripe(Succeeded(number, 10_000))).Status);
        Assert.Equal(200, (await host.Stripe(Succeeded(number, 20_000, "pi_2", "evt_2"), secret: "whsec_of_the_tests_0002")).Status);
        Assert.Equal("900.00", (await host.Get(path))["balance"]);
        Assert.Equal(200, (await host.Put("/api/creditors/demo/webhooks/stripe", new { secrets = new[] { "whsec_of_the_tests_0002" } })).Status);
        Assert.Equal(401, (await host.Stripe(Succeeded(number, 30_000, "pi_3", "evt_3"))).Status);
        var operatorKey = await host.NewKey("operator", "demo");
        Assert.Equal(403, (await host.Get("/api/creditors/demo/webhooks/stripe", operatorKey)).Status);
        var theirs = await host.NewKey("admin", "demo");
        await host.Put("/api/creditors/other", new { name = "Other" });
        Assert.Equal(404, (await host.Put("/api/creditors/other/webhooks/stripe", new { secrets = new[] { Secret } }, theirs)).Status);
    }

    [Fact]
    public async Task Settings_that_cannot_work_are_refused_with_every_fault()
    {
        await using var host = await TestHost.Run();
        async Task<string[]> Faults(string provider, object settings) => (await host.Put($"/api/creditors/demo/webhooks/{provider}", settings)) is { Status: 400 } reply ? reply.Fields : [];
        Assert.Equal(["secrets"], await Faults("stripe", new { }));
        Assert.Equal(["secrets[0]", "secrets[1]", "keep"], await Faults("stripe", new { secrets = new[] { "short", "env:PATH" }, keep = new[] { "abcd" } }));
        Assert.Equal(["secrets[0]"], await Faults("standard", new { secrets = new[] { "whsec_AAAAAAAAAAAA" } }));
        Assert.Equal(["secrets[0]"], await Faults("adyen", new { secrets = new[] { "not-hexadecimal-at-all-0000000000" } }));
        Assert.Equal(["webhookId"], await Faults("paypal", new { }));
        Assert.Equal(404, (await host.Put("/api/creditors/demo/webhooks/paybox", new { secrets = new[] { Secret } })).Status);
        Assert.Equal(201, (await host.Put("/api/creditors/demo/webhooks/paypal", new { webhookId = "WHID0001" })).Status);
        Assert.Equal(201, (await host.Put("/api/creditors/demo/webhooks/mollie", new { secrets = new[] { "env:DUNNING_WEBHOOK_MOLLIE" } })).Status);
    }

    [Fact]
    public async Task Money_in_another_currency_waits_for_a_person()
    {
        await using var host = await Webhooks.Host();
        await host.Put("/api/creditors/other", new { name = "Other" });
        await host.Register(i => i["creditor"] = "other");
        var (number, path) = await host.Invoiced();
        await host.Stripe(Event("evt_1", "payment_intent.succeeded", new { id = "pi_1", amount_received = 120_000, currency = "eur" }));
        await host.Stripe(Succeeded(number, 120_000, "pi_2", "evt_2", "usd"));
        Assert.Equal("1200.00", (await host.Get(path))["balance"]);
        var waiting = (await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray();
        Assert.Equal(2, waiting.Count);
        var dollars = waiting.Single(w => (string)w!["currency"]! == "USD")!;
        Assert.Contains("EUR", (string)dollars["candidates"]![0]!["why"]!, StringComparison.Ordinal);
        Assert.Equal(422, (await host.Post($"/api/unmatched/{dollars["id"]}/assign", new { invoice = path.Split('/')[^1] })).Status);
        var euros = waiting.Single(w => (string)w!["currency"]! == "EUR")!;
        Assert.Equal(number, (string?)euros["candidates"]![0]!["number"]);
        Assert.DoesNotContain("other", euros["candidates"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("register"), InlineData("import"), InlineData("upsert")]
    public async Task A_payment_told_before_its_invoice_pays_it_when_it_is_there(string way)
    {
        await using var host = await Webhooks.Host();
        Assert.Equal(200, (await host.Stripe(Succeeded("F-EARLY", 120_000))).Status);
        Assert.Single((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
        var invoice = host.Invoice(i => (i["number"], i["creditor"]) = ("F-EARLY", "demo"));
        switch (way)
        {
            case "register":
                Assert.Equal(202, (await host.Post("/api/invoices", invoice)).Status);
                break;
            case "import":
                Assert.Contains("accepted", (await host.Send("POST", "/api/invoices/import?creditor=demo&start=active", invoice.ToJsonString())).Text, StringComparison.Ordinal);
                break;
            default:
                Assert.Equal(202, (await host.Put("/api/creditors/demo/invoices/F-EARLY", invoice)).Status);
                break;
        }
        Assert.Equal("paid", (await host.Get($"/api/invoices/{Dunning.Service.Api.CaseIds.Case("demo", "F-EARLY")}"))["status"]);
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_key_of_one_creditor_names_no_variable_of_another()
    {
        await using var host = await Webhooks.Host();
        var scoped = await host.NewKey("admin", "demo");
        foreach (var (path, body) in new[] { ("webhooks/mollie", (Func<string, object>)(name => new { secrets = new[] { $"env:DUNNING_WEBHOOK_{name}" } })), ("payments", name => new { provider = "mollie", apiKey = $"env:DUNNING_PAYMENTS_{name}" }) })
        {
            foreach (var name in (string[])["ACME", "ACME__KEY", "DEMO_KEY", "DEMOS__KEY"])
                Assert.Equal((400, name), ((await host.Put($"/api/creditors/demo/{path}", body(name), scoped)).Status, name));
            Assert.Equal(201, (await host.Put($"/api/creditors/demo/{path}", body("DEMO__KEY"), scoped)).Status);
            Assert.Equal(200, (await host.Put($"/api/creditors/demo/{path}", body("ACME"))).Status);
        }
    }

    [Fact]
    public async Task A_payment_that_a_registration_cut_short_did_not_find_is_found_before_anything_leaves()
    {
        await using var host = await Webhooks.Host();
        Assert.Equal(200, (await host.Stripe(Succeeded("F-EARLY", 120_000))).Status);
        await host.Get("/api/unmatched");
        // The program dies between the registration and the look at what was known of it.
        var awaited = host.Services.GetRequiredService<Registry>().AwaitedInvoices;
        var caseId = Dunning.Service.Api.CaseIds.Case("demo", "F-EARLY");
        var waiting = (await awaited.Get(caseId, default))!;
        Assert.True(await awaited.Put(caseId, null, waiting.Value with { Payments = [] }, waiting.Version, null, default));
        var path = await host.Register(i => (i["number"], i["creditor"]) = ("F-EARLY", "demo"));
        Assert.Equal("1200.00", (await host.Get(path))["balance"]);
        Assert.True(await awaited.Put(caseId, "demo", waiting.Value, waiting.Version + 1, null, default));
        await host.MoveTo("2026-12-20T10:00:00+01:00");
        Assert.Empty(await host.Sent(path));
        Assert.Equal("paid", (await host.Get(path))["status"]);
    }

    [Theory]
    [InlineData("usd", 120_000)]
    [InlineData("eur", null)]
    public async Task Nobody_is_reminded_while_a_person_looks_at_money_that_names_the_invoice(string currency, int? amount)
    {
        await using var host = await Webhooks.Host();
        var (number, path) = await host.Invoiced();
        await host.MoveTo("2026-11-06T10:00:00+01:00");
        var before = await host.Sent(path);
        Assert.Equal(200, (await host.Stripe(Event("evt_1", "payment_intent.succeeded", new { id = "pi_1", amount_received = amount, currency, metadata = new { invoice_id = number } }))).Status);
        Assert.Equal("pendingPayment", (string?)(await host.Get(path)).Json["next"]!["waitingFor"]);
        await host.MoveTo("2026-11-10T18:00:00+01:00");
        Assert.Equal(before, await host.Sent(path));
        var money = (await host.Get("/api/unmatched")).Json["items"]!.AsArray().Single()!;
        if (amount is not null)
            return;
        Assert.Equal(202, (await host.Post($"/api/unmatched/{money["id"]}/assign", new { invoice = StatementTests.CaseOf(path), amount = 500m })).Status);
        var after = await host.Get(path);
        Assert.Equal(("700.00", null), (after["balance"], (string?)after.Json["next"]!["waitingFor"]));
    }

    [Fact]
    public async Task A_delivery_that_names_an_invoice_of_another_creditor_is_not_found_and_leaves_nothing()
    {
        await using var host = await Webhooks.Host();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var theirs = await host.Register(i => i["creditor"] = "other");
        var before = (await host.Get(theirs)).Etag;
        var reply = await host.Stripe(Succeeded(theirs.Split('/')[^1], 120_000));
        Assert.Equal((404, "notFound"), (reply.Status, reply.Code));
        Assert.Empty(await Stored(host, "demo"));
        Assert.Equal(before, (await host.Get(theirs)).Etag);
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
        Assert.DoesNotContain(host.Logged, l => l.Contains(theirs.Split('/')[^1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_with_one_event_of_another_creditors_invoice_is_refused_as_a_whole()
    {
        await using var host = await Webhooks.Host();
        await host.Put("/api/creditors/demo/webhooks/gocardless", new { secrets = new[] { Secret } });
        await host.Put("/api/creditors/other", new { name = "Other" });
        var theirs = await host.Register(i => i["creditor"] = "other");
        var (number, path) = await host.Invoiced();
        object Confirmed(string id, string invoice) => new
        {
            id,
            created_at = "2026-10-01T08:00:00Z",
            resource_type = "payments",
            action = "confirmed",
            links = new { payment = "PM" + id },
            resource_metadata = new { invoice_id = invoice, amount = "1200.00", currency = "EUR" },
        };
        Assert.Equal(404, (await host.GoCardless(Confirmed("EV1", number), Confirmed("EV2", theirs.Split('/')[^1]))).Status);
        Assert.Empty(await Stored(host, "demo"));
        Assert.Equal("1200.00", (await host.Get(path))["balance"]);
        Assert.Equal(200, (await host.GoCardless(Confirmed("EV1", number))).Status);
        Assert.Equal("paid", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task An_invoice_number_that_is_the_case_id_of_another_creditor_is_ones_own_all_the_same()
    {
        await using var host = await Webhooks.Host();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var theirs = await host.Register(i => i["creditor"] = "other");
        var ours = await host.Register(i => i["number"] = theirs.Split('/')[^1]);
        Assert.Equal(200, (await host.Stripe(Succeeded(theirs.Split('/')[^1], 120_000))).Status);
        Assert.Equal(("paid", "1200.00"), ((await host.Get(ours))["status"], (await host.Get(theirs))["balance"]));
    }

    [Theory]
    [InlineData(0), InlineData(-120_000)]
    public async Task An_amount_of_nothing_or_less_changes_nothing(long amount)
    {
        await using var host = await Webhooks.Host();
        var (number, path) = await host.Invoiced();
        Assert.Equal(200, (await host.Stripe(Succeeded(number, amount))).Status);
        Assert.Equal("1200.00", (await host.Get(path))["balance"]);
        Assert.DoesNotContain((await host.Get(path)).Timeline("event"), e => e.ToJsonString().Contains("stripe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Money_assigned_by_a_person_brings_the_refunds_that_were_told_of_it()
    {
        await using var host = await Webhooks.Host();
        var (_, path) = await host.Invoiced();
        await host.Stripe(Event("evt_1", "payment_intent.succeeded", new { id = "pi_1", amount_received = 50_000, currency = "eur" }));
        var waiting = (await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray().Single()!;
        await host.Stripe(Event("evt_2", "refund.created", new { id = "re_1", payment_intent = "pi_1", amount = 10_000, currency = "eur", status = "succeeded" }));
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal(202, (await host.Post($"/api/unmatched/{waiting["id"]}/assign", new { invoice = path.Split('/')[^1] })).Status);
        Assert.Equal("800.00", (await host.Get(path))["balance"]);
        await host.Stripe(Event("evt_3", "refund.created", new { id = "re_2", payment_intent = "pi_1", amount = 40_000, currency = "eur", status = "succeeded" }));
        Assert.Equal("1200.00", (await host.Get(path))["balance"]);
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_payment_told_in_two_currencies_waits_for_a_person_and_reminds_nobody_meanwhile()
    {
        await using var host = await Webhooks.Host();
        var (number, path) = await host.Invoiced();
        await host.Stripe(Event("evt_1", "checkout.session.completed",
            new { id = "cs_1", payment_intent = "pi_1", payment_status = "paid", amount_total = 130_000, currency = "usd", metadata = new { invoice_id = number } }));
        await host.Stripe(Succeeded(number, 120_000, id: "evt_2"));
        Assert.Empty((await host.Get("/api/webhook-deliveries?outcome=failed")).Json["items"]!.AsArray());
        var view = await host.Get(path);
        Assert.Equal(("1200.00", "pendingPayment"), (view["balance"], view["next.waitingFor"]));
        var waiting = Assert.Single((await host.Get("/api/unmatched")).Json["items"]!.AsArray())!;
        var reply = await host.Post($"/api/unmatched/{waiting["id"]}/assign", new { invoice = path.Split('/')[^1], amount = 1200m });
        Assert.True(reply.Status == 202, reply.Text);
        Assert.Equal(("paid", "0.00"), ((await host.Get(path))["status"], (await host.Get(path))["overpaid"]));
        await host.Stripe(Succeeded(number, 120_000, id: "evt_3"));
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_later_event_that_names_the_invoice_takes_the_money_out_of_the_queue()
    {
        await using var host = await Webhooks.Host();
        var (number, path) = await host.Invoiced();
        await host.Stripe(Event("evt_1", "payment_intent.succeeded", new { id = "pi_1", amount_received = 120_000, currency = "eur" }));
        Assert.Single((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
        await host.Stripe(Event("evt_2", "checkout.session.completed",
            new { id = "cs_1", payment_intent = "pi_1", payment_status = "paid", amount_total = 120_000, currency = "eur", client_reference_id = number }));
        Assert.Equal("paid", (await host.Get(path))["status"]);
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_session_completed_unpaid_is_money_on_its_way_until_it_fails()
    {
        await using var host = await Webhooks.Host();
        var (number, path) = await host.Invoiced();
        object Session(string id, string type, string status) =>
            Event(id, type, new { id = "cs_1", payment_intent = "pi_1", payment_status = status, amount_total = 120_000, currency = "eur", metadata = new { invoice_id = number } });
        var now = (await host.Get("/api/clock")).Json["now"]!.GetValue<DateTimeOffset>().ToUnixTimeSeconds();
        var completed = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Session("evt_1", "checkout.session.completed", "unpaid")))!;
        completed["created"] = now;
        await host.Stripe(completed.ToJsonString());
        var waits = await host.Get(path);
        Assert.Equal("1200.00", waits["balance"]);
        Assert.Contains("pendingPayment", waits.Text, StringComparison.OrdinalIgnoreCase);
        var failed = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Session("evt_2", "checkout.session.async_payment_failed", "unpaid")))!;
        failed["created"] = now;
        await host.Stripe(failed.ToJsonString());
        Assert.Equal("null", (await host.Get(path))["next.waitingFor"]);
    }

    [Fact]
    public async Task A_link_made_for_an_invoice_says_whose_money_it_is()
    {
        await using var host = await Webhooks.Host();
        var (_, path) = await host.Invoiced();
        Assert.True(await host.Services.GetRequiredService<ProviderPayments>().Link("demo", "stripe", "plink_1", path.Split('/')[^1], null, default));
        await host.Stripe(Event("evt_2", "checkout.session.completed",
            new { id = "cs_1", payment_intent = "pi_1", payment_link = "plink_1", payment_status = "paid", amount_total = 120_000, currency = "eur" }));
        Assert.Equal("paid", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task What_a_crash_left_between_storing_and_processing_is_processed_before_the_next_start()
    {
        await using var host = await Webhooks.Host();
        var (number, path) = await host.Invoiced();
        var body = System.Text.Json.JsonSerializer.Serialize(Succeeded(number, 120_000));
        var inbox = host.Services.GetRequiredService<WebhookInbox>();
        Assert.True(await inbox.Store(new("demo", "stripe", "evt_1", TestHost.Start, "", body), default));
        Assert.Equal("1200.00", (await host.Get(path))["balance"]);
        await host.Restart();
        Assert.Equal("paid", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task While_a_delivery_waits_nothing_is_sent_and_once_it_has_paid_nothing_ever_is()
    {
        await using var host = await Webhooks.Host();
        var (number, path) = await host.Invoiced();
        var body = System.Text.Json.JsonSerializer.Serialize(Succeeded(number, 120_000));
        Assert.True(await host.Services.GetRequiredService<WebhookInbox>().Store(new("demo", "stripe", "evt_1", TestHost.Start, "", body), default));
        await host.MoveTo("2026-10-28T12:00:00+01:00");
        Assert.Empty(await host.Sent(path));
        await host.Restart();
        await host.MoveTo("2027-01-31T12:00:00+01:00");
        Assert.Empty(await host.Sent(path));
        Assert.Equal("paid", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task A_delivery_for_one_creditor_holds_back_no_other()
    {
        await using var host = await Webhooks.Host();
        await host.Put("/api/creditors/demo-2", new { name = "Other" });
        var path = await host.Register(i => i["creditor"] = "demo-2");
        foreach (var waits in (string[])["dem", "demo", "demo-1", "demo-3"])
            Assert.True(await host.Services.GetRequiredService<WebhookInbox>().Store(new(waits, "stripe", "evt_1", TestHost.Start, "", "{}"), default));
        await host.MoveTo("2026-10-28T12:00:00+01:00");
        Assert.Single(await host.Sent(path));
    }

    private static async Task<IReadOnlyList<WebhookEvent>> Stored(TestHost host, string creditor) =>
        await host.Services.GetRequiredService<WebhookInbox>().List(null, creditor + "/", null, 500, default);
}
