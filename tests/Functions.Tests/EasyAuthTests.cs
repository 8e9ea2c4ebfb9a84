using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dunning.Service.Api;
using Dunning.Service.Console;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests;

/// <summary>What App Service says of who signed in is believed where the host was told to, and nowhere else.</summary>
public sealed partial class EasyAuthTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Anna = "aaaaaaaa-0000-0000-0000-000000000001";
    private const string Ben = "aaaaaaaa-0000-0000-0000-000000000002";

    [Theory]
    [InlineData("Dunning.Read", true, false), InlineData("Dunning.Operator", true, true), InlineData("Dunning.Admin", true, true), InlineData("Reader", false, false), InlineData(null, false, false)]
    public async Task A_role_of_the_app_opens_what_that_role_may_do(string? role, bool opens, bool acts)
    {
        await using var azure = await Told();
        await azure.Register();
        var page = await Visit(azure, "GET", "/console/cases", Principal(Anna, role is null ? [] : [role]));
        Assert.Equal(opens ? 200 : 403, page.Status);
        Assert.Equal(opens, page.Text.Contains("F-", StringComparison.Ordinal));
        Assert.Equal(acts, page.Text.Contains("id=\"bulk\"", StringComparison.Ordinal));
        Assert.Equal(opens, page.Text.Contains("Anna", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_has_not_signed_in_is_sent_to_do_so()
    {
        await using var azure = await Told();
        foreach (var header in (string?[])[null, "", "nonsense", Convert.ToBase64String("{}"u8), Convert.ToBase64String("[1]"u8)])
        {
            var page = await Visit(azure, "GET", "/console", header);
            Assert.Equal((303, "/.auth/login/aad?post_login_redirect_uri=/console"), (page.Status, page.Location));
        }
    }

    [Fact]
    public async Task Another_tenant_another_provider_or_nobody_in_particular_opens_nothing()
    {
        await using var azure = await Told();
        foreach (var header in (string[])[Principal(Anna, ["Dunning.Admin"], tenant: "99999999-2222-3333-4444-555555555555"), Principal(Anna, ["Dunning.Admin"], provider: "google"), Principal("", ["Dunning.Admin"])])
            Assert.Equal(403, (await Visit(azure, "GET", "/console/cases", header)).Status);
    }

    [Fact]
    public async Task A_forged_header_gives_nothing_where_the_host_was_not_told()
    {
        await using var azure = await AzureWorld.Begin();
        Assert.IsType<KeySignIn>(azure.Services.GetRequiredService<ISignIn>());
        await azure.Register();
        var page = await Visit(azure, "GET", "/console/cases", Principal(Anna, ["Dunning.Admin"]));
        Assert.Contains("action=\"/console/sign-in\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("F-", page.Text, StringComparison.Ordinal);
        await using var embedded = await EmbeddedWorld.Begin();
        Assert.IsType<KeySignIn>(embedded.Services.GetRequiredService<ISignIn>());
        // Nor does it open the API, told or not.
        await using var told = await Told();
        Assert.Equal(401, (await Visit(told, "GET", "/api/invoices", Principal(Anna, ["Dunning.Admin"]))).Status);
    }

    [Fact]
    public async Task Groups_say_whose_cases_are_seen_where_they_are_mapped()
    {
        await using var azure = await Told("g-demo=demo,nobody;g-all=*");
        await azure.Register();
        async Task<(int Status, bool Sees)> Seen(params string[] groups) =>
            await Visit(azure, "GET", "/console/cases", Principal(Anna, ["Dunning.Read"], groups)) is var page ? (page.Status, page.Text.Contains("F-", StringComparison.Ordinal)) : default;
        Assert.Equal((200, true), await Seen("g-demo"));
        Assert.Equal((200, true), await Seen("g-all", "other"));
        Assert.Equal((403, false), await Seen("other"));
        Assert.Equal((403, false), await Seen());
        await using var elsewhere = await Told("g-other=other");
        await elsewhere.Register();
        Assert.Equal((200, false), await Visit(elsewhere, "GET", "/console/cases", Principal(Anna, ["Dunning.Admin"], ["g-other"])) is var page ? (page.Status, page.Text.Contains("F-", StringComparison.Ordinal)) : default);
    }

    [Fact]
    public async Task A_form_belongs_to_who_was_shown_it()
    {
        await using var azure = await Told();
        var path = await azure.Register();
        var annas = Principal(Anna, ["Dunning.Operator"]);
        var page = await Visit(azure, "GET", "/console/cases", annas);
        var (token, cookie) = (Token().Match(page.Text).Groups[1].Value, page.Cookie!);
        var form = $"scope=some&act=hold&reason=Talk&case={path.Split('/')[^1]}";
        Assert.Equal(403, (await Visit(azure, "POST", "/console/cases/bulk", annas, form, cookie)).Status);
        Assert.Equal(403, (await Visit(azure, "POST", "/console/cases/bulk", annas, $"{form}&csrf={token}")).Status);
        Assert.Equal(403, (await Visit(azure, "POST", "/console/cases/bulk", Principal(Ben, ["Dunning.Operator"]), $"{form}&csrf={token}", cookie)).Status);
        var shown = await Visit(azure, "POST", "/console/cases/bulk", annas, $"{form}&csrf={token}", cookie);
        Assert.Equal(303, shown.Status);
        Assert.Equal(303, (await Visit(azure, "POST", shown.Location!, annas, $"confirm=yes&csrf={token}", cookie)).Status);
        var held = await azure.Get(path);
        Assert.Equal("held", held["status"]);
        Assert.Contains($"entra:{Anna}", held.Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("/.auth/logout?post_logout_redirect_uri=/console", (await Visit(azure, "POST", "/console/sign-out", annas, $"csrf={token}", cookie)).Location);
    }

    [Fact]
    public async Task Whoever_knows_the_account_and_plants_the_cookie_can_still_make_no_form()
    {
        await using var azure = await Told();
        var path = await azure.Register();
        var planted = new string('a', 64);
        var forged = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(planted), Encoding.UTF8.GetBytes($"entra {Tenant} {Anna}")));
        var form = $"scope=some&act=hold&reason=Talk&case={path.Split('/')[^1]}&csrf={forged}";
        Assert.Equal(403, (await Visit(azure, "POST", "/console/cases/bulk", Principal(Anna, ["Dunning.Operator"]), form, $"__Secure-dunning_forms={planted}")).Status);
    }

    [Fact]
    public void Settings_that_cannot_be_read_stop_the_start()
    {
        static MissingSettings Refused(params (string, string?)[] settings) => Assert.Throws<MissingSettings>(() =>
            AzureOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Item1, s => s.Item2)).Build()));
        Assert.Contains("DUNNING_CONSOLE_TENANT", Refused(("DUNNING_CONSOLE_SIGNIN", "easyauth")).Names);
        Assert.Contains("DUNNING_CONSOLE_SIGNIN", Refused(("DUNNING_CONSOLE_SIGNIN", "entra")).Names);
        Assert.Contains("DUNNING_CONSOLE_CREDITORS", Refused(("DUNNING_CONSOLE_SIGNIN", "easyauth"), ("DUNNING_CONSOLE_TENANT", Tenant), ("DUNNING_CONSOLE_CREDITORS", "g")).Names);
    }

    private static Task<AzureWorld> Told(string? creditors = null) => AzureWorld.Begin(settled: s =>
        (s["DUNNING_CONSOLE_SIGNIN"], s["DUNNING_CONSOLE_TENANT"], s["DUNNING_CONSOLE_CREDITORS"], s["DUNNING_PORTAL_KEY"]) = ("easyauth", Tenant, creditors, "a-secret-of-the-tests-0123456789ab"));

    private static string Principal(string id, string[] roles, string[]? groups = null, string tenant = Tenant, string provider = "aad")
    {
        var claims = new List<(string Type, string Value)> { ("http://schemas.microsoft.com/identity/claims/objectidentifier", id), ("http://schemas.microsoft.com/identity/claims/tenantid", tenant), ("name", "Anna") };
        claims.AddRange(roles.Select(r => ("roles", r)));
        claims.AddRange((groups ?? []).Select(g => ("groups", g)));
        return Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new { auth_typ = provider, name_typ = "name", role_typ = "roles", claims = claims.Select(c => new { typ = c.Type, val = c.Value }) }));
    }

    private static async Task<(int Status, string Text, string? Location, string? Cookie)> Visit(AzureWorld azure, string method, string path, string? principal, string? form = null, string? cookie = null)
    {
        var http = Answered.Request(azure.Services, method, path, form);
        http.Request.Headers.Authorization = default;
        if (principal is not null)
            http.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = principal;
        if (cookie is not null)
            http.Request.Headers.Cookie = cookie;
        if (form is not null)
            http.Request.ContentType = "application/x-www-form-urlencoded";
        if (path.StartsWith("/console", StringComparison.Ordinal))
            http.Request.RouteValues["page"] = http.Request.Path.Value!["/console".Length..].Trim('/');
        var operations = azure.Services.GetRequiredService<Routes>().All.Concat(azure.Services.GetRequiredService<Sites>().All);
        var operation = path.StartsWith("/console", StringComparison.Ordinal) ? operations.First(o => o.Route.StartsWith("/console", StringComparison.Ordinal) && o.Method == method) : operations.First(o => o.Route == path && o.Method == method);
        await azure.Services.GetRequiredService<ApiPipeline>().Run(http, operation);
        http.Response.Body.Position = 0;
        var text = await new StreamReader(http.Response.Body, Encoding.UTF8).ReadToEndAsync();
        var given = http.Response.Headers.SetCookie.FirstOrDefault(c => c!.StartsWith("__Secure-dunning_forms=", StringComparison.Ordinal))?.Split(';')[0];
        return (http.Response.StatusCode, text, http.Response.Headers.Location, given);
    }

    [GeneratedRegex("name=\"csrf\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
