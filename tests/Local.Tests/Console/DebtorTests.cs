using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Console;

/// <summary>Debtors in the console and in the API's list.</summary>
public sealed class DebtorTests
{
    [Fact]
    public async Task Debtors_are_found_by_any_part_of_a_name_or_id_and_ordered_by_what_they_owe()
    {
        await using var host = await TestHost.Run();
        await Registered(host, "lefevre", "Hélène Lefèvre SARL", 300m);
        await Registered(host, "zeta", "Zêta-Béton", 900m);
        await Registered(host, "zeta", "Zêta-Béton", 50m);
        var path = await Registered(host, "alpha", "Alpha", 5000m);
        await host.Post($"{path}/payments", new { amount = 5000m });
        await host.MoveTo("2026-10-02T10:00:00+02:00");
        Assert.Equal(["zeta", "lefevre", "alpha"], await Ids(host, "?creditor=demo"));
        Assert.Equal(["alpha", "lefevre", "zeta"], await Ids(host, "?sort=name"));
        Assert.Equal(["lefevre"], await Ids(host, "?name=helene%20lef"));
        Assert.Equal(["zeta"], await Ids(host, "?name=ETA"));
        Assert.Empty(await Ids(host, "?name=nobody"));
        var item = (await host.Get("/api/debtors?name=zeta")).Json["items"]![0]!;
        Assert.Equal("2 950.00 EUR", $"{item["open"]} {item["balances"]![0]!["balance"]} {item["balances"]![0]!["currency"]}");
        foreach (var sort in (string[])["name", "-balance"])
        {
            var (walked, cursor) = (new List<string>(), "");
            do
            {
                var page = (await host.Get($"/api/debtors?limit=1&sort={sort}{cursor}")).Json;
                walked.AddRange(page["items"]!.AsArray().Select(i => (string)i!["id"]!));
                cursor = (string?)page["nextCursor"] is { } next ? $"&cursor={next}" : "";
            }
            while (cursor.Length > 0);
            Assert.Equal(await Ids(host, $"?sort={sort}"), walked);
        }
        Assert.Equal(400, (await host.Get("/api/debtors?sort=size")).Status);
        Assert.Equal(400, (await host.Get("/api/debtors?cursor=zzz")).Status);
        await host.Put("/api/creditors/other", new { name = "Other" });
        Assert.Empty((await host.Get("/api/debtors", await host.NewKey("read", "other"))).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_debtor_renamed_is_found_by_its_new_name()
    {
        await using var host = await TestHost.Run();
        var path = await Registered(host, "martin", "Martin", 100m);
        await host.Post($"{path}/contact", new { name = "Durand" });
        await host.MoveTo("2026-10-02T10:00:00+02:00");
        Assert.Empty(await Ids(host, "?name=nosuch"));
        Assert.Equal("Durand", (string?)(await host.Get("/api/debtors?name=durand")).Json["items"]![0]!["name"]);
    }

    [Fact]
    public async Task The_page_of_a_debtor_shows_its_invoices_its_statement_and_how_it_pays()
    {
        await using var host = await TestHost.Run();
        await Registered(host, "martin", "Boulangerie Martin", 300m);
        var paid = await Registered(host, "martin", "Boulangerie Martin", 700m);
        await host.MoveTo("2026-11-10T12:00:00+01:00");
        await host.Post($"{paid}/payments", new { amount = 700m, date = "2026-11-10" });
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var page = await visitor.Get("/console/debtors/martin?creditor=demo");
        Assert.Equal("Boulangerie Martin", page.Title);
        Assert.Contains("300,00\u00A0€", page.Words, StringComparison.Ordinal);
        // Due on 31 October, paid on 10 November.
        Assert.Contains("Retard moyen 10\u00A0j", page.Words, StringComparison.Ordinal);
        Assert.Equal(2, page.Links.Count(l => l.StartsWith("/console/cases/", StringComparison.Ordinal)));
        var statement = await visitor.Get("/console/debtors/martin/statement?creditor=demo");
        Assert.Contains("Total dû 300,00\u00A0€", statement.Words, StringComparison.Ordinal);
        var csv = await visitor.Get("/console/debtors/martin/statement.csv?creditor=demo");
        Assert.Equal("text/csv", csv.ContentType);
        Assert.Contains(",2026-10-31,300.00,300.00,EUR,En relance,10\r\n", csv.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_exclude_a_debtor_shows_what_becomes_of_each_invoice_and_then_silences_them_all()
    {
        await using var host = await TestHost.Run();
        string[] paths = [await Registered(host, "martin", "Martin", 300m), await Registered(host, "martin", "Martin", 700m)];
        await host.MoveTo("2026-10-01T10:01:00+02:00");
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var shown = await visitor.Submit(await visitor.Get("/console/debtors/martin/acts/exclude?creditor=demo"), ("reason", "Client du patron"));
        Assert.Equal(2, shown.Document.QuerySelectorAll("table.consequence tbody tr").Length);
        Assert.Equal("scheduled", (await host.Get(paths[0]))["status"]);
        var done = await visitor.Do(shown);
        Assert.Contains("Exclu des relances\u00A0: Client du patron", done.Words, StringComparison.Ordinal);
        foreach (var path in paths)
            Assert.Equal("held", (await host.Get(path))["status"]);
        await host.MoveTo("2026-10-01T10:02:00+02:00");
        await visitor.Do(await visitor.Submit(await visitor.Get("/console/debtors/martin/acts/release?creditor=demo")));
        Assert.Equal("scheduled", (await host.Get(paths[1]))["status"]);
    }

    [Fact]
    public async Task What_is_saved_replaces_what_was_read_and_nothing_that_changed_since()
    {
        await using var host = await TestHost.Run();
        var path = await Registered(host, "martin", "Martin", 300m);
        using var visitor = await Visitor.SignIn(host, language: "fr");
        // Lists follow an acknowledgement by a moment: a page read before has another ETag than one read after.
        await host.MoveTo("2026-10-01T10:00:30+02:00");
        var form = await visitor.Get("/console/debtors/martin/edit?creditor=demo");
        await host.Post($"{path}/payments", new { amount = 1m });
        await host.MoveTo("2026-10-01T10:01:00+02:00");
        var late = await visitor.Submit(form, ("email", "new@example.org"), ("contacts[0].name", "Jeanne"), ("contacts[0].role", "dunning"), ("contacts[0].email", "jeanne@example.org"));
        Assert.Equal(412, late.Status);
        Assert.Equal("new@example.org", late.Document.QuerySelector("input[name=email]")!.GetAttribute("value"));
        var saved = await visitor.Do(late);
        Assert.Contains("jeanne@example.org", saved.Words, StringComparison.Ordinal);
        Assert.Equal("new@example.org", (await host.Get(path))["debtor.email"]);
    }

    private static Task<string> Registered(TestHost host, string id, string name, decimal amount) =>
        host.Register(i => (i["amount"], i["debtor"]!["id"], i["debtor"]!["name"]) = (amount, id, name));

    private static async Task<string[]> Ids(TestHost host, string query) => [.. (await host.Get($"/api/debtors{query}")).Json["items"]!.AsArray().Select(i => (string)i!["id"]!)];
}
