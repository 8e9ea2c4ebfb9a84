namespace Dunning.Local.Tests.Api;

/// <summary>Lists: every filter, every order, pages without loss.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task Cases_are_found_by_every_filter_and_paged_in_every_order()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var paths = new List<string>();
        for (var n = 0; n < 7; n++)
            paths.Add(await host.Register(i => (i["number"], i["amount"], i["dueDate"], i["debtor"]!["id"], i["creditor"]) =
                ($"N{n} é/{n}", 100m + n % 3, $"2026-11-{10 + n:00}", n < 3 ? "martin" : "durand", n == 6 ? "other" : "demo")));
        await host.Post($"{paths[0]}/hold");
        async Task<string> Found(string query, string? key = null)
        {
            var reply = await host.Get($"/api/invoices?{query}", key ?? TestHost.Key);
            Assert.True(reply.Status == 200, reply.ToString());
            return string.Concat(reply.Json["items"]!.AsArray().Select(i => ((string)i!["number"]!)[1]));
        }

        Assert.Equal("0123456", await Found(""));
        Assert.Equal("0", await Found("status=held"));
        Assert.Equal("012345", await Found("creditor=demo"));
        Assert.Equal("012", await Found("debtor=martin"));
        Assert.Equal("4", await Found("number=N4%20%C3%A9%2F4"));
        Assert.Equal("012", await Found("dueBefore=2026-11-13"));
        Assert.Equal("456", await Found("dueAfter=2026-11-13"));
        Assert.Equal("25", await Found("minBalance=102"));
        Assert.Equal("", await Found("minBalance=79000000000000000000000000000"));
        Assert.Equal("", await Found("updatedSince=2026-10-02T00:00:00Z"));
        Assert.Equal("", await Found("creditor=nobody"));
        Assert.Equal("6", await Found("", await host.NewKey("read", "other")));
        Assert.Equal("", await Found("creditor=demo", await host.NewKey("read", "other")));
        foreach (var sort in new[] { "dueDate", "-dueDate", "balance", "-balance", "updatedAt", "-updatedAt", "number", "-number" })
        {
            var (all, cursor) = ("", "");
            do
            {
                var page = await host.Get($"/api/invoices?sort={sort}&limit=2{cursor}");
                all += string.Concat(page.Json["items"]!.AsArray().Select(i => ((string)i!["number"]!)[1]));
                cursor = page["nextCursor"] is "null" ? "" : $"&cursor={page["nextCursor"]}";
            }
            while (cursor.Length > 0);
            Assert.Equal(await Found($"sort={sort}"), all);
            Assert.Equal("0123456", string.Concat(all.Order()));
        }
        Assert.Equal("6543210", await Found("sort=-number"));
    }

    [Fact]
    public async Task Tasks_are_listed_by_kind_and_case_page_by_page()
    {
        await using var host = await TestHost.Run();
        var paths = new List<string>();
        for (var n = 0; n < 5; n++)
            paths.Add(await host.Register(i => i["debtor"]!.AsObject().Remove("email")));
        await host.MoveTo("2026-10-28T10:00:00+01:00");
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await host.Get($"/api/tasks?kind=missingAddress&limit=2{cursor}");
            seen.AddRange(page.Json["items"]!.AsArray().Select(t => (string)t!["caseId"]!));
            cursor = page["nextCursor"] is "null" ? "" : $"&cursor={page["nextCursor"]}";
        }
        while (cursor.Length > 0);
        Assert.Equal(paths.Select(p => p.Split('/')[^1]).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        var task = await host.Task(paths[0], "missingAddress");
        Assert.Equal(202, (await host.Post($"/api/tasks/{task["id"]}/done", new { note = "Called them." })).Status);
        Assert.Empty((await host.Get($"/api/tasks?case={paths[0].Split('/')[^1]}")).Json["items"]!.AsArray());
        Assert.Equal(404, (await host.Post($"/api/tasks/{task["id"]}/done")).Status);
        foreach (var id in new[] { "nothing", "~", "~1", "%20", "a~b~c" })
            Assert.Equal(404, (await host.Post($"/api/tasks/{id}/done")).Status);
        Assert.Equal(["kind"], (await host.Get("/api/tasks?kind=nothing")).Fields);
    }
}

public sealed class WrongFilterTests(TestHost host) : IClassFixture<TestHost>
{
    [Theory]
    [InlineData("status=unknown", "status")]
    [InlineData("sort=--dueDate", "sort")]
    [InlineData("sort=-", "sort")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1e2", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("minBalance=much", "minBalance")]
    [InlineData("minBalance=99999999999999999999999999999999", "minBalance")]
    [InlineData("dueBefore=9999-12-31", "dueBefore")]
    [InlineData("dueAfter=31/10/2026", "dueAfter")]
    [InlineData("updatedSince=yesterday", "updatedSince")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=ZHVlRGF0ZQ", "cursor")]
    [InlineData("sort=number&cursor=ZHVlRGF0ZQoxCjE", "cursor")]
    public async Task A_wrong_filter_is_named(string query, string field)
    {
        var reply = await host.Get($"/api/invoices?{query}");
        Assert.True(reply.Status == 400 && reply.Fields.Single() == field, reply.ToString());
        if (field is "limit" or "cursor" && !query.StartsWith("sort", StringComparison.Ordinal))
            Assert.Equal(400, (await host.Get($"/api/tasks?{query}")).Status);
    }
}
