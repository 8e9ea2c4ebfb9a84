using Dunning.Local.Tests.Api;
using Microsoft.Playwright;

namespace Dunning.Local.Tests.Browser;

/// <summary>Every act on a case, done in a browser by keyboard alone: each field is reached with Tab, and what binds is confirmed on the page that says what it does.</summary>
[Collection(LedgerCollection.Name)]
public sealed class ActTests(Ledger ledger)
{
    private const int MostStops = 120;
    private const string Press = "";

    [Theory]
    [InlineData("payment", "reminding", "amount", "100,50", "reference", "VIR 12")]
    [InlineData("payment", "paid", "amount", "1200")]
    [InlineData("pending", "reminding", "expectedOn", "11202026")]
    [InlineData("credit-note", "reminding", "amount", "200", "reference", "AV-1")]
    [InlineData("promise", "promised", "date", "11202026")]
    [InlineData("plan", "onPlan", "parts", "3", "first", "11302026", "propose", Press)]
    [InlineData("dispute", "disputed", "note", "La farine était humide")]
    [InlineData("hold", "held", "reason", "Le patron négocie")]
    [InlineData("reply", "reminding", "text", "Nous payons vendredi")]
    [InlineData("call", "reminding", "note", "Rappeler jeudi")]
    [InlineData("contact", "reminding", "email", "chef@example.org")]
    [InlineData("due-date", "reminding", "dueDate", "12152026")]
    [InlineData("amend", "reminding", "amount", "900", "reason", "Erreur de prix")]
    [InlineData("policy", "reminding", "policy", "fr-b2b-fast")]
    [InlineData("write-off", "writtenOff", "reason", "Irrécouvrable")]
    [InlineData("cancel", "cancelled", "reason", "Facture en double")]
    public async Task An_act_is_done_by_keyboard_alone(string act, string status, params string[] fields)
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-10T12:00:00+01:00");
        var page = await ledger.Browser.Open(host.Address);
        var complaints = page.Complaints();
        await page.SignIn();
        await page.GotoAsync($"/console/cases/{path.Split('/')[^1]}/acts/{act}");
        for (var i = 0; i < fields.Length; i += 2)
            await (fields[i + 1] == Press ? Go(page, $"here.name === '{fields[i]}'") : Fill(page, fields[i], fields[i + 1]));
        // The form, then what it would do: the last button goes on.
        for (var sent = 0; sent < 2 && await page.Locator("[role=status]").CountAsync() == 0; sent++)
        {
            Assert.Empty(await page.Locator(".faults").AllInnerTextsAsync());
            Assert.Empty(await page.AccessibilityFaults());
            await Go(page, "here.matches('main form[method=post] button') && here === [...here.form.querySelectorAll('button')].at(-1)");
        }
        Assert.StartsWith("Fait\u00A0:", await page.Locator("[role=status]").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(status, (await host.Get(path))["status"]);
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    // From where one is, forward, as a person without a mouse has to.
    private static async Task Reach(IPage page, string what, string isThere)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>($"() => {{ const here = document.activeElement; return {isThere}; }}"))
                return;
        }
        Assert.Fail($"{what} cannot be reached with Tab.");
    }

    private static async Task Fill(IPage page, string field, string value)
    {
        await Reach(page, field, $"here.name === '{field}'");
        if (await page.EvaluateAsync<string>("() => document.activeElement.tagName") == "SELECT")
            await page.Keyboard.TypeAsync(value);
        else
        {
            if (await page.EvaluateAsync<string>("() => document.activeElement.type") == "text")
                await page.Keyboard.PressAsync("Control+A");
            await page.Keyboard.TypeAsync(value);
        }
    }

    private static async Task Go(IPage page, string button)
    {
        await Reach(page, "the button", button);
        await page.EvaluateAsync("() => { window.isBefore = true; }");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => !window.isBefore && document.readyState === 'complete'");
    }
}
