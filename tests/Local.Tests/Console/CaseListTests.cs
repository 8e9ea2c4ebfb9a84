using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Console;

/// <summary>The list of cases as people see it.</summary>
public sealed class CaseListTests
{
    [Fact]
    public async Task One_box_finds_numbers_names_ids_and_addresses_whatever_their_accents()
    {
        await using var host = await TestHost.Run();
        await host.Register(i => (i["number"], i["debtor"]!["name"], i["debtor"]!["email"]) = ("A-100", "Œuvres d’Été", "lea@oeuvres.example.org"));
        await host.Register(i => (i["number"], i["debtor"]!["name"], i["debtor"]!["id"]) = ("B-200", "Garage Müller", "cust-77"));
        using var visitor = await Visitor.SignIn(host);
        foreach (var (asked, found) in new[] { ("OEUVRES ete", "A-100"), ("a-1", "A-100"), ("lea@", "A-100"), ("muller", "B-200"), ("CUST-77", "B-200"), ("garage b-2", "B-200"), ("oeuvres muller", ""), ("%", "") })
            Assert.Equal(found, string.Concat((await visitor.Get($"/console/cases?q={Uri.EscapeDataString(asked)}")).Numbers));
        Assert.Contains("No case matches.", visitor.Page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_most_at_risk_comes_first_and_every_filter_narrows()
    {
        await using var host = await TestHost.Run();
        string[] paths =
        [
            await host.Register(i => (i["number"], i["amount"], i["issueDate"], i["dueDate"]) = ("SMALL-OLD", 100m, "2026-01-01", "2026-03-01")),
            await host.Register(i => (i["number"], i["amount"], i["issueDate"], i["dueDate"]) = ("LARGE-LATE", 9000m, "2026-08-01", "2026-09-10")),
            await host.Register(i => (i["number"], i["amount"]) = ("LARGEST-TO-COME", 30000m)),
            await host.Register(i => i["number"] = "HELD"),
            await host.Register(i => i["number"] = "PAID"),
        ];
        await host.Post($"{paths[3]}/hold", new { reason = "Talk" });
        await host.Post($"{paths[4]}/payments", new { amount = 1200m });
        await host.Post($"{paths[2]}/policy", new { policy = "fr-b2b-fast" });
        using var visitor = await Visitor.SignIn(host);
        async Task<string> Found(string query) => string.Join(' ', (await visitor.Get($"/console/cases?{query}")).Numbers);

        Assert.Equal("LARGE-LATE LARGEST-TO-COME SMALL-OLD HELD", await Found(""));
        Assert.Contains("the balance times the days it is late", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Equal("PAID", await Found("status=paid"));
        Assert.Equal("HELD", await Found("waitingFor=hold"));
        Assert.Equal("HELD", await Found("status=held"));
        Assert.Equal("SMALL-OLD", await Found("age=over90"));
        Assert.Equal("LARGE-LATE", await Found("age=1-30"));
        Assert.Equal("LARGEST-TO-COME HELD", await Found("age=notDue"));
        Assert.Equal("LARGE-LATE LARGEST-TO-COME", await Found("minBalance=2+000,50"));
        Assert.Equal("SMALL-OLD HELD", await Found("maxBalance=2000"));
        Assert.Equal("LARGEST-TO-COME", await Found("policy=fr-b2b-fast"));
        Assert.Equal("LARGEST-TO-COME HELD", await Found("step=courtesy"));
        Assert.Equal("LARGEST-TO-COME LARGE-LATE HELD SMALL-OLD", await Found("sort=-balance"));
        Assert.Equal("", await Found("minBalance=much"));
        Assert.Contains("must be a number", visitor.Page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_follows_the_other_and_the_count_stops_at_a_thousand()
    {
        await using var host = await TestHost.Run();
        for (var i = 0; i < 60; i++)
            await host.Register();
        using var visitor = await Visitor.SignIn(host);
        var first = (await visitor.Get("/console/cases?sort=number")).Numbers;
        var next = visitor.Page.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        var second = (await visitor.Get(next)).Numbers;
        Assert.Equal((50, 10, 60), (first.Count, second.Count, first.Union(second).Count()));
        Assert.Contains("60", visitor.Page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_are_markup_or_formulas_are_only_names()
    {
        await using var host = await TestHost.Run();
        await host.Register(i => i["debtor"]!["name"] = "<script>alert(1)</script>");
        await host.Register(i => i["debtor"]!["name"] = "=HYPERLINK(\"http://evil\")");
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get("/console/cases");
        Assert.DoesNotContain("<script>alert", visitor.Page.Html, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Get("/console/cases/export");
        Assert.Equal("text/csv", visitor.Page.ContentType);
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil\"\")\"", visitor.Page.Html, StringComparison.Ordinal);
        Assert.Equal(3, visitor.Page.Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task An_export_holds_what_the_filter_finds_beyond_one_page()
    {
        await using var host = await TestHost.Run();
        for (var i = 0; i < 60; i++)
            await host.Register(x => x["amount"] = i < 55 ? 500m : 100m);
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get("/console/cases/export?minBalance=200");
        Assert.Equal(56, visitor.Page.Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(400, (await host.Get("/api/invoices/export?sort=nothing")).Status);
    }

    [Fact]
    public async Task A_filter_is_kept_by_its_name_for_oneself_or_for_everybody_at_a_creditor()
    {
        await using var host = await TestHost.Run();
        var (mine, other) = (await host.NewKey("operator", "demo"), await host.NewKey("read", "demo"));
        await host.Put("/api/creditors/else", new { name = "Else" });
        var stranger = await host.NewKey("admin", "else");
        using var visitor = await Visitor.SignIn(host, mine);
        await visitor.Send("/console/cases/filters", ("name", "À moi"), ("status", "held"));
        Assert.Contains("kept", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Send("/console/cases/filters", ("name", "To all"), ("status", "disputed"), ("shared", "demo"));
        Assert.Contains("À moi", visitor.Page.Words, StringComparison.Ordinal);
        using var colleague = await Visitor.SignIn(host, other);
        await colleague.Get("/console/cases");
        Assert.Contains("To all", colleague.Page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("À moi", colleague.Page.Words, StringComparison.Ordinal);
        // Of the same name, it is another's own.
        Assert.Equal(200, (await host.Put("/api/filters/%C3%80%20moi", new { query = "status=paid" }, other)).Status);
        Assert.StartsWith("status=held", (string?)(await host.Get("/api/filters", mine)).Json["items"]!.AsArray().Single(i => (string?)i!["name"] == "À moi")!["query"], StringComparison.Ordinal);
        Assert.Equal(403, (await host.Put("/api/filters/x", new { query = "a=b", creditor = "demo" }, other)).Status);
        Assert.Equal(404, (await host.Put("/api/filters/x", new { query = "a=b", creditor = "demo" }, stranger)).Status);
        Assert.Empty((await host.Get("/api/filters", stranger)).Json["items"]!.AsArray());
        await visitor.Send("/console/cases/filters", ("name", "To all"), ("remove", "yes"), ("shared", "demo"));
        Assert.DoesNotContain("To all", (await colleague.Get("/console/cases")).Words, StringComparison.Ordinal);
        await visitor.Send("/console/cases/filters", ("status", "held"));
        Assert.Contains("The filter needs a name.", visitor.Page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_sees_every_creditor_is_shown_what_each_of_them_shares_and_nobodys_own()
    {
        await using var host = await TestHost.Run();
        for (var i = 0; i < 101; i++)
            Assert.Equal(201, (await host.Put($"/api/creditors/c{i:000}", new { name = "C" })).Status);
        foreach (var creditor in (string[])["c000", "c100"])
            Assert.Equal(200, (await host.Put($"/api/filters/of-{creditor}", new { query = "status=held", creditor })).Status);
        await host.Put("/api/filters/own", new { query = "status=held" });
        Assert.Equal(["of-c000", "of-c100", "own"], Names(await host.Get("/api/filters")));
        Assert.Equal(["of-c000", "of-c100"], Names(await host.Get("/api/filters", await host.NewKey("read"))));
        Assert.Equal(["of-c100"], Names(await host.Get("/api/filters", await host.NewKey("read", "c100"))));

        static IEnumerable<string?> Names(Reply reply) => reply.Json["items"]!.AsArray().Select(i => (string?)i!["name"]);
    }

    [Fact]
    public async Task It_reads_in_French_too()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        using var visitor = await Visitor.SignIn(host, language: "fr-FR");
        await visitor.Get("/console/cases");
        Assert.Contains("Montant à risque\u00A0: le reste dû multiplié par les jours de retard", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("1\u202F200,00\u00A0€", visitor.Page.Words, StringComparison.Ordinal);
    }
}
