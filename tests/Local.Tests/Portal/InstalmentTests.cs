using Dunning.Local.Tests.Api;
using Dunning.Local.Tests.Links;

namespace Dunning.Local.Tests.Portal;

/// <summary>What the page of a debtor on a plan asks for: what is due by the next instalment, and not what came already.</summary>
public sealed class InstalmentTests
{
    [Theory]
    [InlineData("2026-10-02", 0, 400)]
    [InlineData("2026-10-15", 0, 400)]
    [InlineData("2026-10-16", 0, 800)]
    [InlineData("2026-10-02", 100, 300)]
    [InlineData("2026-10-16", 400, 400)]
    [InlineData("2026-10-16", 500, 300)]
    public async Task It_asks_what_is_due_by_the_next_instalment_and_not_what_came(string day, int paid, int asked)
    {
        await using var host = await DebtorVisitor.Host();
        var path = await OnPlan(host);
        if (paid > 0)
            await host.Post($"{path}/payments", new { id = "p", amount = (decimal)paid, date = "2026-10-01" });
        await host.MoveTo($"{day}T12:00:00+02:00");
        Assert.Equal("onPlan", (await host.Get(path))["status"]);
        var page = (await (await DebtorVisitor.Of(host, path)).Get()).Text;
        Assert.Contains($"Payer {asked},00\u00A0€", page, StringComparison.Ordinal);
        Assert.Contains($"<dt>Montant</dt><dd class=\"number\">{asked},00\u00A0€</dd>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Rien n’est à régler", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "400,00", "15 novembre 2026")]
    [InlineData(900, "300,00", "15 décembre 2026")]
    public async Task What_was_paid_ahead_leaves_nothing_due_now_and_the_next_one_on_offer(int paid, string asked, string on)
    {
        await using var host = await DebtorVisitor.Host();
        var path = await OnPlan(host);
        await host.Post($"{path}/payments", new { id = "p", amount = (decimal)paid, date = "2026-10-01" });
        var page = (await (await DebtorVisitor.Of(host, path)).Get()).Text;
        Assert.Contains($"Rien n’est à régler maintenant. La prochaine échéance est de {asked}\u00A0€, le {on}.", page, StringComparison.Ordinal);
        Assert.Contains($"Payer {asked}\u00A0€", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_from_before_the_agreement_pays_no_instalment_and_nobody_is_asked_more_than_the_balance()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        await host.Post($"{path}/payments", new { id = "p", amount = 200m, date = "2026-09-30" });
        Assert.Equal(202, (await host.Post($"{path}/plans", new { id = "plan", instalments = new[] { new { date = "2026-10-15", amount = 500m }, new { date = "2026-11-15", amount = 500m } } })).Status);
        var visitor = await DebtorVisitor.Of(host, path);
        Assert.Contains("Payer 500,00\u00A0€", (await visitor.Get()).Text, StringComparison.Ordinal);
        Assert.Equal(202, (await host.Post($"{path}/amend", new { amount = 500m, reason = "Goods returned" })).Status);
        Assert.Contains("Payer 300,00\u00A0€", (await visitor.Get()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_of_a_provider_is_for_the_same_amount()
    {
        await using var paying = await Paying.Start("stripe");
        var path = await OnPlan(paying.Host);
        await paying.Host.MoveTo("2026-10-16T12:00:00+02:00");
        Assert.Equal(303, (await (await DebtorVisitor.Of(paying.Host, path)).Send("pay", [])).Status);
        Assert.Equal(80_000, Assert.Single(paying.Providers.Links).Minor);
    }

    private static async Task<string> OnPlan(TestHost host)
    {
        var path = await host.Register();
        var instalments = new[] { "2026-10-15", "2026-11-15", "2026-12-15" }.Select(d => new { date = d, amount = 400m });
        Assert.Equal(202, (await host.Post($"{path}/plans", new { id = "plan", instalments })).Status);
        return path;
    }
}
