using System.Text;
using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>Ledgers over HTTP.</summary>
public sealed class ImportTests
{
    private static readonly byte[] Sample = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", "invoices.csv"));

    [Fact]
    public async Task The_sample_ledger_is_understood_line_by_line_and_twice_the_same_adds_nothing()
    {
        await using var host = await TestHost.Run();
        var rehearsed = await Import(host, "?creditor=demo&dryRun=true", Sample);
        Assert.Empty((await host.Get("/api/invoices")).Json["items"]!.AsArray());
        var first = await Import(host, "?creditor=demo", Sample);
        Assert.Equal(rehearsed[..^1].Select(l => $"{l["line"]} {l["result"]}"), first[..^1].Select(l => $"{l["line"]} {l["result"]}"));
        var summary = first[^1]["summary"]!;
        var accepted = (int)summary["accepted"]!;
        Assert.InRange(accepted, 30, 60);
        Assert.True((int)summary["refused"]! >= 2 && (int)summary["lines"]! == first.Count - 1, summary.ToJsonString());
        Assert.All(first.Where(l => (string?)l["result"] == "refused"), l => Assert.NotEmpty(l["faults"]!.AsArray()));
        var cases = (await host.Get("/api/invoices?limit=500")).Json["items"]!.AsArray();
        Assert.Equal(accepted, cases.Count);
        // Held unless said: nothing leaves before a person has looked.
        await host.MoveTo("2026-10-20T10:00:00+02:00");
        Assert.Empty(Directory.GetFiles(host.Outbox));

        var again = await Import(host, "?creditor=demo", Sample);
        Assert.Equal(0, (int)again[^1]["summary"]!["accepted"]!);
        Assert.Equal((int)summary["refused"]!, (int)again[^1]["summary"]!["refused"]!);
        Assert.Equal(accepted, (await host.Get("/api/invoices?limit=500")).Json["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_active_import_is_chased_at_once_and_what_was_paid_in_the_ledger_counts()
    {
        await using var host = await TestHost.Run();
        var lines = await Import(host, "?creditor=demo&start=active", "number,issue date,due date,name,kind,country,email,amount,paid,payment date\nA-1,2026-05-01,2026-06-01,Martin,business,FR,m@example.org,100.00,40.00,2026-06-10\n"u8.ToArray());
        Assert.True((string?)lines[0]["result"] == "accepted", lines[0].ToJsonString());
        await host.MoveTo("2026-10-06T09:00:00+02:00");
        var path = $"/api/invoices/{lines[0]["caseId"]}";
        Assert.Equal("60.00", (await host.Get(path))["balance"]);
        Assert.Equal(["2026-10-06 first email"], await host.Sent(path));
        // The id of a payment that came with the ledger names that payment.
        Assert.Equal((409, "factKnown"), ((await host.Post($"{path}/payments", new { id = "import-A-1", amount = 60m })) is var told ? (told.Status, told.Code) : default));
        Assert.Equal("60.00", (await host.Get(path))["balance"]);
        // A ledger that knows of more money must not pass for known: it would be chased.
        var later = await Import(host, "?creditor=demo&start=active", "number,issue date,due date,name,kind,country,email,amount,paid,payment date\nA-1,2026-05-01,2026-06-01,Martin,business,FR,m@example.org,100.00,100.00,2026-10-02\n"u8.ToArray());
        Assert.Equal(("refused", "payments"), ((string?)later[0]["result"], (string?)later[0]["faults"]![0]!["field"]));
    }

    [Fact]
    public async Task Json_lines_are_kept_or_refused_one_by_one_and_formulas_stay_text()
    {
        await using var host = await TestHost.Run();
        var lines = new StringBuilder();
        lines.AppendLine(host.Invoice(i => (i["number"], i["debtor"]!["name"]) = ("=cmd|' /C calc'!A0", "@SUM(1+1)")).ToJsonString());
        lines.AppendLine("{ \"number\": 5, ");
        lines.AppendLine("""{ "number": "\ud800" }""");
        lines.AppendLine("[1]");
        lines.AppendLine(new string('[', 10_000));
        lines.AppendLine(host.Invoice(i => i["amount"] = -5).ToJsonString());
        lines.AppendLine(host.Invoice().ToJsonString());
        lines.AppendLine(host.Invoice(i => i["creditor"] = "nobody").ToJsonString());
        var results = await Import(host, "", Encoding.UTF8.GetBytes(lines.ToString()));
        Assert.Equal("accepted refused refused refused refused refused accepted refused", string.Join(' ', results[..^1].Select(r => (string?)r["result"])));
        Assert.Equal("@SUM(1+1)", (await host.Get($"/api/invoices/{results[0]["caseId"]}"))["debtor.name"]);
    }

    [Theory]
    [InlineData("?start=later", "start")]
    [InlineData("?dryRun=perhaps", "dryRun")]
    [InlineData("?creditor=a%2Fb", "creditor")]
    public async Task A_wrong_parameter_is_named(string query, string field)
    {
        await using var host = await TestHost.Run();
        Assert.Equal([field], (await host.Send("POST", $"/api/invoices/import{query}", "number\n")).Fields);
    }

    [Fact]
    public async Task What_is_no_ledger_is_refused_whole()
    {
        await using var host = await TestHost.Run();
        foreach (var file in new[] { [], "\0\u0001\u0002"u8.ToArray(), "hello\nworld\n"u8.ToArray(), "PK\u0003\u0004"u8.ToArray() })
        {
            var reply = await host.Send("POST", "/api/invoices/import?creditor=demo", file);
            Assert.True((reply.Status, reply.Code) == (400, "invalidRequest"), reply.ToString());
        }
        Assert.Equal(404, (await host.Send("POST", "/api/invoices/import?creditor=nobody", "number\n")).Status);
        Assert.Equal(403, (await host.Send("POST", "/api/invoices/import", "number\n", await host.NewKey("read", "demo"))).Status);
    }

    private static async Task<List<JsonObject>> Import(TestHost host, string query, byte[] file)
    {
        var reply = await host.Send("POST", $"/api/invoices/import{query}", file);
        Assert.True(reply.Status == 200, reply.ToString());
        return [.. reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => (JsonObject)JsonNode.Parse(l)!)];
    }
}
