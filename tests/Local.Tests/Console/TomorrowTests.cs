using System.Text.RegularExpressions;
using Dunning.Local.Tests.Api;
using Dunning.Service.Register;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Console;

/// <summary>What leaves tomorrow: the same in the API, on the page, in the e-mail, and in fact.</summary>
public sealed partial class TomorrowTests
{
    internal static readonly Func<LocalOptions, LocalOptions> Reachable = o => o with { PublicUrl = new("http://dunning.example.org/") };

    [Fact]
    public async Task What_is_foreseen_for_each_coming_day_is_what_then_leaves()
    {
        await using var host = await TestHost.Run();
        var random = new Random(20261101);
        var paths = new Dictionary<string, string>();
        for (var i = 0; i < 25; i++)
        {
            var due = new DateOnly(2026, 10, 5).AddDays(random.Next(40));
            var path = await host.Register(x => (x["dueDate"], x["policy"]) = ($"{due:yyyy-MM-dd}", random.Next(3) == 0 ? "fr-b2b-fast" : "fr-b2b"));
            paths[BulkTests.Id(path)] = path;
            if (random.Next(4) == 0)
                await host.Post($"{path}/hold", new { reason = "Talk", until = $"{due.AddDays(random.Next(12)):yyyy-MM-dd}" });
            if (random.Next(5) == 0)
                await host.Post($"{path}/promises", new { date = $"{new DateOnly(2026, 10, 10).AddDays(random.Next(15)):yyyy-MM-dd}" });
        }
        await host.MoveTo("2026-10-20T18:30:00+02:00");
        for (var day = new DateOnly(2026, 10, 21); day < new DateOnly(2026, 11, 4); day = day.AddDays(1))
        {
            var foreseen = (await host.Get($"/api/upcoming?date={day:yyyy-MM-dd}&limit=500")).Json["items"]!.AsArray()
                .SelectMany(i => i!["channels"]!.AsArray().Where(c => (string)c! is "email" or "sms" or "letter").Select(c => $"{i["caseId"]} {i["step"]} {c} {((string)i["at"]!)[..16]}")).Order(StringComparer.Ordinal).ToList();
            // 18:30 of each day: every send window is over.
            await host.MoveTo($"{day:yyyy-MM-dd}T18:30:00+01:00");
            var left = new List<string>();
            foreach (var (id, path) in paths)
                left.AddRange((await host.Get(path)).Timeline("message").Where(m => ((string)m["at"]!)[..10] == $"{day:yyyy-MM-dd}").Select(m => $"{id} {m["step"]} {m["channel"]} {((string)m["at"]!)[..16]}"));
            Assert.Equal(foreseen, left.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_page_shows_a_day_and_leads_to_the_others()
    {
        await using var host = await TestHost.Run();
        await host.Register(i => i["number"] = "TO-LEAVE");
        await host.MoveTo("2026-10-27T12:00:00+01:00");
        using var visitor = await Visitor.SignIn(host, language: "fr");
        await visitor.Get("/console/tomorrow");
        Assert.Contains("Prochains envois\u00A0: 28/10/2026", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("TO-LEAVE", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("À sa date.", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Get("/console/tomorrow?date=2026-10-29");
        Assert.Contains("Rien ne partira ce jour-là.", visitor.Page.Words, StringComparison.Ordinal);
        foreach (var wrong in (string[])["2026-10-26", "2026-11-11", "soon"])
            Assert.Equal(["date"], (await host.Get($"/api/upcoming?date={wrong}")).Fields);
        await host.Put("/api/creditors/other", new { name = "Other" });
        var stranger = await host.NewKey("read", "other");
        Assert.Empty((await host.Get("/api/upcoming?date=2026-10-28", stranger)).Json["items"]!.AsArray());
        Assert.Equal(404, (await host.Get("/api/upcoming?creditor=demo", stranger)).Status);
    }

    [Fact]
    public async Task The_creditor_is_told_once_in_the_afternoon_before_a_business_day()
    {
        await using var host = await TestHost.Run(Reachable);
        await host.Register(i => (i["number"], i["debtor"]!["name"]) = ("FRI-DAY", "A | B [c](http://evil)"));
        await host.Put("/api/creditors/demo/notice", new { enabled = true, to = "boss@example.org" });
        // Another creditor's leaves on the same day, and is nothing of this one's.
        await host.Put("/api/creditors/other", new { name = "Other" });
        await host.Register(i => (i["creditor"], i["number"]) = ("other", "THEIRS"));
        // The courtesy reminder leaves on Wednesday 28 October; told on Tuesday at four.
        await host.MoveTo("2026-10-27T15:59:00+01:00");
        Assert.Empty(Notices(host));
        await host.MoveTo("2026-10-27T16:00:00+01:00");
        var notice = Assert.Single(Notices(host));
        await host.Restart();
        await host.MoveTo("2026-11-05T15:00:00+01:00");
        // Nothing leaves on the days between: no e-mail says so.
        Assert.Single(Notices(host));
        await host.MoveTo("2026-11-06T16:30:00+01:00");
        Assert.Equal(2, Notices(host).Count);
        // Friday told what leaves on Monday: the days between say nothing more.
        await host.MoveTo("2026-11-08T20:00:00+01:00");
        var days = (await host.Services.GetRequiredService<Registry>().Documents.List("notice", null, null, 100, default)).Select(d => DateOnly.Parse(d.Id.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(days);
        Assert.DoesNotContain(days, d => d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        var mail = MimeKit.MimeMessage.Load(notice);
        Assert.Equal("boss@example.org", mail.To.Mailboxes.Single().Address);
        Assert.Equal("Envois prévus le 28 octobre 2026\u00A0: 1", mail.Subject);
        Assert.Contains("FRI-DAY", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("THEIRS", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("A | B [c](http://evil)", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http://evil", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("1\u202F200,00\u00A0€", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(2, Links(mail.TextBody).Count);
    }

    [Theory]
    [InlineData("stopped"), InlineData("test"), InlineData("off"), InlineData("disabled")]
    public async Task Nothing_is_told_while_nothing_leaves_or_nobody_asked(string why)
    {
        await using var host = await TestHost.Run(o => Reachable(o) with { Sending = why == "off" ? "off" : null });
        await host.Register();
        if (why == "test")
            await host.Put("/api/creditors/demo", new { name = "Demo", mode = "test" });
        await host.Put("/api/creditors/demo/notice", new { enabled = why != "disabled", to = "boss@example.org" });
        if (why == "stopped")
            await host.Put("/api/sending", new { stopped = true });
        await host.MoveTo("2026-10-27T17:00:00+01:00");
        Assert.Empty(Notices(host));
        if (why != "stopped")
            return;
        await host.Put("/api/sending", new { stopped = false });
        await host.MoveTo("2026-10-27T17:30:00+01:00");
        Assert.Single(Notices(host));
    }

    [Fact]
    public async Task A_link_holds_its_case_once_confirmed_and_looking_changes_nothing()
    {
        await using var host = await TestHost.Run(Reachable);
        var (path, hold, edit) = await Told(host);
        using var stranger = new Visitor(host);
        foreach (var _ in Enumerable.Range(0, 2))
            await stranger.Get(hold);
        Assert.Equal(200, stranger.Page.Status);
        Assert.Contains("TO-HOLD", stranger.Page.Words, StringComparison.Ordinal);
        Assert.Equal("no-referrer", stranger.Page.Headers["Referrer-Policy"]);
        Assert.Contains("noindex", stranger.Page.Headers["X-Robots-Tag"], StringComparison.Ordinal);
        Assert.Contains("no-store", stranger.Page.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal("scheduled", (await host.Get(path))["status"]);
        await stranger.Post(hold, ("reason", "x"));
        Assert.Equal(422, stranger.Page.Status);
        foreach (var _ in Enumerable.Range(0, 2))
            await stranger.Post(hold, ("until", "2026-11-20"), ("reason", "Salon de Lyon"));
        Assert.Equal(303, stranger.Page.Status);
        await stranger.Get(stranger.Page.Location!);
        Assert.Contains("C’est enregistré.", stranger.Page.Words, StringComparison.Ordinal);
        var shown = await host.Get(path);
        Assert.Equal("held", shown["status"]);
        var (by, held) = Assert.Single(await BulkTests.Holds(host, path));
        Assert.Equal(("notice-link", "Salon de Lyon"), (by, held.Reason));
        await stranger.Post(edit, ("email", "neu@example.org"), ("dueDate", "2026-11-15"), ("phone", "+33600000000"));
        Assert.Equal(303, stranger.Page.Status);
        shown = await host.Get(path);
        Assert.Equal(("neu@example.org", "2026-11-15"), (shown["debtor.email"], shown["dueDate"]));
    }

    [Fact]
    public async Task A_link_that_is_forged_changed_over_or_anothers_is_the_same_nothing()
    {
        await using var host = await TestHost.Run(Reachable);
        var (_, hold, edit) = await Told(host);
        using var stranger = new Visitor(host);
        var (said, mac) = (hold.Split('/')[^1].Split('.')[0], hold.Split('.')[^1]);
        var pages = new HashSet<string>();
        foreach (var token in (string[])["x", "x.y", $"{said}.{mac[..^1]}", $"{said}.", $"{edit.Split('/')[^1].Split('.')[0]}.{mac}", $"{said}A.{mac}", new string('a', 2000), $"{said}.{mac}.{mac}"])
        {
            await stranger.Get($"/c/{token}");
            Assert.True(stranger.Page.Status == 404, token);
            pages.Add(stranger.Page.Html);
            await stranger.Post($"/c/{token}", ("until", "2026-11-20"));
            Assert.Equal(404, stranger.Page.Status);
            pages.Add(stranger.Page.Html);
        }
        await host.MoveTo("2026-10-29T00:00:01+01:00");
        await stranger.Get(hold);
        pages.Add(stranger.Page.Html);
        Assert.Equal(404, stranger.Page.Status);
        Assert.Single(pages);
    }

    [Fact]
    public async Task Whoever_tries_links_too_often_is_asked_to_wait()
    {
        await using var host = await TestHost.Run(Reachable);
        var (_, hold, _) = await Told(host);
        using var stranger = new Visitor(host);
        await stranger.Get(hold);
        Assert.Equal(200, stranger.Page.Status);
        for (var i = 0; i < 130 && stranger.Page.Status != 429; i++)
            await stranger.Get($"/c/{hold.Split('/')[^1].Split('.')[0]}.{new string('C', 32)}");
        Assert.Equal((429, "60"), (stranger.Page.Status, stranger.Page.Headers["Retry-After"]));
        Assert.Contains("Trop de demandes", stranger.Page.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FR", "2026-07-20T10:00:00+02:00", "2026-07-21")]
    [InlineData("BE", "2026-07-20T10:00:00+02:00", "2026-07-22")]
    [InlineData("BE", "2026-07-13T10:00:00+02:00", "2026-07-14")]
    [InlineData("FR", "2026-07-13T10:00:00+02:00", "2026-07-15")]
    public async Task The_next_business_day_is_the_creditors_own(string country, string today, string next)
    {
        await using var host = await TestHost.Run(o => Reachable(o) with { Clock = DateTimeOffset.Parse(today, System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Equal(200, (await host.Put("/api/creditors/demo", new { name = "Demo", country })).Status);
        Assert.Equal((next, next), (await host.Get("/api/upcoming?creditor=demo")) is var shown ? (shown["date"], shown["nextBusinessDay"]) : default);
    }

    internal static async Task<(string Path, string Hold, string Edit)> Told(TestHost host)
    {
        var path = await host.Register(i => i["number"] = "TO-HOLD");
        await host.Put("/api/creditors/demo/notice", new { enabled = true, to = "boss@example.org" });
        await host.MoveTo("2026-10-27T16:00:00+01:00");
        var links = Links(MimeKit.MimeMessage.Load(Assert.Single(Notices(host))).TextBody);
        return (path, links[0], links[1]);
    }

    private static IReadOnlyList<string> Notices(TestHost host) => [.. Directory.GetFiles(host.Outbox, "notice~*.eml").Order(StringComparer.Ordinal)];

    private static IReadOnlyList<string> Links(string? text) => [.. Link().Matches(text ?? "").Select(m => m.Groups[1].Value)];

    [GeneratedRegex("http://dunning\\.example\\.org(/c/[A-Za-z0-9_.-]+)")]
    private static partial Regex Link();
}
