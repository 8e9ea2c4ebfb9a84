using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>Creditors, keys, debtors, policies and the stop switches.</summary>
public sealed class TenantTests
{
    private static readonly object Other = new { name = "Autre SARL", email = "autre@example.com" };

    [Fact]
    public async Task A_key_never_sees_another_creditors_data_nor_that_it_exists()
    {
        await using var host = await TestHost.Run();
        Assert.Equal(201, (await host.Put("/api/creditors/other", Other)).Status);
        var path = await host.Register();
        var (id, foreign) = (path.Split('/')[^1], await host.NewKey("admin", "other"));
        await host.Post($"{path}/payments", new { id = "p", amount = 5m });
        string[] gets = [path, $"{path}/steps/first/preview", "/api/creditors/demo", $"/api/debtors/{(await host.Get(path))["debtor.id"]}", "/api/policies?creditor=demo", "/api/policies/fr-b2b?creditor=demo"];
        foreach (var get in gets)
        {
            var reply = await host.Get(get, foreign);
            Assert.True(reply.Status == 404 && !reply.Text.Contains("Martin", StringComparison.Ordinal), $"{get}: {reply}");
        }
        foreach (var post in new[] { "payments", "hold", "cancel", "steps/first/approve", "messages/first/email/1/resend" })
            Assert.Equal(404, (await host.Post($"{path}/{post}", new { amount = 5m }, foreign)).Status);
        Assert.Equal(404, (await host.Put("/api/creditors/demo", Other, foreign)).Status);
        Assert.Equal(404, (await host.Put("/api/creditors/demo/ledger", new { asOf = "2026-10-01" }, foreign)).Status);
        Assert.Equal(404, (await host.Put("/api/creditors/demo/invoices/F-1", host.Invoice(), foreign)).Status);
        Assert.Equal(404, (await host.Send("POST", "/api/invoices/import?creditor=demo", "number\n", foreign)).Status);
        Assert.Equal(400, (await host.Post("/api/invoices", host.Invoice(), foreign)).Status);
        foreach (var list in new[] { "/api/invoices", "/api/invoices?creditor=demo", "/api/tasks", "/api/creditors", "/api/keys" })
            Assert.DoesNotContain("demo", (await host.Get(list, foreign)).Text, StringComparison.Ordinal);
        Assert.Equal(403, (await host.Put("/api/sending", new { stopped = true }, foreign)).Status);
        Assert.Equal("false", (await host.Get("/api/sending"))["stopped"]);
        // The same fact id at two creditors is two facts.
        var theirs = (await host.Post("/api/invoices", host.Invoice(i => i["creditor"] = "other"), foreign)).Location!;
        Assert.Equal(202, (await host.Post($"{theirs}/payments", new { id = "p", amount = 7m }, foreign)).Status);
        Assert.Contains(id, (await host.Get("/api/invoices")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_does_what_its_role_allows_until_it_is_revoked()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var (read, ingest, operate) = (await host.NewKey("read", "demo"), await host.NewKey("ingest", "demo"), await host.NewKey("operator", "demo"));
        Assert.Equal(401, (await host.Get(path, null)).Status);
        Assert.Equal(401, (await host.Get(path, "dun_nobody")).Status);
        Assert.Equal("Bearer", (await host.Get(path, null)).Headers["WWW-Authenticate"]);
        Assert.Equal(200, (await host.Get(path, read)).Status);
        Assert.Equal(403, (await host.Post($"{path}/payments", new { amount = 1m }, read)).Status);
        Assert.Equal(202, (await host.Post($"{path}/payments", new { amount = 1m }, ingest)).Status);
        Assert.Equal(403, (await host.Post($"{path}/hold", new { }, ingest)).Status);
        Assert.Equal(202, (await host.Post($"{path}/hold", new { }, operate)).Status);
        Assert.Equal(403, (await host.Get("/api/keys", operate)).Status);
        var keys = await host.Get("/api/keys");
        Assert.DoesNotContain(read, keys.Text, StringComparison.Ordinal);
        var id = keys.Json["items"]!.AsArray().Single(k => (string?)k!["role"] == "read")!["id"];
        Assert.Equal(200, (await host.Post($"/api/keys/{id}/revoke")).Status);
        Assert.Equal(401, (await host.Get(path, read)).Status);
        Assert.Equal(400, (await host.Post("/api/keys", new { name = "x", role = "read", creditors = Array.Empty<string>() })).Status);
        Assert.Equal(["creditors", "name", "role"], (await host.Post("/api/keys", new { role = "god", creditors = new[] { "nobody" } })).Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_key_asked_for_twice_under_one_idempotency_key_is_one_key_whose_secret_is_told_once()
    {
        await using var host = await TestHost.Run();
        var first = await host.Post("/api/keys", new { name = "n", role = "read" }, TestHost.Key, ("Idempotency-Key", "k1"));
        var again = await host.Post("/api/keys", new { name = "n", role = "read" }, TestHost.Key, ("Idempotency-Key", "k1"));
        Assert.Equal((201, 201), (first.Status, again.Status));
        Assert.Equal((first["id"], "null"), (again["id"], again["secret"]));
        Assert.Equal(2, (await host.Get("/api/keys")).Json["items"]!.AsArray().Count);
        foreach (var file in Directory.GetFiles(host.Folder, "dunning.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(first["secret"], await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_creditor_keeps_what_is_right_and_is_told_all_that_is_wrong()
    {
        await using var host = await TestHost.Run();
        var wrong = await host.Put("/api/creditors/c1", new { email = "a@b@c", phone = "12", iban = "FR7630006000011234567890188", consumerPolicy = "fr-b2b", country = "France", language = "FR", mode = "maybe", senders = new[] { new { role = "x" } } });
        Assert.Equal(400, wrong.Status);
        Assert.Equal(["consumerPolicy", "country", "email", "iban", "language", "mode", "name", "phone", "senders[0].name"], wrong.Fields.Order(StringComparer.Ordinal));
        Assert.Equal(404, (await host.Get("/api/creditors/c1")).Status);
        var created = await host.Put("/api/creditors/c1", new { name = "C1", consumerpolicy = "fr-b2c" });
        Assert.Equal(201, created.Status);
        Assert.Equal("'consumerpolicy' is not a member of this request; it was ignored.", (string?)created.Json["warnings"]![0]);
        var etag = (await host.Get("/api/creditors/c1")).Etag!;
        Assert.Equal(412, (await host.Put("/api/creditors/c1", new { name = "C2" }, TestHost.Key, ("If-None-Match", "*"))).Status);
        Assert.Equal(200, (await host.Put("/api/creditors/c1", new { name = "C2" }, TestHost.Key, ("If-Match", $"\"other\", {etag}"))).Status);
        Assert.Equal(412, (await host.Put("/api/creditors/c1", new { name = "C3" }, TestHost.Key, ("If-Match", etag))).Status);
        Assert.Equal(412, (await host.Put("/api/creditors/c9", new { name = "C9" }, TestHost.Key, ("If-Match", "*"))).Status);
        foreach (var id in new[] { "a%0A", "%20", "a%2Fb", "é", "-x", new string('a', 65) })
            Assert.Equal(400, (await host.Put($"/api/creditors/{id}", new { name = "X" })).Status);
        var page = await host.Get("/api/creditors?limit=1");
        Assert.Equal("c1", (string?)page.Json["items"]!.AsArray().Single()!["id"]);
        Assert.Equal("demo", (string?)(await host.Get($"/api/creditors?limit=1&cursor={page["nextCursor"]}")).Json["items"]!.AsArray().Single()!["id"]);
    }

    [Fact]
    public async Task A_test_creditors_messages_are_captured_and_never_sent()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/trial", new { name = "Trial", mode = "test" });
        var path = await host.Register(i => i["creditor"] = "trial");
        await host.MoveTo("2026-11-09T09:00:00+01:00");
        Assert.Equal(2, (await host.Sent(path)).Length);
        Assert.Empty(Directory.GetFiles(host.Outbox));
        Assert.Equal("compta@example.org", (await host.Get($"{path}/messages/first/email/1"))["to"]);
    }

    [Fact]
    public async Task The_stop_switches_hold_messages_back_and_let_them_go()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", Other);
        var (mine, theirs) = (await host.Register(), await host.Register(i => i["creditor"] = "other"));
        Assert.Equal(400, (await host.Put("/api/sending", new { stopped = "yes" })).Status);
        Assert.Equal(200, (await host.Put("/api/creditors/demo/sending", new { stopped = true })).Status);
        await host.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Equal("sendingStopped", (await host.Get(mine))["next.waitingFor"]);
        Assert.Equal((0, 1), ((await host.Sent(mine)).Length, (await host.Sent(theirs)).Length));
        Assert.Equal(200, (await host.Put("/api/sending", new { stopped = true, reason = "Wrong price list" })).Status);
        await host.Put("/api/creditors/demo/sending", new { stopped = false });
        await host.MoveTo("2026-10-28T10:00:01+01:00");
        Assert.Empty(await host.Sent(mine));
        Assert.Equal(200, (await host.Put("/api/sending", new { stopped = false })).Status);
        await host.MoveTo("2026-10-28T10:00:02+01:00");
        Assert.Single(await host.Sent(mine));
    }

    [Fact]
    public async Task No_step_leaves_while_the_books_are_older_than_the_policy_allows()
    {
        await using var host = await TestHost.Run();
        Assert.Equal(201, (await host.Put("/api/policies/fresh?creditor=demo", Policy(p => (p["name"], p["maxLedgerAgeDays"]) = ("fresh", 3)))).Status);
        var path = await host.Register(i => i["policy"] = "fresh");
        Assert.Equal(400, (await host.Put("/api/creditors/demo/ledger", new { asOf = "2027-10-01" })).Status);
        Assert.Equal(200, (await host.Put("/api/creditors/demo/ledger", new { asOf = "2026-10-01" })).Status);
        await host.MoveTo("2026-11-10T12:00:00+01:00");
        Assert.Equal("ledger", (await host.Get(path))["next.waitingFor"]);
        await host.Put("/api/creditors/demo/ledger", new { asOf = "2026-11-09" });
        await host.MoveTo("2026-11-10T12:00:01+01:00");
        Assert.Equal(["2026-11-10 first email"], await host.Sent(path));
    }

    [Fact]
    public async Task A_policy_version_never_changes_and_a_wrong_one_is_told_every_fault_with_its_path()
    {
        await using var host = await TestHost.Run();
        var first = await host.Put("/api/policies/gentle?creditor=demo", Policy());
        Assert.Equal((201, "1"), (first.Status, first["version"]));
        Assert.Equal(200, (await host.Put("/api/policies/gentle?creditor=demo", Policy(p => p["version"] = 1))).Status);
        var other = await host.Put("/api/policies/gentle?creditor=demo", Policy(p => (p["version"], p["minimumGapDays"]) = (1, 9)));
        Assert.Equal((409, "versionExists"), (other.Status, other.Code));
        Assert.Equal("2", (await host.Put("/api/policies/gentle?creditor=demo", Policy(p => p["minimumGapDays"] = 9)))["version"]);
        Assert.Equal("7", (await host.Get("/api/policies/gentle?creditor=demo&version=1"))["minimumGapDays"]);
        var path = await host.Register(i => i["policy"] = "gentle");
        Assert.Equal("2", (await host.Get(path))["policy.version"]);
        var wrong = await host.Put("/api/policies/gentle?creditor=demo", Policy(p =>
        {
            (p["regime"], p["sendAt"], p["gap"], p["timeZone"]) = ("fr", "25:00", 1, "Europe/Lyon");
            p["steps"]![0]!["channels"] = new JsonArray("pigeon");
            p["steps"]![1]!["offset"] = 3;
            p["steps"]![1]!["template"] = "nobody";
        }));
        Assert.Equal(400, wrong.Status);
        Assert.Superset(new HashSet<string> { "regime", "sendAt", "gap", "timeZone", "steps[0].channels", "steps[1].offset" }, wrong.Fields.ToHashSet());
        Assert.Equal(["steps[1].template"], (await host.Put("/api/policies/gentle?creditor=demo", Policy(p => p["steps"]![1]!["template"] = "nobody"))).Fields);
        Assert.Equal(400, (await host.Put("/api/policies/gentle", Policy())).Status);
        Assert.Equal(404, (await host.Put("/api/policies/gentle?creditor=nobody", Policy())).Status);
        Assert.Equal(400, (await host.Get("/api/policies/gentle?version=two")).Status);
        Assert.Contains("be-b2c", (await host.Get("/api/policies")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_debtor_on_hold_is_silent_everywhere_also_for_invoices_to_come_and_for_those_that_open_again()
    {
        await using var host = await TestHost.Run();
        void Debtor(JsonObject i) => i["debtor"]!["id"] = "martin";
        var (open, paid) = (await host.Register(Debtor), await host.Register(Debtor));
        await host.Post($"{paid}/payments", new { id = "p", amount = 1200m });
        Assert.Equal(400, (await host.Post("/api/debtors/martin/hold", new { until = "2026-09-01" })).Status);
        var held = await host.Post("/api/debtors/martin/hold", new { id = "h1", reason = "Key account" });
        Assert.Equal((202, "2"), (held.Status, held["cases"]));
        Assert.Equal(held.Text, (await host.Post("/api/debtors/martin/hold", new { id = "h1", reason = "Key account" })).Text);
        Assert.Equal(409, (await host.Post("/api/debtors/martin/hold", new { id = "h1", reason = "Other" })).Status);
        var keyed = await host.Post("/api/debtors/martin/hold", new { reason = "Keyed" }, TestHost.Key, ("Idempotency-Key", "h"));
        Assert.Equal(keyed.Text, (await host.Post("/api/debtors/martin/hold", new { reason = "Keyed" }, TestHost.Key, ("Idempotency-Key", "h"))).Text);
        Assert.Equal(422, (await host.Post("/api/debtors/martin/hold", new { reason = "Other" }, TestHost.Key, ("Idempotency-Key", "h"))).Status);
        var later = await host.Register(Debtor);
        await host.Post($"{paid}/reversals", new { id = "r", paymentId = "p" });
        await host.MoveTo("2026-11-16T10:00:00+01:00");
        foreach (var path in new[] { open, paid, later })
            Assert.Equal(("held", 0), ((await host.Get(path))["status"], (await host.Sent(path)).Length));
        var page = await host.Get("/api/debtors/martin");
        Assert.Equal(("true", 3, "3600.00"), (page["held"], page.Json["invoices"]!.AsArray().Count, page.Json["statement"]![0]!["balance"]!.ToString()));
        Assert.Equal("3", (await host.Post("/api/debtors/martin/release", new { }))["cases"]);
        foreach (var path in new[] { open, paid, later })
            Assert.Equal("reminding", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task An_insolvency_stops_the_debts_before_the_judgment_only()
    {
        await using var host = await TestHost.Run();
        void Debtor(JsonObject i) => i["debtor"]!["id"] = "faillite";
        var before = await host.Register(Debtor);
        Assert.Equal(["judgmentDate", "publishedOn"], (await host.Post("/api/debtors/faillite/insolvency", new { publishedOn = 5 })).Fields.Order(StringComparer.Ordinal));
        Assert.Equal("1", (await host.Post("/api/debtors/faillite/insolvency", new { judgmentDate = "2026-10-01", publishedOn = "2026-10-10" }))["cases"]);
        Assert.Equal("insolvent", (await host.Get(before))["status"]);
        Assert.Equal("2026-12-10", (string?)(await host.Task(before, "declareClaim"))["dueOn"]);
        Assert.Equal("insolvent", (await host.Get(await host.Register(Debtor)))["status"]);
        Assert.Equal("scheduled", (await host.Get(await host.Register(i =>
        {
            Debtor(i);
            i["issueDate"] = "2026-10-02";
        })))["status"]);
    }

    [Fact]
    public async Task A_debtor_brought_up_to_date_is_told_to_its_cases_but_never_changes_kind_under_them()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => i["debtor"]!["id"] = "martin");
        object Body(string kind, string email, string? policy = null) => new { name = "Boulangerie Martin", kind, country = "FR", email, policy, risk = "high" };
        Assert.Equal((409, "differs"), await Status(host.Put("/api/debtors/martin", Body("consumer", "neuf@example.org"))));
        Assert.Equal((422, "ruleBroken"), await Status(host.Put("/api/debtors/martin", Body("business", "neuf@example.org", "fr-b2c"))));
        Assert.Equal(200, (await host.Put("/api/debtors/martin", Body("business", "neuf@example.org", "fr-b2b-fast"))).Status);
        Assert.Equal("neuf@example.org", (await host.Get(path))["debtor.email"]);
        Assert.Equal("fr-b2b-fast", (await host.Get(await host.Register(i => i["debtor"]!["id"] = "martin")))["policy.name"]);
        Assert.Equal(["creditor"], (await host.Put("/api/debtors/new", Body("business", "a@example.org"))).Fields);
        Assert.Equal(200, (await host.Put("/api/debtors/new?creditor=demo", Body("business", "a@example.org"))).Status);
        Assert.Equal(404, (await host.Get("/api/debtors/nobody")).Status);
        await host.Put("/api/creditors/other", Other);
        await host.Register(i => (i["creditor"], i["debtor"]!["id"]) = ("other", "martin"));
        Assert.Equal(["creditor"], (await host.Post("/api/debtors/martin/hold", new { reason = "Whose?" })).Fields);
    }

    private static async Task<(int, string?)> Status(Task<Reply> reply) => ((await reply).Status, (await reply).Code);

    private static JsonObject Policy(Action<JsonObject>? change = null)
    {
        var policy = (JsonObject)JsonNode.Parse("""
            { "name": "gentle", "regime": "fr-b2b", "timeZone": "Europe/Paris", "calendar": "FR", "sendAt": "10:00", "sendWindow": ["09:00", "17:00"], "minimumGapDays": 7,
              "steps": [ { "id": "first", "offset": 10, "channels": ["email"], "template": "first-reminder" },
                         { "id": "second", "offset": 25, "channels": ["email"], "template": "firm-reminder" } ] }
            """)!;
        change?.Invoke(policy);
        return policy;
    }
}
