using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Dunning.Functions.Tests;

/// <summary>The debtor's page on the Azure host.</summary>
public sealed partial class PortalTests
{
    private const string Secret = "a-key-of-the-debtors-pages-of-the-tests";

    [Fact]
    public async Task A_debtor_sees_their_page_and_what_they_say_reaches_the_case()
    {
        await using var world = await AzureWorld.Begin(settled: s => s["DUNNING_PORTAL_KEY"] = Secret);
        var path = await world.Register();
        await world.MoveTo("2026-11-09T12:00:00+01:00");
        var link = (await world.Post($"{path}/portal-link", new { }))["url"]!;
        Assert.StartsWith("https://dunning.example.org/p/", link, StringComparison.Ordinal);
        Assert.All(world.Sent.Messages, m => Assert.Contains(link, m.Body, StringComparison.Ordinal));
        var token = link.Split('/')[^1];
        var form = Form().Match((await Ask(world, "GET", $"{token}/promise")).Text).Groups[1].Value;
        Assert.Equal(303, (await Ask(world, "POST", $"{token}/promise", $"form={form}&date=2026-11-16&confirmed=yes")).Status);
        Assert.Equal("promised", (await world.Get(path))["status"]);
        Assert.Equal(404, (await Ask(world, "GET", "AAAAAAAAAAAAAAAAAAAAAA")).Status);
        Assert.Equal("1", (await world.Post($"{path}/portal-link/revoke", new { }))["revoked"]);
        Assert.Equal(404, (await Ask(world, "GET", token)).Status);
    }

    [Fact]
    public async Task Without_a_key_there_is_no_page_and_no_message_speaks_of_one()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await world.MoveTo("2026-11-09T12:00:00+01:00");
        Assert.All(world.Sent.Messages, m => Assert.DoesNotContain("/p/", m.Body, StringComparison.Ordinal));
        Assert.Equal(409, (await world.Post($"{path}/portal-link", new { })).Status);
        Assert.Equal(404, (await Ask(world, "GET", "AAAAAAAAAAAAAAAAAAAAAA")).Status);
    }

    private static async Task<(int Status, string Text)> Ask(AzureWorld world, string method, string page, string? body = null)
    {
        var http = Answered.Request(world.Services, method, $"/p/{page}", body, "");
        http.Request.RouteValues = new RouteValueDictionary { ["page"] = page };
        http.Request.ContentType = body is null ? null : "application/x-www-form-urlencoded";
        await world.Hub.Trigger(method == "GET" ? "debtorPage" : "debtorAct", http.Request);
        await world.Hub.Run();
        http.Response.Body.Position = 0;
        return (http.Response.StatusCode, await new StreamReader(http.Response.Body).ReadToEndAsync());
    }

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex Form();
}
