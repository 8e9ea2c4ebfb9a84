using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>What every client may rely on: ETags, idempotency, fact ids, problems.</summary>
public sealed class ConventionTests(TestHost host) : IClassFixture<TestHost>
{
    [Fact]
    public async Task A_get_carries_an_etag_and_a_known_one_is_answered_304()
    {
        var path = await host.Register();
        var first = await host.Get(path);
        Assert.Matches("^\"[0-9a-f]{32}\"$", first.Etag);
        foreach (var condition in new[] { first.Etag!, $"W/{first.Etag}", $"\"x\", {first.Etag}", "*" })
            Assert.Equal((304, ""), await Bare(host.Get(path, TestHost.Key, ("If-None-Match", condition))));
        Assert.Equal(200, (await host.Get(path, TestHost.Key, ("If-None-Match", "\"x\""))).Status);
    }

    [Fact]
    public async Task A_change_conditional_on_a_stale_etag_is_refused_and_changes_nothing()
    {
        var path = await host.Register();
        var etag = (await host.Get(path)).Etag!;
        Assert.Equal(202, (await host.Post($"{path}/hold", new { }, TestHost.Key, ("If-Match", etag))).Status);
        var stale = await host.Post($"{path}/cancel", new { reason = "x" }, TestHost.Key, ("If-Match", etag));
        Assert.Equal((412, "preconditionFailed"), (stale.Status, stale.Code));
        Assert.Equal("held", (await host.Get(path))["status"]);
        // A fact told again is no change: its condition was met the first time.
        var fact = new { id = "conditional", amount = 5m };
        var current = (await host.Get(path)).Etag!;
        Assert.Equal(202, (await host.Post($"{path}/payments", fact, TestHost.Key, ("If-Match", current))).Status);
        Assert.Equal(202, (await host.Post($"{path}/payments", fact, TestHost.Key, ("If-Match", current))).Status);
        Assert.Equal("1195.00", (await host.Get(path))["balance"]);
    }

    [Theory]
    [InlineData("key-1", "\"key-1\"")]
    [InlineData("\"key-2\"", "key-2")]
    public async Task The_same_request_under_the_same_idempotency_key_gets_the_same_answer_and_another_a_refusal(string first, string second)
    {
        var path = await host.Register();
        var done = await host.Post($"{path}/payments", new { amount = 100m }, TestHost.Key, ("Idempotency-Key", first));
        var again = await host.Post($"{path}/payments", new { amount = 100m }, TestHost.Key, ("Idempotency-Key", second));
        Assert.Equal((done.Status, done.Text), (again.Status, again.Text));
        var other = await host.Post($"{path}/payments", new { amount = 101m }, TestHost.Key, ("Idempotency-Key", second));
        Assert.Equal((422, "idempotencyKeyReused"), (other.Status, other.Code));
        Assert.Equal("1100.00", (await host.Get(path))["balance"]);
        // A key is its caller's and its route's own.
        Assert.Equal(202, (await host.Post($"{path}/credit-notes", new { amount = 100m }, TestHost.Key, ("Idempotency-Key", first))).Status);
        Assert.Equal(202, (await host.Post($"{path}/payments", new { amount = 50m }, await host.NewKey("ingest", "demo"), ("Idempotency-Key", first))).Status);
        Assert.Equal("950.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task A_request_refused_may_be_corrected_under_its_idempotency_key()
    {
        var path = await host.Register();
        Assert.Equal(400, (await host.Post($"{path}/payments", new { amount = -1m }, TestHost.Key, ("Idempotency-Key", "slip"))).Status);
        Assert.Equal(202, (await host.Post($"{path}/payments", new { amount = 1m }, TestHost.Key, ("Idempotency-Key", "slip"))).Status);
        Assert.Equal(400, (await host.Post($"{path}/payments", new { amount = 1m }, TestHost.Key, ("Idempotency-Key", new string('k', 256)))).Status);
    }

    [Fact]
    public async Task Concurrent_requests_under_one_idempotency_key_have_one_effect()
    {
        var path = await host.Register();
        var same = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.Post($"{path}/payments", new { amount = 10m }, TestHost.Key, ("Idempotency-Key", "race"))));
        Assert.Single(same.Select(r => (r.Status, r.Text)).Distinct());
        Assert.Equal("1190.00", (await host.Get(path))["balance"]);
        // With other payloads one wins, and nobody is told that what was not stored was.
        var mixed = await Task.WhenAll(Enumerable.Range(1, 12).Select(n => host.Post($"{path}/payments", new { amount = (decimal)n }, TestHost.Key, ("Idempotency-Key", "mixed"))));
        Assert.Equal((1, 11), (mixed.Count(r => r.Status == 202), mixed.Count(r => r.Status == 422)));
        Assert.Equal(2, (await host.Get(path)).Json["payments"]!.AsArray().Count);
    }

    [Fact]
    public async Task Concurrent_registrations_under_one_idempotency_key_register_what_is_acknowledged()
    {
        var invoices = Enumerable.Range(0, 10).Select(_ => host.Invoice()).ToList();
        var replies = await Task.WhenAll(invoices.Select(i => host.Post("/api/invoices", i, TestHost.Key, ("Idempotency-Key", "registration-race"))));
        foreach (var acknowledged in replies.Where(r => r.Status < 300))
            Assert.Equal(200, (await host.Get(acknowledged.Location!)).Status);
        Assert.Equal(1, replies.Count(r => r.Status == 202));
        Assert.All(replies.Where(r => r.Status != 202), r => Assert.Equal(422, r.Status));
    }

    [Fact]
    public async Task A_fact_told_again_is_the_same_fact_and_another_under_its_id_is_a_conflict()
    {
        var path = await host.Register();
        var fact = new { id = "invoice-9/payment 1", amount = 100m, date = "2026-10-01", reference = "VIR" };
        var first = await host.Post($"{path}/payments", fact);
        Assert.Equal(first.Text, (await host.Post($"{path}/payments", fact)).Text);
        Assert.Equal(first.Text, (await host.Post($"{path}/payments", """{"reference":"VIR","date":"2026-10-01","amount":100.00,"id":"invoice-9/payment 1"}""")).Text);
        var other = await host.Post($"{path}/payments", new { id = "invoice-9/payment 1", amount = 101m });
        Assert.Equal((409, "factKnown", "id"), (other.Status, other.Code, other.Fields.Single()));
        Assert.Equal(409, (await host.Post($"{path}/credit-notes", new { id = "invoice-9/payment 1", amount = 100m })).Status);
        Assert.Equal(409, (await host.Post($"{await host.Register()}/payments", fact)).Status);
        Assert.Equal("1100.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task A_fact_without_a_date_told_again_the_next_day_is_the_same_fact()
    {
        await using var own = await TestHost.Run();
        var path = await own.Register();
        var first = await own.Post($"{path}/payments", new { id = "p", amount = 100m });
        await own.MoveTo("2026-10-03T10:00:00+02:00");
        Assert.Equal(first.Text, (await own.Post($"{path}/payments", new { id = "p", amount = 100m })).Text);
        Assert.Equal("1100.00", (await own.Get(path))["balance"]);
    }

    [Fact]
    public async Task Concurrent_facts_with_one_id_have_one_effect()
    {
        var path = await host.Register();
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.Post($"{path}/payments", new { id = "same-payment", amount = 10m })));
        Assert.Single(replies.Select(r => (r.Status, r.Text)).Distinct());
        Assert.Equal("1190.00", (await host.Get(path))["balance"]);
        var mixed = await Task.WhenAll(Enumerable.Range(1, 12).Select(n => host.Post($"{path}/payments", new { id = "mixed-payment", amount = (decimal)n })));
        Assert.Equal((1, 11), (mixed.Count(r => r.Status == 202), mixed.Count(r => r.Status == 409)));
    }

    [Fact]
    public async Task Concurrent_facts_of_one_case_are_all_kept()
    {
        var path = await host.Register();
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => host.Post($"{path}/payments", new { id = $"many-{n}", amount = 1.01m })));
        Assert.All(replies, r => Assert.Equal(202, r.Status));
        Assert.Equal("1159.60", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task Of_acts_that_exclude_each_other_only_one_is_acknowledged()
    {
        var path = await host.Register();
        await host.Post($"{path}/hold");
        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => host.Post($"{path}/release")));
        Assert.Equal((1, 15), (replies.Count(r => r.Status == 202), replies.Count(r => r is { Status: 409, Code: "notHeld" })));
    }

    [Fact]
    public async Task The_same_invoice_registered_again_is_the_same_case_and_other_content_is_refused_field_by_field()
    {
        var invoice = host.Invoice();
        var first = await host.Post("/api/invoices", invoice);
        var again = await host.Post("/api/invoices", invoice);
        Assert.Equal((202, 200), (first.Status, again.Status));
        Assert.Equal((first.Location, first["caseId"]), (again.Location, again["caseId"]));
        (invoice["amount"], invoice["dueDate"], invoice["policy"], invoice["debtor"]!["email"]) = (1300m, "2026-11-30", "fr-b2b-fast", "autre@example.org");
        var other = await host.Post("/api/invoices", invoice);
        Assert.Equal((409, "differs"), (other.Status, other.Code));
        Assert.Equal(["amount", "debtor.email", "dueDate", "policy"], other.Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Concurrent_registrations_of_one_invoice_make_one_case()
    {
        var invoice = host.Invoice();
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.Post("/api/invoices", invoice)));
        Assert.Equal((1, 11), (replies.Count(r => r.Status == 202), replies.Count(r => r.Status == 200)));
        Assert.Single(replies.Select(r => r.Location).Distinct());
        Assert.Single((await host.Get($"/api/invoices?number={invoice["number"]}")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task An_upsert_registers_then_brings_contact_and_due_date_up_to_date_and_refuses_an_amount()
    {
        var invoice = host.Invoice();
        var path = $"/api/creditors/demo/invoices/{invoice["number"]}";
        var first = await host.Put(path, invoice);
        Assert.Equal(202, first.Status);
        Assert.Equal(200, (await host.Put(path, invoice)).Status);
        Assert.Equal(2, (await host.Get(first.Location!)).Json["timeline"]!.AsArray().Count);
        (invoice["dueDate"], invoice["debtor"]!["email"], invoice["purchaseOrder"]) = ("2026-11-30", "neuf@example.org", "BC-1");
        invoice["debtor"]!.AsObject().Remove("phone");
        var changed = await host.Put(path, invoice);
        Assert.Equal("'purchaseOrder' cannot change here; it was ignored.", (string?)changed.Json["warnings"]!.AsArray().Single());
        var view = await host.Get(first.Location!);
        Assert.Equal(("2026-11-30", "neuf@example.org", "+33600000000"), (view["dueDate"], view["debtor.email"], view["debtor.phone"]));
        Assert.Equal(412, (await host.Put(path, invoice, TestHost.Key, ("If-None-Match", "*"))).Status);
        Assert.Equal(412, (await host.Put(path, invoice, TestHost.Key, ("If-Match", "\"stale\""))).Status);
        (invoice["amount"], invoice["issueDate"]) = (1m, "2026-09-29");
        var frozen = await host.Put(path, invoice);
        Assert.Equal((409, "amount issueDate"), (frozen.Status, string.Join(' ', frozen.Fields.Order(StringComparer.Ordinal))));
        Assert.Equal(400, (await host.Put("/api/creditors/demo/invoices/other-number", invoice)).Status);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once_each_with_its_field_in_a_problem()
    {
        var reply = await host.Post("/api/invoices", """
            { "creditor": "demo", "number": 7, "issueDate": "2026-13-01", "dueDate": "tomorrow", "amount": -1, "currency": "EURO", "policy": "nobody", "paymentUrl": "http://x",
              "sentAt": "today", "debtor": { "kind": "firm", "country": "France", "email": "x", "phone": "0600", "siren": "123456789", "language": "french", "contacts": [{ "email": "@" }],
              "address": { "line1": "" } } }
            """);
        Assert.Equal((400, "application/problem+json", "invalidRequest"), (reply.Status, reply.ContentType, reply.Code));
        Assert.Equal("urn:dunning:problem:invalidRequest 400 Bad request", $"{reply["type"]} {reply["status"]} {reply["title"]}");
        Assert.NotEqual("null", reply["traceId"]);
        Assert.Superset(
            new HashSet<string>
            {
                "number", "issueDate", "dueDate", "currency", "policy", "paymentUrl", "sentAt", "debtor.name", "debtor.kind", "debtor.country", "debtor.email", "debtor.phone",
                "debtor.siren", "debtor.language", "debtor.contacts[0].email", "debtor.address.line1", "debtor.address.postalCode", "debtor.address.city",
            },
            reply.Fields.ToHashSet());
        Assert.Equal(reply.Fields.Length, reply.Fields.Distinct().Count());
    }

    [Fact]
    public async Task A_misspelt_member_does_not_go_unnoticed()
    {
        var reply = await host.Post("/api/invoices", host.Invoice(i => (i["dueDtae"], i["debtor"]!["e-mail"]) = ("2026-12-01", "x")));
        Assert.Equal(202, reply.Status);
        Assert.Equal(2, reply.Json["warnings"]!.AsArray().Count);
        var paid = await host.Post($"{reply.Location}/payments", new { amount = 1m, dat = "2026-10-01" });
        Assert.Equal("'dat' is not a member of this request; it was ignored.", (string?)paid.Json["warnings"]!.AsArray().Single());
        Assert.DoesNotContain("warnings", (await host.Post($"{reply.Location}/payments", new { amount = 1m })).Text, StringComparison.Ordinal);
        // Payments belong to an import or are facts of their own: a registration says that it does not take them.
        var payments = await host.Post("/api/invoices", host.Invoice(i => i["payments"] = new JsonArray()));
        Assert.Contains("'payments'", payments.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_routes_and_methods_are_problems_too()
    {
        foreach (var (method, path, status, code) in new[]
                 {
                     ("GET", "/nothing", 404, "noSuchRoute"), ("GET", "/api/nothing", 404, "noSuchRoute"), ("DELETE", "/api/invoices", 405, "methodNotAllowed"),
                     ("PATCH", "/api/invoices/x", 405, "methodNotAllowed"), ("POST", "/healthz", 405, "methodNotAllowed"), ("GET", "/api/invoices/x/payments", 405, "methodNotAllowed"),
                 })
        {
            var reply = await host.Send(method, path, null);
            Assert.True((reply.Status, reply.Code) == (status, code), $"{method} {path}: {reply}");
        }
        Assert.Equal((200, "alive"), ((await host.Get("/healthz", null)).Status, (await host.Get("/healthz", null))["status"]));
        Assert.Equal("ready", (await host.Get("/readyz", null))["status"]);
    }

    private static async Task<(int, string)> Bare(Task<Reply> reply) => ((await reply).Status, (await reply).Text);
}
