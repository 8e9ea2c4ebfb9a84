using System.Text;
using System.Text.Json.Nodes;
using Dunning.BankSamples;
using Dunning.Domain;

namespace Dunning.Local.Tests.Api;

/// <summary>Bank statements over HTTP: what names an invoice pays it, once; the rest waits for a person.</summary>
public sealed class StatementTests
{
    private const string Martin = "FR1420041010050500013M02606";

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Each_way_to_name_an_invoice_pays_it_and_the_report_says_how(int version)
    {
        await using var host = await TestHost.Run();
        var paths = new List<string>();
        for (var i = 0; i < 7; i++)
            paths.Add(await Register(host, $"F-2026-{i:d4}", 100m + i));
        var lines = await Take(host, Camt.Statement(version,
        [
            CamtEntry.Of(100m, new() { Reference = RfReference.For("F-2026-0000").Value }),
            CamtEntry.Of(101m, new() { Reference = BelgianReference.For(20260001).Value, IsBelgian = true }),
            CamtEntry.Of(102m, new() { EndToEndId = "F-2026-0002" }),
            CamtEntry.Of(103m, new() { Text = ["VIR RF", RfReference.For("F-2026-0003").Display] }),
            CamtEntry.Of(209.20m, new() { Text = ["Factures F-2026-0004 et f2026/0005"] }),
            CamtEntry.Of(50m, new() { Documents = ["F-2026-0006"] }),
            CamtEntry.Of(56m, new() { Text = ["solde F-2026-0006"] }),
        ]));
        Assert.Equal(
            ["applied structuredReference", "applied structuredReference", "applied endToEndId", "applied referenceInText", "applied invoiceNumber", "applied documentNumber", "applied invoiceNumber"],
            lines[..^1].Select(l => $"{l["result"]} {l["matchedBy"]}"));
        Assert.Equal(2, lines[4]["payments"]!.AsArray().Count);
        foreach (var path in paths)
            Assert.Equal((path, "paid"), (path, (await host.Get(path))["status"]));
        var total = lines[^1]["summary"]!["totals"]!.AsArray().Single()!;
        Assert.Equal((721.20m, 721.20m, 0m), ((decimal)total["credits"]!, (decimal)total["applied"]!, (decimal)total["waiting"]!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_statement_twice_and_a_statement_after_its_notifications_count_once(bool reference)
    {
        await using var host = await TestHost.Run();
        var path = await Register(host, "F-2026-0001", 300m);
        // Two alike on one day, and one without a word: three credits.
        CamtEntry[] entries =
        [
            CamtEntry.Of(50m, new() { Text = ["F-2026-0001"], Iban = Martin }, reference ? "B1" : null), CamtEntry.Of(50m, new() { Text = ["F-2026-0001"], Iban = Martin }, reference ? "B2" : null),
            CamtEntry.Of(70m, new(), reference ? "B3" : null),
        ];
        foreach (var (entry, i) in entries.Select((e, i) => (e, i)))
            Assert.Equal(i < 2 ? "applied" : "unmatched", (string?)(await Take(host, Camt.Notification(8, [entry], $"N{i}")))[0]["result"]);
        foreach (var file in new[] { Camt.Statement(2, entries), Camt.Statement(2, entries), Camt.Notification(8, [entries[1]], "N1"), Camt.Statement(8, entries) })
            Assert.All((await Take(host, file))[..^1], l => Assert.Equal("duplicate", (string?)l["result"]));
        Assert.Equal("200.00", (await host.Get(path))["balance"]);
        Assert.Single((await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray());
        // A third one alike in a later statement is another one; of the same day, only the bank's reference tells.
        Assert.Equal("applied", (string?)(await Take(host, Camt.Statement(2, [CamtEntry.Of(50m, new() { Text = ["F-2026-0001"], Iban = Martin }, reference ? "B4" : null) with { Valued = reference ? "2026-10-05" : "2026-10-06" }], "STMT-2")))[0]["result"]);
        Assert.Equal("150.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task The_same_statement_sent_many_times_at_once_counts_once()
    {
        await using var host = await TestHost.Run();
        var paths = new List<string>();
        for (var i = 0; i < 40; i++)
            paths.Add(await Register(host, $"F-2026-{i:d4}", 100m));
        var statement = Camt.Statement(2, Enumerable.Range(0, 40).Select(i => CamtEntry.Of(30m, new() { Text = [i % 8 == 7 ? "divers" : $"F-2026-{i:d4}"] })));
        var told = (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Take(host, statement))))).SelectMany(lines => lines[..^1]).ToList();
        Assert.DoesNotContain(told, l => (string?)l["result"] == "refused");
        for (var i = 0; i < 40; i++)
            Assert.Equal((i, i % 8 == 7 ? "100.00" : "70.00"), (i, (await host.Get(paths[i]))["balance"]));
        Assert.Equal(5, (await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_batch_told_in_detail_by_a_notification_and_as_one_sum_by_the_statement_counts_once()
    {
        await using var host = await TestHost.Run();
        var paths = new[] { await Register(host, "F-2026-0001", 10m), await Register(host, "F-2026-0002", 20m) };
        var detailed = new CamtEntry(30m) { BankReference = "BATCH", Details = [new() { Amount = 10m, EndToEndId = "F-2026-0001" }, new() { Amount = 20m, EndToEndId = "F-2026-0002" }] };
        Assert.All((await Take(host, Camt.Notification(2, [detailed])))[..^1], l => Assert.Equal("applied", (string?)l["result"]));
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal("duplicate", (string?)(await Take(host, Camt.Statement(2, [new(30m) { BankReference = "BATCH", Information = "REMISE" }])))[0]["result"]);
        // The bank's word for it alone makes no other remittance of that sum the same; nor does its reference, a year later.
        var other = Camt.Notification(2, [new CamtEntry(30m) { BankReference = "BATCH-2", Information = "REMISE" }], "N2");
        Assert.Equal("unmatched", (string?)(await Take(host, other))[0]["result"]);
        var later = Camt.Statement(2, [new CamtEntry(30m) { BankReference = "BATCH", Information = "REMISE", Booked = "2027-10-05", Valued = "2027-10-05" }], "STMT-9");
        Assert.Equal("unmatched", (string?)(await Take(host, later))[0]["result"]);
        foreach (var path in paths)
            Assert.Equal(("0.00", "0.00"), ((await host.Get(path)) is var seen ? (seen["balance"], seen["overpaid"] is "null" ? "0.00" : seen["overpaid"]) : default));
        Assert.Equal(2, (await host.Get("/api/unmatched")).Json["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_returned_credit_opens_its_invoices_again_once_and_takes_what_waits_out_of_the_queue()
    {
        await using var host = await TestHost.Run();
        var paths = new[] { await Register(host, "F-2026-0001", 10m), await Register(host, "F-2026-0002", 20m) };
        await Take(host, Camt.Statement(8, [CamtEntry.Of(30m, new() { EndToEndId = "DD-1", Documents = ["F-2026-0001", "F-2026-0002"] }, "B1"), CamtEntry.Of(99m, new() { EndToEndId = "DD-2" }, "B2")]));
        Assert.Equal("paid", (await host.Get(paths[0]))["status"]);
        var back = Camt.Statement(8, [CamtEntry.Of(30m, new() { EndToEndId = "DD-1", ReturnReason = "MD06" }, "R1") with { Direction = "DBIT", Booked = "2026-11-20", Valued = "2026-11-20" },
            CamtEntry.Of(99m, new() { EndToEndId = "DD-2" }, "R2") with { Direction = "DBIT", Reversal = true, Booked = "2026-11-20", Valued = "2026-11-20" },
            CamtEntry.Of(5m, new() { EndToEndId = "DD-3", ReturnReason = "AM04" }, "R3") with { Direction = "DBIT" }], "STMT-2", asOf: "2026-10-01");
        Assert.Equal("returned returned unmatched", string.Join(' ', (await Take(host, back))[..^1].Select(l => (string?)l["result"])));
        Assert.Equal(("10.00", "20.00"), ((await host.Get(paths[0]))["balance"], (await host.Get(paths[1]))["balance"]));
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
        Assert.Equal("duplicate duplicate unmatched", string.Join(' ', (await Take(host, back))[..^1].Select(l => (string?)l["result"])));
        Assert.Equal("10.00", (await host.Get(paths[0]))["balance"]);
    }

    [Fact]
    public async Task What_is_doubtful_is_proposed_never_applied_and_a_person_divides_it()
    {
        await using var host = await TestHost.Run();
        var (first, second) = (await Register(host, "F-2026-0001", 100m), await Register(host, "F-2026-0002", 200m));
        var lines = await Take(host, Camt.Statement(2,
        [
            CamtEntry.Of(250m, new() { Text = ["F-2026-0001 F-2026-0002"] }),
            CamtEntry.Of(180m, new() { Text = ["F-2026-0001"] }),
            CamtEntry.Of(100m, new() { Text = ["F-2026-0001"] }) with { Currency = "USD" },
            CamtEntry.Of(200m, new() { Name = "BOULANGERIE MARTIN" }),
            CamtEntry.Of(7m, new() { Text = ["merci"] }),
        ]));
        Assert.Equal(["proposed", "proposed", "proposed", "proposed amountAndName", "unmatched"], lines[..^1].Select(l => $"{l["result"]} {(l["matchedBy"]?.ToString() == "amountAndName" ? "amountAndName" : "")}".Trim()));
        Assert.Equal(("100.00", "200.00"), ((await host.Get(first))["balance"], (await host.Get(second))["balance"]));
        var id = (string)lines[0]["unmatched"]!;
        object Divided(decimal a, decimal b) => new { assignments = new[] { new { caseId = CaseOf(first), amount = a }, new { caseId = CaseOf(second), amount = b } } };
        Assert.Equal((422, "ruleBroken"), (await host.Post($"/api/unmatched/{id}/assign", Divided(100m, 100m))) is var wrong ? (wrong.Status, wrong.Code) : default);
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal(202, (await host.Post($"/api/unmatched/{id}/assign", Divided(100m, 150m))).Status);
        Assert.Equal(409, (await host.Post($"/api/unmatched/{id}/assign", Divided(150m, 100m))).Status);
        Assert.Equal(("0.00", "50.00"), ((await host.Get(first))["balance"], (await host.Get(second))["balance"]));
        Assert.Equal(4, (await host.Get("/api/unmatched")).Json["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_a_doubtful_credit_may_have_paid_until_a_person_says_whose_it_is()
    {
        await using var host = await TestHost.Run();
        var (paid, other) = (await Register(host, "F-2026-0001", 100m), await Register(host, "F-2026-0002", 200m));
        var doubtful = Camt.Statement(2, [CamtEntry.Of(180m, new() { Text = ["F-2026-0001"] }, "B1"), CamtEntry.Of(250m, new() { Text = ["F-2026-0002"] }, "B2")]);
        foreach (var result in (string[])["proposed", "duplicate"])
            Assert.All((await Take(host, doubtful))[..^1], l => Assert.Equal(result, (string?)l["result"]));
        foreach (var path in (string[])[paid, other])
            Assert.Equal("pendingPayment", (string?)(await host.Get(path)).Json["next"]!["waitingFor"]);
        var waiting = (await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray();
        Assert.All(waiting, w => Assert.Single(w!["silenced"]!.AsArray()));
        // The one is somebody else's after all, the other goes back.
        var id = (string)waiting.Single(w => (decimal)w!["amount"]! == 180m)!["id"]!;
        Assert.Equal(202, (await host.Post($"/api/unmatched/{id}/assign", new { invoice = CaseOf(other) })).Status);
        Assert.Null((string?)(await host.Get(paid)).Json["next"]!["waitingFor"]);
        Assert.Equal(("20.00", "pendingPayment"), ((await host.Get(other))["balance"], (string?)(await host.Get(other)).Json["next"]!["waitingFor"]));
        await Take(host, Camt.Statement(2, [CamtEntry.Of(250m, new() { Text = ["F-2026-0002"], ReturnReason = "AC04" }, "R2") with { Direction = "DBIT" }], "STMT-2"));
        Assert.Null((string?)(await host.Get(other)).Json["next"]!["waitingFor"]);
        Assert.Empty((await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task An_account_that_paid_before_pays_the_one_invoice_that_owes_exactly_that()
    {
        await using var host = await TestHost.Run();
        async Task<string> Pays(decimal amount, string id, string text = "") =>
            (await Take(host, Camt.Statement(2, [CamtEntry.Of(amount, new() { Iban = Martin, Text = [text] })], id)))[0] is var line ? $"{line["result"]} {line["matchedBy"]}" : "";
        await Register(host, "F-2026-0001", 100m);
        var second = await Register(host, "F-2026-0002", 200m);
        Assert.Equal("unmatched ", await Pays(77m, "S0"));
        Assert.Equal("applied invoiceNumber", await Pays(100m, "S1", "F-2026-0001"));
        Assert.Equal("proposed amountAndAccount", await Pays(199m, "S2"));
        Assert.Equal("proposed amountAndAccount", await Pays(200m, "S3", "F-2026-0099"));
        Assert.Equal("applied amountAndAccount", await Pays(200m, "S4", "merci"));
        Assert.Equal("paid", (await host.Get(second))["status"]);
        await Register(host, "F-2026-0003", 300m);
        await Register(host, "F-2026-0004", 300m);
        Assert.Equal("proposed amountAndAccount", await Pays(300m, "S5"));
    }

    [Fact]
    public async Task An_account_is_known_from_a_person_s_word_too_and_money_of_an_unknown_one_is_not_guessed()
    {
        await using var host = await TestHost.Run();
        var first = await Register(host, "F-2026-0001", 100m);
        await Register(host, "F-2026-0002", 200m);
        async Task<JsonNode> Pays(decimal amount, string id, string on = "2026-10-05") => (await Take(host, Camt.Statement(8, [CamtEntry.Of(amount, new() { Iban = Martin }) with { Valued = on }], id)))[0];
        Assert.Equal("unmatched", (string?)(await Pays(200m, "S1"))["result"]);
        var waits = (string)(await Pays(100m, "S2"))["unmatched"]!;
        Assert.Equal(202, (await host.Post($"/api/unmatched/{waits}/assign", new { invoice = CaseOf(first) })).Status);
        Assert.Equal("applied", (string?)(await Pays(200m, "S3", "2026-10-06"))["result"]);
    }

    [Fact]
    public async Task A_rehearsal_says_the_same_and_writes_nothing()
    {
        await using var host = await TestHost.Run();
        var path = await Register(host, "F-2026-0001", 100m);
        var file = Camt.Statement(8, [CamtEntry.Of(60m, new() { Text = ["F-2026-0001"] }), CamtEntry.Of(60m, new() { Text = ["F-2026-0001"] }), CamtEntry.Of(5m, new())]);
        var rehearsed = await Take(host, file, "&dryRun=true");
        Assert.Equal("100.00", (await host.Get(path))["balance"]);
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
        Assert.Equal("null", (await host.Get("/api/creditors/demo"))["ledgerAsOf"]);
        var taken = await Take(host, file);
        Assert.Equal("applied proposed unmatched", string.Join(' ', rehearsed[..^1].Select(l => (string?)l["result"])));
        Assert.Equal(rehearsed[..^1].Select(l => $"{l["result"]} {l["why"]}"), taken[..^1].Select(l => $"{l["result"]} {l["why"]}"));
        Assert.Equal("2026-10-01", (await host.Get("/api/creditors/demo"))["ledgerAsOf"]);
    }

    [Fact]
    public async Task A_statement_advances_the_books_never_back_and_not_when_a_line_of_it_is_missing()
    {
        await using var host = await TestHost.Run();
        async Task<string> After(string file)
        {
            await Take(host, file);
            return (await host.Get("/api/creditors/demo"))["ledgerAsOf"];
        }
        Assert.Equal("2026-09-20", await After(Camt.Statement(2, [], "S1", asOf: "2026-09-20")));
        Assert.Equal("2026-09-20", await After(Camt.Statement(2, [], "S2", asOf: "2026-09-10")));
        Assert.Equal("2026-09-20", await After(Camt.Notification(2, [new(1m)])));
        Assert.Equal("2026-09-20", await After(Camt.Statement(2, [new(-1m)], "S3", asOf: "2026-09-25")));
        Assert.Equal("2026-09-20", await After(Camt.Statement(2, [new(1m)], "S4", asOf: "2026-09-25")[..^30]));
        Assert.Equal("2026-09-25", await After("Date;Libellé;Montant\n25/09/2026;X;1,00\n"));
    }

    [Fact]
    public async Task A_file_cut_short_keeps_what_it_told_and_ends_with_its_one_error()
    {
        await using var host = await TestHost.Run();
        var (first, second) = (await Register(host, "F-2026-0001", 100m), await Register(host, "F-2026-0002", 100m));
        var file = Camt.Statement(8, [CamtEntry.Of(100m, new() { Text = ["F-2026-0001"] }), CamtEntry.Of(100m, new() { Text = ["F-2026-0002"] })]);
        var lines = await Take(host, file[..file.LastIndexOf("<Ustrd>", StringComparison.Ordinal)]);
        Assert.Equal(["applied"], lines[..^1].Select(l => (string?)l["result"]));
        var summary = lines[^1]["summary"]!;
        Assert.Equal((false, "brokenXml"), ((bool)summary["complete"]!, (string?)summary["fault"]!["code"]));
        Assert.Contains("line ", (string?)summary["fault"]!["message"], StringComparison.Ordinal);
        Assert.Equal(("0.00", "100.00"), ((await host.Get(first))["balance"], (await host.Get(second))["balance"]));
        Assert.Equal("duplicate applied", string.Join(' ', (await Take(host, file))[..^1].Select(l => (string?)l["result"])));
    }

    [Fact]
    public async Task What_is_no_statement_or_not_of_the_creditor_is_refused_whole()
    {
        await using var host = await TestHost.Run();
        var path = await Register(host, "F-2026-0001", 100m);
        foreach (var file in new[] { "", "hello", "<html/>", "\0\u0001", Camt.Statement(2, []).Replace("<Document", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Document", StringComparison.Ordinal) })
            Assert.True((await host.Send("POST", "/api/statements?creditor=demo", file)) is { Status: 400, Code: "invalidRequest" }, file);
        Assert.Equal(404, (await host.Send("POST", "/api/statements?creditor=nobody", "x")).Status);
        Assert.Equal(403, (await host.Send("POST", "/api/statements?creditor=demo", "x", await host.NewKey("read"))).Status);
        Assert.Equal(["creditor"], (await host.Send("POST", "/api/statements", "x")).Fields);
        Assert.Equal(["format", "profile", "dryRun"], (await host.Send("POST", "/api/statements?creditor=demo&format=mt940&profile=mybank&dryRun=perhaps", "x")).Fields);
        await host.Put("/api/creditors/other", new { name = "Other" });
        Assert.Equal(404, (await host.Send("POST", "/api/statements?creditor=demo", "x", await host.NewKey("ingest", "other"))).Status);

        var theirs = Camt.Statement(2, [CamtEntry.Of(100m, new() { Text = ["F-2026-0001"] })], account: "BE68539007547034");
        Assert.Equal("otherAccount", (string?)(await Take(host, theirs))[^1]["summary"]!["fault"]!["code"]);
        Assert.Equal("100.00", (await host.Get(path))["balance"]);
        Assert.Equal("applied", (string?)(await Take(host, theirs, "&account=any"))[0]["result"]);
    }

    [Fact]
    public async Task Whoever_accepts_only_json_gets_one_object()
    {
        await using var host = await TestHost.Run();
        var reply = await host.Send("POST", "/api/statements?creditor=demo", Camt.Statement(2, [new(1m), new(2m)]), TestHost.Key, ("Accept", "application/json"));
        Assert.Equal((200, "application/json", 2), (reply.Status, reply.ContentType, reply.Json["lines"]!.AsArray().Count));
        Assert.Equal(2, (int)reply.Json["summary"]!["unmatched"]!);
    }

    [Fact]
    public async Task What_the_platform_told_already_is_a_possible_duplicate_of_the_case()
    {
        await using var host = await TestHost.Run();
        var path = await Register(host, "F-2026-0001", 100m);
        Assert.Equal(202, (await host.Post($"{path}/payments", new { id = "p-1", amount = 40m, date = "2026-10-04" })).Status);
        Assert.Equal("applied", (string?)(await Take(host, Camt.Statement(2, [CamtEntry.Of(40m, new() { Text = ["F-2026-0001"] })])))[0]["result"]);
        Assert.Equal("60.00", (await host.Get(path))["balance"]);
        await host.Task(path, "possibleDuplicate");
    }

    [Fact]
    public async Task A_statement_for_the_sample_ledger_is_matched_line_by_line()
    {
        await using var host = await TestHost.Run();
        var ledger = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "samples", "invoices.csv"));
        Assert.Equal(200, (await host.Send("POST", "/api/invoices/import?creditor=demo&start=active", ledger)).Status);
        var cases = (await host.Get("/api/invoices?creditor=demo&limit=500&sort=number")).Json["items"]!.AsArray().Where(c => (decimal)c!["balance"]! > 0 && (string?)c["currency"] == "EUR").ToList();
        var entries = new List<CamtEntry>();
        for (var i = 0; i < cases.Count; i++)
        {
            var (number, balance) = ((string)cases[i]!["number"]!, (decimal)cases[i]!["balance"]!);
            entries.Add((i % 6) switch
            {
                0 => CamtEntry.Of(balance, new() { Reference = RfReference.For(number).Value }, $"B{i}"),
                1 => CamtEntry.Of(balance, new() { EndToEndId = number }, $"B{i}"),
                2 => CamtEntry.Of(balance - 0.35m, new() { Text = ["VIR SEPA", number.Replace('-', ' ')] }, $"B{i}"),
                3 => CamtEntry.Of(decimal.Round(balance / 2, 2), new() { Text = [$"acompte {number}"] }, $"B{i}"),
                4 => CamtEntry.Of(balance, new() { Text = ["sans communication"], Name = (string?)cases[i]!["debtorName"] }, $"B{i}"),
                _ => CamtEntry.Of(balance + 25m, new() { Text = [number] }, $"B{i}"),
            });
        }
        var lines = await Take(host, Camt.Statement(8, entries));
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine("| line | amount | what was written | result | matched by | invoices |");
        output.WriteLine("|---:|---:|---|---|---|---|");
        foreach (var line in lines[..^1])
            output.WriteLine($"| {line["line"]} | {line["amount"]} | {line["text"]} | {line["result"]}{(line["why"] is { } why ? $": {why}" : "")} | {line["matchedBy"]} | {string.Join(", ", (line["payments"] ?? line["candidates"] ?? new JsonArray()).AsArray().Select(p => (string?)p!["number"]))} |");
        for (var i = 0; i < cases.Count; i++)
        {
            Assert.Equal((i, i % 6 < 4 ? "applied" : "proposed"), (i, (string?)lines[i]["result"]));
            if (i % 6 < 4)
                Assert.Equal((string)cases[i]!["number"]!, (string)lines[i]["payments"]!.AsArray().Single()!["number"]!);
        }
    }

    internal static string CaseOf(string path) => path.Split('/')[^1];

    internal static Task<string> Register(TestHost host, string number, decimal amount) => host.Register(i =>
    {
        (i["number"], i["amount"]) = (number, amount);
        i["creditor"] = "demo";
    });

    internal static async Task<List<JsonNode>> Take(TestHost host, string file, string query = "")
    {
        var reply = await host.Send("POST", $"/api/statements?creditor=demo{query}", Encoding.UTF8.GetBytes(file));
        Assert.True(reply.Status == 200, reply.ToString());
        return [.. reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
    }
}
