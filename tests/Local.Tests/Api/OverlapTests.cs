using System.Text.Json.Nodes;
using Dunning.BankSamples;
using static Dunning.Local.Tests.Api.StatementTests;

namespace Dunning.Local.Tests.Api;

/// <summary>Different credits are different, though the bank refers to them alike; the same credit in two statements is not paid twice.</summary>
public sealed class OverlapTests
{
    private const string Why = "the same line stands in another statement";

    [Theory]
    [InlineData("NONREF", false)]
    [InlineData("nonref", true)]
    [InlineData("NOTPROVIDED", false)]
    [InlineData("Not Provided", true)]
    [InlineData("0000000000", true)]
    [InlineData("000-00", false)]
    [InlineData("-", false)]
    public async Task A_placeholder_is_no_reference_of_the_bank_s(string none, bool inDetails)
    {
        await using var host = await TestHost.Run();
        var paths = new[] { await Register(host, "F-2026-0001", 100m), await Register(host, "F-2026-0002", 100m) };
        string Placed(string file) => inDetails ? file.Replace("<Refs>", $"<Refs><AcctSvcrRef>{none}</AcctSvcrRef>", StringComparison.Ordinal) : file;
        CamtEntry Entry(string text) => CamtEntry.Of(100m, new() { Text = [text] }, inDetails ? null : none);
        Assert.Equal("applied", (string?)(await Take(host, Placed(Camt.Notification(8, [Entry("F-2026-0001")]))))[0]["result"]);
        Assert.Equal("applied duplicate", Results(await Take(host, Placed(Camt.Statement(8, [Entry("F-2026-0002"), Entry("F-2026-0001")])))));
        foreach (var path in paths)
            Assert.Equal("0.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task A_reference_the_bank_used_for_two_credits_hides_neither()
    {
        await using var host = await TestHost.Run();
        var paths = new[] { await Register(host, "F-2026-0001", 300m), await Register(host, "F-2026-0002", 100m) };
        Assert.Equal("applied", (string?)(await Take(host, Camt.Notification(8, [CamtEntry.Of(300m, new() { Text = ["F-2026-0001"] }, "REF-7")])))[0]["result"]);
        Assert.Equal("applied duplicate", Results(await Take(host, Camt.Statement(8, [CamtEntry.Of(100m, new() { Text = ["F-2026-0002"] }, "REF-7"), CamtEntry.Of(300m, new() { Text = ["F-2026-0001"] }, "REF-7")]))));
        foreach (var path in paths)
            Assert.Equal("0.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task A_placeholder_in_a_csv_is_no_reference_either()
    {
        await using var host = await TestHost.Run();
        await Register(host, "F-2026-0001", 300m);
        async Task<string> Name(string reference) => Results(await Take(host, $"Date;Référence;Libellé;Montant\n05/10/2026;{reference};F-2026-0001;100,00\n"));
        Assert.Equal("applied", await Name("NONREF"));
        Assert.Equal("duplicate", await Name("NOTPROVIDED"));
        Assert.Equal("duplicate", await Name(""));
    }

    [Fact]
    public async Task A_sum_that_a_notification_told_in_details_and_the_other_way_round_is_still_one()
    {
        await using var host = await TestHost.Run();
        await Register(host, "F-2026-0001", 10m);
        await Register(host, "F-2026-0002", 20m);
        CamtEntry Detailed(string reference) => new(30m) { BankReference = reference, Details = [new() { Amount = 10m, EndToEndId = "F-2026-0001" }, new() { Amount = 20m, EndToEndId = "F-2026-0002" }] };
        CamtEntry Sum(string reference) => new(30m) { BankReference = reference, Information = "REMISE" };
        Assert.Equal("applied applied", Results(await Take(host, Camt.Notification(8, [Detailed("B1")], "N1"))));
        Assert.Equal("duplicate", Results(await Take(host, Camt.Statement(8, [Sum("B1")], "S1"))));
        Assert.Equal("unmatched", Results(await Take(host, Camt.Notification(8, [Sum("B2")], "N2"))));
        Assert.Equal("duplicate duplicate", Results(await Take(host, Camt.Statement(8, [Detailed("B2")], "S2"))));
    }

    [Fact]
    public async Task A_line_without_a_reference_that_another_statement_of_the_day_holds_is_for_a_person()
    {
        await using var host = await TestHost.Run();
        var path = await Register(host, "F-2026-0001", 500m);
        CamtEntry Part(string day = "2026-10-05") => CamtEntry.Of(50m, new() { Text = ["F-2026-0001"] }) with { Booked = day, Valued = day };
        // Two alike in one file are two.
        Assert.Equal("applied applied", Results(await Take(host, Camt.Statement(8, [Part(), Part()], "DAY-5"))));
        // The month tells of them again, of a third, and of one of another day.
        var month = Camt.Statement(8, [Part(), Part(), Part(), Part("2026-10-04")], "MONTH-10");
        var lines = await Take(host, month);
        Assert.Equal("proposed proposed applied applied", Results(lines));
        Assert.Equal([Why, Why, null, null], lines[..^1].Select(l => (string?)l["why"]));
        Assert.Equal(("300.00", "pendingPayment"), ((await host.Get(path))["balance"], (string?)(await host.Get(path)).Json["next"]!["waitingFor"]));
        foreach (var line in lines[..2])
            Assert.Equal(202, (await host.Post($"/api/unmatched/{line["unmatched"]}/assign", new { discard = true })).Status);
        Assert.Null((string?)(await host.Get(path)).Json["next"]!["waitingFor"]);
        foreach (var file in (string[])[month, Camt.Statement(8, [Part(), Part()], "DAY-5"), month])
            Assert.All((await Take(host, file))[..^1], l => Assert.Equal("duplicate", (string?)l["result"]));
        Assert.Equal("300.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task Notifications_alike_of_one_day_are_credits_each_and_the_statements_after_them_pay_none_twice()
    {
        await using var host = await TestHost.Run();
        var path = await Register(host, "F-2026-0001", 500m);
        var part = CamtEntry.Of(50m, new() { Text = ["F-2026-0001"] });
        foreach (var id in (string[])["N1", "N2"])
            Assert.Equal("applied", Results(await Take(host, Camt.Notification(8, [part], id))));
        Assert.Equal("duplicate duplicate", Results(await Take(host, Camt.Statement(8, [part, part], "DAY-5"))));
        Assert.Equal("proposed proposed", Results(await Take(host, Camt.Statement(8, [part, part], "MONTH-10"))));
        Assert.Equal("400.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task What_a_later_notification_accounts_for_does_not_let_the_rest_of_the_month_count_twice()
    {
        await using var host = await TestHost.Run();
        var path = await Register(host, "F-2026-0001", 500m);
        var part = CamtEntry.Of(50m, new() { Text = ["F-2026-0001"] });
        Assert.Equal("applied applied", Results(await Take(host, Camt.Statement(8, [part, part], "DAY-5"))));
        foreach (var (id, result) in ((string, string)[])[("N1", "duplicate"), ("N2", "duplicate"), ("N3", "applied")])
            Assert.Equal(result, Results(await Take(host, Camt.Notification(8, [part], id))));
        Assert.Equal("duplicate proposed proposed", Results(await Take(host, Camt.Statement(8, [part, part, part], "MONTH-10"))));
        Assert.Equal("350.00", (await host.Get(path))["balance"]);
    }

    private static string Results(List<JsonNode> lines) => string.Join(' ', lines[..^1].Select(l => (string?)l["result"]));
}
