using Dunning.Local.Tests.Api;
using Dunning.Service.Portal;
using Dunning.Service.Register;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Portal;

/// <summary>Who may see a page: whoever holds its token, and nobody else learns that there is one.</summary>
public sealed class TokenTests
{
    private static readonly string[] Changing = ["Date", "TraceId"];

    [Fact]
    public async Task Every_message_carries_one_link_and_the_page_behind_it_is_the_debtors()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        var given = await host.Post($"{path}/portal-link");
        Assert.StartsWith($"{DebtorVisitor.Public}/p/", given["url"], StringComparison.Ordinal);
        foreach (var message in (string[])["courtesy/email", "first/email", "second/email", "second/sms", "formal-notice/letter", "formal-notice/email"])
            Assert.Contains(given["url"], (await host.Get($"{path}/messages/{message}/1")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await (await DebtorVisitor.Of(host, path)).Get()).Status);
        Assert.Equal(given.Text, (await host.Post($"{path}/portal-link")).Text);
        var token = given["url"].Split('/')[^1];
        Assert.DoesNotContain(host.Logged, l => l.Contains(token, StringComparison.Ordinal));
        // Only its hash is kept beside the messages themselves.
        Assert.NotNull(await Links(host).Get(PortalKey.Hash(token), default));
    }

    [Fact]
    public async Task Without_a_public_address_no_message_speaks_of_a_page_and_the_operator_is_given_a_path()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        Assert.DoesNotContain("/p/", (await host.Get($"{path}/messages/first/email/1"))["body"], StringComparison.Ordinal);
        var given = await host.Post($"{path}/portal-link");
        Assert.Matches("^/p/[A-Za-z0-9_-]{22}$", given["url"]);
        Assert.Equal(200, (await host.Get(given["url"], null)).Status);
    }

    [Fact]
    public async Task Whatever_opens_nothing_is_one_and_the_same_answer()
    {
        await using var host = await DebtorVisitor.Host();
        var (open, revoked) = (await DebtorVisitor.Of(host, await host.Register()), await host.Register());
        var dead = await DebtorVisitor.Of(host, revoked);
        Assert.Equal("1", (await host.Post($"{revoked}/portal-link/revoke"))["revoked"]);
        var known = (await Links(host).Get(PortalKey.Hash(open.Page[3..]), default))!.Value;
        var key = host.Services.GetRequiredService<PortalKey>();
        var (other, expired, planted, foreign) = (key.Token(known.CaseId, 90), key.Token(known.CaseId, 91), "AAAAAAAAAAAAAAAAAAAAAA", key.Token(known.CaseId, 93));
        await Put(other, known with { Generation = 90, Purpose = "hold" });
        await Put(expired, known with { Generation = 91, ExpiresAt = TestHost.Start });
        await Put(planted, known with { Generation = 92 });
        await host.Put("/api/creditors/other", new { name = "Other" });
        await Put(foreign, known with { Generation = 93, Creditor = "other" });
        string[] nothing = ["/p/BBBBBBBBBBBBBBBBBBBBBB", dead.Page, $"/p/{foreign}", $"/p/{expired}", $"/p/{other}", $"/p/{planted}", "/p/", "/p/short", $"{open.Page}/nobody", $"{open.Page}/invoice.pdf", $"/p/{OtherCase(open.Page[3..])}"];
        var answers = new List<string>();
        foreach (var address in nothing)
        {
            answers.Add(Whole(await host.Get(address, null)));
            answers.Add(Whole(await host.Send("POST", address, "form=x"u8.ToArray(), null, ("Content-Type", "application/x-www-form-urlencoded"))));
        }
        // A page that is there refuses a form it did not give out.
        answers.RemoveAll(a => a.StartsWith("403", StringComparison.Ordinal));
        Assert.Equal(2 * nothing.Length - 2, answers.Count);
        Assert.StartsWith("404", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
        Assert.Equal(200, (await open.Get()).Status);

        Task Put(string token, PortalLink link) => Links(host).Put(PortalKey.Hash(token), null, link, 0, null, default);
    }

    [Fact]
    public async Task A_link_works_for_four_hundred_days()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        await host.Post($"{path}/hold", new { reason = "talks" });
        await host.MoveTo("2027-09-30T10:00:00+02:00");
        Assert.Equal(200, (await visitor.Get()).Status);
        // Whoever is sent one near its end is sent another.
        Assert.NotEqual(visitor.Page, (await DebtorVisitor.Of(host, path)).Page);
        await host.MoveTo("2027-11-06T10:00:00+01:00");
        Assert.Equal(404, (await visitor.Get()).Status);
    }

    [Fact]
    public async Task A_revoked_link_gives_way_to_another_in_the_next_message()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var first = await DebtorVisitor.Of(host, path);
        Assert.Equal("1", (await host.Post($"{path}/portal-link/revoke"))["revoked"]);
        Assert.Equal("0", (await host.Post($"{path}/portal-link/revoke"))["revoked"]);
        var second = await DebtorVisitor.Of(host, path);
        Assert.NotEqual(first.Page, second.Page);
        Assert.Equal((404, 200), ((await first.Get()).Status, (await second.Get()).Status));
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        Assert.Contains(second.Page, (await host.Get($"{path}/messages/first/email/1"))["body"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_kills_every_link_and_the_same_key_keeps_them_over_a_restart()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        await host.Restart();
        Assert.Equal(200, (await visitor.Get()).Status);
        File.Delete(Path.Combine(host.Folder, "portal.key"));
        await host.Restart();
        Assert.Equal(404, (await visitor.Get()).Status);
        Assert.Equal(200, (await (await DebtorVisitor.Of(host, path)).Get()).Status);
    }

    [Fact]
    public async Task A_creditor_who_wants_no_page_has_none()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        var visitor = await DebtorVisitor.Of(host, path);
        var creditor = (await host.Get("/api/creditors/demo")).Json;
        Assert.True((bool)creditor["debtorPage"]!);
        Assert.Equal("False", (await host.Put("/api/creditors/demo", new { name = "Moulins du Rhône", debtorPage = false }))["debtorPage"], ignoreCase: true);
        Assert.Equal(404, (await visitor.Get()).Status);
        Assert.Equal((409, "noDebtorPage"), ((await host.Post($"{path}/portal-link")).Status, (await host.Post($"{path}/portal-link")).Code));
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        Assert.DoesNotContain("/p/", (await host.Get($"{path}/messages/first/email/1"))["body"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_operators_of_the_creditor_hand_links_out()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        foreach (var route in (string[])["portal-link", "portal-link/revoke"])
        {
            Assert.Equal(403, (await host.Post($"{path}/{route}", key: await host.NewKey("ingest", "demo"))).Status);
            await host.Put("/api/creditors/other", new { name = "Other" });
            Assert.Equal(404, (await host.Post($"{path}/{route}", key: await host.NewKey("operator", "other"))).Status);
        }
    }

    [Fact]
    public async Task Whoever_tries_too_often_is_asked_to_wait()
    {
        await using var host = await DebtorVisitor.Host();
        var answers = new List<Reply>();
        for (var i = 0; i < 130 && !answers.Exists(a => a.Status == 429); i++)
            answers.Add(await host.Get($"/p/{new string('C', 22)}", null));
        Assert.Equal("60", answers[^1].Headers["Retry-After"]);
    }

    [Fact]
    public async Task Pages_are_kept_nowhere_lead_nobody_on_and_run_nothing()
    {
        await using var host = await DebtorVisitor.Host();
        var visitor = await DebtorVisitor.Of(host, await host.Register());
        foreach (var reply in (Reply[])[await visitor.Get(), await visitor.Get("/promise"), await host.Get("/p/nobody", null)])
        {
            Assert.Equal(("no-store", "no-referrer", "noindex, nofollow", "nosniff"), (reply.Headers["Cache-Control"], reply.Headers["Referrer-Policy"], reply.Headers["X-Robots-Tag"], reply.Headers["X-Content-Type-Options"]));
            Assert.Equal("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", reply.Headers["Content-Security-Policy"]);
            Assert.DoesNotMatch("(?i)<script|style=|<style|javascript:|src=| on[a-z]+=", reply.Text);
        }
        var style = await host.Get("/p/files/page.css", null);
        Assert.Equal((200, "text/css"), (style.Status, style.ContentType));
        Assert.DoesNotContain("url(", style.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_with_a_link_is_kept_and_after_a_revocation_the_same_request_gives_another()
    {
        await using var host = await DebtorVisitor.Host();
        var path = await host.Register();
        async Task<string> Given() => new Uri((await host.Post($"{path}/portal-link", null, TestHost.Key, ("Idempotency-Key", "k1")))["url"]).AbsolutePath;
        var first = await Given();
        Assert.Equal(first, await Given());
        Assert.Equal(200, (await host.Post($"{path}/portal-link/revoke")).Status);
        var second = await Given();
        Assert.NotEqual(first, second);
        Assert.Equal((404, 200), ((await host.Get(first, null)).Status, (await host.Get(second, null)).Status));
    }

    private static Shelf<PortalLink> Links(TestHost host) => host.Services.GetRequiredService<Registry>().PortalLinks;

    private static string Whole(Reply reply) =>
        $"{reply.Status}\n{string.Join('\n', reply.Headers.Where(h => !Changing.Contains(h.Key)).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}"))}\n{reply.Text}";

    [Fact]
    public async Task Who_may_not_act_is_not_shown_the_debtors_link_and_a_preview_shows_it_to_nobody()
    {
        // Over http, as the visit to the console further down.
        await using var host = await DebtorVisitor.Host(o => o with { PublicUrl = new("http://relances.example.org") });
        var path = await host.Register();
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        var (token, id) = ((await host.Post($"{path}/portal-link"))["url"].Split('/')[^1], path.Split('/')[^1]);
        string[] emails = ["courtesy/email", "first/email", "second/sms", "formal-notice/letter", "formal-notice/email"];
        var able = await host.NewKey("operator", "demo");
        foreach (var role in (string[])["read", "ingest"])
        {
            var key = await host.NewKey(role, "demo");
            foreach (var message in emails)
            {
                Assert.Contains(token, (await host.Get($"{path}/messages/{message}/1", able)).Text, StringComparison.Ordinal);
                var masked = await host.Get($"{path}/messages/{message}/1", key);
                Assert.Equal(200, masked.Status);
                Assert.DoesNotContain(token, masked.Text, StringComparison.Ordinal);
                Assert.Contains("/p/xxxxxxxxxxxxxxxxxxxxxx", masked.Text, StringComparison.Ordinal);
            }
            Assert.DoesNotContain(token, (await host.Get($"{path}/messages/first/email/1?format=html", key)).Text, StringComparison.Ordinal);
            var letter = await host.Get($"{path}/messages/formal-notice/letter/1?format=pdf", key);
            Assert.Equal((403, "holdsDebtorLink"), (letter.Status, letter.Code));
        }
        Assert.Equal(200, (await host.Get($"{path}/messages/formal-notice/letter/1?format=pdf", able)).Status);
        using var reader = await Console.Visitor.SignIn(host, await host.NewKey("read", "demo"));
        foreach (var page in (string[])["first/email/1", "first/email/1/page", "formal-notice/letter/1"])
        {
            await reader.Get($"/console/cases/{id}/messages/{page}");
            Assert.Equal((200, false), (reader.Page.Status, reader.Page.Html.Contains(token, StringComparison.Ordinal)));
        }
        Assert.DoesNotContain("letter.pdf", reader.Page.Html, StringComparison.Ordinal);
        foreach (var key in (string[])[TestHost.Key, able])
        {
            var preview = (await host.Get($"{path}/steps/first/preview", key)).Text;
            Assert.DoesNotContain(token, preview, StringComparison.Ordinal);
            Assert.Contains("/p/xxxxxxxxxxxxxxxxxxxxxx", preview, StringComparison.Ordinal);
        }
    }

    private static string OtherCase(string token) => string.Concat(token.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
}
