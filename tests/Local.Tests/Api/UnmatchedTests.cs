using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Receipts;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Api;

/// <summary>Money whose invoice nobody is sure of waits for a person, and counts once.</summary>
public sealed class UnmatchedTests
{
    private static readonly DateOnly Day = new(2026, 10, 1);

    [Fact]
    public async Task Money_assigned_pays_its_invoice_once_and_is_no_longer_listed()
    {
        await using var host = await TestHost.Run();
        var (path, other) = (await host.Register(), await host.Register());
        var id = await Put(host, "demo", "bank:entry-1", "500.00 EUR");
        var listed = (await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray().Single()!;
        Assert.Equal((id, "500.00", "VIR MARTIN"), ((string)listed["id"]!, listed["amount"]!.ToString(), (string)listed["reference"]!));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var reply = await host.Post($"/api/unmatched/{id}/assign", new { invoice = CaseOf(path) });
            Assert.Equal((202, "bank:entry-1"), (reply.Status, reply["paymentId"]));
        }
        Assert.Equal("700.00", (await host.Get(path))["balance"]);
        Assert.Empty((await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray());
        Assert.Equal("assigned", (await host.Post($"/api/unmatched/{id}/assign", new { invoice = CaseOf(other) })).Code);
        Assert.Equal("1200.00", (await host.Get(other))["balance"]);
    }

    [Fact]
    public async Task Money_told_again_after_it_was_assigned_does_not_come_back()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var id = await Put(host, "demo", "bank:entry-1", "500.00 EUR");
        Assert.Equal(202, (await host.Post($"/api/unmatched/{id}/assign", new { invoice = CaseOf(path) })).Status);
        await Put(host, "demo", "bank:entry-1", "500.00 EUR");
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Lists_are_paged_and_a_key_sees_its_own_creditors_only()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var theirs = await Put(host, "other", "bank:entry-0", "1.00 EUR");
        var path = await host.Register();
        for (var i = 1; i <= 5; i++)
            await Put(host, "demo", $"bank:entry-{i}", $"{i}.00 EUR");
        var key = await host.NewKey("operator", "demo");
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await host.Get($"/api/unmatched?limit=2{cursor}", key);
            seen.AddRange(page.Json["items"]!.AsArray().Select(i => (string)i!["id"]!));
            cursor = page["nextCursor"] is "null" ? "" : $"&cursor={page["nextCursor"]}";
        }
        while (cursor.Length > 0);
        Assert.Equal(5, seen.Distinct().Count());
        Assert.DoesNotContain(theirs, seen);
        Assert.Equal(404, (await host.Get("/api/unmatched?creditor=other", key)).Status);
        Assert.Equal(404, (await host.Post($"/api/unmatched/{theirs}/assign", new { invoice = CaseOf(path) }, key)).Status);
        // Nor may the money of one creditor pay the invoice of another.
        Assert.Equal(["invoice"], (await host.Post($"/api/unmatched/{theirs}/assign", new { invoice = CaseOf(path) })).Fields);
    }

    [Fact]
    public async Task A_key_of_every_creditor_lists_what_waits_creditor_by_creditor()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        foreach (var creditor in (string[])["zeta", "alpha", "nothing"])
            await host.Put($"/api/creditors/{creditor}", new { name = creditor });
        for (var i = 0; i < 12; i++)
        {
            await Put(host, i % 2 == 0 ? "alpha" : "zeta", $"bank:entry-{i}", "1.00 EUR");
            var id = await Put(host, "demo", $"bank:entry-{i}", "1.00 EUR");
            if (i < 7)
                Assert.Equal(202, (await host.Post($"/api/unmatched/{id}/assign", new { invoice = CaseOf(path) })).Status);
        }
        var (seen, cursor, pages) = (new List<(string Creditor, string Id)>(), "", 0);
        do
        {
            var page = await host.Get($"/api/unmatched?limit=4{cursor}");
            seen.AddRange(page.Json["items"]!.AsArray().Select(i => ((string)i!["creditor"]!, (string)i["id"]!)));
            cursor = page["nextCursor"] is "null" ? "" : $"&cursor={page["nextCursor"]}";
            pages++;
        }
        while (cursor.Length > 0);
        Assert.Equal((17, 17, 5), (seen.Count, seen.Distinct().Count(), pages));
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(["alpha", "demo", "zeta"], seen.Select(s => s.Creditor).Distinct());
    }

    [Fact]
    public async Task Another_currency_is_refused_and_an_amount_nobody_told_is_asked_for()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var dollars = await Put(host, "demo", "stripe:pi_1", "500.00 USD");
        Assert.Equal(422, (await host.Post($"/api/unmatched/{dollars}/assign", new { invoice = CaseOf(path) })).Status);
        var untold = await Put(host, "demo", "gocardless:PM1", null);
        Assert.Equal(["amount"], (await host.Post($"/api/unmatched/{untold}/assign", new { invoice = CaseOf(path) })).Fields);
        Assert.Equal(202, (await host.Post($"/api/unmatched/{untold}/assign", new { invoice = CaseOf(path), amount = 200m })).Status);
        Assert.Equal("1000.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task Of_several_who_assign_the_same_money_at_once_one_is_heard_and_it_counts_once()
    {
        await using var host = await TestHost.Run();
        for (var round = 0; round < 5; round++)
        {
            var paths = new[] { await host.Register(), await host.Register(), await host.Register() };
            var id = await Put(host, "demo", $"bank:entry-{round}", "100.00 EUR");
            object[] words =
            [
                new { invoice = CaseOf(paths[0]) }, Divided((paths[1], 60m), (paths[2], 40m)), new { invoice = CaseOf(paths[2]) }, Divided((paths[0], 50m), (paths[1], 50m)), Divided((paths[2], 10m), (paths[0], 90m)),
            ];
            var replies = await Task.WhenAll(words.Select(w => Task.Run(() => host.Post($"/api/unmatched/{id}/assign", w))));
            Assert.Equal(1, replies.Count(r => r.Status == 202));
            Assert.All(replies, r => Assert.True(r.Status == 202 || r.Code is "decided" or "assigned", r.ToString()));
            Assert.Equal(100m, await Paid(host, paths));
        }
        Assert.Empty((await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Cut_short_after_it_was_decided_money_stays_listed_and_only_the_same_goes_on()
    {
        await using var host = await TestHost.Run();
        var paths = new[] { await host.Register(), await host.Register() };
        var id = await Put(host, "demo", "bank:entry-1", "100.00 EUR");
        var money = host.Services.GetRequiredService<UnmatchedMoney>();
        Assigned[] parts = [new(CaseOf(paths[0]), Money.Parse("60.00 EUR"), "bank:entry-1.1"), new(CaseOf(paths[1]), Money.Parse("40.00 EUR"), "bank:entry-1.2")];
        var kept = (await money.Find(id, default))!;
        Assert.True(await money.Decide(kept, parts, default));
        Assert.True(await host.Services.GetRequiredService<Acknowledger>().Tell(parts[0].CaseId, kept.Value.Payment(parts[0]), "operator", default));

        var other = await host.Post($"/api/unmatched/{id}/assign", new { invoice = CaseOf(paths[0]) });
        Assert.Equal((409, "decided"), (other.Status, other.Code));
        Assert.Contains($"40.00 EUR to {CaseOf(paths[1])}", other.Text, StringComparison.Ordinal);
        Assert.Equal(id, (string)(await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray().Single()!["id"]!);
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal(202, (await host.Post($"/api/unmatched/{id}/assign", Divided((paths[0], 60m), (paths[1], 40m)))).Status);
        Assert.Equal(("1140.00", "1160.00"), ((await host.Get(paths[0]))["balance"], (await host.Get(paths[1]))["balance"]));
        Assert.Empty((await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Money_of_which_a_part_cannot_be_told_is_not_told_in_part()
    {
        await using var host = await TestHost.Run();
        var paths = new[] { await host.Register(), await host.Register() };
        var id = await Put(host, "demo", "bank:entry-1", "100.00 EUR");
        Assert.Equal(202, (await host.Post($"{paths[1]}/payments", new { id = "bank:entry-1.2", amount = 7m, date = "2026-10-01" })).Status);
        Assert.Equal("factKnown", (await host.Post($"/api/unmatched/{id}/assign", Divided((paths[0], 60m), (paths[1], 40m)))).Code);
        Assert.Equal("1200.00", (await host.Get(paths[0]))["balance"]);
        Assert.Equal(202, (await host.Post($"/api/unmatched/{id}/assign", new { invoice = CaseOf(paths[0]) })).Status);
        Assert.Equal(107m, await Paid(host, paths));
    }

    [Fact]
    public async Task Money_that_pays_nothing_here_is_discarded_and_is_for_no_invoice_from_then_on()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var (id, assigned) = (await Put(host, "demo", "bank:entry-1", "100.00 EUR"), await Put(host, "demo", "bank:entry-2", "50.00 EUR"));
        Assert.Equal(422, (await host.Post($"/api/unmatched/{id}/assign", new { discard = true, invoice = CaseOf(path) })).Status);
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal(202, (await host.Post($"/api/unmatched/{id}/assign", new { discard = true })).Status);
        await Put(host, "demo", "bank:entry-1", "100.00 EUR");
        Assert.Equal("discarded", (await host.Post($"/api/unmatched/{id}/assign", new { invoice = CaseOf(path) })).Code);
        Assert.Equal(202, (await host.Post($"/api/unmatched/{assigned}/assign", new { invoice = CaseOf(path) })).Status);
        Assert.Equal("assigned", (await host.Post($"/api/unmatched/{assigned}/assign", new { discard = true })).Code);
        Assert.Equal("1150.00", (await host.Get(path))["balance"]);
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
    }

    private static object Divided(params (string Path, decimal Amount)[] parts) => new { assignments = parts.Select(p => new { caseId = CaseOf(p.Path), amount = p.Amount }).ToArray() };

    private static async Task<decimal> Paid(TestHost host, string[] paths)
    {
        var paid = 0m;
        foreach (var path in paths)
            paid += 1200m - decimal.Parse((await host.Get(path))["balance"], CultureInfo.InvariantCulture);
        return paid;
    }

    private static string CaseOf(string path) => path.Split('/')[^1];

    private static async Task<string> Put(TestHost host, string creditor, string fact, string? amount)
    {
        var money = new Unmatched(creditor, fact.Split(':')[0], fact, amount is null ? null : Money.Parse(amount), Day) { Reference = "VIR MARTIN" };
        await host.Services.GetRequiredService<UnmatchedMoney>().Put(money, default);
        return money.Id;
    }
}
