using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dunning.Service.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Api;

/// <summary>The hand-over file as whoever takes the case over receives it: opened by .NET, by unzip and by Python.</summary>
public sealed class HandOverTests
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n% the invoice\n%%EOF\n");

    [Fact]
    public async Task The_file_holds_all_that_was_sent_and_every_hash_is_right()
    {
        await using var host = await TestHost.Run();
        var path = await Chased(host);
        var zip = await Zip(host, path);
        var files = Files(zip);
        Assert.Equal(
        [
            "summary.pdf", "draft-request.pdf", "claim.json", "case.json", "timeline.json", "routes.json", "invoice.pdf",
            "messages/01-courtesy-email.eml", "messages/01-courtesy-email.txt", "messages/01-courtesy-email.html", "messages/02-first-email.eml", "messages/02-first-email.txt", "messages/02-first-email.html",
            "messages/03-second-email.eml", "messages/03-second-email.txt", "messages/03-second-email.html", "messages/04-second-sms.txt",
            "messages/05-formal-notice-letter.pdf", "messages/06-formal-notice-email.eml", "messages/06-formal-notice-email.txt", "messages/06-formal-notice-email.html", "manifest.json",
        ], files.Select(f => f.Name));
        var manifest = JsonNode.Parse(files[^1].Bytes)!;
        Assert.Equal(files.SkipLast(1).Select(f => $"{f.Name} {f.Bytes.Length} {Convert.ToHexStringLower(SHA256.HashData(f.Bytes))}"),
            manifest["files"]!.AsArray().Select(f => $"{f!["name"]} {f["bytes"]} {f["sha256"]}"));
        // Exactly what was sent.
        foreach (var message in manifest["messages"]!.AsArray())
        {
            var kept = await host.Get($"/api/invoices/{path.Split('/')[^1]}/messages/{Uri.EscapeDataString((string)message!["key"]!)}");
            var names = message["files"]!.AsArray().Select(f => (string)f!).ToList();
            if (names.Find(n => n.EndsWith(".txt", StringComparison.Ordinal)) is { } text)
                Assert.Equal(kept["body"], Encoding.UTF8.GetString(files.Single(f => f.Name == text).Bytes));
            if (names.Find(n => n.EndsWith(".html", StringComparison.Ordinal)) is { } page)
                Assert.Equal(kept["html"], Encoding.UTF8.GetString(files.Single(f => f.Name == page).Bytes));
            if (names.Find(n => n.EndsWith(".pdf", StringComparison.Ordinal)) is { } letter)
                Assert.Equal(kept["pdfBytes"], files.Single(f => f.Name == letter).Bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        Assert.Equal(Pdf, files.Single(f => f.Name == "invoice.pdf").Bytes);
        Assert.Equal((await host.Get($"{path}/claim")).Json.ToJsonString(), JsonNode.Parse(files[2].Bytes)!.ToJsonString());
        Assert.Equal((await host.Get(path)).Json.ToJsonString(), JsonNode.Parse(files[3].Bytes)!.ToJsonString());
        var log = await host.Services.GetRequiredService<ICaseLists>().Log(path.Split('/')[^1], 0, int.MaxValue, TestContext.Current.CancellationToken);
        Assert.Equal(log[^1].Hash, (string?)manifest["log"]!["hash"]);
        // Nothing moved: the same file, byte for byte.
        Assert.Equal(zip, await Zip(host, path));
    }

    [Fact]
    public async Task The_evidence_of_each_message_is_told()
    {
        await using var host = await TestHost.Run();
        var path = await Chased(host);
        await host.Post($"{path}/messages/first/email/1/outcome", new { outcome = "delivered" });
        await host.Post($"{path}/messages/second/email/1/outcome", new { outcome = "bounced", reason = "mailbox full" });
        await host.Post($"{path}/messages/formal-notice/letter/1/outcome", new { outcome = "unclaimed", date = "2026-12-18" });
        var manifest = Manifest(await Zip(host, path));
        Assert.Equal("accepted, delivered", Told("first/email"));
        Assert.Equal("accepted, bounced mailbox full", Told("second/email"));
        Assert.Equal("accepted, posted 2026-12-01 2C 123 456 7890 1, returned 2026-12-18 unclaimed", Told("formal-notice/letter"));
        var text = Printed(await Part(host, path, "summary"));
        foreach (var words in new[] { "non distribué le 19/12/2026 (mailbox full)", "posté le 01/12/2026, n° 2C 123 456 7890 1", "non réclamé, retourné le 18/12/2026", "Paiement reçu : 200,00 €" })
            Assert.Contains(words, text, StringComparison.Ordinal);

        string Told(string key) => string.Join(", ", manifest["messages"]!.AsArray().Single(m => ((string)m!["key"]!).Contains(key, StringComparison.Ordinal))!["evidence"]!.AsArray()
            .Select(e => string.Join(' ', new[] { e!["what"], e["on"], e["trackingNumber"], (string?)e["what"] == "accepted" ? null : e["detail"] }.OfType<JsonNode>())));
    }

    [Fact]
    public async Task Other_programs_open_the_file_and_parse_its_mails()
    {
        await using var host = await TestHost.Run();
        var path = Path.Combine(host.Folder, "hand-over.zip");
        await File.WriteAllBytesAsync(path, await Zip(host, await Chased(host)), TestContext.Current.CancellationToken);
        Assert.Contains("No errors detected", Run("unzip", "-t", path), StringComparison.Ordinal);
        var read = JsonNode.Parse(Run("python3", "-c", """
            import email, email.policy, hashlib, json, sys, zipfile
            zip = zipfile.ZipFile(sys.argv[1])
            mails = [email.message_from_bytes(zip.read(n), policy=email.policy.default) for n in zip.namelist() if n.endswith(".eml")]
            print(json.dumps([{"subject": m["Subject"], "key": m["X-Dunning-Key"], "defects": len(m.defects), "text": m.get_body(("plain",)).get_content(),
                               "files": [hashlib.sha256(a.get_content()).hexdigest() for a in m.iter_attachments() if a.get_content_type() == "application/pdf"]} for m in mails]))
            """, path))!.AsArray();
        Assert.Equal(4, read.Count);
        Assert.All(read, m => Assert.Equal(0, (int)m!["defects"]!));
        Assert.All(read, m => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Pdf)), (string?)m!["files"]!.AsArray().Single()));
        Assert.Contains("MISE EN DEMEURE", (string)read[3]!["subject"]!, StringComparison.Ordinal);
        Assert.Contains("Boulangerie", (string)read[3]!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invoice_that_is_not_on_file_is_told()
    {
        await using var host = await TestHost.Run();
        var without = await host.Register();
        await host.MoveTo("2026-11-12T10:00:00+01:00");
        var zip = await Zip(host, without);
        Assert.DoesNotContain("invoice.pdf", Files(zip).Select(f => f.Name));
        Assert.Contains("The invoice's PDF was never put on file.", Manifest(zip)["notes"]!.AsArray().Select(n => (string?)n));
        Assert.Contains("invoice", (await host.Get($"{without}/recovery-routes")).Json["routes"]![0]!["missing"]!.AsArray().Select(m => (string?)m!["code"]));
    }

    [Fact]
    public async Task An_invoice_replaced_since_is_not_passed_off_as_the_one_sent()
    {
        await using var host = await TestHost.Run();
        var replaced = await Chased(host);
        byte[] other = [.. Pdf, .. "another"u8];
        Assert.Equal(200, (await host.Send("PUT", $"{replaced}/document", other)).Status);
        var first = Manifest(await Zip(host, replaced))["messages"]![0]!;
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Pdf)), (string)first["note"]!, StringComparison.Ordinal);
        var mail = Encoding.ASCII.GetString(Files(await Zip(host, replaced)).Single(f => f.Name.EndsWith("first-email.eml", StringComparison.Ordinal)).Bytes);
        Assert.DoesNotContain("application/pdf", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_confirmed_beside_the_ladder_is_among_the_messages()
    {
        await using var host = await TestHost.Run();
        var policy = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "policies", "fr-b2b.json"), TestContext.Current.CancellationToken))!.AsObject();
        (policy["name"], policy["confirmations"]) = ("fr-confirming", new JsonArray("promise"));
        policy.Remove("version");
        var put = await host.Put("/api/policies/fr-confirming?creditor=demo", policy);
        Assert.True(put.Status == 201, put.ToString());
        var path = await host.Register(i => i["policy"] = "fr-confirming");
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        await host.Post($"{path}/promises", new { id = "word", date = "2026-11-20" });
        await host.MoveTo("2026-11-12T10:00:00+01:00");
        var confirmed = Assert.Single(Manifest(await Zip(host, path))["messages"]!.AsArray(), m => ((string)m!["step"]!).Contains("promise", StringComparison.Ordinal));
        Assert.Equal(("accepted", 3), ((string?)confirmed!["status"], confirmed["files"]!.AsArray().Count));
        Assert.Contains("Promesse de paiement pour le 20 novembre 2026", Printed(await Part(host, path, "summary")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_operator_of_the_creditor_gets_it()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var path = await host.Register();
        foreach (var route in new[] { "hand-over-file", "hand-over-file?part=summary", "recovery-routes" })
        {
            Assert.Equal(404, (await host.Get($"{path}/{route}", await host.NewKey("operator", "other"))).Status);
            Assert.Equal(401, (await host.Get($"{path}/{route}", null)).Status);
        }
        Assert.Equal(403, (await host.Get($"{path}/hand-over-file", await host.NewKey("read", "demo"))).Status);
        Assert.Equal(200, (await host.Get($"{path}/recovery-routes", await host.NewKey("read", "demo"))).Status);
        Assert.Equal(400, (await host.Get($"{path}/hand-over-file?part=all&procedure=lawsuit")).Status);
        Assert.Equal(404, (await host.Get("/api/invoices/nobody/hand-over-file")).Status);
    }

    [Fact]
    public async Task The_routes_tell_why_and_what_is_missing()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => i["amount"] = 6000);
        await host.MoveTo("2026-11-20T10:00:00+01:00");
        var routes = await host.Get($"{path}/recovery-routes");
        Assert.Equal(("paymentOrder", "2031-09-30", "EUR"), (routes["proposed"], routes["limitationOn"], routes["currency"]));
        Assert.Equal(["smallClaim False", "paymentOrder True", "interimPayment True", "lawsuit True"], routes.Json["routes"]!.AsArray().Select(r => $"{r!["procedure"]} {(bool)r["applies"]!}"));
        var order = routes.Json["routes"]![1]!;
        Assert.Equal(("commercialCourt", "69003 Lyon", false), ((string)order["court"]!, (string)order["place"]!, (bool)order["lawyerNeeded"]!));
        Assert.Equal(["formalNotice", "invoice"], order["missing"]!.AsArray().Select(m => (string)m!["code"]!));
        await host.Post($"{path}/disputes", new { id = "d", kind = "commercial" });
        Assert.Equal("lawsuit", (await host.Get($"{path}/recovery-routes"))["proposed"]);
        Assert.Equal((409, "noSuchRequest"), await host.Get($"{path}/hand-over-file?part=request") is var refused ? (refused.Status, refused.Code) : default);
        Assert.DoesNotContain("draft-request.pdf", Files(await Zip(host, path)).Select(f => f.Name));
        await host.Post($"{path}/cancel");
        Assert.Equal(422, (await host.Get($"{path}/recovery-routes")).Status);
        Assert.Equal(422, (await host.Get($"{path}/hand-over-file")).Status);
    }

    [Fact]
    public async Task A_request_is_drafted_and_says_that_it_is_a_draft()
    {
        await using var host = await TestHost.Run();
        var path = await Chased(host);
        var claim = await host.Get($"{path}/claim");
        var small = Printed(await Part(host, path, "request"));
        foreach (var words in new[] { "PROJET – Invitation à une procédure simplifiée", "commissaire de justice", "Boulangerie Martin", "1 000,00 €", French(claim["total"]), "délai d’un mois", "ne vaut pas conseil juridique" })
            Assert.Contains(words, small, StringComparison.OrdinalIgnoreCase);
        var order = Printed(await Part(host, path, "request&procedure=paymentOrder"));
        foreach (var words in new[] { "PROJET – Requête en injonction de payer", "articles 1405 et suivants", "Tribunal de commerce", "69003 Lyon", French(claim["total"]), "mise en demeure a été adressée le 1er décembre 2026", "Ne vaut pas conseil juridique" })
            Assert.Contains(words, order, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("frais de greffe", order, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whoever_takes_a_Dutch_speaking_case_over_reads_English()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => (i["debtor"]!["country"], i["debtor"]!["language"]) = ("BE", "nl"));
        await host.MoveTo("2026-11-20T10:00:00+01:00");
        var text = Printed(await Part(host, path, "summary"));
        Assert.Contains("Recovery file – invoice", text, StringComparison.Ordinal);
        Assert.Contains("Recovery of uncontested debts (Belgium) – open, to be checked", text, StringComparison.Ordinal);
        Assert.Contains("European order for payment", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_no_font_of_ours_draws_does_not_keep_the_file_back()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => i["debtor"]!["name"] = "株式会社パン");
        var zip = await Zip(host, path);
        Assert.Equal(["summary.md", "draft-request.md"], Files(zip).Take(2).Select(f => f.Name));
        Assert.Contains("株式会社パン", Encoding.UTF8.GetString(Files(zip)[0].Bytes), StringComparison.Ordinal);
        Assert.Contains("summary.pdf", (string)Manifest(zip)["notes"]![0]!, StringComparison.Ordinal);
    }

    // Reminded, put in default by a posted letter, partly paid.
    private static async Task<string> Chased(TestHost host)
    {
        var path = await host.Register(i => i["purchaseOrder"] = "BC-4711");
        Assert.Equal(200, (await host.Send("PUT", $"{path}/document", Pdf)).Status);
        await host.MoveTo("2026-11-20T10:00:00+01:00");
        await host.Post($"{path}/payments", new { id = $"p-{path[^3..]}", amount = 200m, date = "2026-11-20" });
        await host.MoveTo("2026-12-01T10:00:00+01:00");
        Assert.Equal(202, (await host.Post($"{path}/messages/formal-notice/letter/1/outcome", new { outcome = "posted", date = "2026-12-01", trackingNumber = "2C 123 456 7890 1" })).Status);
        await host.MoveTo("2026-12-19T10:00:00+01:00");
        return path;
    }

    private static async Task<byte[]> Bytes(TestHost host, string path, string type)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestHost.Key);
        using var response = await http.GetAsync(new Uri(host.Address, path));
        Assert.Equal((200, type), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("demo-F-", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static Task<byte[]> Zip(TestHost host, string path) => Bytes(host, $"{path}/hand-over-file", "application/zip");

    private static Task<byte[]> Part(TestHost host, string path, string part) => Bytes(host, $"{path}/hand-over-file?part={part}", "application/pdf");

    private static List<(string Name, byte[] Bytes)> Files(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return [.. zip.Entries.Select(e =>
        {
            using var content = new MemoryStream();
            using var file = e.Open();
            file.CopyTo(content);
            return (e.FullName, content.ToArray());
        })];
    }

    private static JsonNode Manifest(byte[] zip) => JsonNode.Parse(Files(zip)[^1].Bytes)!;

    private static string French(string amount) => amount.Replace(".", ",", StringComparison.Ordinal).Insert(amount.Length - 6, " ");

    // The text of a PDF on one line, its spaces plain.
    private static string Printed(byte[] pdf)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, pdf);
        var text = Run("pdftotext", "-raw", path, "-");
        File.Delete(path);
        return System.Text.RegularExpressions.Regex.Replace(text, @"[\s\u00A0\u202F]+", " ");
    }

    private static string Run(string program, params string[] arguments)
    {
        if (!File.Exists($"/usr/bin/{program}"))
            Assert.Skip($"{program} is not installed.");
        using var process = Process.Start(new ProcessStartInfo($"/usr/bin/{program}", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said + complaints.Result);
        return said;
    }
}
