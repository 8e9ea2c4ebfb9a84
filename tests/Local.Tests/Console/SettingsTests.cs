using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Console;

/// <summary>Settings: what they show, what they ask before they bind, what they never show.</summary>
public sealed partial class SettingsTests
{
    private const string Text = "/console/settings/texts/demo/fr/courtesy.email";

    [Fact]
    public async Task The_secret_of_a_new_key_stands_on_one_page_and_nowhere_else()
    {
        await using var host = await Demo();
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get("/console/settings/keys");
        await visitor.Send("/console/settings/keys", ("name", "Compta <i>"), ("role", "read"), ("creditors", "demo"));
        Assert.Equal(200, visitor.Page.Status);
        Assert.True(visitor.Page.Headers["Cache-Control"].Contains("no-store", StringComparison.Ordinal));
        Assert.Contains("Compta <i>", visitor.Page.Words, StringComparison.Ordinal);
        var secret = Secret().Match(visitor.Page.Html).Value;
        Assert.Equal(200, (await host.Get("/api/creditors/demo", secret)).Status);
        await visitor.Get("/console/settings/keys");
        Assert.DoesNotContain(secret, visitor.Page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logged, l => l.Contains(secret, StringComparison.Ordinal));
        var id = (await host.Get("/api/keys?limit=100")).Json["items"]!.AsArray().Single(k => ((string)k!["name"]!).StartsWith("Compta", StringComparison.Ordinal))!["id"]!;
        await visitor.Send($"/console/settings/keys/{id}/revoke");
        Assert.Contains("opens nothing any more", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Equal(200, (await host.Get("/api/creditors/demo", secret)).Status);
        await visitor.Send($"/console/settings/keys/{id}/revoke", ("confirm", "yes"));
        Assert.Equal(401, (await host.Get("/api/creditors/demo", secret)).Status);
        // The one left that opens everything.
        var mine = (await host.Get("/api/keys")).Json["items"]!.AsArray().Single(k => (string?)k!["name"] == "first key")!["id"];
        await visitor.Send($"/console/settings/keys/{mine}/revoke");
        Assert.Contains("the last admin key", visitor.Page.Words, StringComparison.Ordinal);
        Assert.NotNull((await host.Post("/api/keys", new { name = "second", role = "admin" })).Json["secret"]);
        await visitor.Send($"/console/settings/keys/{mine}/revoke");
        Assert.DoesNotContain("the last admin key", visitor.Page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_makes_no_second_key_and_no_second_endpoint()
    {
        await using var host = await Demo();
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get("/console/settings/keys");
        var once = visitor.Page.Filled("once")!;
        for (var i = 0; i < 3; i++)
        {
            await visitor.Send("/console/settings/keys", ("name", "Twice"), ("role", "read"), ("once", once));
            Assert.Equal((200, i == 0), (visitor.Page.Status, Secret().IsMatch(visitor.Page.Html)));
        }
        Assert.Contains("one key", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Send("/console/settings/keys", ("name", "Twice, corrected"), ("role", "read"), ("once", once));
        Assert.Equal(2, (await host.Get("/api/keys?limit=100")).Json["items"]!.AsArray().Count(k => ((string)k!["name"]!).StartsWith("Twice", StringComparison.Ordinal)));

        const string endpoints = "/console/settings/creditors/demo/endpoints";
        await visitor.Get(endpoints);
        once = visitor.Page.Filled("once")!;
        for (var i = 0; i < 2; i++)
        {
            await visitor.Send(endpoints, ("url", "https://platform.example.org/hook"), ("once", once));
            Assert.Equal((200, i == 0), (visitor.Page.Status, Hook().IsMatch(Read(visitor))));
        }
        var made = Assert.Single((await host.Get("/api/webhook-endpoints?creditor=demo")).Json["items"]!.AsArray())!;
        await visitor.Send($"{endpoints}/{made["id"]}/rotate", ("once", visitor.Page.Filled("once")!));
        once = visitor.Page.Filled("once")!;
        for (var i = 0; i < 2; i++)
        {
            await visitor.Send($"{endpoints}/{made["id"]}/rotate", ("once", once), ("confirm", "yes"));
            Assert.Equal((200, i == 0), (visitor.Page.Status, Hook().IsMatch(Read(visitor))));
        }
    }

    [Fact]
    public async Task Who_may_not_act_sees_no_form_and_is_refused_and_a_forged_form_is_too()
    {
        await using var host = await Demo();
        using var reader = await Visitor.SignIn(host, await host.NewKey("read", "demo"));
        Assert.Equal(404, (await reader.Get("/console/settings/keys")).Status);
        Assert.Equal(404, (await reader.Send("/console/settings/keys", ("name", "x"), ("role", "admin"))).Status);
        foreach (var page in new[] { "/console/settings", "/console/settings/creditors/demo", "/console/settings/policies/fr-b2b", Text })
        {
            await reader.Get(page);
            Assert.Equal(200, reader.Page.Status);
            Assert.Null(reader.Page.Document.QuerySelector(".danger:not(.card)"));
            Assert.DoesNotContain("/edit", reader.Page.Html, StringComparison.Ordinal);
        }
        await reader.Send("/console/settings/sending", ("stopped", "true"), ("confirm", "yes"));
        Assert.Equal(403, reader.Page.Status);
        Assert.Equal(404, (await reader.Send("/console/settings/creditors/demo/sending", ("stopped", "true"), ("confirm", "yes"))).Status);
        Assert.Equal(404, (await reader.Send(Text, ("text", "x"), ("confirm", "yes"))).Status);
        using var scoped = await Visitor.SignIn(host, await host.NewKey("admin", "demo"));
        await host.Put("/api/creditors/other", new { name = "Other" });
        foreach (var page in new[] { "creditors/other", "creditors/other/edit", "creditors/other/payments", "creditors/other/endpoints", "texts/other/fr/courtesy.email", "texts/other/fr/courtesy.email/preview", "policies?creditor=other" })
            Assert.Equal(404, (await scoped.Get($"/console/settings/{page}")).Status);
        Assert.Equal(403, (await scoped.Post("/console/settings/keys", ("name", "x"), ("role", "admin"))).Status);
    }

    [Fact]
    public async Task A_new_version_of_a_policy_is_seen_before_it_is_written_and_every_fault_has_its_path()
    {
        await using var host = await Demo();
        await host.Register(i => i["creditor"] = "demo");
        using var visitor = await Visitor.SignIn(host, language: "fr");
        await visitor.Get("/console/settings/policies/fr-b2b/edit?creditor=demo");
        var json = JsonNode.Parse(visitor.Page.Document.QuerySelector("textarea")!.TextContent)!;
        json["steps"]![1]!["offset"] = 2000;
        json["steps"]![2]!["channels"]![0] = "pigeon";
        await visitor.Send("/console/settings/policies/fr-b2b/edit", ("creditor", "demo"), ("policy", json.ToJsonString()));
        Assert.Equal(400, visitor.Page.Status);
        Assert.Contains("steps[1]", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("steps[2].channels", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Send("/console/settings/policies/fr-b2b/edit", ("creditor", "demo"), ("policy", "{"));
        Assert.Contains("Ce n’est pas du JSON", visitor.Page.Words, StringComparison.Ordinal);
        (json["steps"]![1]!["offset"], json["steps"]![2]!["channels"]![0]) = (4, "email");
        await visitor.Send("/console/settings/policies/fr-b2b/edit", ("creditor", "demo"), ("policy", json.ToJsonString()));
        Assert.Contains("Étape «\u00A0first\u00A0»\u00A0: 3\u00A0jours plus tôt", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("1 dossier en cours garde sa version", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Equal("", (await host.Get("/api/policies/fr-b2b?creditor=demo")).Json["creditor"]?.ToString() ?? "");
        await visitor.Send("/console/settings/policies/fr-b2b/edit", ("creditor", "demo"), ("policy", json.ToJsonString()), ("confirm", "yes"), ("seen", "1"));
        Assert.Equal("demo", (await host.Get("/api/policies/fr-b2b?creditor=demo"))["creditor"]);
        await visitor.Get("/console/settings/policies/fr-b2b?creditor=demo&version=own-1&with=shipped-1");
        Assert.Contains("3\u00A0jours plus tôt", visitor.Page.Words, StringComparison.Ordinal);
        Assert.NotNull(visitor.Page.Document.QuerySelector("ins"));
        // Whoever looked at version 1 while somebody else wrote one is shown what they wrote.
        json["tolerance"] = 3.00m;
        await visitor.Send("/console/settings/policies/fr-b2b/edit", ("creditor", "demo"), ("policy", json.ToJsonString()), ("confirm", "yes"), ("seen", "1"));
        Assert.Contains("un solde jusqu’à 3,00 (avant\u00A0: un solde jusqu’à 1,00)", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Equal("1", (await host.Get("/api/policies/fr-b2b?creditor=demo"))["version"]);
    }

    [Fact]
    public async Task A_text_is_judged_seen_and_compared_before_it_is_kept_and_can_be_taken_back()
    {
        await using var host = await Demo();
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get(Text);
        Assert.NotNull(visitor.Page.Document.QuerySelector("iframe[name=preview][sandbox]"));
        var shipped = visitor.Page.Document.QuerySelector("textarea")!.TextContent.TrimStart();
        await visitor.Send(Text, ("text", shipped + "\r\n{{no.such.value}}\r\n"));
        Assert.Equal(422, visitor.Page.Status);
        Assert.Matches("fr/courtesy.email.md:[0-9]+", visitor.Page.Words);
        var mine = shipped.Replace("Bonjour,", "Bonjour chère cliente,", StringComparison.Ordinal);
        await visitor.Post($"{Text}/preview", ("text", mine), ("values", "longest"), ("csrf", visitor.Page.Filled("csrf")!));
        Assert.Contains("cliente", visitor.Page.Html, StringComparison.Ordinal);
        Assert.Contains("sandbox", visitor.Page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        await visitor.Get(Text);
        await visitor.Send(Text, ("text", mine));
        Assert.NotNull(visitor.Page.Document.QuerySelector("ins"));
        Assert.Equal("False", (await host.Get("/api/creditors/demo/texts/fr/courtesy.email"))["own"], ignoreCase: true);
        await visitor.Send(Text, ("text", mine), ("confirm", "yes"));
        Assert.Equal("True", (await host.Get("/api/creditors/demo/texts/fr/courtesy.email"))["own"], ignoreCase: true);
        Assert.Contains("What differs from the shipped text", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Send($"{Text}/revert");
        await visitor.Send($"{Text}/revert", ("confirm", "yes"));
        Assert.Equal("False", (await host.Get("/api/creditors/demo/texts/fr/courtesy.email"))["own"], ignoreCase: true);
    }

    [Fact]
    public async Task Another_account_to_pay_to_is_warned_of_and_what_was_set_stays()
    {
        await using var host = await Demo();
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get("/console/settings/creditors/demo/edit");
        var form = visitor.Page.Document.QuerySelectorAll("input[name][value]").DistinctBy(i => i.GetAttribute("name")).ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value")!);
        form["iban"] = "FR14 2004 1010 0505 0001 3M02 606";
        (string, string)[] Fields() => [.. form.Where(f => f.Key != "csrf").Select(f => (f.Key, f.Value)), ("mode", "live")];
        await visitor.Send("/console/settings/creditors/demo/edit", Fields());
        Assert.Contains("have the bank confirm it", visitor.Page.Words, StringComparison.Ordinal);
        Assert.StartsWith("FR76", (await host.Get("/api/creditors/demo"))["iban"], StringComparison.Ordinal);
        await visitor.Send("/console/settings/creditors/demo/edit", [.. Fields(), ("confirm", "yes")]);
        var kept = (await host.Get("/api/creditors/demo")).Json;
        Assert.StartsWith("FR14", (string)kept["iban"]!, StringComparison.Ordinal);
        Assert.Equal(("Moulins <b>", "Claire", "Lyon"), ((string)kept["name"]!, (string)kept["senders"]![0]!["name"]!, (string)kept["address"]!["city"]!));
        Assert.Contains("Moulins <b>", visitor.Page.Words, StringComparison.Ordinal);
        // What was read has changed since: nobody's change is lost unseen.
        form["phone"] = "+33472000001";
        await visitor.Send("/console/settings/creditors/demo/edit", [.. Fields(), ("confirm", "yes")]);
        Assert.Equal(412, visitor.Page.Status);
        form["iban"] = "FR00 1";
        await visitor.Send("/console/settings/creditors/demo/edit", [.. Fields(), ("confirm", "yes")]);
        Assert.NotNull(visitor.Page.Document.QuerySelector("[aria-invalid=true]"));
    }

    [Fact]
    public async Task The_stop_switch_says_how_many_messages_wait()
    {
        await using var host = await Demo();
        await host.Register(i => i["creditor"] = "demo");
        await host.MoveTo("2026-10-27T12:00:00+01:00");
        using var visitor = await Visitor.SignIn(host, await host.NewKey("operator", "demo"), "fr");
        await visitor.Get("/console/settings/creditors/demo");
        await visitor.Send("/console/settings/creditors/demo/sending", ("stopped", "true"));
        Assert.Contains("1 dossier devait envoyer un message d’ici un jour", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Equal("false", (await host.Get("/api/creditors/demo"))["sendingStopped"], ignoreCase: true);
        await visitor.Send("/console/settings/creditors/demo/sending", ("stopped", "true"), ("confirm", "yes"));
        Assert.Equal("true", (await host.Get("/api/creditors/demo"))["sendingStopped"], ignoreCase: true);
        await host.MoveTo("2026-10-29T12:00:00+01:00");
        await visitor.Send("/console/settings/creditors/demo/sending", ("stopped", "false"));
        Assert.Contains("1 dossier attend", visitor.Page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_of_providers_go_in_and_only_their_fingerprints_come_out()
    {
        await using var host = await Demo();
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get("/console/settings/creditors/demo/webhooks/gocardless");
        await visitor.Send("/console/settings/creditors/demo/webhooks/gocardless", ("secret", "a-secret-nobody-may-see"));
        Assert.Equal(200, visitor.Page.Status);
        Assert.Contains("fingerprint", visitor.Page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-nobody", visitor.Page.Html, StringComparison.Ordinal);
        await visitor.Get("/console/settings/creditors/demo/payments");
        await visitor.Send("/console/settings/creditors/demo/payments", ("provider", "stripe"), ("apiKey", "pk_live_0123456789012345"), ("urlTemplate", ""));
        Assert.Equal(400, visitor.Page.Status);
        Assert.DoesNotContain("pk_live_0123456789012345", visitor.Page.Html, StringComparison.Ordinal);
        await visitor.Send("/console/settings/creditors/demo/endpoints", ("url", "https://platform.example.org/hook"), ("types", "invoice.paid"));
        var secret = Hook().Match(Read(visitor)).Value;
        Assert.Equal(32, Convert.FromBase64String(secret["whsec_".Length..]).Length);
        await visitor.Get("/console/settings/creditors/demo/endpoints");
        Assert.DoesNotContain(secret, Read(visitor), StringComparison.Ordinal);
    }

    // The whole page, attributes too, as a browser reads it: a + in base64 is written &#x2B;.
    private static string Read(Visitor visitor) => System.Net.WebUtility.HtmlDecode(visitor.Page.Html);

    private static async Task<TestHost> Demo()
    {
        var host = await TestHost.Run();
        var creditor = new
        {
            name = "Moulins <b>",
            iban = "FR7630006000011234567890189",
            mode = "live",
            email = "f@example.com",
            address = new { line1 = "14 quai des Minotiers", postalCode = "69007", city = "Lyon" },
            senders = new[] { new { name = "Claire", role = "Comptabilité" } },
        };
        Assert.Equal(200, (await host.Put("/api/creditors/demo", creditor)).Status);
        return host;
    }

    [GeneratedRegex("dun_[0-9a-f]{64}")]
    private static partial Regex Secret();

    [GeneratedRegex("whsec_[A-Za-z0-9+/=]+")]
    private static partial Regex Hook();
}
