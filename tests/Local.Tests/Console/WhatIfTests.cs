using Dunning.Local.Tests.Api;
using Dunning.Service.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Console;

/// <summary>What will happen, and what would: nothing is changed by asking.</summary>
public sealed class WhatIfTests
{
    private const string Two = "/console/what-if?creditor=demo&policy=fr-b2b&against=fr-b2b-fast&invoice.amount=1%20200,50&invoice.currency=EUR&invoice.issueDate=2026-10-01&invoice.dueDate=2026-10-31&kind=business&country=FR";

    [Theory]
    [InlineData("en", "The formal notice leaves", "earlier with fr-b2b-fast v1: on", "Day by day", "due")]
    [InlineData("fr", "La mise en demeure part", "plus tôt avec fr-b2b-fast v1\u00A0: le", "Jour par jour", "échéance")]
    public async Task Two_policies_stand_side_by_side_and_their_differences_are_said_in_words(string language, string what, string how, string list, string due)
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/demo", new { name = "Demo" });
        using var visitor = await Visitor.SignIn(host, language: language);
        await visitor.Get(Two);
        Assert.Equal(200, visitor.Page.Status);
        Assert.Matches($"{what} [0-9]+\u00A0(days|jours) {how}", visitor.Page.Words);
        Assert.Contains(list, visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains(visitor.Page.Document.QuerySelectorAll("span.note"), n => n.TextContent == due);
        Assert.Equal(2, visitor.Page.Document.QuerySelectorAll("div.months").Length);
        Assert.Equal("[]", (await host.Get("/api/invoices")).Json["items"]!.ToJsonString());
    }

    [Fact]
    public async Task What_might_come_is_counted_and_a_wrong_amount_is_told_beside_its_field()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/demo", new { name = "Demo" });
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get($"{Two}&events[0].type=payment&events[0].at=2026-11-20&events[0].amount=1200,50");
        Assert.Contains("Payment received", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("At the end: Paid, balance €0.00", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Get($"{Two}&events[0].type=payment&events[0].at=2026-11-20&events[0].amount=a%20lot");
        Assert.Equal("a lot", Assert.Single(visitor.Page.Document.QuerySelectorAll("input[aria-invalid=true]")).GetAttribute("value"));
    }

    [Fact]
    public async Task A_case_is_tried_under_another_policy_and_somebody_elses_is_not_there()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var id = path.Split('/')[^1];
        await host.Post($"{path}/payments", new { id = "p1", amount = 500, date = "2026-10-01" });
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get($"/console/what-if?case={id}&against=fr-b2b-fast");
        Assert.Contains("Payment received", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("fr-b2b-fast v1", visitor.Page.Words, StringComparison.Ordinal);
        await host.Put("/api/creditors/another", new { name = "Another" });
        using var stranger = await Visitor.SignIn(host, await host.NewKey("admin", "another"));
        Assert.Equal(404, (await stranger.Get($"/console/what-if?case={id}")).Status);
    }

    [Fact]
    public async Task A_past_ledger_says_how_many_it_counted_and_what_it_cannot_know()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        var creditor = (string)host.Invoice()["creditor"]!;
        using var visitor = await Visitor.SignIn(host, language: "fr");
        await host.MoveTo("2026-12-31T12:00:00+01:00");
        // An address alone runs nothing.
        await visitor.Get($"/console/what-if/ledger?creditor={creditor}&from=2026-01-01&to=2026-12-31&policy=fr-b2b-fast&against=fr-b2b");
        Assert.DoesNotContain("factures rejouées", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Send("/console/what-if/ledger", ("creditor", creditor), ("from", "2026-01-01"), ("to", "2026-12-31"), ("policy", "fr-b2b-fast"), ("against", "fr-b2b"));
        Assert.Contains("1 facture rejouée", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("personne ne le sait", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("fr-b2b-fast v1", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Send("/console/what-if/ledger", ("creditor", creditor), ("from", "2026-12-31"), ("to", "2026-01-01"), ("policy", "fr-b2b"));
        Assert.Contains("ne doit pas précéder le début", visitor.Page.Words, StringComparison.Ordinal);
        using (host.Services.GetRequiredService<ReplayGate>().Enter())
            await visitor.Send("/console/what-if/ledger", ("creditor", creditor), ("from", "2026-01-01"), ("to", "2026-12-31"), ("policy", "fr-b2b"));
        Assert.Equal((429, true), (visitor.Page.Status, visitor.Page.Words.Contains("un seul à la fois", StringComparison.Ordinal)));
        using var reader = await Visitor.SignIn(host, await host.NewKey("read"), "fr");
        await reader.Get("/console/what-if/ledger");
        Assert.Contains("rôle d’opérateur", reader.Page.Words, StringComparison.Ordinal);
    }
}
