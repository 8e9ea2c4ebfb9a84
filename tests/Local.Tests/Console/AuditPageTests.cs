using System.Text.Json;
using Dunning.Domain;
using Dunning.Local.Tests.Api;
using Dunning.Service.Api;
using Dunning.Service.Audit;
using Dunning.Service.Console;
using Dunning.Service.Console.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Console;

/// <summary>The record as people read it, and what a debtor may ask for.</summary>
public sealed class AuditPageTests
{
    [Fact]
    public async Task The_record_is_read_in_words_with_a_way_to_each_case()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => (i["number"], i["debtor"]!["id"]) = ("AUD-1", "martin"));
        await host.Post($"{path}/hold", new { reason = "<b>Salon</b> de l’auto" });
        await host.Put("/api/sending", new { stopped = true, reason = "Mauvais tarif" });
        await host.Post("/api/debtors/martin/hold?creditor=demo", new { reason = "Secret" });
        await host.MoveTo("2026-10-01T11:00:00+02:00");
        var id = path.Split('/')[^1];
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var page = await visitor.Get("/console/audit");
        Assert.Equal((200, "Journal"), (page.Status, page.Title));
        foreach (var words in (string[])["Suspendu AUD-1 <b>Salon</b> de l’auto demo", "Interrupteur général les réglages Mauvais tarif tous", "Débiteur suspendu martin", "Facture enregistrée AUD-1", "vous"])
            Assert.Contains(words, page.Words, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("main b"));
        Assert.Contains($"/console/cases/{id}", page.Links);
        Assert.Contains("/console/debtors/martin?creditor=demo", page.Links);
        using var english = await Visitor.SignIn(host);
        Assert.Contains("The global switch the settings Mauvais tarif all", (await english.Get("/console/audit")).Words, StringComparison.Ordinal);

        foreach (var (query, rows) in new[] { ("case=AUD-1&kind=held", 2), ($"case={id}&kind=registered", 1), ("debtor=martin&kind=holdDebtor", 1), ("kind=putSending", 1), ("kind=putSending&to=2026-09-30", 0), ("from=2026-10-01&to=2026-10-01&kind=held", 2), ("actor=nobody", 0), ("creditor=demo&kind=putSending", 0) })
            Assert.Equal($"{query}: {rows}", $"{query}: {(await visitor.Get($"/console/audit?{query}")).Document.QuerySelectorAll("table.record tbody tr").Length}");
        var wrong = await visitor.Get("/console/audit?from=hier");
        Assert.Equal((400, "hier"), (wrong.Status, wrong.Document.QuerySelector("input[name=from]")!.GetAttribute("value")));
        Assert.NotNull(wrong.Document.QuerySelector(".faults"));
    }

    [Fact]
    public async Task Older_entries_follow_and_none_is_missed()
    {
        await using var host = await TestHost.Run();
        for (var i = 0; i < 60; i++)
            await host.Put("/api/creditors/demo/ledger", new { asOf = "2026-09-01" });
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var page = await visitor.Get("/console/audit?kind=putLedger");
        Assert.Equal(50, page.Document.QuerySelectorAll("table.record tbody tr").Length);
        Assert.Equal(10, (await visitor.Get(page.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!)).Document.QuerySelectorAll("table.record tbody tr").Length);
    }

    [Fact]
    public async Task Only_operators_see_it_and_only_of_their_creditors()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        await host.Register(i => i["number"] = "THEIRS");
        await host.MoveTo("2026-10-01T11:00:00+02:00");
        using var reader = await Visitor.SignIn(host, await host.NewKey("read", "demo"));
        Assert.Equal(403, (await reader.Get("/console/audit")).Status);
        Assert.Equal(404, (await reader.Get("/console/audit/digests")).Status);
        using var stranger = await Visitor.SignIn(host, await host.NewKey("operator", "other"));
        Assert.DoesNotContain("THEIRS", (await stranger.Get("/console/audit")).Html, StringComparison.Ordinal);
        Assert.Equal(404, (await stranger.Get("/console/audit?creditor=demo")).Status);
        Assert.DoesNotContain("Who changed it", (await reader.Get("/console/settings/creditors/demo")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digests_show_their_day_and_who_signed()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        using var visitor = await Visitor.SignIn(host);
        Assert.Contains("No digest is made yet", (await visitor.Get("/console/audit/digests")).Words, StringComparison.Ordinal);
        await host.Services.GetRequiredService<Digests>().Make(default);
        await host.MoveTo("2026-10-02T10:00:00+02:00");
        await host.Services.GetRequiredService<Digests>().Make(default);
        var rows = (await visitor.Get("/console/audit/digests")).Document.QuerySelectorAll("tbody tr").Select(r => r.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains("02/10/2026", rows[0], StringComparison.Ordinal);
        Assert.All(rows, r => Assert.Contains("signed by key", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_say_who_changed_them_last()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/demo/ledger", new { asOf = "2026-09-01" });
        await host.Post("/api/keys", new { name = "n", role = "read" });
        var policy = (await host.Get("/api/policies?creditor=demo")).Json["items"]!.AsArray().First(p => (string?)p!["name"] == "fr-b2b")!.DeepClone();
        policy.AsObject().Remove("version");
        policy.AsObject().Remove("creditor");
        Assert.InRange((await host.Put("/api/policies/fr-b2b?creditor=demo", policy)).Status, 200, 201);
        await host.Send("PUT", "/api/creditors/demo/texts/fr/first-reminder.email", (string)(await host.Get("/api/creditors/demo/texts/fr/first-reminder.email")).Json["text"]! + "\nMerci.\n");
        using var visitor = await Visitor.SignIn(host);
        foreach (var (path, words) in new[]
                 {
                     ("creditors/demo", "Date of the books noted , by you"), ("keys", "Key made , by you"), ("policies/fr-b2b?creditor=demo", "Version of a policy written , by you"), ("texts/demo/fr/first-reminder.email", "Text saved , by you"),
                 })
            Assert.Contains(words.Replace(" ,", ",", StringComparison.Ordinal), string.Join(' ', (await visitor.Get($"/console/settings/{path}")).Document.QuerySelectorAll(".last li").Select(l => l.TextContent)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_debtor_is_erased_once_nothing_is_claimed_and_it_was_read_what_goes()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => (i["number"], i["debtor"]!["id"], i["debtor"]!["name"]) = ("OPEN-1", "martin", "Zoé Canari"));
        await host.MoveTo("2026-10-01T11:00:00+02:00");
        using var visitor = await Visitor.SignIn(host, language: "fr");
        Assert.Contains("/console/debtors/martin/erase?creditor=demo", (await visitor.Get("/console/debtors/martin?creditor=demo")).Links);
        var early = await visitor.Get("/console/debtors/martin/erase?creditor=demo");
        Assert.Contains("ces factures sont toujours réclamées", early.Words, StringComparison.Ordinal);
        Assert.Contains("OPEN-1", early.Words, StringComparison.Ordinal);
        Assert.Empty(early.Document.QuerySelectorAll("main form[method=post]"));
        var refused = await visitor.Post("/console/debtors/martin/erase?creditor=demo", [new("confirm", "yes"), new("csrf", early.Document.QuerySelector("input[name=csrf]")!.GetAttribute("value")!)]);
        Assert.Equal(409, refused.Status);

        await host.Post($"{path}/payments", new { amount = 1200m });
        await host.MoveTo("2026-10-01T11:01:00+02:00");
        var page = await visitor.Get("/console/debtors/martin/erase?creditor=demo");
        foreach (var words in (string[])["Ce qui part, pour toujours", "Ce qui reste, parce que la loi le veut", "L123-22"])
            Assert.Contains(words, page.Words, StringComparison.Ordinal);
        Assert.Equal(422, (await visitor.Submit(page, ("confirm", ""))).Status);
        Assert.StartsWith("Zoé", (await host.Get(path))["debtor.name"], StringComparison.Ordinal);
        Assert.Equal(403, (await visitor.Post("/console/debtors/martin/erase?creditor=demo", [new("confirm", "yes")])).Status);
        var file = await visitor.Get("/console/debtors/martin/export?creditor=demo");
        Assert.Equal(("application/json", true), (file.ContentType, file.Html.Contains("Zoé Canari", StringComparison.Ordinal)));
        var done = await visitor.Submit(page, ("confirm", "yes"));
        Assert.Equal(303, done.Status);
        Assert.Equal(PersonalData.Mark, (await host.Get(path))["debtor.name"]);
        Assert.Equal(["eraseDebtor", "exportDebtor"], (await host.Get("/api/audit?subject=/api/debtors/martin")).Json["items"]!.AsArray().Select(i => (string?)i!["what"]));
        using var reader = await Visitor.SignIn(host, await host.NewKey("read", "demo"), "fr");
        Assert.Equal((404, 404), ((await reader.Get("/console/debtors/martin/erase?creditor=demo")).Status, (await reader.Get("/console/debtors/martin/export?creditor=demo")).Status));
    }

    [Fact]
    public async Task Everything_on_the_record_has_words_in_both_languages()
    {
        await using var host = await TestHost.Run();
        var acts = host.Services.GetRequiredService<Routes>().All.Where(AuditedActs.IsBeside).Select(o => o.Name).Concat(["eraseDebtor", "exportDebtor", "retention", "dismissPassedOver"]);
        var events = typeof(CaseEvent).GetNestedTypes().Select(t => JsonNamingPolicy.CamelCase.ConvertName(t.Name));
        foreach (var language in Ui.Languages)
            foreach (var what in acts.Concat(events))
                Assert.NotEqual(what, new Ui(Caller.Nobody, "", language, "", "").What(what));
    }
}
