namespace Dunning.Local.Tests.Browser;

/// <summary>Everything can be done without a mouse.</summary>
[Collection(LedgerCollection.Name)]
public sealed class KeyboardTests(Ledger ledger)
{
    [Fact]
    public async Task From_the_door_to_a_case_and_out_again_by_keyboard_alone()
    {
        var page = await ledger.Browser.Open(ledger.Host.Address);
        await page.GotoAsync("/console");
        // The field takes the focus by itself, with the first frame: one types at once.
        await page.WaitForFunctionAsync("() => document.activeElement?.id === 'key'");
        await page.Keyboard.TypeAsync(Api.TestHost.Key);
        await page.Enter();

        // The first stop leads past the navigation.
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("#main", await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("() => document.activeElement.id"));

        await page.GotoAsync("/console/cases");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("FA2026-0298");
        await page.Enter();
        Assert.Contains("/console/cases?", page.Url, StringComparison.Ordinal);
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "FA2026-0298" }).FocusAsync();
        await page.Enter();
        Assert.Contains("/console/cases/", page.Url, StringComparison.Ordinal);
        Assert.Contains("FA2026-0298", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_has_the_focus_can_be_seen()
    {
        var page = await ledger.Browser.Open(ledger.Host.Address);
        await page.SignIn();
        await page.GotoAsync("/console/cases");
        for (var stop = 0; stop < 25; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; }"),
                await page.EvaluateAsync<string>("() => document.activeElement.outerHTML"));
        }
        await page.Context.CloseAsync();
    }
}
