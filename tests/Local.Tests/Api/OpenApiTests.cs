using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dunning.Local.Tests.Api;

/// <summary>The description is of what the host really does.</summary>
public sealed partial class OpenApiTests
{
    [Fact]
    public async Task Every_operation_is_described_and_every_reference_resolves()
    {
        await using var host = await TestHost.Run();
        var reply = await host.Get("/openapi/v1.json", null);
        var api = reply.Json;
        Assert.Equal("3.1.0", reply["openapi"]);
        foreach (Match reference in Reference().Matches(reply.Text))
            Assert.True(reference.Groups[1].Value.Split('/').Aggregate((JsonNode?)api, (n, name) => n?[name]) is not null, reference.Value);
        var ids = api["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Select(o => (string)o.Value!["operationId"]!).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
        foreach (var (path, operations) in api["paths"]!.AsObject())
            foreach (var (method, operation) in operations!.AsObject())
            {
                var declared = operation!["parameters"]!.AsArray().Where(p => (string?)p!["in"] == "path").Select(p => (string)p!["name"]!);
                Assert.Equal(Placeholder().Matches(path).Select(m => m.Groups[1].Value), declared);
                // What is described is mapped: no route, no method is made up.
                var answer = await host.Send(method.ToUpperInvariant(), Placeholder().Replace(path, "nobody"), null, null);
                Assert.True(answer.Status is 401 or 200, $"{method} {path}: {answer}");
            }
        // Section 6 of the contract, read back.
        string[] promised =
        [
            "post /api/invoices", "put /api/creditors/{creditor}/invoices/{number}", "post /api/invoices/import", "get /api/invoices", "get /api/invoices/{id}", "put /api/invoices/{id}/document",
            "post /api/invoices/{id}/payments", "post /api/invoices/{id}/reversals", "post /api/invoices/{id}/pending-payments", "post /api/invoices/{id}/credit-notes", "post /api/invoices/{id}/promises",
            "post /api/invoices/{id}/disputes", "post /api/invoices/{id}/disputes/{dispute}/resolve", "post /api/invoices/{id}/plans", "post /api/invoices/{id}/replies", "post /api/invoices/{id}/hold",
            "post /api/invoices/{id}/release", "post /api/invoices/{id}/cancel", "post /api/invoices/{id}/write-off", "post /api/invoices/{id}/calls", "post /api/invoices/{id}/contact",
            "post /api/invoices/{id}/due-date", "post /api/invoices/{id}/amend", "post /api/invoices/{id}/policy", "post /api/invoices/{id}/steps/{step}/approve",
            "post /api/invoices/{id}/steps/{step}/reject", "post /api/invoices/{id}/steps/{step}/send-now", "get /api/invoices/{id}/steps/{step}/preview", "get /api/invoices/{id}/messages/{key}",
            "post /api/invoices/{id}/messages/{key}/outcome", "post /api/invoices/{id}/messages/{key}/resend", "get /api/tasks", "post /api/tasks/{task}/done", "put /api/debtors/{id}",
            "get /api/debtors/{id}", "post /api/debtors/{id}/hold", "post /api/debtors/{id}/release", "post /api/debtors/{id}/insolvency", "get /api/creditors", "put /api/creditors/{id}",
            "put /api/creditors/{id}/ledger", "get /api/policies", "put /api/policies/{name}", "get /api/keys", "post /api/keys", "post /api/simulations", "get /healthz", "get /readyz",
            "get /api/clock", "post /api/clock", "post /api/claims/calculate", "get /api/invoices/{id}/claim", "get /api/rates", "put /api/rates/{series}/{semester}", "get /api/letters", "get /api/letters/export", "post /api/letters/postings",
            "get /api/invoices/{id}/plans/{plan}/document", "post /api/invoices/{id}/plans/{plan}/accepted", "post /api/invoices/{id}/debit-notes", "get /api/invoices/{id}/debit-notes/{number}",
        ];
        var described = api["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key} {p.Key}")).ToHashSet();
        Assert.Empty(promised.Except(described));
    }

    [Fact]
    public async Task Every_example_sent_as_it_is_does_what_it_says()
    {
        await using var host = await TestHost.Run();
        var api = (await host.Get("/openapi/v1.json", null)).Json;
        // The examples tell of the first days of November.
        await host.MoveTo("2026-11-02T10:00:00+01:00");
        var (sent, scoped) = (0, await host.NewKey("admin", "demo"));
        foreach (var (path, operations) in api["paths"]!.AsObject())
            foreach (var (method, operation) in operations!.AsObject())
            {
                // Told of a message whose fate is unknown, of which there is none here; the clock moves last.
                if (((string)operation!["operationId"]!).StartsWith("tellOutcome", StringComparison.Ordinal) || (string)operation["operationId"]! == "moveClock")
                    continue;
                if (operation["requestBody"]?["content"]?["application/json"]?["example"] is not { } example)
                    continue;
                sent++;
                var name = (string)operation["operationId"]!;
                // The example of a registration is what a platform sends with a key of its own creditor.
                var reply = await host.Send(method.ToUpperInvariant(), await Prepare(host, name, path), example.ToJsonString(), name == "registerInvoice" ? scoped : TestHost.Key);
                var expected = operation["responses"]!.AsObject().First().Key;
                Assert.True(reply.Status.ToString(System.Globalization.CultureInfo.InvariantCulture) == expected || (name is "putCreditor" && reply.Status == 201) || (name is "upsertInvoice" && reply.Status == 202), $"{name}: {reply}");
                if (operation["responses"]![expected]!["content"]?["application/json"]?["schema"]?["$ref"] is { } schema)
                    Conforms(api["components"]!["schemas"]![((string)schema!).Split('/')[^1]]!, JsonNode.Parse(reply.Text), name);
            }
        Assert.InRange(sent, 35, 100);
    }

    [Fact]
    public async Task The_answers_are_as_described()
    {
        await using var host = await TestHost.Run();
        var api = (await host.Get("/openapi/v1.json", null)).Json;
        var path = await host.Register();
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        await host.Post($"{path}/payments", new { amount = 100m });
        foreach (var (route, url) in new[]
                 {
                     ("/api/invoices", "/api/invoices"), ("/api/invoices/{id}", path), ("/api/tasks", "/api/tasks"), ("/api/creditors", "/api/creditors"), ("/api/creditors/{id}", "/api/creditors/demo"),
                     ("/api/keys", "/api/keys"), ("/api/debtors/{id}", $"/api/debtors/{(await host.Get(path))["debtor.id"]}"), ("/api/invoices/{id}/steps/{step}/preview", $"{path}/steps/first/preview"),
                     ("/api/invoices/{id}/messages/{step}/{channel}/{sending}", $"{path}/messages/first/email/1"),
                     ("/api/invoices/{id}/claim", $"{path}/claim"), ("/api/rates", "/api/rates"), ("/api/kpis", "/api/kpis?creditor=demo"), ("/api/events", "/api/events?creditor=demo"), ("/api/webhook-endpoints", "/api/webhook-endpoints?creditor=demo"),
                 })
        {
            var schema = api["paths"]![route]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!;
            Conforms(api["components"]!["schemas"]![((string)schema!).Split('/')[^1]]!, (await host.Get(url)).Json, route);
        }
        Conforms(api["components"]!["schemas"]!["Problem"]!, (await host.Get("/api/invoices/nobody")).Json, "problem");
    }

    // What an example presupposes: a case, and what it refers to.
    private static async Task<string> Prepare(TestHost host, string name, string route)
    {
        if (name == "upsertInvoice")
        {
            await host.Put("/api/creditors/upserts", new { name = "Upserts" });
            return "/api/creditors/upserts/invoices/F-2026-0001";
        }
        var (id, step) = ("", "hand-over");
        if (route.StartsWith("/api/invoices/{id}", StringComparison.Ordinal) || name == "finishTask")
        {
            id = await host.Register(i => i["debtor"]!["id"] = $"for-{name}");
            if (name == "addReversal")
                await host.Post($"{id}/payments", new { id = "pay-1", amount = 5m });
            if (name == "acceptPlan")
                await host.Post($"{id}/plans", new { id = "plan-9", instalments = new[] { new { date = "2026-12-01", amount = 1200m } } });
            if (name == "failPendingPayment")
                await host.Post($"{id}/pending-payments", new { id = "debit-9", expectedOn = "2026-11-12" });
            if (name == "resolveDispute")
                await host.Post($"{id}/disputes", new { id = "dispute-9", kind = "technical" });
            if (name == "judgeDuplicate")
                foreach (var (payment, source) in new[] { ("twin-1", "bank"), ("twin-2", "stripe") })
                    await host.Post($"{id}/payments", new { id = payment, amount = 5m, date = "2026-10-01", source });
            if (name == "classifyReply")
                await host.Post($"{id}/replies", new { id = "reply-9" });
            if (name == "release")
                await host.Post($"{id}/hold");
            if (name is "rejectStep" or "sendNow")
                step = "first";
        }
        if (name == "finishTask")
        {
            await host.Post($"{id}/disputes", new { id = "reviewed", kind = "technical" });
            await host.MoveTo("2026-11-12T10:00:00+01:00");
            return $"/api/tasks/{(await host.Task(id, "disputeReview"))["id"]}/done";
        }
        if (name.EndsWith("Debtor", StringComparison.Ordinal) || name == "openInsolvency")
        {
            await host.Register(i => i["debtor"]!["id"] = "martin");
            id = "martin";
        }
        if (route.StartsWith("/api/webhook-endpoints/{id}", StringComparison.Ordinal))
            id = (await host.Post("/api/webhook-endpoints", new { creditor = "demo", url = "https://platform.example.org/", disabled = true }))["id"];
        if (name == "putRate")
            return "/api/rates/ecb/2026-H2";
        if (name == "putPolicy")
            return "/api/policies/gentle?creditor=demo";
        if (name.StartsWith("putCreditor", StringComparison.Ordinal) || name == "putLedger")
            id = "demo";
        return route.Replace("/api/invoices/{id}", id.Length > 0 ? id : "/api/invoices/{id}", StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{pending}", "debit-9", StringComparison.Ordinal).Replace("{dispute}", "dispute-9", StringComparison.Ordinal).Replace("{payment}", "twin-2", StringComparison.Ordinal)
            .Replace("{creditor}", "demo", StringComparison.Ordinal).Replace("{plan}", "plan-9", StringComparison.Ordinal).Replace("{reply}", "reply-9", StringComparison.Ordinal).Replace("{step}", step, StringComparison.Ordinal);
    }

    // As much of JSON Schema as the description uses.
    private static void Conforms(JsonNode schema, JsonNode? value, string where)
    {
        if (schema is JsonValue)
            return;
        var types = schema["type"] is JsonArray several ? several.Select(t => (string?)t).ToList() : [(string?)schema["type"]];
        var kind = value?.GetValueKind() switch
        {
            null => "null",
            System.Text.Json.JsonValueKind.Object => "object",
            System.Text.Json.JsonValueKind.Array => "array",
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => types.Contains("integer") ? "integer" : "number",
            _ => "boolean",
        };
        Assert.True(types is [null] || types.Contains(kind), $"{where} is {kind}, described as {schema.ToJsonString()}");
        if (value is null)
            return;
        foreach (var required in schema["required"]?.AsArray() ?? [])
            Assert.True(value.AsObject().ContainsKey((string)required!), $"{where}.{required} is missing");
        if (value is JsonObject members && schema["properties"] is JsonObject properties)
            foreach (var (name, member) in members)
                if (name != "warnings")
                    Conforms(properties[name] ?? throw new Xunit.Sdk.XunitException($"{where}.{name} is not described"), member, $"{where}.{name}");
        if (value is JsonArray items && schema["items"] is { } each)
            foreach (var item in items)
                Conforms(each, item, $"{where}[]");
    }

    [GeneratedRegex("\"\\$ref\": ?\"#/([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
