using System.Text.RegularExpressions;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Browser;

/// <summary>Every page as a browser shows it: in both languages, on a desk and at 400 px, to eyes and to a screen reader.</summary>
[Collection(LedgerCollection.Name)]
public sealed partial class PageTests(Ledger ledger)
{
    private static readonly Dictionary<string, Func<Ledger, Task<string>>> Pages = new()
    {
        ["today"] = At("/console"),
        ["cases"] = At("/console/cases"),
        ["case"] = l => l.Case("FA2026-0211"),
    };

    public static TheoryData<string, string, int> Views()
    {
        var views = new TheoryData<string, string, int>();
        foreach (var page in Pages.Keys)
            foreach (var language in (string[])["fr", "en"])
                foreach (var width in (int[])[1200, 400])
                    views.Add(page, language, width);
        return views;
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_page_is_whole_accessible_and_fits(string name, string language, int width)
    {
        var page = await ledger.Browser.Open(ledger.Host.Address, language, width);
        var complaints = page.Complaints();
        await page.SignIn();
        var answer = await page.GotoAsync(await Pages[name](ledger));

        Assert.Equal(200, answer!.Status);
        Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        Assert.Empty(complaints);
        Assert.Empty(await page.AccessibilityFaults());
        Assert.Equal(0, await page.Overflow());
        if (language == "fr")
            Assert.Empty(FaultsOfTypography(await page.Locator("body").InnerTextAsync()));
        if (Environment.GetEnvironmentVariable("DUNNING_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{language}-{width}.png"), FullPage = true });
        await page.Context.CloseAsync();
    }

    private static IEnumerable<string> FaultsOfTypography(string text) => Straight().Matches(text).Select(m => m.Value).Distinct();

    // A straight apostrophe between letters, or an ordinary space before what French sets apart.
    [GeneratedRegex("""\w+'\w+|\w+ [;!?%€](?=\s|$)|[a-zà-ÿ]+ :(?=\s)""")]
    private static partial Regex Straight();

    private static Func<Ledger, Task<string>> At(string path) => _ => Task.FromResult(path);
}
