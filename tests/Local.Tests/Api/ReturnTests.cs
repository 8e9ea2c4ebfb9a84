using Dunning.BankSamples;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Microsoft.Extensions.DependencyInjection;
using static Dunning.Local.Tests.Api.StatementTests;

namespace Dunning.Local.Tests.Api;

/// <summary>The bank takes back what a person is about to assign: the invoice owes it again, whoever was faster.</summary>
public sealed class ReturnTests
{
    [Fact]
    public async Task Money_decided_and_not_yet_told_is_told_and_reversed_when_the_bank_takes_it_back()
    {
        await using var host = await TestHost.Run();
        var path = await Register(host, "F-2026-0001", 150m);
        var id = await Comes(host, "DD-1");
        var money = host.Services.GetRequiredService<UnmatchedMoney>();
        var kept = (await money.Find(id, default))!;
        Assert.True(await money.Decide(kept, [new(CaseOf(path), Money.Parse("99.00 EUR"), kept.Value.FactId)], default));
        foreach (var result in (string[])["returned", "duplicate"])
            Assert.Equal(result, await GoesBack(host, "DD-1"));
        Assert.Equal("withdrawn", (await host.Post($"/api/unmatched/{id}/assign", new { invoice = CaseOf(path) })).Code);
        Assert.Equal(("150.00", 1, 1), ((await host.Get(path))["balance"], await Told<CaseEvent.PaymentReceived>(host, path), await Told<CaseEvent.PaymentReversed>(host, path)));
        Assert.Empty((await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Money_assigned_after_a_return_that_was_cut_short_is_reversed_when_the_statement_is_sent_again()
    {
        await using var host = await TestHost.Run();
        var path = await Register(host, "F-2026-0001", 150m);
        var id = await Comes(host, "DD-1");
        Assert.Equal("returned", await GoesBack(host, "DD-1"));
        // As if it had ended between the book and the queue.
        var shelf = host.Services.GetRequiredService<Registry>().Unmatched;
        var kept = (await shelf.Get(id, default))!;
        Assert.True(await shelf.Put(id, "demo", kept.Value with { IsWithdrawn = false }, kept.Version, null, default));
        Assert.Equal(202, (await host.Post($"/api/unmatched/{id}/assign", new { invoice = CaseOf(path) })).Status);
        Assert.Equal("51.00", (await host.Get(path))["balance"]);
        foreach (var result in (string[])["returned", "duplicate"])
            Assert.Equal(result, await GoesBack(host, "DD-1"));
        Assert.Equal("150.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task Assigned_and_taken_back_at_once_money_does_not_stay()
    {
        await using var host = await TestHost.Run();
        for (var round = 0; round < 12; round++)
        {
            var paths = new[] { await Register(host, $"F-2026-1{round:d3}", 150m), await Register(host, $"F-2026-2{round:d3}", 150m) };
            var id = await Comes(host, $"DD-{round}");
            var parts = new { assignments = new[] { new { caseId = CaseOf(paths[0]), amount = 60m }, new { caseId = CaseOf(paths[1]), amount = 39m } } };
            var assigning = Task.Run(() => host.Post($"/api/unmatched/{id}/assign", parts));
            var returning = Task.Run(() => GoesBack(host, $"DD-{round}"));
            var (assigned, back) = (await assigning, await returning);
            Assert.True(assigned.Status == 202 || assigned.Code == "withdrawn", assigned.ToString());
            Assert.Equal("returned", back);
            Assert.Equal((round, "150.00", "150.00"), (round, (await host.Get(paths[0]))["balance"], (await host.Get(paths[1]))["balance"]));
        }
        Assert.Empty((await host.Get("/api/unmatched?creditor=demo")).Json["items"]!.AsArray());
    }

    private static async Task<string> Comes(TestHost host, string endToEnd) =>
        (string)(await Take(host, Camt.Statement(8, [CamtEntry.Of(99m, new() { EndToEndId = endToEnd }, $"B-{endToEnd}")], $"S-{endToEnd}")))[0]["unmatched"]!;

    private static async Task<string> GoesBack(TestHost host, string endToEnd) =>
        (string)(await Take(host, Camt.Statement(8, [CamtEntry.Of(99m, new() { EndToEndId = endToEnd, ReturnReason = "MD06" }, $"R-{endToEnd}") with { Direction = "DBIT" }], $"R-{endToEnd}")))[0]["result"]!;

    private static async Task<int> Told<T>(TestHost host, string path) where T : CaseEvent =>
        (await host.Services.GetRequiredService<ICaseLists>().Log(CaseOf(path), 0, int.MaxValue, default)).Count(e => e.Logged.Event is T);
}
