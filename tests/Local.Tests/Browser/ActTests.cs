using System.Reflection;
using Dunning.Local.Tests.Api;
using Dunning.Service.Console.Casework;
using Microsoft.Playwright;

namespace Dunning.Local.Tests.Browser;

/// <summary>Every act on a case, done in a browser by keyboard alone: its link and each field are reached with Tab, and what binds is confirmed on the page that says what it does.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ActTests(MachineBrowser browser)
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
        await Done(host, path, "", act, status, fields);
    }

    // What answers something that happened before, found where a person finds it: in the menu of the case, under its task, or beside the message.
    [Theory]
    [InlineData("reversal", "paid", "reminding", "paymentId", "1")]
    [InlineData("pending-failed", "announced", "reminding", "reason", "Rejeté")]
    [InlineData("duplicate", "two payments", "reminding", "sameMoney", "c")]
    [InlineData("plan-signed", "planned", "onPlan", "date", "11102026", "by", "Jean Martin")]
    [InlineData("resolve", "disputed", "reminding")]
    [InlineData("release", "held", "reminding")]
    [InlineData("classify", "answered", "reminding", "meaning", "Une question")]
    [InlineData("sent", "not sent", "reminding")]
    [InlineData("send-now", "", "reminding")]
    [InlineData("reject", "", "reminding", "reason", "Le patron connaît le client")]
    [InlineData("approve", "after the notice", "handedOver")]
    [InlineData("posted", "letter", "formalNotice", "date", "12022026")]
    [InlineData("done", "no address", "reminding", "note", "Demandée")]
    [InlineData("procedure", "", "reminding", "date", "11102026")]
    [InlineData("accepted", "uncertain", "scheduled")]
    [InlineData("not-sent", "uncertain", "scheduled")]
    [InlineData("bounced", "message", "reminding", "reason", "Boîte pleine")]
    [InlineData("resend", "message", "reminding")]
    [InlineData("returned", "posted letter", "formalNotice", "date", "12022026")]
    public async Task An_answer_is_given_by_keyboard_alone(string act, string given, string status, params string[] fields)
    {
        using var server = new SilentServer();
        await using var host = await TestHost.Run(o => given == "uncertain" ? o with { Sending = "redirect:tests@example.org", Smtp = $"smtp://127.0.0.1:{server.Port}" } : o);
        var (path, at) = await Given(host, given);
        await Done(host, path, at, act, status, fields);
    }

    [Fact]
    public void Every_act_of_the_console_is_done_here() =>
        Assert.Equal(
            CaseActs.All.Select(a => a.Name).Order(StringComparer.Ordinal),
            typeof(ActTests).GetMethods().SelectMany(m => m.GetCustomAttributes<InlineDataAttribute>()).Select(row => (string)row.Data[0]!).Distinct().Order(StringComparer.Ordinal));

    private static async Task<(string Path, string At)> Given(TestHost host, string given)
    {
        var path = await host.Register(i =>
        {
            if (given == "not sent")
                i["sentAt"] = null;
            if (given == "no address")
                i["debtor"]!.AsObject().Remove("email");
        });
        await host.MoveTo(given switch
        {
            "uncertain" => "2026-10-28T12:00:00+01:00",
            "letter" or "posted letter" or "after the notice" => "2026-12-02T12:00:00+01:00",
            _ => "2026-11-10T12:00:00+01:00",
        });
        async Task Tell(string what, object body) => Assert.Equal(202, (await host.Post($"{path}/{what}", body)).Status);
        switch (given)
        {
            case "paid":
                await Tell("payments", new { id = "p1", amount = 1200m, date = "2026-11-09", source = "bank" });
                break;
            case "announced":
                await Tell("pending-payments", new { id = "debit", expectedOn = "2026-11-20" });
                break;
            case "two payments":
                await Tell("payments", new { id = "a", amount = 500m, date = "2026-11-08", source = "bank" });
                await Tell("payments", new { id = "b", amount = 500m, date = "2026-11-09", source = "stripe" });
                break;
            case "planned":
                await Tell("plans", new { instalments = new[] { new { date = "2026-11-30", amount = 600m }, new { date = "2026-12-30", amount = 600m } } });
                break;
            case "disputed":
                await Tell("disputes", new { kind = "commercial", note = "Humide" });
                break;
            case "held":
                await Tell("hold", new { reason = "Le patron négocie" });
                break;
            case "answered":
                await Tell("replies", new { id = "r1", channel = "email", text = "Quel numéro de commande ?" });
                break;
            case "posted letter" or "after the notice":
                await Tell("messages/formal-notice/letter/1/outcome", new { outcome = "posted", date = "2026-12-02" });
                break;
        }
        if (given == "after the notice")
            await host.MoveTo("2026-12-18T12:00:00+01:00");
        return (path, given switch { "message" => "/messages/first/email/1", "letter" or "posted letter" => "/messages/formal-notice/letter/1", _ => "" });
    }

    // From the page where the act is offered to the word that it is done.
    private async Task Done(TestHost host, string path, string at, string act, string status, string[] fields)
    {
        var page = await browser.Open(host.Address);
        var complaints = page.Complaints();
        await page.SignIn();
        var id = path.Split('/')[^1];
        await page.GotoAsync($"/console/cases/{id}{at}");
        await Go(page, $"here.matches('main a') && here.pathname === '/console/cases/{id}/acts/{act}'");
        for (var i = 0; i < fields.Length; i += 2)
            await (fields[i + 1] == Press ? Go(page, $"here.name === '{fields[i]}'") : Fill(page, fields[i], fields[i + 1]));
        // The form, then what it would do: the last button goes on.
        for (var sent = 0; sent < 2 && await page.Locator("[role=status]").CountAsync() == 0; sent++)
        {
            Assert.Empty(await page.Locator(".faults").AllInnerTextsAsync());
            Assert.Empty(await page.AccessibilityFaults());
            await Go(page, "here.matches('main form[method=post] button') && here === [...here.form.querySelectorAll('button')].at(-1)");
        }
        Assert.Empty(await page.Locator(".faults").AllInnerTextsAsync());
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
        await page.Enter();
    }
}
