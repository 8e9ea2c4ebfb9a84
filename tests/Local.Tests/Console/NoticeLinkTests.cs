using Dunning.Local.Tests.Api;
using Dunning.Service;
using Dunning.Service.Links;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Console;

/// <summary>What the links of a notice do to a case that is not as it was when they were sent.</summary>
public sealed class NoticeLinkTests
{
    [Theory]
    [InlineData(null, "jusqu’à nouvel ordre")]
    [InlineData("2026-12-31", "jusqu’au 31/12/2026 inclus")]
    public async Task A_link_never_shortens_a_hold_and_says_until_when_it_is(string? until, string said)
    {
        await using var host = await TestHost.Run(TomorrowTests.Reachable);
        var (path, hold, _) = await TomorrowTests.Told(host);
        await host.Post($"{path}/hold", new { reason = "Court", until });
        using var stranger = new Visitor(host);
        await stranger.Get(hold);
        Assert.Contains($"Ce dossier est déjà suspendu {said}.", stranger.Page.Words, StringComparison.Ordinal);
        await stranger.Post(hold, ("until", "2026-11-20"), ("reason", "Salon de Lyon"));
        Assert.Equal(422, stranger.Page.Status);
        Assert.Contains($"Ce dossier est déjà suspendu {said}", stranger.Page.Words, StringComparison.Ordinal);
        Assert.Equal("Court", Assert.Single(await BulkTests.Holds(host, path)).Held.Reason);
        await stranger.Post(hold, ("until", "2027-01-15"), ("reason", "Salon de Lyon"));
        Assert.Equal(until is null ? 422 : 303, stranger.Page.Status);
        Assert.Equal(until is null ? 1 : 2, (await BulkTests.Holds(host, path)).Count);
    }

    [Fact]
    public async Task What_a_colleague_released_is_held_again_when_it_is_asked_again()
    {
        await using var host = await TestHost.Run(TomorrowTests.Reachable);
        var (path, hold, _) = await TomorrowTests.Told(host);
        using var stranger = new Visitor(host);
        for (var times = 1; times <= 3; times++)
        {
            await stranger.Post(hold, ("until", "2026-11-20"), ("reason", "Salon de Lyon"));
            Assert.Equal(303, stranger.Page.Status);
            Assert.Equal(("held", times), ((await host.Get(path))["status"], (await BulkTests.Holds(host, path)).Count));
            await host.Post($"{path}/release");
        }
    }

    [Fact]
    public async Task The_same_form_sent_by_two_hands_at_once_is_one_hold()
    {
        await using var host = await TestHost.Run(TomorrowTests.Reachable);
        var (path, hold, _) = await TomorrowTests.Told(host);
        using Visitor one = new(host), two = new(host);
        await Task.WhenAll(one.Post(hold, ("until", "2026-11-20")), two.Post(hold, ("until", "2026-11-20")));
        Assert.Equal((303, 303), (one.Page.Status, two.Page.Status));
        Assert.Single(await BulkTests.Holds(host, path));
    }

    [Fact]
    public async Task A_link_signed_for_another_creditor_or_another_purpose_opens_nothing()
    {
        await using var host = await TestHost.Run(TomorrowTests.Reachable);
        var (path, hold, _) = await TomorrowTests.Told(host);
        await host.Put("/api/creditors/other", new { name = "Other" });
        var links = new SignedLinks(host.Services.GetRequiredService<ServerSecret>().KeyFor(ServerSecret.NoticeLinks));
        var good = links.Read(hold.Split('/')[^1], DateTimeOffset.MinValue)!;
        using var stranger = new Visitor(host);
        foreach (var (link, status) in new[] { (good with { Creditor = "other" }, 404), (good with { Creditor = "nobody" }, 404), (good with { Purpose = "page" }, 404), (good with { Until = good.Until.AddDays(1) }, 200) })
        {
            Assert.Equal(status, (await stranger.Get($"/c/{links.Write(link)}")).Status);
            if (status == 404)
                Assert.Equal(404, (await stranger.Post($"/c/{links.Write(link)}", ("until", "2026-11-20"), ("email", "new@example.org"))).Status);
        }
        Assert.Equal(("scheduled", "compta@example.org"), (await host.Get(path)) is var left ? (left["status"], left["debtor.email"]) : default);
    }

    [Fact]
    public async Task Of_an_edit_with_a_fault_nothing_is_done_and_every_fault_is_told()
    {
        await using var host = await TestHost.Run(TomorrowTests.Reachable);
        var (path, _, edit) = await TomorrowTests.Told(host);
        using var stranger = new Visitor(host);
        await stranger.Post(edit, ("email", "new@example.org"), ("dueDate", "2020-01-01"));
        Assert.Equal(422, stranger.Page.Status);
        Assert.Equal("compta@example.org", (await host.Get(path))["debtor.email"]);
        await stranger.Post(edit, ("email", "no address"), ("dueDate", "2020-01-01"));
        Assert.Equal(2, stranger.Page.Document.QuerySelectorAll("[aria-invalid=true]").Length);
    }
}
