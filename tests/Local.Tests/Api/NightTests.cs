using Dunning.Local.Tests.Console;

namespace Dunning.Local.Tests.Api;

/// <summary>Between midnight in Paris and midnight in UTC: whatever is shown says the day it is where the creditor is.</summary>
public sealed class NightTests
{
    [Fact]
    public async Task An_hour_past_midnight_it_is_tomorrow_in_lists_files_and_pages()
    {
        const string debtor = "martin";
        await using var host = await TestHost.Run();
        await host.Register(i => (i["debtor"]!["id"], i["issueDate"], i["dueDate"]) = (debtor, "2026-10-01", "2026-10-31"));
        // 23:30 on 31 October in UTC.
        await host.MoveTo("2026-11-01T00:30:00+01:00");
        var list = (await host.Get("/api/invoices/export?creditor=demo")).Text.TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal("1", list[1].Split(',')[Array.IndexOf(list[0].Split(','), "daysLate")]);
        var everybody = (await host.Get("/api/invoices/export")).Text.Split("\r\n");
        Assert.Equal(list[1], everybody[1]);
        Assert.Equal(("2026-11-01", "1"), (await host.Get("/api/kpis?creditor=demo")) is var kpis ? (kpis["asOf"], kpis["total.fellDue"]) : default);
        Assert.Equal("1200.00", (await host.Get($"/api/debtors/{debtor}?creditor=demo")).Json["statement"]![0]!["overdue"]!.ToString());
        using var visitor = await Visitor.SignIn(host, language: "fr");
        Assert.Contains("01/11/2026", (await visitor.Get($"/console/debtors/{debtor}/statement?creditor=demo")).Title, StringComparison.Ordinal);
        Assert.Contains("1\u00A0jour", (await visitor.Get("/console/cases")).Words, StringComparison.Ordinal);
        Assert.Contains("2025-01-01", (await visitor.Get("/console/what-if/ledger")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counting_for_a_page_reads_only_what_it_counts()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        await host.Register(i => (i["dueDate"], i["policy"]) = ("2026-12-31", "fr-b2b-fast"));
        await host.Register(i => i["dueDate"] = "2026-12-31");
        var use = await host.Get("/api/policies/fr-b2b-fast/use?creditor=demo");
        Assert.Equal(("1", "false"), (use["counted"], use["more"]));
        Assert.Equal("1", use.Json["versions"]![0]!["running"]!.ToString());
        // None of them has a step within a week of the first of October.
        Assert.Equal("0", (await host.Get("/api/creditors/demo/sending"))["counted"]);
        await host.MoveTo("2026-10-27T12:00:00+01:00");
        var sending = await host.Get("/api/creditors/demo/sending");
        Assert.Equal(("1", "1", "1"), (sending["counted"], sending["withinADay"], sending["withinAWeek"]));
    }
}
