using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>Letters on their way to the post and back, as whoever posts them sees it.</summary>
public sealed class PostTests
{
    // Reads a manifest as any program does that has never heard of us.
    private const string Read = """
        import csv, io, json, sys
        print(json.dumps(list(csv.DictReader(io.StringIO(sys.stdin.buffer.read().decode('utf-8-sig'), newline='')))))
        """;

    // Enters dates and tracking numbers as a French spreadsheet saves them.
    private const string Enter = """
        import csv, io, sys
        rows = list(csv.DictReader(io.StringIO(sys.stdin.buffer.read().decode('utf-8-sig'), newline='')))
        out = io.StringIO(newline='')
        writer = csv.DictWriter(out, rows[0].keys(), delimiter=';')
        writer.writeheader()
        for n, row in enumerate(rows):
            if n < 2: row['postedOn'], row['trackingNumber'] = '30/11/2026', f'1A 209 876 543 {n}'
            writer.writerow(row)
        sys.stdout.buffer.write(out.getvalue().encode('cp1252'))
        """;

    [Fact]
    public async Task The_letters_of_a_day_leave_in_one_file_and_come_back_with_their_numbers()
    {
        await using var host = await TestHost.Run();
        var plain = await host.Register();
        await host.Register(i => i["debtor"]!["name"] = "=HYPERLINK(\"https://evil.example\";\"Société; d’Étanchéité\")");
        await host.Register(i => i["debtor"]!["address"]!["line2"] = "Bât. \"C\", 2e étage");
        await host.MoveTo("2026-11-30T12:00:00+01:00");
        var listed = (await host.Get("/api/letters?date=2026-11-30&creditor=demo")).Json["items"]!.AsArray();
        Assert.Equal(3, listed.Count);
        Assert.Empty((await host.Get("/api/letters?date=2026-11-29")).Json["items"]!.AsArray());
        Assert.Empty((await host.Get("/api/letters?date=2026-12-01")).Json["items"]!.AsArray());
        Assert.Empty((await host.Get("/api/letters?date=2026-11-30&posted=true")).Json["items"]!.AsArray());

        var export = await host.Bytes("/api/letters/export?date=2026-11-30&creditor=demo");
        Assert.Equal(export, await host.Bytes("/api/letters/export?date=2026-11-30&creditor=demo"));
        using var zip = new ZipArchive(new MemoryStream(export));
        var csv = Content(zip, "manifest.csv");
        var rows = JsonNode.Parse(Outside.Python(Read, csv))!.AsArray();
        var manifest = JsonNode.Parse(Content(zip, "manifest.json"))!["letters"]!.AsArray();
        Assert.True(JsonNode.DeepEquals(manifest, new JsonArray([.. listed.Select(l => l!.DeepClone()).OrderBy(l => (string?)l["key"], StringComparer.Ordinal)])), $"{manifest}\n{listed}");
        Assert.Equal(5, zip.Entries.Count);
        foreach (var (row, letter) in rows.Zip(manifest))
        {
            foreach (var (column, member) in new[] { ("key", "key"), ("case", "caseId"), ("invoice", "number"), ("country", "country"), ("file", "file"), ("state", "state"), ("pages", "pages"), ("sheets", "sheets"), ("grams", "grams"), ("weightClass", "weightClass") })
                Assert.Equal(letter![member]!.ToString(), (string?)row![column]);
            Assert.Equal(("registered", "toPost", "", ""), ((string?)row!["registered"], (string?)row["state"], (string?)row["postedOn"], (string?)row["trackingNumber"]));
            Assert.Equal(letter!["address"]!.AsArray().Select(a => (string)a!), Enumerable.Range(1, 4).Select(i => (string)row[$"address{i}"]!).Where(a => a.Length > 0));
            // Nothing is a formula, and nothing else is touched.
            var name = (string)letter["recipient"]!;
            Assert.Equal(name.StartsWith('=') ? $"'{name}" : name, (string?)row["recipient"]);
            var pdf = Content(zip, (string)letter["file"]!);
            Assert.Equal(pdf, await host.Bytes($"/api/invoices/{letter["caseId"]}/messages/formal-notice/letter/1?format=pdf"));
            Assert.Contains((string)letter["address"]!.AsArray()[^1]!, pdf.Text(), StringComparison.Ordinal);
            Assert.Equal((int)letter["pages"]!, pdf.Text().Count(c => c == '\f'));
            Assert.Equal((int)letter["grams"]!, 5 * (int)letter["sheets"]! + 5);
        }

        var entered = Encoding.Latin1.GetBytes(Outside.Python(Enter.Replace("encode('cp1252')", "encode('cp1252').decode('latin1').encode('utf-8')", StringComparison.Ordinal), csv));
        Assert.Equal(["posted", "posted", "notPosted", "2 0 1 0"], await Back(host, entered));
        Assert.Equal(["known", "known", "notPosted", "0 2 1 0"], await Back(host, entered));
        var posted = (await host.Get("/api/letters?date=2026-11-30&posted=true")).Json["items"]!.AsArray();
        Assert.Equal(["2026-11-30 1A2098765430 posted", "2026-11-30 1A2098765431 posted"], posted.Select(l => $"{l!["postedOn"]} {l["trackingNumber"]} {l["state"]}").Order());
        Assert.Single((await host.Get("/api/letters?date=2026-11-30&posted=false")).Json["items"]!.AsArray());
        var leg = (await host.Get(plain)).Json["steps"]!.AsArray().Single(s => (string?)s!["step"] == "formal-notice")!["messages"]![0]!;
        Assert.Equal("1A2098765430", (string?)leg["trackingNumber"]);
        Assert.Single((await host.Get(plain)).Timeline("event"), e => (string?)e["type"] == "letterPosted");

        // A letter delivered the day after was still made on its own day.
        await host.MoveTo("2026-12-02T12:00:00+01:00");
        Assert.Equal(202, (await host.Post($"{plain}/messages/formal-notice/letter/1/outcome", new { outcome = "delivered" })).Status);
        Assert.Equal("delivered", (string?)(await host.Get("/api/letters?date=2026-11-30")).Json["items"]!.AsArray().Single(l => plain.EndsWith((string)l!["caseId"]!, StringComparison.Ordinal))!["state"]);
        Assert.Empty((await host.Get("/api/letters?date=2026-12-02")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Each_line_is_judged_by_itself_and_good_ones_are_kept()
    {
        await using var host = await TestHost.Run();
        var keys = new List<string>();
        for (var i = 0; i < 3; i++)
            keys.Add($"{(await host.Register())["/api/invoices/".Length..]}/formal-notice/letter/1");
        await host.MoveTo("2026-11-30T12:00:00+01:00");
        var lines = string.Join('\n',
            new JsonObject { ["key"] = keys[0], ["postedOn"] = "2026-11-30", ["trackingNumber"] = "A1" }.ToJsonString(),
            new JsonObject { ["key"] = keys[1], ["postedOn"] = "2026-12-24" }.ToJsonString(),
            new JsonObject { ["key"] = keys[1], ["postedOn"] = "2026-11-29" }.ToJsonString(),
            new JsonObject { ["key"] = keys[1], ["postedOn"] = "2026-11-30", ["trackingNumber"] = "a1" }.ToJsonString(),
            new JsonObject { ["key"] = "nobody/formal-notice/letter/1", ["postedOn"] = "2026-11-30" }.ToJsonString(),
            new JsonObject { ["key"] = keys[1].Replace("letter", "email", StringComparison.Ordinal), ["postedOn"] = "2026-11-30" }.ToJsonString(),
            new JsonObject { ["key"] = keys[1], ["trackingNumber"] = "8,70E+12", ["postedOn"] = "soon" }.ToJsonString(),
            "{",
            new JsonObject { ["key"] = keys[2], ["trackingNumber"] = "A2" }.ToJsonString(),
            new JsonObject { ["key"] = keys[0], ["postedOn"] = "2026-11-30", ["trackingNumber"] = "A3" }.ToJsonString());
        Assert.Equal(
            ["posted", "refused date", "refused date", "refused trackingNumber", "refused key", "refused key", "refused postedOn trackingNumber", "refused line", "refused postedOn", "refused key", "1 0 0 9"],
            await Back(host, Encoding.UTF8.GetBytes(lines)));
        Assert.Equal(["posted", "1 0 0 0"], await Back(host, Encoding.UTF8.GetBytes($"key,trackingNumber\r\n{keys[2]},A2\r\n"), "?date=2026-11-30"));
        // A number that comes later is added.
        Assert.Equal(["posted", "1 0 0 0"], await Back(host, Encoding.UTF8.GetBytes($"key,postedOn\r\n{keys[1]},2026-11-30\r\n")));
        Assert.Equal(["posted", "1 0 0 0"], await Back(host, Encoding.UTF8.GetBytes($"key,postedOn,trackingNumber\r\n{keys[1]},2026-11-30,A9\r\n")));
        Assert.Equal((400, "file"), (await host.Send("POST", "/api/letters/postings", "number;date\r\n1;2")) is var wrong ? (wrong.Status, wrong.Fields.Single()) : default);
        Assert.Equal((400, "file"), (await host.Send("POST", "/api/letters/postings", " \r\n")) is var empty ? (empty.Status, empty.Fields.Single()) : default);
    }

    [Fact]
    public async Task Nobody_sees_or_posts_the_letters_of_another_creditor()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var key = $"{(await host.Register())["/api/invoices/".Length..]}/formal-notice/letter/1";
        await host.MoveTo("2026-11-30T12:00:00+01:00");
        var other = await host.NewKey("operator", "other");
        foreach (var query in new[] { "", "&creditor=demo", "&creditor=other" })
        {
            Assert.Empty((await host.Get($"/api/letters?date=2026-11-30{query}", other)).Json["items"]!.AsArray());
            using var zip = new ZipArchive(new MemoryStream(await host.Bytes($"/api/letters/export?date=2026-11-30{query}", other)));
            Assert.Equal(["manifest.csv", "manifest.json"], zip.Entries.Select(e => e.Name));
        }
        Assert.Equal(["refused key", "0 0 0 1"], await Back(host, Encoding.UTF8.GetBytes($"key,postedOn\r\n{key},2026-11-30\r\n"), key: other));
        Assert.Equal(403, (await host.Get("/api/letters/export?date=2026-11-30", await host.NewKey("ingest", "demo"))).Status);
        Assert.Equal(["date"], (await host.Get("/api/letters")).Fields);
        Assert.Equal(["bothSides", "limit", "posted"], (await host.Get("/api/letters?date=2026-11-30&posted=x&bothSides=x&limit=0")).Fields.Order());
    }

    [Fact]
    public async Task Letters_of_a_creditor_in_test_mode_are_listed_and_never_exported()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/trial", new { name = "Trial", mode = "test" });
        await host.Register(i => i["creditor"] = "trial");
        await host.MoveTo("2026-11-30T12:00:00+01:00");
        Assert.True((bool)(await host.Get("/api/letters?date=2026-11-30&creditor=trial")).Json["items"]!.AsArray().Single()!["test"]!);
        using var zip = new ZipArchive(new MemoryStream(await host.Bytes("/api/letters/export?date=2026-11-30&creditor=trial")));
        Assert.Equal(["manifest.csv", "manifest.json"], zip.Entries.Select(e => e.Name));
    }

    [Fact]
    public async Task A_long_list_comes_in_pages_and_each_letter_once()
    {
        await using var host = await TestHost.Run();
        for (var i = 0; i < 7; i++)
            await host.Register();
        await host.MoveTo("2026-11-30T12:00:00+01:00");
        var (found, cursor) = (new List<string>(), "");
        do
        {
            var page = await host.Get($"/api/letters?date=2026-11-30&limit=2{cursor}");
            found.AddRange(page.Json["items"]!.AsArray().Select(l => (string)l!["key"]!));
            cursor = (string?)page.Json["nextCursor"] is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
        }
        while (cursor is not null);
        Assert.Equal((7, 7), (found.Count, found.Distinct().Count()));
        Assert.Equal(["cursor"], (await host.Get("/api/letters?date=2026-11-30&cursor=mine")).Fields);
    }

    private static byte[] Content(ZipArchive zip, string name)
    {
        using var stream = zip.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    // Each line's result with the fields at fault, then the summary.
    private static async Task<string[]> Back(TestHost host, byte[] file, string query = "", string? key = TestHost.Key)
    {
        var reply = await host.Send("POST", $"/api/letters/postings{query}", file, key);
        Assert.True(reply.Status == 200, reply.ToString());
        return [.. reply.Text.TrimEnd('\n').Split('\n').Select(l => JsonNode.Parse(l)!).Select(l => l["summary"] is { } s
            ? $"{s["posted"]} {s["known"]} {s["notPosted"]} {s["refused"]}"
            : string.Join(' ', l["faults"]?.AsArray().Select(f => (string)f!["field"]!).Order().Prepend((string)l["result"]!) ?? [(string)l["result"]!]))];
    }
}
