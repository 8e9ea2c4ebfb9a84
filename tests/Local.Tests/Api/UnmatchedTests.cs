using Dunning.Domain;
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

    private static string CaseOf(string path) => path.Split('/')[^1];

    private static async Task<string> Put(TestHost host, string creditor, string fact, string? amount)
    {
        var money = new Unmatched(creditor, fact.Split(':')[0], fact, amount is null ? null : Money.Parse(amount), Day) { Reference = "VIR MARTIN" };
        await host.Services.GetRequiredService<UnmatchedMoney>().Put(money, default);
        return money.Id;
    }
}
