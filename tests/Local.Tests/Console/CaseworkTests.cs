using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Console;

/// <summary>The page of a case, its messages and its acts, as a person meets them.</summary>
public sealed class CaseworkTests
{
    [Theory]
    [InlineData("fr", "La première relance partira le lundi 9 novembre 2026 à 9\u00A0h\u00A0: échéance + 7\u00A0jours, au jour d’envoi le plus proche, et au moins 5\u00A0jours après la relance précédente (28/10/2026).")]
    [InlineData("en", "The first reminder will leave on Monday 9 November 2026 at 09:00: due date + 7\u00A0days, on the nearest sending day, and at least 5\u00A0days after the step before it (28/10/2026).")]
    public async Task The_page_of_a_case_says_what_is_next_and_when_and_why(string language, string sentence)
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-02T12:00:00+01:00");
        using var visitor = await Visitor.SignIn(host, language: language);
        var page = await visitor.Get(Console(path));
        Assert.Equal(200, page.Status);
        Assert.Contains(sentence, page.Words, StringComparison.Ordinal);
        // The API says the same: the rules in the order they are asked, the latest deciding.
        var next = (await host.Get(path)).Json["next"]!;
        Assert.Equal(["nominal", "gap", "unblocked"], next["rules"]!.AsArray().Select(r => (string)r!["rule"]!));
        Assert.Equal((string)next["at"]!, next["rules"]!.AsArray().Max(r => (string)r!["at"]!));
    }

    [Fact]
    public async Task An_act_that_binds_shows_its_consequence_and_then_has_it()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-10T12:00:00+01:00");
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var before = (await host.Get(path)).Text;
        var shown = await visitor.Submit(await visitor.Get(Act(path, "hold")), ("reason", "Le patron négocie"), ("until", "2026-12-01"));
        Assert.Equal(200, shown.Status);
        Assert.Contains("Suspendu", shown.Words, StringComparison.Ordinal);
        Assert.Contains("01/12/2026 compris", shown.Words, StringComparison.Ordinal);
        Assert.Equal(before, (await host.Get(path)).Text);
        var done = await visitor.Do(shown);
        Assert.Contains("Fait\u00A0: Suspendre.", done.Words, StringComparison.Ordinal);
        Assert.Equal("held", (await host.Get(path))["status"]);
        // The instant that was foreseen is the one there is.
        var foreseen = shown.Document.QuerySelectorAll("table.consequence tbody tr")[2].QuerySelectorAll("td")[1].TextContent.Trim();
        Assert.Contains(foreseen, done.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consequence_shown_is_had_by_nobody_once_the_case_has_moved_and_the_page_says_what_moved_it()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var shown = await visitor.Submit(await visitor.Get(Act(path, "write-off")), ("reason", "Irrécouvrable"));
        await host.Post($"{path}/payments", new { amount = 700m, reference = "VIR 4711" });
        var again = await visitor.Submit(shown);
        Assert.Equal(200, again.Status);
        Assert.Contains("Le dossier a changé", again.Document.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("VIR 4711", again.Document.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("500,00", again.Document.QuerySelector("table.consequence")!.TextContent, StringComparison.Ordinal);
        Assert.NotEqual("writtenOff", (await host.Get(path))["status"]);
        await visitor.Do(again);
        Assert.Equal("writtenOff", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_fact()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var form = await visitor.Get(Act(path, "payment"));
        foreach (var _ in (int[])[1, 2])
            Assert.Equal(303, (await visitor.Submit(form, ("amount", "1 00,50"), ("reference", "CHQ 12"))).Status);
        var after = await host.Get(path);
        Assert.Equal("1099.50", after["balance"]);
        Assert.Single(after.Json["payments"]!.AsArray());
    }

    [Fact]
    public async Task A_payment_that_closes_the_case_is_confirmed_first()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var shown = await visitor.Submit(await visitor.Get(Act(path, "payment")), ("amount", "1200"));
        Assert.Equal(200, shown.Status);
        Assert.Contains("Payé", shown.Words, StringComparison.Ordinal);
        Assert.Equal("1200.00", (await host.Get(path))["balance"]);
        await visitor.Do(shown);
        Assert.Equal("paid", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task Equal_instalments_are_worked_out_to_the_cent_and_agreed_on()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => i["amount"] = 1000.00m);
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var rows = await visitor.Submit(await visitor.Get(Act(path, "plan")), ("parts", "3"), ("first", "2026-11-30"), ("propose", "1"));
        Assert.Equal(["333.33", "333.33", "333.34", ""], rows.Document.QuerySelectorAll("input[name^='instalments'][name$='.amount']").Select(i => i.GetAttribute("value") ?? ""));
        var form = rows.Document.QuerySelectorAll("main form input[name]").Where(i => i.GetAttribute("name") != "propose").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));
        var shown = await visitor.Post(Act(path, "plan"), form);
        Assert.Contains("Échéancier", shown.Words, StringComparison.Ordinal);
        var done = await visitor.Do(shown);
        Assert.Equal("onPlan", (await host.Get(path))["status"]);
        Assert.Contains("333,34", done.Document.QuerySelector("section[aria-labelledby=plan]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_comes_back_as_it_was_filled_in_with_its_faults_beside_its_fields()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var refused = await visitor.Submit(await visitor.Get(Act(path, "promise")), ("date", "2026-09-01"), ("amount", "dix"));
        Assert.Equal(400, refused.Status);
        Assert.Equal("dix", refused.Document.QuerySelector("input[name=amount]")!.GetAttribute("value"));
        Assert.Equal("true", refused.Document.QuerySelector("input[name=amount]")!.GetAttribute("aria-invalid"));
        var past = await visitor.Submit(refused, ("amount", "10"));
        Assert.Equal(422, past.Status);
        Assert.Equal("2026-09-01", past.Document.QuerySelector("input[name=date]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_message_is_shown_exactly_as_it_was_sent_in_a_frame_that_can_do_nothing()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-10T12:00:00+01:00");
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var message = await host.Get($"{path}/messages/first/email/1");
        var page = await visitor.Get($"{Console(path)}/messages/first/email/1");
        foreach (var part in (string[])["subject", "to", "from", "messageId"])
            Assert.Contains(message[part], page.Words, StringComparison.Ordinal);
        Assert.Equal(message["body"].Trim(), page.Document.QuerySelector("pre")!.TextContent.Trim());
        var frame = page.Document.QuerySelector("iframe")!;
        Assert.Equal("", frame.GetAttribute("sandbox"));
        var inside = await visitor.Get(frame.GetAttribute("src")!);
        Assert.StartsWith("default-src 'none'; img-src data:; style-src 'unsafe-inline'", inside.Policy, StringComparison.Ordinal);
        Assert.Contains("sandbox", inside.Policy!, StringComparison.Ordinal);
        Assert.DoesNotContain("cid:", inside.Html, StringComparison.Ordinal);
        Assert.Contains("<script", (await visitor.Get(Console(path))).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", inside.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_are_answered_where_they_stand()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.Post($"{path}/replies", new { id = "reply-1", channel = "email", text = "Nous payons <vendredi>." });
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var page = await visitor.Get(Console(path));
        Assert.Contains("Nous payons <vendredi>.", page.Document.QuerySelector(".tasks")!.TextContent, StringComparison.Ordinal);
        var link = page.Document.QuerySelectorAll(".tasks a").Select(a => a.GetAttribute("href")!).Single(l => l.Contains("/acts/classify?on=reply-1", StringComparison.Ordinal));
        var done = await visitor.Do(await visitor.Get(link), ("meaning", "promise"));
        Assert.Null(done.Document.QuerySelector(".tasks"));
    }

    [Fact]
    public async Task Every_act_offered_has_a_page_and_every_act_of_a_closed_case_too()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.Post($"{path}/disputes", new { id = "d-1", kind = "commercial", amount = 20m });
        await host.Post($"{path}/pending-payments", new { id = "p-1", expectedOn = "2026-10-12" });
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        using var visitor = await Visitor.SignIn(host, language: "fr");
        var acts = (await visitor.Get(Console(path))).Links.Where(l => l.Contains("/acts/", StringComparison.Ordinal)).Distinct().ToList();
        Assert.True(acts.Count > 15, string.Join('\n', acts));
        await host.Post($"{path}/payments", new { amount = 1200m });
        foreach (var act in acts.Concat((await visitor.Get(Console(path))).Links.Where(l => l.Contains("/acts/", StringComparison.Ordinal))).Distinct())
            Assert.True((await visitor.Get(act)).Status == 200, act);
    }

    [Fact]
    public async Task Who_may_not_act_is_offered_nothing_and_can_do_nothing()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var path = await host.Register();
        using var reader = await Visitor.SignIn(host, await host.NewKey("read"), "fr");
        var page = await reader.Get(Console(path));
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain(page.Links, l => l.Contains("/acts/", StringComparison.Ordinal));
        Assert.Equal(404, (await reader.Get(Act(path, "write-off"))).Status);
        Assert.Equal(404, (await reader.Send(Act(path, "write-off"), ("reason", "x"), ("confirm", "yes"), ("etag", "x"))).Status);
        using var owner = await Visitor.SignIn(host, language: "fr");
        Assert.Equal(403, (await owner.Post(Act(path, "cancel"), ("reason", "x"))).Status);
        using var stranger = await Visitor.SignIn(host, await host.NewKey("operator", "other"), "fr");
        foreach (var hidden in (string[])[Console(path), Act(path, "payment"), $"{Console(path)}/messages/courtesy/email/1", $"{Console(path)}/preview/first"])
            Assert.Equal(404, (await stranger.Get(hidden)).Status);
        Assert.Equal("scheduled", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task Hostile_names_are_text_wherever_they_are_shown()
    {
        const string Name = "<img src=x onerror=alert(1)>\"'";
        await using var host = await TestHost.Run();
        var path = await host.Register(i => (i["debtor"]!["name"], i["debtor"]!["id"], i["number"]) = (Name, "hostile", "<b>F1"));
        await host.Post($"{path}/hold", new { reason = Name });
        await host.MoveTo("2026-11-10T12:00:00+01:00");
        using var visitor = await Visitor.SignIn(host, language: "fr");
        foreach (var shown in (string[])[Console(path), Act(path, "release"), "/console/debtors", "/console/debtors/hostile?creditor=demo", "/console/debtors/hostile/statement?creditor=demo", "/console/debtors/hostile/edit?creditor=demo"])
        {
            var page = await visitor.Get(shown);
            Assert.Equal(200, page.Status);
            Assert.Empty(page.Document.QuerySelectorAll("main img, main b"));
        }
    }

    private static string Console(string path) => $"/console/cases/{path.Split('/')[^1]}";

    private static string Act(string path, string act) => $"{Console(path)}/acts/{act}";
}
