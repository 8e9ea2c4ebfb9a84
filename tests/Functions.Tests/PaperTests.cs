using Dunning.Functions.Orchestration;
using Dunning.Service.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests;

/// <summary>Letters to the post, plans in writing and debit notes, on tables.</summary>
public sealed class PaperTests
{
    [Fact]
    public async Task The_letters_of_a_day_are_found_and_posted()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await world.Register();
        await world.MoveTo("2026-11-30T12:00:00+01:00");
        var letters = (await world.Get("/api/letters?date=2026-11-30&limit=1"))!;
        var rest = await world.Get($"/api/letters?date=2026-11-30&limit=1&cursor={Uri.EscapeDataString(letters["nextCursor"]!)}");
        string[] keys = [.. letters.Body!["items"]!.AsArray().Concat(rest.Body!["items"]!.AsArray()).Select(l => (string)l!["key"]!)];
        Assert.Equal(2, keys.Distinct().Count());
        Assert.Empty((await world.Get("/api/letters?date=2026-11-29")).Body!["items"]!.AsArray());
        Assert.Contains("\"posted\"", await Posted(world, $"key,postedOn,trackingNumber\n{path["/api/invoices/".Length..]}/formal-notice/letter/1,2026-11-30,A1\n"), StringComparison.Ordinal);
        await world.Hub.Run();
        Assert.Contains("\"known\"", await Posted(world, $"key,postedOn,trackingNumber\n{path["/api/invoices/".Length..]}/formal-notice/letter/1,2026-11-30,A1\n"), StringComparison.Ordinal);
        Assert.Equal("A1", (string?)(await world.Get("/api/letters?date=2026-11-30&posted=true")).Body!["items"]!.AsArray().Single()!["trackingNumber"]);
    }

    [Fact]
    public async Task Notes_are_numbered_and_papers_kept()
    {
        await using var world = await AzureWorld.Begin();
        var (one, other) = (await world.Register(), await world.Register());
        await world.MoveTo("2026-11-30T12:00:00+01:00");
        Assert.Equal("ND-2026-0001", (await world.Post($"{one}/debit-notes", new { id = "n1" }))["number"]);
        Assert.Equal("ND-2026-0002", (await world.Post($"{other}/debit-notes", new { id = "n2" }))["number"]);
        Assert.Equal("ND-2026-0001", (await world.Post($"{one}/debit-notes", new { id = "n1" }))["number"]);
        Assert.Equal("11.98", (await world.Get($"{one}/debit-notes/ND-2026-0001"))["interest"]);
        var archive = world.Services.GetRequiredService<Service.Papers.PaperArchive>();
        var drawn = await archive.DebitNote(one["/api/invoices/".Length..], "ND-2026-0001", default);
        await world.Post($"{one}/contact", new { name = "Another name" });
        Assert.Equal(drawn, await archive.DebitNote(one["/api/invoices/".Length..], "ND-2026-0001", default));
        await world.Post($"{other}/plans", new { id = "plan", instalments = new[] { new { date = "2026-12-15", amount = 1200m } } });
        Assert.NotNull(await archive.Agreement(other["/api/invoices/".Length..], "plan", default));
        Assert.Equal(202, (await world.Post($"{other}/plans/plan/accepted", new { date = "2026-11-30", by = "Jeanne Martin" })).Status);
        Assert.Equal("2031-11-30", (await world.Get(other))["limitationOn"]);
    }

    // A result per line is no single piece of JSON.
    private static async Task<string> Posted(AzureWorld world, string csv)
    {
        var http = Answered.Request(world.Services, "POST", "/api/letters/postings", csv);
        var operation = world.Services.GetRequiredService<Routes>().All.Single(o => o.Name == "postLetters");
        await world.Services.GetRequiredService<Nudges>().Around(world.Hub.Client, () => world.Services.GetRequiredService<ApiPipeline>().Run(http, operation));
        http.Response.Body.Position = 0;
        return await new StreamReader(http.Response.Body).ReadToEndAsync();
    }
}
