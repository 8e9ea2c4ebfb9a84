using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>Bad input of every kind gets a 4xx problem that names it and changes nothing.</summary>
public sealed class HostileTests(TestHost host) : IClassFixture<TestHost>
{
    public static readonly TheoryData<string, string, string> Broken = new()
    {
        { "amount", "0", "amount" }, { "amount", "-1", "amount" }, { "amount", "0.001", "amount" }, { "amount", "1e400", "amount" }, { "amount", "1e-400", "amount" }, { "amount", "\"1200\"", "amount" },
        { "amount", "100.0000000000000000000000000000001", "amount" }, { "amount", "99999999999999999999", "amount" }, { "amount", "1000000000000", "amount" }, { "amount", "[1200]", "amount" },
        { "amount", "{}", "amount" }, { "amount", "true", "amount" }, { "amount", "null", "amount" }, { "currency", "\"XXX\"", "currency" }, { "currency", "\"eur\"", "currency" }, { "currency", "978", "currency" },
        { "issueDate", "\"2026-02-30\"", "issueDate" }, { "issueDate", "\"9999-12-31\"", "issueDate" }, { "issueDate", "20260930", "issueDate" }, { "issueDate", "\"30/09/2026\"", "issueDate" },
        { "dueDate", "\"2026-09-29\"", "dueDate" }, { "dueDate", "\"2031-10-01\"", "dueDate" }, { "dueDate", "\"9999-12-31\"", "dueDate" }, { "dueDate", "\"2026-10-31T00:00:00Z\"", "dueDate" },
        { "number", "\"\"", "number" }, { "number", "\"  \"", "number" }, { "number", "\"a\\u0000b\"", "number" }, { "number", "\"a\\r\\nBcc: x@example.org\"", "number" }, { "number", "\"\\ud800\"", "number" },
        { "number", "7", "number" }, { "number", "[\"F\"]", "number" }, { "creditor", "\"no body\"", "creditor" }, { "creditor", "{}", "creditor" }, { "creditor", "\"../demo\"", "creditor" },
        { "debtor", "[]", "debtor" }, { "debtor", "\"Martin\"", "debtor" }, { "debtor", "null", "debtor" }, { "policy", "5", "policy" }, { "alreadySent", "-1", "alreadySent" }, { "alreadySent", "1.5", "alreadySent" },
        { "alreadySent", "99999999999", "alreadySent" }, { "paymentUrl", "\"javascript:alert(1)\"", "paymentUrl" }, { "paymentUrl", "\"https://user:pw@example.org\"", "paymentUrl" }, { "sentAt", "\"soon\"", "sentAt" },
        { "purchaseOrder", "\"a\\u2028b\"", "purchaseOrder" },
    };

    public static readonly TheoryData<string, string, string> BrokenDebtor = new()
    {
        { "name", "\"Martin\\r\\nBcc: x@example.org\"", "debtor.name" }, { "name", "\"\\udc00x\"", "debtor.name" }, { "kind", "\"Business\"", "debtor.kind" }, { "kind", "null", "debtor.kind" },
        { "country", "\"fr\"", "debtor.country" }, { "country", "\"UK\"", "debtor.country" }, { "country", "\"XX\"", "debtor.country" }, { "language", "\"xx\"", "debtor.language" },
        { "language", "\"fr-FR\"", "debtor.language" }, { "email", "\"a@example.org\\r\\nBcc: b@example.org\"", "debtor.email" },
        { "email", "\"a@example.org, b@example.org\"", "debtor.email" }, { "email", "\"Martin <a@example.org>\"", "debtor.email" }, { "phone", "\"+33 6 00\"", "debtor.phone" }, { "phone", "\"+3360000\\n0000\"", "debtor.phone" },
        { "siren", "\"123456789\"", "debtor.siren" }, { "id", "\"a/b\"", "debtor.id" }, { "id", "\"-\"", "debtor.id" }, { "contacts", "{}", "debtor.contacts" }, { "contacts", "[5]", "debtor.contacts[0]" },
        { "address", "[]", "debtor.address" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_wrong_member_of_a_registration_is_named(string member, string json, string field) =>
        await Refused("/api/invoices", With(host.Invoice().ToJsonString(), member, json), field);

    [Theory]
    [MemberData(nameof(BrokenDebtor))]
    public async Task A_wrong_member_of_a_debtor_is_named(string member, string json, string field)
    {
        var invoice = host.Invoice();
        await Refused("/api/invoices", invoice.ToJsonString().Replace(invoice["debtor"]!.ToJsonString(), With(invoice["debtor"]!.ToJsonString(), member, json), StringComparison.Ordinal), field);
    }

    [Theory]
    [InlineData("nobody", "policy")]
    [InlineData("fr-b2c", "policy")]
    public async Task A_policy_that_does_not_exist_or_fit_is_named(string policy, string field)
    {
        var reply = await host.Post("/api/invoices", host.Invoice(i => i["policy"] = policy));
        Assert.Equal((422, field), (reply.Status, reply.Fields.Single()));
    }

    [Fact]
    public async Task An_amount_below_zero_is_named_even_when_its_currency_is_unknown()
    {
        var reply = await host.Post("/api/invoices", host.Invoice(i => (i["amount"], i["currency"]) = (-3, "XXX")));
        Assert.Equal((400, "amount,currency"), (reply.Status, string.Join(',', reply.Fields.Order())));
    }

    [Fact]
    public async Task Whatever_is_no_json_object_is_refused()
    {
        foreach (var body in new[]
                 {
                     "", " ", "null", "5", "\"x\"", "[]", "[{}]", "{", "{]", "{\"a\":1,\"a\":2}", "{\"amount\":1,\"\\u0061mount\":2}", "{\"a\":NaN}", "{\"a\":01}", "{'a':1}", "{\"\\ud800\":1}", "\0",
                     new string('[', 10_000), string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000), "<xml/>", "a=b&c=d",
                 })
            foreach (var path in new[] { "/api/invoices", $"{await Case()}/payments", "/api/simulations", "/api/keys" })
            {
                var reply = await host.Send("POST", path, body);
                Assert.True(reply.Status == 400 && reply.Code == "invalidRequest", $"{path} {body[..Math.Min(30, body.Length)]}: {reply}");
            }
        var latin = await host.Send("POST", $"{await Case()}/hold", Encoding.Latin1.GetBytes("{\"reason\":\"réglé\"}"));
        Assert.Equal((400, "reason"), (latin.Status, latin.Fields.Single()));
        Assert.Equal(202, (await host.Send("POST", $"{await Case()}/hold", Encoding.UTF8.GetBytes("\uFEFF{\"reason\":\"réglé\"}"))).Status);
    }

    [Fact]
    public async Task Notes_with_half_characters_or_controls_are_refused_and_lines_are_kept()
    {
        var path = await Case();
        await Refused($"{path}/hold", """{ "reason": "\ud800" }""", "reason");
        await Refused($"{path}/hold", """{ "reason": "a\u0000b" }""", "reason");
        await Refused($"{path}/hold", $$"""{ "reason": "{{new string('x', 2001)}}" }""", "reason");
        await Refused("/api/keys", """{ "name": "n", "role": "read", "creditors": ["\ud800"] }""", "creditors[0]");
        var unknown = await host.Send("POST", $"{path}/lifecycle", """{ "id": "1", "status": "\ud800", "at": "2026-10-01T10:00:00Z" }""");
        Assert.Equal((422, "status"), (unknown.Status, unknown.Fields.Single()));
        Assert.Equal(202, (await host.Post($"{path}/hold", new { reason = "one\r\ntwo 🧾 é" })).Status);
        Assert.Equal("one\r\ntwo 🧾 é", (string?)(await host.Get(path)).Json["silences"]![0]!["note"]);
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_too_large()
    {
        foreach (var path in new[] { "/api/invoices", "/api/simulations" })
        {
            var reply = await host.Send("POST", path, "{\"x\":\"" + new string('x', 10_000_000) + "\"}");
            Assert.Equal((413, "tooLarge"), (reply.Status, reply.Code));
        }
        Assert.Equal(413, (await host.Send("PUT", $"{await Case()}/document", new byte[6_000_000])).Status);
        Assert.Equal(415, (await host.Send("PUT", $"{await Case()}/document", "<html>")).Status);
        Assert.Equal(200, (await host.Send("PUT", $"{await Case()}/document", "%PDF-1.7 …")).Status);
        Assert.Equal(200, (await host.Get("/healthz")).Status);
    }

    [Theory]
    [InlineData("payments", """{ "amount": "5" }""", "amount")]
    [InlineData("payments", """{ "amount": 5, "date": "2028-01-01" }""", "date")]
    [InlineData("payments", """{ "amount": 5, "currency": "USD" }""", "currency")]
    [InlineData("payments", """{ "amount": 5, "id": 5 }""", "id")]
    [InlineData("payments", """{ "amount": 5, "id": "a\nb" }""", "id")]
    [InlineData("reversals", "{}", "paymentId")]
    [InlineData("pending-payments", """{ "expectedOn": "2026-09-01" }""", "expectedOn")]
    [InlineData("pending-payments", """{ "expectedOn": "2027-09-01" }""", "expectedOn")]
    [InlineData("promises", """{ "date": "2026-09-30" }""", "date")]
    [InlineData("promises", """{ "date": "2026-10-10", "amount": 1200.01 }""", "amount")]
    [InlineData("promises", """{ "date": "2026-10-10", "override": "please" }""", "override")]
    [InlineData("disputes", """{ "kind": "personal" }""", "kind")]
    [InlineData("disputes", """{ "kind": "technical", "code": "whim" }""", "code")]
    [InlineData("disputes", """{ "kind": "technical", "amount": 1200.01 }""", "amount")]
    [InlineData("plans", "{}", "instalments")]
    [InlineData("plans", """{ "instalments": [] }""", "instalments")]
    [InlineData("plans", """{ "instalments": [{ "date": "2026-09-01", "amount": 1200 }] }""", "instalments[0].date")]
    [InlineData("plans", """{ "instalments": [{ "date": "2026-11-01" }] }""", "instalments[0].amount")]
    [InlineData("hold", """{ "until": "2026-09-30" }""", "until")]
    [InlineData("due-date", "{}", "dueDate")]
    [InlineData("due-date", """{ "dueDate": "2099-01-01" }""", "dueDate")]
    [InlineData("amend", """{ "amount": 5 }""", "reason")]
    [InlineData("contact", "{}", "email")]
    [InlineData("contact", """{ "language": "FR" }""", "language")]
    [InlineData("sent", """{ "sentAt": "2026-10-01" }""", "sentAt")]
    public async Task A_wrong_fact_is_named_and_changes_nothing(string route, string body, string field)
    {
        var path = await Case();
        var before = (await host.Get(path)).Etag;
        var reply = await host.Send("POST", $"{path}/{route}", body);
        Assert.True(reply.Status is 400 or 422 && reply.Fields.SequenceEqual([field]), reply.ToString());
        Assert.Equal(before, (await host.Get(path)).Etag);
    }

    [Theory]
    [InlineData("F 2026/10 №1 é")]
    [InlineData("../../etc/passwd")]
    [InlineData("🧾-1")]
    [InlineData("a?b#c&d=e%41")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("'; DROP TABLE cases; --")]
    public async Task An_odd_invoice_number_is_only_a_number(string number)
    {
        var first = await host.Post("/api/invoices", host.Invoice(i => i["number"] = number));
        Assert.Equal(202, first.Status);
        Assert.Matches("^/api/invoices/[a-z0-9-]+$", first.Location);
        Assert.Equal(number, (await host.Get(first.Location!))["number"]);
        var again = await host.Put($"/api/creditors/demo/invoices/{Uri.EscapeDataString(number)}", host.Invoice(i => i.Remove("number")));
        Assert.True((again.Status, again["caseId"]) == (200, first["caseId"]), again.ToString());
        Assert.Single((await host.Get($"/api/invoices?number={Uri.EscapeDataString(number)}")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Numbers_that_look_alike_are_different_invoices()
    {
        string[] numbers = ["F/1", "F-1", "f-1", "F 1", "F1", "F\u00e9", "Fe\u0301", "F--1"];
        var ids = new HashSet<string>();
        foreach (var number in numbers)
            ids.Add((await host.Post("/api/invoices", host.Invoice(i => i["number"] = $"x{number}")))["caseId"]);
        Assert.Equal(numbers.Length, ids.Count);
    }

    [Fact]
    public async Task No_name_number_or_address_can_add_a_mail_header()
    {
        await using var own = await TestHost.Run();
        await own.Put("/api/creditors/odd", new { name = "Ödd \"quoted\" <x@example.org>, Corp; =?utf-8?q?a?=", email = "o'dd+tag@example.org" });
        var path = await own.Register(i =>
        {
            (i["creditor"], i["number"]) = ("odd", "F-1 =?utf-8?B?QmNjOiB4?= é");
            i["debtor"]!["name"] = "Martin \"évil\" <evil@example.org>, other@example.org";
        });
        await own.MoveTo("2026-11-09T09:00:00+01:00");
        foreach (var file in Directory.GetFiles(own.Outbox, "*.eml"))
        {
            var mail = Eml.Read(file);
            Assert.Empty(mail.Names.Except(["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Auto-Submitted", "X-Dunning-Key"]));
            Assert.EndsWith("<compta@example.org>", mail["To"], StringComparison.Ordinal);
            Assert.EndsWith("<o'dd+tag@example.org>", mail["From"], StringComparison.Ordinal);
            Assert.Contains("=?utf-8?B?QmNjOiB4?= é", mail["Subject"], StringComparison.Ordinal);
            Assert.DoesNotContain("\r\nBcc", File.ReadAllText(file), StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal(2, Directory.GetFiles(own.Outbox, "*.eml").Length);
        Assert.Equal(2, (await own.Sent(path)).Length);
    }

    [Fact]
    public async Task Odd_paths_and_headers_are_refused_before_or_by_us_and_the_host_lives_on()
    {
        foreach (var target in new[] { "/api/invoices/%00", "/api/invoices/..%2f..%2fetc", "/api/invoices/../../etc", "/%2e%2e/%2e%2e", "/api/invoices/a%2Fb", "/api/invoices/%ff%fe", "/api/invoices/" + new string('9', 5000), "//", "/api//invoices", "*" })
        {
            var answer = await Raw($"GET {target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TestHost.Key}\r\nConnection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
        }
        Assert.StartsWith("HTTP/1.1 431", await Raw($"GET /healthz HTTP/1.1\r\nHost: x\r\nX: {new string('x', 100_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await Raw("POST /api/invoices HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n{}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", await Raw($"GET /api/invoices HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {new string('k', 9000)}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        foreach (var id in new[] { "..", "%2e%2e", "%00", "x%0d%0aSet-Cookie:a=b", new string('x', 3000) })
            Assert.InRange((await host.Get($"/api/debtors/{id}?creditor=demo")).Status, 400, 404);
        Assert.Equal(200, (await host.Get("/healthz")).Status);
    }

    private async Task<string> Case() => await host.Register();

    private async Task Refused(string path, string body, string field)
    {
        var before = (await host.Get("/api/invoices?limit=500")).Json["items"]!.AsArray().Count;
        var reply = await host.Send("POST", path, body);
        Assert.True(reply.Status == 400 && reply.Code == "invalidRequest" && reply.Fields.Contains(field), $"{body}: {reply}");
        Assert.Equal(before, (await host.Get("/api/invoices?limit=500")).Json["items"]!.AsArray().Count);
    }

    private static string With(string json, string member, string value)
    {
        var node = (JsonObject)JsonNode.Parse(json)!;
        node.Remove(member);
        var rest = node.ToJsonString()[1..];
        return $"{{\"{member}\":{value}{(rest == "}" ? "" : ",")}{rest}";
    }

    private async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", host.Address.Port);
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadLineAsync() ?? "";
        }
        catch (IOException)
        {
            return "HTTP/1.1 431 reset before it was read";
        }
    }
}
