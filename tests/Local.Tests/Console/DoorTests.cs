using System.Text;
using System.Text.RegularExpressions;
using Dunning.Local.Tests.Api;
using Dunning.Service;
using Dunning.Service.Console.EasyAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Console;

/// <summary>The doors of the pages: what a browser is told there, and how often they may be tried.</summary>
public sealed partial class DoorTests
{
    private const string Wrong = "a-key-that-opens-nothing-at-all";

    [Theory]
    [InlineData(null, ""), InlineData("http://dunning.example.org", ""), InlineData("https://dunning.example.org", "__Secure-")]
    public async Task Where_people_come_by_tls_the_consoles_cookies_go_no_other_way(string? publicUrl, string prefix)
    {
        await using var host = await TestHost.Run(o => o with { PublicUrl = publicUrl is null ? null : new(publicUrl) });
        var secure = prefix.Length > 0 ? " secure;" : "";
        var door = await host.Get("/console", null);
        Assert.Matches($"^{prefix}dunning_forms=[0-9a-f]{{64}}; max-age=86400; path=/console;{secure} samesite=strict; httponly$", door.Headers["Set-Cookie"]);
        var entered = await Present(host, door, TestHost.Key);
        Assert.Equal((303, "/console"), (entered.Status, entered.Location));
        Assert.Matches($"^{prefix}dunning_session=[0-9a-f]{{64}}; max-age=43200; path=/console;{secure} samesite=strict; httponly$", entered.Headers["Set-Cookie"]);
        var cookies = $"{CookieOf(door)}; {CookieOf(entered)}";
        var today = await host.Get("/console", null, ("Cookie", cookies));
        Assert.Contains("/console/sign-out", today.Text, StringComparison.Ordinal);
        Assert.Matches($"^{prefix}dunning_language=fr; max-age=31536000; path=/console;{secure} samesite=strict; httponly$", (await host.Get("/console/language/fr", null)).Headers["Set-Cookie"]);
        var left = await Post(host, "/console/sign-out", $"csrf={Csrf(today)}", cookies);
        Assert.Matches($"^{prefix}dunning_session=; expires=Thu, 01 Jan 1970 00:00:00 GMT;.* path=/console;{secure} samesite=strict; httponly$", left.Headers["Set-Cookie"]);
        Assert.Contains("/console/sign-in", (await host.Get("/console", null, ("Cookie", cookies))).Text, StringComparison.Ordinal);
        foreach (var page in (string[])["/console", "/console/files/console.css", "/p/nobody", "/c/nothing"])
            Assert.Equal(prefix.Length > 0 ? "max-age=31536000" : null, (await host.Get(page, null)).Headers.GetValueOrDefault("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("/console", "script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'", "same-origin", null)]
    [InlineData("/console/files/console.js", "script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'", "same-origin", null)]
    [InlineData("/c/nothing", "style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'", "no-referrer", "noindex, nofollow")]
    [InlineData("/p/nobody", "style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", "no-referrer", "noindex, nofollow")]
    public async Task A_browser_is_told_to_run_nothing_of_others_and_to_show_the_page_in_no_frame(string page, string policy, string referrer, string? robots)
    {
        await using var host = await TestHost.Run();
        var told = (await host.Get(page, null)).Headers;
        Assert.Equal($"default-src 'none'; {policy}", told["Content-Security-Policy"]);
        Assert.Equal(("nosniff", "same-origin", referrer, robots), (told["X-Content-Type-Options"], told["Cross-Origin-Opener-Policy"], told["Referrer-Policy"], told.GetValueOrDefault("X-Robots-Tag")));
    }

    [Fact]
    public async Task Keys_that_open_nothing_shut_the_door_to_their_address_for_a_minute()
    {
        await using var host = await TestHost.Run();
        var door = await host.Get("/console", null, ("Accept-Language", "en"));
        var (refused, right) = (0, 303);
        // Whoever is let in has come in the next minute.
        for (var turn = 0; turn < 3 && right == 303; turn++)
        {
            Reply shut;
            for (shut = await Present(host, door, Wrong); shut.Status == 403; shut = await Present(host, door, Wrong))
                Assert.InRange(++refused, 1, 60);
            Assert.Equal((429, "60"), (shut.Status, shut.Headers["Retry-After"]));
            Assert.Contains("try again in a minute", shut.Text, StringComparison.Ordinal);
            right = (await Present(host, door, TestHost.Key)).Status;
        }
        Assert.Equal(429, right);
        Assert.True(refused >= 10, $"{refused} were tried");
        Assert.Equal(303, (await Present(host, door, TestHost.Key, "198.51.100.7")).Status);
        Assert.Equal(refused, host.Logged.Count(l => l.Contains("A key that opens nothing", StringComparison.Ordinal)));
        Assert.DoesNotContain(host.Logged, l => l.Contains(Wrong, StringComparison.Ordinal) || l.Contains(TestHost.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_that_open_nothing_from_everywhere_shut_the_door_to_all()
    {
        await using var host = await TestHost.Run();
        var door = await host.Get("/console", null);
        var tries = new List<int>();
        while (tries.Count < 202 && !tries.Contains(429))
            tries.Add((await Present(host, door, $"{tries.Count:D6}-{Wrong}", $"198.51.{tries.Count / 250}.{tries.Count % 250 + 1}")).Status);
        Assert.Equal(429, tries[^1]);
        Assert.True(tries.Count > 100, $"shut after {tries.Count}");
    }

    [Fact]
    public async Task Keys_that_open_the_door_are_not_counted()
    {
        await using var host = await TestHost.Run();
        for (var i = 0; i < 25; i++)
            (await Visitor.SignIn(host)).Dispose();
    }

    [Fact]
    public async Task Whoever_guesses_links_of_notices_is_asked_to_wait()
    {
        await using var host = await TestHost.Run();
        var answers = new List<Reply>();
        for (var i = 0; i < 130 && !answers.Exists(a => a.Status == 429); i++)
            answers.Add(await host.Get($"/c/aG9sZA{i}.{new string('C', 32)}", null));
        Assert.Equal("60", answers[^1].Headers["Retry-After"]);
        Assert.Contains("Trop de demandes", answers[^1].Text, StringComparison.Ordinal);
        Assert.All(answers[..^1], a => Assert.Equal(404, a.Status));
    }

    [Fact]
    public async Task Links_of_one_creditor_begin_alike_and_keep_nobody_out_for_it()
    {
        await using var host = await TestHost.Run();
        for (var i = 0; i < 90; i++)
            Assert.Equal(404, (await host.Get($"/c/aG9sZAp{i}.{i:D6}{new string('C', 26)}", null)).Status);
    }

    [Fact]
    public async Task A_form_of_another_visit_is_refused_and_a_visit_ends_with_its_key()
    {
        await using var host = await TestHost.Run();
        var key = await host.NewKey("operator");
        using var browser = await Visitor.SignIn(host);
        var old = (await browser.Get("/console/cases")).Filled("csrf")!;
        await browser.Send("/console/sign-out");
        await browser.Send("/console/sign-in", ("key", key));
        Assert.Equal(200, (await browser.Get("/console/cases")).Status);
        Assert.Equal(403, (await browser.Post("/console/cases/filters", ("csrf", old), ("name", "Mine"))).Status);
        await browser.Get("/console/cases");
        Assert.Equal(200, (await browser.Send("/console/cases/filters", ("name", "Mine"))).Status);
        var id = (await host.Get("/api/keys")).Json["items"]!.AsArray().Single(k => (string?)k!["name"] == "test")!["id"];
        Assert.Equal(200, (await host.Post($"/api/keys/{id}/revoke")).Status);
        Assert.Contains("/console/sign-in", (await browser.Get("/console")).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", null, false, true), InlineData("http://localhost:0;http://[::1]:0", null, false, true), InlineData("http://127.0.0.1:0", "http://localhost:7071", false, true)]
    [InlineData("http://0.0.0.0:0", null, true, true), InlineData("http://0.0.0.0:0", null, false, false), InlineData("http://*:0", null, false, false)]
    [InlineData("http://127.0.0.1:0;http://192.0.2.1:80", null, false, false), InlineData("http://127.0.0.1:0", "https://dunning.example.org", false, false)]
    public async Task A_first_key_that_could_be_guessed_opens_only_what_nobody_else_reaches(string urls, string? publicUrl, bool testClock, bool starts)
    {
        var folder = Directory.CreateTempSubdirectory("dunning-door-").FullName;
        try
        {
            var options = new LocalOptions { DataFolder = folder, Urls = urls, PublicUrl = publicUrl is null ? null : new(publicUrl), Key = "my-first-key", Clock = testClock ? TestHost.Start : null };
            async Task Start(LocalOptions said)
            {
                await using var app = await LocalHost.Build(said, _ => { });
            }
            if (starts)
                await Start(options);
            else
            {
                var refused = await Assert.ThrowsAsync<FormatException>(() => Start(options));
                Assert.Contains("DUNNING_KEY) must be 32 characters or more", refused.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("my-first-key", refused.Message, StringComparison.Ordinal);
                await Start(options with { Key = TestHost.Key });
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_forms_of_an_account_are_tied_to_is_known_to_the_installation_alone()
    {
        await using var host = await TestHost.Run();
        await using var other = await TestHost.Run();
        var (anna, ben) = (await Secret(host, "anna"), await Secret(host, "ben"));
        Assert.Matches("^[0-9a-f]{64}$", anna);
        await host.Restart();
        Assert.Equal(anna, await Secret(host, "anna"));
        Assert.Equal(3, new[] { anna, ben, await Secret(other, "anna") }.Distinct().Count());
    }

    private static async Task<string> Secret(TestHost host, string id)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $$"""{"auth_typ":"aad","name_typ":"name","role_typ":"roles","claims":[{"typ":"oid","val":"{{id}}"},{"typ":"tid","val":"t"},{"typ":"roles","val":"Dunning.Read"}]}"""));
        return (await new EasyAuthSignIn(new("t"), host.Services.GetRequiredService<ServerSecret>()).Who(http, default))!.Secret;
    }

    private static Task<Reply> Present(TestHost host, Reply door, string key, string? from = null) => Post(host, "/console/sign-in", $"csrf={Csrf(door)}&key={key}", CookieOf(door), from);

    private static Task<Reply> Post(TestHost host, string path, string form, string cookies, string? from = null) =>
        host.Send("POST", path, form, null, [("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", cookies), ("Accept-Language", "en"), .. from is null ? [] : new[] { ("X-Forwarded-For", from) }]);

    private static string CookieOf(Reply reply) => reply.Headers["Set-Cookie"].Split(';')[0];

    private static string Csrf(Reply page) => Token().Match(page.Text).Groups[1].Value;

    [GeneratedRegex("name=\"csrf\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
