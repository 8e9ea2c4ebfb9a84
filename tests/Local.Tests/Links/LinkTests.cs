using Dunning.PaymentProviders;
using Dunning.Service.Engine;
using Dunning.Service.Links;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Links;

/// <summary>Links in what debtors read: made once, for exactly what is asked, revoked when it changes, and never waited for.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Every => [.. Providers.All];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_reminder_carries_a_link_for_the_balance_and_the_next_one_the_same(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        var link = Assert.Single(paying.Providers.Links);
        Assert.Equal((120_000, "EUR"), (link.Minor, link.Currency));
        Assert.Contains(link.Url, await paying.Message(path, "courtesy"), StringComparison.Ordinal);
        Assert.Contains(link.Url, await paying.Message(path, "first"), StringComparison.Ordinal);
        Assert.False(link.IsRevoked);
        Assert.All(await Task.WhenAll(paying.Host.Get(path), paying.Host.Get("/api/creditors/demo/payments"), paying.Host.Get($"{path}/messages/first/email/1")), r =>
            Assert.DoesNotContain("_secret_of_", r.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(paying.Host.Logged, l => l.Contains("_secret_of_", StringComparison.Ordinal) || l.Contains(link.Url, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_payment_revokes_the_link_and_the_next_message_asks_for_the_rest(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        await paying.Host.Post($"{path}/payments", new { id = "p1", amount = 200m });
        await paying.Host.Get(path);
        var first = Assert.Single(paying.Providers.Links);
        Assert.True(first.IsRevoked);
        await paying.Host.MoveTo("2026-11-20T10:00:00+01:00");
        var second = paying.Providers.Live(provider);
        Assert.Equal(100_000, second.Minor);
        var message = await paying.Message(path, "second");
        Assert.Contains(second.Url, message, StringComparison.Ordinal);
        Assert.DoesNotContain(first.Url, message, StringComparison.Ordinal);
        await paying.Host.Post($"{path}/payments", new { id = "p2", amount = 1000m });
        await paying.Host.Get(path);
        Assert.All(paying.Providers.Links, l => Assert.True(l.IsRevoked));
        Assert.Equal("watched", (await paying.Links(path))!.ListAt(DateTimeOffset.Parse("2026-11-21T10:00:00Z", null)));
        Assert.Equal("still", (await paying.Links(path))!.ListAt(DateTimeOffset.Parse("2026-12-21T10:00:00Z", null)));
    }

    [Theory]
    [InlineData("credit-notes", """{"id":"c","amount":100}""")]
    [InlineData("disputes", """{"id":"d","kind":"technical"}""")]
    [InlineData("disputes", """{"id":"d","kind":"commercial","amount":300}""")]
    [InlineData("cancel", """{"reason":"error"}""")]
    [InlineData("write-off", """{"reason":"old"}""")]
    public async Task Whatever_changes_what_is_asked_revokes_the_link(string act, string body)
    {
        await using var paying = await Paying.Start("stripe");
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        Assert.Equal(202, (await paying.Host.Send("POST", $"{path}/{act}", body)).Status);
        await paying.Host.Get(path);
        Assert.True(Assert.Single(paying.Providers.Links).IsRevoked);
    }

    [Fact]
    public async Task What_changes_nothing_of_it_does_not()
    {
        await using var paying = await Paying.Start("stripe");
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        var before = paying.Providers.Requests.Count;
        await paying.Host.Post($"{path}/promises", new { id = "p", date = "2026-11-20" });
        await paying.Host.Post($"{path}/hold", new { reason = "talks" });
        await paying.Host.Get(path);
        Assert.False(Assert.Single(paying.Providers.Links).IsRevoked);
        Assert.Equal(before, paying.Providers.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_provider_that_does_not_answer_holds_no_reminder_back(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        paying.Providers.IsDown = true;
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        Assert.Equal(["2026-10-28 courtesy email", "2026-11-09 first email"], await paying.Host.Sent(path));
        Assert.DoesNotContain($"pay.{provider}", await paying.Message(path, "first"), StringComparison.Ordinal);
        paying.Providers.IsDown = false;
        await paying.Host.MoveTo("2026-11-17T10:00:00+01:00");
        Assert.Contains(paying.Providers.Live(provider).Url, await paying.Message(path, "second"), StringComparison.Ordinal);
        Assert.Contains(paying.Host.Logged, l => l.Contains("without a payment link", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_link_that_could_not_be_revoked_is_tried_again(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        paying.Providers.IsDown = true;
        await paying.Host.Post($"{path}/payments", new { id = "p1", amount = 200m });
        await paying.Host.Get(path);
        var link = Assert.Single(paying.Providers.Links);
        Assert.False(link.IsRevoked);
        paying.Providers.IsDown = false;
        await paying.Reconciliation.RunDue(default);
        Assert.True(link.IsRevoked);
    }

    [Fact]
    public async Task A_link_a_crash_left_behind_is_revoked_by_the_daily_look()
    {
        await using var paying = await Paying.Start("mollie");
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        var (id, store) = (path.Split('/')[^1], paying.Host.Services.GetRequiredService<ICaseStore>());
        // Appended, and nobody was told: as if the process had died there, and the next one looked.
        await store.Append([new(id, "demo", new Domain.CaseEvent.PaymentReceived(Domain.Money.Parse("200.00 EUR"), new(2026, 11, 10), "bank") { Id = "p1" }, DateTimeOffset.Parse("2026-11-10T09:30:00Z", null), "test")], default);
        Assert.False(Assert.Single(paying.Providers.Links).IsRevoked);
        await paying.Daily();
        Assert.True(Assert.Single(paying.Providers.Links).IsRevoked);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Many_at_once_make_one_link(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        var (id, services) = (path.Split('/')[^1], paying.Host.Services);
        var folded = (await services.GetRequiredService<DunningEngine>().Look(id, default))!;
        var book = services.GetRequiredService<LinkBook>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => book.Prepare(folded.File, folded.Policy, folded.File.Balance, default))));
        Assert.Single(paying.Providers.Links);
        Assert.Single((await paying.Links(path))!.Links, l => l.IsLive);
    }

    [Fact]
    public async Task An_answer_that_was_lost_makes_no_second_link()
    {
        await using var paying = await Paying.Start("stripe");
        // The price is made and the link is not: the next message finds the price.
        paying.Providers.Breaks = "payment_links";
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-10-29T10:00:00+01:00");
        paying.Providers.Breaks = null;
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        Assert.Single(paying.Providers.Links);
        Assert.Contains(paying.Providers.Links[0].Url, await paying.Message(path, "first"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "[Payer en ligne](", "Pour payer")]
    [InlineData("nl", "", "")]
    [InlineData("en", "Pay online", "To pay")]
    [InlineData("de", "Online bezahlen", "Zahlen")]
    public async Task Texts_carry_it_in_every_language_and_channel(string language, string mail, string sms)
    {
        await using var paying = await Paying.Start("stripe");
        var path = await paying.Register(i => i["debtor"]!["language"] = language);
        await paying.Host.MoveTo("2026-11-17T10:00:00+01:00");
        var url = paying.Providers.Live("stripe").Url;
        var email = (await paying.Host.Get($"{path}/messages/second/email/1")).Json;
        Assert.Contains(url, (string)email["html"]! + email["body"], StringComparison.Ordinal);
        Assert.Contains(mail.Trim('[', ']', '('), (string)email["html"]! + email["body"], StringComparison.Ordinal);
        var text = (string)(await paying.Host.Get($"{path}/messages/second/sms/1")).Json["body"]!;
        Assert.Contains(url, text, StringComparison.Ordinal);
        Assert.Contains(sms, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_platform_registered_comes_first_and_a_template_serves_without_a_provider()
    {
        await using var paying = await Paying.Start("stripe");
        var own = await paying.Register(i => i["paymentUrl"] = "https://platform.example.org/f-1");
        await paying.Host.MoveTo("2026-10-29T10:00:00+01:00");
        Assert.Contains("https://platform.example.org/f-1", await paying.Message(own, "courtesy"), StringComparison.Ordinal);
        Assert.Empty(paying.Providers.Links);
        await paying.Set(new { urlTemplate = "https://pay.example.org/{number}?amount={amount}&currency={currency}&case={caseId}&ref={reference}" });
        var path = await paying.Register(i => i["number"] = "F 2026/é&1");
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        var text = (string)(await paying.Host.Get($"{path}/messages/first/email/1")).Json["body"]!;
        Assert.Contains($"https://pay.example.org/F%202026%2F%C3%A9%261?amount=1200.00&currency=EUR&case={path.Split('/')[^1]}&ref=F%202026%2F%C3%A9%261", text, StringComparison.Ordinal);
        // With a provider that does not answer, the address of one's own is better than none.
        await paying.Set(new { provider = "stripe", urlTemplate = "https://pay.example.org/{number}" });
        paying.Providers.IsDown = true;
        await paying.Host.MoveTo("2026-11-17T10:00:00+01:00");
        Assert.Contains("https://pay.example.org/F%202026%2F%C3%A9%261", await paying.Message(path, "second"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_formal_notice_carries_a_link_for_all_it_demands()
    {
        await using var paying = await Paying.Start("stripe");
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-30T10:00:00+01:00");
        var claim = (await paying.Host.Get($"{path}/claim")).Json;
        var total = (long)(claim["total"]!.GetValue<decimal>() * 100);
        Assert.True(total > 120_000);
        var link = paying.Providers.Live("stripe");
        Assert.Equal(total, link.Minor);
        Assert.Contains(link.Url, await paying.Message(path, "formal-notice"), StringComparison.Ordinal);
        Assert.Equal(2, paying.Providers.Links.Count);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_credit_note_that_comes_while_a_link_is_made_leaves_no_message_with_it(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        paying.Providers.Meanwhile = async () => Assert.Equal(202, (await paying.Host.Post($"{path}/credit-notes", new { id = "c1", amount = 200m })).Status);
        await paying.Host.MoveTo("2026-10-29T10:00:00+01:00");
        var message = (string)(await paying.Host.Get($"{path}/messages/courtesy/email/1")).Json["body"]!;
        Assert.Contains("1 000,00", message.Replace('\u00A0', ' ').Replace('\u202F', ' '), StringComparison.Ordinal);
        // Whoever saw the credit note first may have made a link for the rest, even before the first one was there.
        Assert.Contains(paying.Providers.Links, l => l.Minor == 120_000);
        Assert.All(paying.Providers.Links, l => Assert.Equal(l.Minor != 100_000, l.IsRevoked));
        Assert.DoesNotContain(paying.Providers.Links.Where(l => l.IsRevoked), l => message.Contains(l.Url, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_is_offered_a_link_only_while_it_fits_the_case_the_amount_and_the_hour()
    {
        await using var paying = await Paying.Start("gocardless");
        paying.Providers.FlowEnds = _ => "2026-10-31T09:00:00.000Z";
        var path = await paying.Register();
        var (id, services, now) = (path.Split('/')[^1], paying.Host.Services, DateTimeOffset.Parse("2026-10-01T08:00:00Z", null));
        var (engine, book) = (services.GetRequiredService<DunningEngine>(), services.GetRequiredService<LinkBook>());
        async Task<string?> Offered(string amount, DateTimeOffset at)
        {
            var folded = (await engine.Look(id, default))!;
            return (await book.Offer(folded.File, folded.Policy, at, default))!(Domain.Money.Parse(amount));
        }
        var asleep = (await engine.Look(id, default))!;
        await book.Prepare(asleep.File, asleep.Policy, asleep.File.Balance, default);
        Assert.Equal(paying.Providers.Links[0].Url, await Offered("1200.00 EUR", now));
        Assert.Null(await Offered("1199.99 EUR", now));
        Assert.Null(await Offered("1200.00 EUR", now.AddDays(31)));
        // In the inbox, and nobody has acted on it yet.
        await services.GetRequiredService<ICaseStore>().Append([new(id, "demo", new Domain.CaseEvent.CreditNoteIssued(Domain.Money.Parse("200.00 EUR"), new(2026, 10, 1)) { Id = "c1" }, now, "test")], default);
        Assert.Null(await Offered("1200.00 EUR", now));
        Assert.Null(await Offered("1000.00 EUR", now));
    }

    [Fact]
    public async Task A_request_cancelled_behind_our_back_is_replaced()
    {
        await using var paying = await Paying.Start("gocardless");
        paying.Providers.FlowEnds = _ => "2026-11-05T09:00:00.000Z";
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-10-29T10:00:00+01:00");
        Assert.Single(paying.Providers.Links).IsRevoked = true;
        paying.Providers.FlowEnds = _ => "2026-12-05T09:00:00.000Z";
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        Assert.Equal(2, paying.Providers.Links.Count);
        Assert.Contains(paying.Providers.Live("gocardless").Url, await paying.Message(path, "first"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_has_run_out_is_opened_anew_for_the_same_request()
    {
        await using var paying = await Paying.Start("gocardless");
        paying.Providers.FlowEnds = n => n == 1 ? "2026-11-16T09:00:00.000Z" : "2026-11-30T09:00:00.000Z";
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-17T10:00:00+01:00");
        var link = Assert.Single(paying.Providers.Links);
        Assert.EndsWith("-2", link.Url, StringComparison.Ordinal);
        Assert.Contains(link.Url, await paying.Message(path, "second"), StringComparison.Ordinal);
        Assert.False(link.IsRevoked);
    }
}
