using System.Net;
using System.Text;
using Dunning.Local.Tests.Api;
using Dunning.Local.Tests.Console;
using Dunning.Service.Audit;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Dunning.Service.Replies;
using Dunning.Service.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Audit;

/// <summary>What a debtor may ask for: all that is kept of it, and that it be erased.</summary>
public sealed class ErasureTests
{
    private const string Name = "Zéphyrine Canari";
    private const string Email = "zephyrine@canari.example";
    private const string Phone = "+33699887766";
    private static readonly string[] Canaries = ["Canari", "canari.example", "33699887766", "ruelle du Perchoir", "Cuicui"];

    [Fact]
    public async Task An_erased_debtor_is_nowhere_in_the_folder_and_the_record_verifies()
    {
        await using var host = await TestHost.Run();
        var path = await Life(host);
        await host.Services.GetRequiredService<Digests>().Make(default);
        Assert.Contains(Seeded(host), f => f.Contains("Canari", StringComparison.Ordinal));
        Assert.Equal(202, (await host.Post($"{path}/payments", new { id = "paid", amount = 1200m, reference = "VIR CANARI" })).Status);
        await host.MoveTo("2026-11-20T09:00:00+01:00");
        var erased = await host.Post("/api/debtors/zef/erase");
        Assert.True((erased.Status, erased["cases"]) == (200, "1"), erased.ToString());
        Assert.Equal(200, (await host.Post("/api/debtors/zef/erase")).Status);

        var page = await host.Get(path);
        Assert.Equal((PersonalData.Mark, "paid"), (page["debtor.name"], page["status"]));
        Assert.Equal(PersonalData.Mark, (await host.Get($"{path}/messages/first/email/1"))["body"]);
        var audit = await host.Get("/api/audit?kind=eraseDebtor");
        Assert.DoesNotContain(Canaries, c => audit.Text.Contains(c, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("first key", (string?)audit.Json["items"]![0]!["byName"]);
        Assert.Empty((await host.Services.GetRequiredService<Verification>().Run(null, default)).Faults);
        Assert.Empty(Seeded(host));
        await host.Restart();
        Assert.Empty(Seeded(host));
        var verified = await Commands.Cli.Piped("verify", "--data", host.Folder);
        Assert.True(verified.Code == 0, verified.ToString());
        Assert.DoesNotContain(host.Logged, l => Canaries.Any(c => l.Contains(c, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Nor_anywhere_else_once_it_went_through_all_there_is()
    {
        await using var host = await TestHost.Run(o => o with { PublicUrl = new("http://dunning.example.org/") });
        await host.Put("/api/creditors/demo/notice", new { enabled = true, to = "boss@example.org" });
        string[] paths = [await Owed(host), await Owed(host)];
        var ids = paths.Select(p => p.Split('/')[^1]).ToList();
        await host.MoveTo("2026-11-09T12:00:00+01:00");
        Assert.Contains(Directory.GetFiles(host.Outbox, "*.first.email.*.eml"), f => f.Contains('+', StringComparison.Ordinal));
        Assert.Contains(Directory.GetFiles(host.Outbox, "notice~*"), f => MimeKit.MimeMessage.Load(f).TextBody!.Contains("Canari", StringComparison.Ordinal));

        using var clerk = await Visitor.SignIn(host);
        await clerk.Get("/console/cases?q=canari");
        await clerk.Send("/console/cases/bulk", ("scope", "some"), ("case", ids[0]), ("case", ids[1]), ("act", "hold"), ("reason", "Cuicui est en panne"), ("until", "2026-11-20"));
        await clerk.Send(clerk.Page.Path, ("confirm", "yes"));
        Assert.Contains("It is done.", clerk.Page.Words, StringComparison.Ordinal);
        await host.Post("/api/bulk", new { act = "release", cases = new[] { ids[0], await host.Register() is var other ? other.Split('/')[^1] : "" }, reason = $"{Name} paie" });
        foreach (var (name, query, creditor) in new[] { ("Canari", "status=held", (string?)null), ("perdus", "q=Z%C3%A9phyrine+canari", "demo"), ("Lyon", "q=lyon", null) })
            Assert.Equal(200, (await host.Put($"/api/filters/{name}", new { query, creditor })).Status);
        var page = await Portal.DebtorVisitor.Of(host, paths[0]);
        Assert.Equal(303, (await page.Send("message", new() { ["text"] = "Cuicui, je paie demain" })).Status);
        var figures = (await host.Get("/api/kpis?creditor=demo&from=2026-10-01&to=2026-11-30")).Text;
        foreach (var path in paths)
            Assert.Equal(202, (await host.Post($"{path}/payments", new { amount = 1200m, reference = "VIR CANARI" })).Status);
        await host.MoveTo("2026-11-20T09:00:00+01:00");
        var stored = new HashSet<string>(Seeded(host).Select(f => f.Split(':')[0]));
        Assert.Contains(stored, f => f.StartsWith("notice~", StringComparison.Ordinal));
        Assert.Contains("dunning.db", string.Join(' ', stored), StringComparison.Ordinal);
        var export = (await host.Get("/api/debtors/zef/export")).Text;
        Assert.All((string[])["bulk-act", "saved-filter"], k => Assert.Contains($"\"kind\":\"{k}\"", export, StringComparison.Ordinal));

        Assert.NotEmpty(figures);
        await clerk.Get("/console/debtors/zef/erase?creditor=demo");
        await clerk.Send("/console/debtors/zef/erase?creditor=demo", ("confirm", "yes"));
        Assert.Contains("The data of this debtor is erased.", clerk.Page.Words, StringComparison.Ordinal);
        Assert.Empty(Seeded(host));
        await host.Restart();
        Assert.Empty(Seeded(host));
        using var after = await Visitor.SignIn(host);
        foreach (var address in (string[])["/console", "/console/cases", "/console/debtors", "/console/debtors/zef?creditor=demo", "/console/audit?debtor=zef", "/console/figures", $"/console/cases/{ids[0]}", page.Page])
        {
            var shown = WebUtility.HtmlDecode((await after.Get(address)).Html);
            Assert.DoesNotContain(Canaries, c => shown.Contains(c, StringComparison.OrdinalIgnoreCase));
        }
        Assert.Equal(["Lyon"], (await host.Get("/api/filters")).Json["items"]!.AsArray().Select(f => (string?)f!["name"]));
        Assert.Empty((await host.Services.GetRequiredService<Verification>().Run(null, default)).Faults);
        Assert.Equal("eraseDebtor", (string?)(await host.Get("/api/audit?debtor=zef&kind=eraseDebtor")).Json["items"]![0]!["what"]);
    }

    [Fact]
    public async Task A_case_that_was_kept_long_enough_leaves_the_debtors_name_to_its_others()
    {
        await using var host = await TestHost.Run(o => o with { Retention = "contact=30 messages=30" });
        string[] paths = [await Owed(host), await Owed(host)];
        await host.Put("/api/debtors/zef?creditor=demo", new { name = Name, kind = "business", country = "FR", language = "fr", email = Email, phone = Phone, risk = "slow" });
        await host.MoveTo("2026-11-09T12:00:00+01:00");
        Assert.Equal(202, (await host.Post($"{paths[0]}/payments", new { amount = 1200m })).Status);
        await host.Post($"{paths[1]}/hold", new { reason = "waits" });
        await host.MoveTo("2027-01-15T12:00:00+01:00");
        Assert.True((await host.Services.GetRequiredService<Retention>().Run(default)).Cases > 0);
        Assert.Equal((PersonalData.Mark, Name), ((await host.Get(paths[0]))["debtor.name"], (await host.Get(paths[1]))["debtor.name"]));
        Assert.Equal(Name, (string?)(await host.Get("/api/debtors?name=canari")).Json["items"]!.AsArray().Single()!["name"]);
        Assert.Equal((Name, "slow"), (await host.Get("/api/debtors/zef")) is var kept ? (kept["debtor.name"], kept["risk"]) : default);
        Assert.Equal(Email, (await host.Get($"{paths[1]}/messages/first/email/1"))["to"]);
        Assert.Equal(PersonalData.Mark, (await host.Get($"{paths[0]}/messages/first/email/1"))["body"]);
        Assert.Empty((await host.Services.GetRequiredService<Verification>().Run(null, default)).Faults);
    }

    [Fact]
    public async Task A_debtor_who_is_still_asked_is_not_erased()
    {
        await using var host = await TestHost.Run();
        var path = await Life(host);
        var refused = await host.Post("/api/debtors/zef/erase");
        Assert.Equal((409, "stillClaimed"), (refused.Status, refused.Code));
        Assert.Contains((await host.Get(path))["number"], refused.Text, StringComparison.Ordinal);
        Assert.StartsWith(Name, (await host.Get(path))["debtor.name"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_creditors_debtor_is_not_found()
    {
        await using var host = await TestHost.Run();
        await Life(host);
        await host.Put("/api/creditors/other", new { name = "Other" });
        var stranger = await host.NewKey("admin", "other");
        foreach (var (method, route) in ((string, string)[])[("POST", "/api/debtors/zef/erase"), ("GET", "/api/debtors/zef/export"), ("POST", "/api/debtors/zef/erase?creditor=demo"), ("GET", "/api/debtors/zef/export?creditor=demo"), ("GET", "/api/audit?creditor=demo")])
            Assert.Equal(404, (await host.Send(method, route, method == "GET" ? null : "{}", stranger)).Status);
        Assert.Equal(403, (await host.Get("/api/debtors/zef/export", await host.NewKey("ingest", "demo"))).Status);
        Assert.DoesNotContain("zef", (await host.Get("/api/audit", stranger)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_holds_all_that_is_kept_of_a_debtor()
    {
        await using var host = await TestHost.Run();
        await Life(host);
        var export = await host.Get("/api/debtors/zef/export");
        Assert.Equal(200, export.Status);
        Assert.All(Canaries, c => Assert.Contains(c, export.Text, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("1", export.Json["cases"]!.AsArray().Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Name, (string?)export.Json["cases"]![0]!["log"]![0]!["event"]!["debtor"]!["name"]);
        Assert.NotEmpty(export.Json["cases"]![0]!["messages"]!.AsArray());
        Assert.Contains(export.Json["documents"]!.AsArray(), d => (string?)d!["kind"] == "document");
        Assert.Equal("exportDebtor", (string?)(await host.Get("/api/audit?debtor=zef&kind=exportDebtor")).Json["items"]![0]!["what"]);
    }

    [Fact]
    public async Task What_was_kept_long_enough_goes_and_the_figures_stay()
    {
        await using var host = await TestHost.Run(o => o with { Retention = "contact=365 messages=730 receipts=30 webhooks=90" });
        var path = await Life(host);
        var open = await host.Register(i => i["debtor"]!["name"] = "Still Owing");
        await host.Post($"{path}/payments", new { id = "paid", amount = 1200m }, headers: [("Idempotency-Key", "once")]);
        await host.MoveTo("2026-11-20T09:00:00+01:00");
        await host.Post($"{open}/hold", new { reason = "waits" });
        var retention = host.Services.GetRequiredService<Retention>();
        Assert.Equal(new(0, 0), await retention.Run(default));
        await host.MoveTo("2027-11-15T09:00:00+01:00");
        await retention.Run(default);
        Assert.StartsWith(Name, (await host.Get(path))["debtor.name"], StringComparison.Ordinal);
        await host.MoveTo("2027-12-01T09:00:00+01:00");
        Assert.Equal(1, (await retention.Run(default)).Cases);
        Assert.Equal((PersonalData.Mark, "paid"), ((await host.Get(path))["debtor.name"], (await host.Get(path))["status"]));
        Assert.Contains(Email, (await host.Get($"{path}/messages/first/email/1")).Text, StringComparison.Ordinal);
        Assert.Equal("Still Owing", (await host.Get(open))["debtor.name"]);
        Assert.Equal(PersonalData.Mark, (await host.Get("/api/debtors/zef"))["debtor.name"]);
        Assert.Equal(new(0, 0), await retention.Run(default));
        await host.MoveTo("2028-12-01T09:00:00+01:00");
        Assert.Equal(1, (await retention.Run(default)).Cases);
        Assert.Equal(PersonalData.Mark, (await host.Get($"{path}/messages/first/email/1"))["body"]);
        Assert.Equal(["retention messages", "retention contact"], (await host.Get($"/api/audit?kind=retention&case={path.Split('/')[^1]}")).Json["items"]!.AsArray().Select(i => $"{i!["what"]} {i["why"]}"));
        Assert.Empty((await host.Services.GetRequiredService<Verification>().Run(null, default)).Faults);
    }

    [Fact]
    public async Task Deliveries_settled_money_and_answers_go_in_time_and_what_waits_stays()
    {
        await using var host = await TestHost.Run(o => o with { Retention = "webhooks=90 statements=100 receipts=30" });
        var (registry, now) = (host.Services.GetRequiredService<Registry>(), TestHost.Start);
        WebhookEvent delivery = new("demo", "stripe", "evt_1", now, "f00d", "{\"name\":\"Canari\"}");
        await registry.WebhookEvents.Put(delivery.Id, "applied", delivery with { Outcome = DeliveryOutcome.Applied, ProcessedAt = now }, 0, null, default);
        await registry.WebhookEvents.Put("demo/stripe/evt_2", "waiting", delivery with { EventId = "evt_2" }, 0, null, default);
        Unmatched money = new("demo", "bank", "m1", null, new(2026, 10, 1)) { PayerName = "Canari", PayerIban = "FR76", Reference = "VIR CANARI" };
        await registry.Unmatched.Put(money.Id, null, money with { AssignedTo = "x" }, 0, null, default);
        var waiting = money with { FactId = "m2" };
        await registry.Unmatched.Put(waiting.Id, "demo", waiting, 0, null, default);
        await registry.Documents.Keep(new("k POST /api/x", "1", "f", 200, "{}", now), default);
        var retention = host.Services.GetRequiredService<Retention>();
        await host.MoveTo("2026-12-15T09:00:00+01:00");
        Assert.Equal(new(0, 0), await retention.Run(default));
        Assert.Null(await registry.Documents.FindReceipt("k POST /api/x", "1", default));
        Assert.Equal(delivery.Body, (await registry.WebhookEvents.Get(delivery.Id, default))!.Value.Body);
        await host.MoveTo("2027-02-15T09:00:00+01:00");
        Assert.Equal(new(0, 2), await retention.Run(default));
        Assert.Equal(("", "f00d"), ((await registry.WebhookEvents.Get(delivery.Id, default))!.Value.Body, (await registry.WebhookEvents.Get(delivery.Id, default))!.Value.Sha256));
        Assert.Equal(delivery.Body, (await registry.WebhookEvents.Get("demo/stripe/evt_2", default))!.Value.Body);
        Assert.Equal((null, PersonalData.Mark), ((await registry.Unmatched.Get(money.Id, default))!.Value.PayerName, (await registry.Unmatched.Get(money.Id, default))!.Value.Reference));
        Assert.Equal("Canari", (await registry.Unmatched.Get(waiting.Id, default))!.Value.PayerName);
        Assert.Equal(new(0, 0), await retention.Run(default));
    }

    [Fact]
    public async Task What_providers_delivered_and_nobody_could_place_goes_with_the_debtor()
    {
        await using var host = await TestHost.Run();
        var path = await Life(host);
        var (registry, now) = (host.Services.GetRequiredService<Registry>(), TestHost.Start);
        WebhookEvent delivery = new("demo", "stripe", "evt_1", now, "f00d", "{\"name\":\"Z\\u00e9phyrine Canari\"}") { Outcome = DeliveryOutcome.Applied, ProcessedAt = now };
        await registry.WebhookEvents.Put(delivery.Id, "applied", delivery, 0, null, default);
        await registry.WebhookEvents.Put("demo/stripe/evt_2", "applied", delivery with { EventId = "evt_2", Body = "{\"name\":\"Moineau\"}" }, 0, null, default);
        UnmatchedReply reply = new("demo", "mail:1", "email", Email, "Cuicui", now) { AssignedTo = path.Split('/')[^1] };
        await registry.UnmatchedReplies.Put(reply.Id, null, reply, 0, null, default);
        await registry.Documents.Put(new("mail", "demo/mail:1", "demo", "{\"eml\":\"Q2FuYXJp\"}", 0), null, default);
        await registry.Documents.Put(new("sms-conversation", $"demo/{Phone}", "demo", "{}", 0), null, default);
        await registry.ProviderPayments.Put("demo/stripe/pi_1", "demo", new("demo", "stripe", "pi_1") { CaseId = path.Split('/')[^1], PayerName = Name }, 0, null, default);
        await host.Post($"{path}/payments", new { id = "paid", amount = 1200m });
        await host.MoveTo("2026-11-20T09:00:00+01:00");
        var export = await host.Get("/api/debtors/zef/export");
        Assert.Equal(["document", "mail", "provider-payment", "sms-conversation", "unmatched-reply", "webhook"], export.Json["documents"]!.AsArray().Select(d => (string)d!["kind"]!).Distinct().Order());
        Assert.Equal(200, (await host.Post("/api/debtors/zef/erase")).Status);
        Assert.Empty(Seeded(host));
        Assert.Null(await registry.Documents.Get("mail", "demo/mail:1", default));
        Assert.Contains("Moineau", (await registry.WebhookEvents.Get("demo/stripe/evt_2", default))!.Value.Body, StringComparison.Ordinal);
    }

    private static Task<string> Owed(TestHost host) => host.Register(i =>
        (i["debtor"]!["id"], i["debtor"]!["name"], i["debtor"]!["email"], i["debtor"]!["phone"]) = ("zef", Name, Email, Phone));

    // Somebody who was written to, answered, disputed, and was registered in more than one way.
    private static async Task<string> Life(TestHost host)
    {
        await host.Put("/api/debtors/zef?creditor=demo", new { name = Name, kind = "business", country = "FR", language = "fr", email = Email, phone = Phone }, headers: [("Idempotency-Key", "profile")]);
        var path = await host.Register(i =>
        {
            var debtor = i["debtor"]!;
            (debtor["id"], debtor["name"], debtor["email"], debtor["phone"]) = ("zef", Name, Email, Phone);
            debtor["address"] = new System.Text.Json.Nodes.JsonObject { ["line1"] = "3 ruelle du Perchoir", ["postalCode"] = "69003", ["city"] = "Lyon" };
        });
        await host.Send("PUT", $"{path}/document", "%PDF-1.7 facture");
        await host.MoveTo("2026-11-16T12:00:00+01:00");
        Assert.Equal(202, (await host.Post($"{path}/replies", new { id = "reply-1", text = $"Cuicui, {Name}", from = Email })).Status);
        Assert.Equal(202, (await host.Post($"{path}/replies/reply-1/classify", new { meaning = "other" }, headers: [("Idempotency-Key", "read")])).Status);
        Assert.Equal(202, (await host.Post($"{path}/contact", new { name = $"{Name} SARL", contacts = new[] { new { role = "accounting", name = "Cuicui Canari", email = "cuicui@canari.example" } } })).Status);
        Assert.Equal(202, (await host.Post($"{path}/calls", new { outcome = "reached", note = "Cuicui rappelle" })).Status);
        return path;
    }

    // Files and names of files that hold a canary, as it is or as SQLite and mail write it.
    private static List<string> Seeded(TestHost host)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            var text = Encoding.UTF8.GetString(copy.ToArray());
            found.AddRange(Canaries.Where(c => text.Contains(c, StringComparison.OrdinalIgnoreCase) || file.Contains(c, StringComparison.OrdinalIgnoreCase)).Select(c => $"{Path.GetFileName(file)}: {c}"));
        }
        return found;
    }
}
