using Dunning.Domain;
using Dunning.Local.Tests.Api;
using Dunning.Service.Receipts;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Console;

/// <summary>What needs a person now, and doing it there.</summary>
public sealed class TodayTests
{
    [Fact]
    public async Task A_call_shows_its_number_and_what_to_say_and_is_done_with_a_note()
    {
        await using var host = await TestHost.Run();
        var (small, large) = (await host.Register(i => i["amount"] = 300m), await host.Register(i => i["amount"] = 5000m));
        await host.MoveTo("2026-11-24T10:00:00+01:00");
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get("/console");
        Assert.Contains("tel:+33600000000", visitor.Page.Links);
        // The script is in the debtor's language, whoever reads the page.
        Assert.Contains("Puis-je parler", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains(visitor.Page.Links, l => l.StartsWith($"/console/cases/{BulkTests.Id(small)}/acts/call", StringComparison.Ordinal));
        var (first, second) = ((await host.Get(large))["number"], (await host.Get(small))["number"]);
        Assert.Equal([first, second], visitor.Page.Numbers);
        var task = (string)(await host.Task(large, "call"))["id"]!;
        await visitor.Send("/console/today/done", ("task", task), ("note", "Pays on Friday."));
        Assert.Contains("It is noted.", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Equal([second], visitor.Page.Numbers);
        Assert.Contains("Pays on Friday.", (await host.Get(large)).Text, StringComparison.Ordinal);
        await visitor.Send("/console/today/done", ("task", task));
        Assert.Equal(404, visitor.Page.Status);
        Assert.Contains("There is no such open task.", visitor.Page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_waits_for_approval_is_approved_or_rejected_there()
    {
        await using var host = await TestHost.Run();
        // A consumer's formal notice asks first.
        string[] paths = [await host.Register(Consumer), await host.Register(Consumer)];
        await host.MoveTo("2026-12-10T10:00:00+01:00");
        using var visitor = await Visitor.SignIn(host, language: "fr");
        await visitor.Get("/console");
        Assert.Contains("À approuver", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Send("/console/today/step", ("case", BulkTests.Id(paths[0])), ("step", "formal-notice"), ("decision", "approve"));
        Assert.Contains("Étape approuvée.", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Send("/console/today/step", ("case", BulkTests.Id(paths[1])), ("step", "formal-notice"), ("decision", "reject"), ("reason", "Un bon client"));
        Assert.Empty((await host.Get("/api/tasks?kind=approval")).Json["items"]!.AsArray());
        Assert.Contains("Un bon client", (await host.Get(paths[1])).Text, StringComparison.Ordinal);
        await visitor.Post("/console/today/step", ("case", BulkTests.Id(paths[0])), ("step", "formal-notice"), ("decision", "approve"));
        Assert.Equal(403, visitor.Page.Status);

        static void Consumer(System.Text.Json.Nodes.JsonObject i) => (i["debtor"]!["kind"], i["policy"]) = ("consumer", "fr-b2c");
    }

    [Fact]
    public async Task Money_without_an_invoice_is_assigned_or_dismissed_there()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var money = host.Services.GetRequiredService<UnmatchedMoney>();
        foreach (var n in (int[])[1, 2])
            await money.Put(new("demo", "bank", $"bank:entry-{n}", Money.Of(500m, Currency.Euro), new(2026, 10, 1)) { Reference = $"VIR {n}", Candidates = [new(BulkTests.Id(path), "F-1", "its amount")] }, default);
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get("/console");
        Assert.Contains("VIR 1", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("its amount", visitor.Page.Words, StringComparison.Ordinal);
        var ids = (await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray().Select(i => (string)i!["id"]!).ToList();
        await visitor.Send("/console/today/money", ("id", ids[0]), ("invoice", BulkTests.Id(path)));
        await visitor.Send("/console/today/money", ("id", ids[1]), ("decision", "discard"));
        Assert.Equal("700.00", (await host.Get(path))["balance"]);
        Assert.DoesNotContain("VIR", visitor.Page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payout_that_failed_waits_there_until_somebody_has_seen_to_it_and_nobody_elses_is_shown()
    {
        await using var host = await Webhooks.Host();
        await host.Stripe(Webhooks.Event("evt_2", "payout.failed", new { id = "po_1", amount = 120_000, currency = "eur", failure_code = "account_closed" }));
        foreach (var name in (string[])["other", "third"])
            await host.Put($"/api/creditors/{name}", new { name });
        using var others = await Visitor.SignIn(host, await host.NewKey("operator", "other", "third"));
        Assert.DoesNotContain("account_closed", (await others.Get("/console")).Html, StringComparison.Ordinal);
        using var several = await Visitor.SignIn(host, await host.NewKey("operator", "other", "demo"));
        Assert.Contains("po_1: account_closed", (await several.Get("/console")).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await others.Send("/console/today/delivery", ("id", "demo~stripe~evt_2"), ("decision", "seen"))).Status);
        await several.Send("/console/today/delivery", ("id", "demo~stripe~evt_2"), ("decision", "seen"));
        Assert.DoesNotContain("account_closed", several.Page.Words, StringComparison.Ordinal);
        Assert.Equal("0", (await host.Get("/api/webhook-deliveries"))["payoutsFailed"]);
    }

    [Fact]
    public async Task Promises_of_the_day_and_open_disputes_are_there()
    {
        await using var host = await TestHost.Run();
        var (due, later, disputed) = (await host.Register(i => i["number"] = "DUE"), await host.Register(i => i["number"] = "LATER"), await host.Register(i => i["number"] = "DISPUTED"));
        await host.Post($"{due}/promises", new { date = "2026-10-01" });
        await host.Post($"{later}/promises", new { date = "2026-10-20" });
        await host.Post($"{disputed}/disputes", new { kind = "commercial", code = "quality" });
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get("/console");
        Assert.Equal(["DUE", "DISPUTED"], visitor.Page.Numbers);
        Assert.Contains(visitor.Page.Links, l => l.StartsWith($"/console/cases/{BulkTests.Id(disputed)}/acts/resolve", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_says_when_nothing_leaves()
    {
        await using var host = await TestHost.Run();
        using var visitor = await Visitor.SignIn(host);
        Assert.Contains("Nothing leaves this machine.", (await visitor.Get("/console")).Words, StringComparison.Ordinal);
        await host.Put("/api/sending", new { stopped = true, reason = "Wrong prices" });
        await host.Put("/api/creditors/acme", new { name = "Acme", mode = "test" });
        await visitor.Get("/console");
        Assert.Contains("Sending is stopped.", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("Wrong prices", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("test mode", visitor.Page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_of_many_is_paged_and_another_creditors_tasks_are_not_shown()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        await host.Register(i => (i["creditor"], i["number"]) = ("other", "THEIRS"));
        for (var i = 0; i < 7; i++)
            await host.Register(x => x["number"] = $"OURS-{i}");
        await host.MoveTo("2026-11-24T10:00:00+01:00");
        using var visitor = await Visitor.SignIn(host, await host.NewKey("read", "demo"));
        await visitor.Get("/console");
        Assert.Equal(5, visitor.Page.Numbers.Count);
        Assert.DoesNotContain("Mark as done", visitor.Page.Html, StringComparison.Ordinal);
        await visitor.Get("/console?group=call");
        Assert.Equal(7, visitor.Page.Numbers.Count);
        Assert.DoesNotContain("THEIRS", visitor.Page.Words, StringComparison.Ordinal);
    }
}
