using Dunning.Local.Tests.Api;
using Dunning.Local.Tests.Links;
using Dunning.Service.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Portal;

/// <summary>What a debtor sees.</summary>
public sealed class PageTests
{
    private static readonly string[] Acts = ["promise", "plan", "problem", "person", "message"];

    [Fact]
    public async Task The_page_says_what_is_owed_and_why_and_how_to_pay()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        await host.Post($"{path}/payments", new { id = "p", amount = 200m, date = "2026-11-09" });
        var page = await (await DebtorVisitor.Of(host, path)).Get();
        foreach (var said in (string[])["<html lang=\"fr\">", "Moulins du Rhône", "Boulangerie Martin", "1\u202F000,00\u00A0€", "Paiement reçu le 9 novembre 2026", "-200,00\u00A0€", "31 octobre 2026", "FR76 3000 6000 0112 3456 7890 189", "<svg", "claire.dubois@"])
            Assert.Contains(said, page.Text, StringComparison.Ordinal);
        // The least: no address, no number, nothing of the policy or its operators, no interest before a message asked for any.
        Assert.DoesNotMatch("(?i)lilas|\\+33|fr-b2b|pénalité|indemnité|formal", page.Text);
    }

    [Fact]
    public async Task Interest_and_indemnity_are_shown_with_their_articles_once_a_message_asked_for_them()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        await host.MoveTo("2026-12-02T10:00:00+01:00");
        var (page, claim) = (await (await DebtorVisitor.Of(host, path)).Get(), (await host.Get($"{path}/claim")).Json);
        var total = ((decimal)claim["total"]!).ToString("N2", new System.Globalization.NumberFormatInfo { NumberGroupSeparator = "\u202F", NumberDecimalSeparator = "," });
        foreach (var said in (string[])[$"{total}\u00A0€", "Pénalités de retard au 2 décembre 2026", "40,00\u00A0€", "Code de commerce, art. L441-10 II"])
            Assert.Contains(said, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_ten_times_changes_nothing()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        // From before the first look: what a look told once, the others would not tell again.
        var before = await Log(host, path);
        var visitor = await DebtorVisitor.Of(host, path);
        await visitor.Get();
        var (files, pages) = (Directory.GetFiles(host.Outbox).Length, new HashSet<string>());
        for (var i = 0; i < 10; i++)
        {
            pages.Add((await visitor.Get()).Text);
            foreach (var act in Acts[..(i % 5)])
                Assert.Equal(200, (await visitor.Get($"/{act}")).Status);
        }
        Assert.Single(pages);
        Assert.Equal(before, await Log(host, path));
        Assert.Equal(files, Directory.GetFiles(host.Outbox).Length);
    }

    [Theory]
    [InlineData("fr", "Ce qui reste à régler")]
    [InlineData("nl", "Wat nog te betalen is")]
    [InlineData("en", "What is still to be paid")]
    [InlineData("de", "Was noch zu zahlen ist")]
    public async Task A_page_is_in_the_debtors_language_and_in_any_other_they_choose(string language, string said)
    {
        await using var host = await DebtorVisitor.Host();
        var visitor = await DebtorVisitor.Of(host, await host.Register(i => i["debtor"]!["language"] = language));
        var own = await visitor.Get();
        Assert.Contains(said, own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"/promise?lang=", own.Text, StringComparison.Ordinal);
        var other = language == "nl" ? "de" : "nl";
        var chosen = await visitor.Get($"?lang={other}");
        Assert.Contains($"<html lang=\"{other}\">", chosen.Text, StringComparison.Ordinal);
        Assert.Contains($"/promise?lang={other}", chosen.Text, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", (await visitor.Get("?lang=xx")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_name_is_a_name()
    {
        await using var host = await DebtorVisitor.Host();
        const string wild = "<script>alert(1)</script>\"' onload=x <b>";
        await host.Put("/api/creditors/demo", new { name = wild, iban = "FR7630006000011234567890189" });
        var path = await host.Register(i => (i["debtor"]!["name"], i["number"], i["description"]) = (wild, "F-<i>9", wild));
        var visitor = await DebtorVisitor.Of(host, path);
        var token = visitor.Page;
        foreach (var below in (string[])["", "/promise", "/message"])
            Assert.DoesNotMatch("<script|<b>|<i>", (await host.Get(token + below, null)).Text);
        Assert.Contains("&lt;script&gt;", (await host.Get(token, null)).Text, StringComparison.Ordinal);
        await visitor.Confirm("problem", new() { ["code"] = "other", ["note"] = wild, ["amount"] = "10" });
        Assert.DoesNotMatch("<script|<b>", (await host.Get(token, null)).Text);
    }

    [Fact]
    public async Task The_invoice_is_there_when_it_was_stored()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        Assert.Equal(404, (await visitor.Get("/invoice.pdf")).Status);
        Assert.Equal(200, (await host.Send("PUT", $"{path}/document", "%PDF-1.4\n%%EOF\n"u8.ToArray(), TestHost.Key, ("Content-Type", "application/pdf"))).Status);
        Assert.Contains("/invoice.pdf", (await visitor.Get()).Text, StringComparison.Ordinal);
        var pdf = await visitor.Get("/invoice.pdf");
        Assert.Equal((200, "application/pdf"), (pdf.Status, pdf.ContentType));
    }

    [Fact]
    public async Task What_is_paid_or_closed_says_so_and_offers_nothing()
    {
        await using var host = await DebtorVisitor.Host();
        var (paid, cancelled) = (await host.Register(), await host.Register());
        await host.Post($"{paid}/payments", new { id = "p", amount = 1200m });
        await host.Post($"{cancelled}/cancel", new { reason = "Une raison interne" });
        foreach (var (path, said) in new[] { (paid, "Merci"), (cancelled, "Ce dossier est clos") })
        {
            var visitor = await DebtorVisitor.Of(host, path);
            var page = await visitor.Get();
            Assert.Contains(said, page.Text, StringComparison.Ordinal);
            Assert.DoesNotMatch("<form|IBAN|/promise|interne", page.Text);
            Assert.Equal(303, (await visitor.Get("/promise")).Status);
        }
    }

    [Fact]
    public async Task Money_on_its_way_is_said_and_nothing_is_settled_meanwhile()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        await host.Post($"{path}/pending-payments", new { id = "d", expectedOn = "2026-10-20" });
        var page = await (await DebtorVisitor.Of(host, path)).Get();
        Assert.Contains("Un paiement est en route, attendu le 20 octobre 2026", page.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch("/promise|/plan\"", page.Text);
    }

    [Fact]
    public async Task A_link_to_pay_is_made_when_it_is_asked_for_and_for_exactly_what_is_due()
    {
        await using var paying = await Paying.Start("stripe");
        var visitor = await DebtorVisitor.Of(paying.Host, await paying.Register());
        Assert.Empty(paying.Providers.Links);
        await visitor.Get();
        Assert.Empty(paying.Providers.Links);
        Assert.Equal(303, (await visitor.Send("pay", [])).Status);
        var link = Assert.Single(paying.Providers.Links);
        Assert.Equal(120_000, link.Minor);
        Assert.Contains($"href=\"{link.Url}\"", (await visitor.Get()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_leaves_the_bank_transfer()
    {
        await using var paying = await Paying.Start("stripe");
        var visitor = await DebtorVisitor.Of(paying.Host, await paying.Register());
        paying.Providers.Breaks = "payment_links";
        var asked = await visitor.Send("pay", []);
        var page = (await visitor.Get("?noted=pay")).Text;
        Assert.EndsWith("?noted=pay", asked.Location, StringComparison.Ordinal);
        Assert.Contains("Le paiement en ligne n’est pas disponible", page, StringComparison.Ordinal);
        Assert.Contains("FR76 3000", page, StringComparison.Ordinal);
        Assert.DoesNotContain("C’est noté", page, StringComparison.Ordinal);
    }

    internal static async Task<int> Log(TestHost host, string path) =>
        (await host.Services.GetRequiredService<ICaseLists>().Log(path.Split('/')[^1], 0, int.MaxValue, default)).Count;
}
