using Dunning.Local.Tests.Api;
using Microsoft.Playwright;

namespace Dunning.Local.Tests.Browser;

/// <summary>A debtor with a telephone and the link of a reminder: their page in a browser, 400 px wide.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DebtorVisitTests(MachineBrowser browser)
{
    [Theory]
    [InlineData("fr")]
    [InlineData("nl")]
    [InlineData("en")]
    [InlineData("de")]
    public async Task Every_form_of_the_page_is_accessible_fits_and_leads_to_a_word_of_what_was_noted(string language)
    {
        await using var host = await TestHost.Run(o => o with { PublicUrl = new("https://relances.example.org") });
        var path = await host.Register(i => i["debtor"]!["language"] = language);
        var page = await browser.Open(host.Address, width: 400);
        var complaints = page.Complaints();
        var address = new Uri((string)(await host.Post($"{path}/portal-link")).Json["url"]!).AbsolutePath;
        await page.GotoAsync(address);
        Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
        await Judge(page);
        var forms = await page.Locator($"a[href^='{address}/']").EvaluateAllAsync<string[]>("links => links.map(l => l.getAttribute('href'))");
        Assert.True(forms.Length >= 4, string.Join(' ', forms));
        foreach (var form in forms)
        {
            await page.GotoAsync(form);
            await Judge(page);
        }

        await page.GotoAsync($"{address}/promise");
        await page.Locator("[name=date]").FillAsync("2026-10-08");
        await page.Locator("main form button").Last.FocusAsync();
        await page.Enter();
        await Judge(page);
        Assert.Equal("scheduled", (await host.Get(path))["status"]);
        await page.Locator("main form button").Last.FocusAsync();
        await page.Enter();
        Assert.EndsWith("noted=promise", page.Url, StringComparison.Ordinal);
        await Judge(page);
        Assert.Equal("promised", (await host.Get(path))["status"]);
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    private static async Task Judge(IPage page)
    {
        Assert.Empty(await page.AccessibilityFaults());
        Assert.Equal(0, await page.Overflow());
        Assert.Equal(1, await page.Locator("h1").CountAsync());
    }
}
