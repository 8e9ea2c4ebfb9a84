using System.Net;
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
        using var visitor = await Clerk.SignIn(host);
        await visitor.Get("/console/settings/keys");
        await visitor.Post("/console/settings/keys", ("name", "Compta <i>"), ("role", "read"), ("creditors", "demo"));
        Assert.Equal(200, visitor.Status);
        Assert.True(visitor.Last.Headers.CacheControl!.NoStore);
        Assert.Contains("Compta &lt;i&gt;", visitor.Html, StringComparison.Ordinal);
        var secret = Secret().Match(visitor.Html).Value;
        Assert.Equal(200, (await host.Get("/api/creditors/demo", secret)).Status);
        await visitor.Get("/console/settings/keys");
        Assert.DoesNotContain(secret, visitor.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logged, l => l.Contains(secret, StringComparison.Ordinal));
        var id = (await host.Get("/api/keys?limit=100")).Json["items"]!.AsArray().Single(k => ((string)k!["name"]!).StartsWith("Compta", StringComparison.Ordinal))!["id"]!;
        await visitor.Post($"/console/settings/keys/{id}/revoke");
        Assert.Contains("opens nothing any more", visitor.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await host.Get("/api/creditors/demo", secret)).Status);
        await visitor.Post($"/console/settings/keys/{id}/revoke", ("confirm", "yes"));
        Assert.Equal(401, (await host.Get("/api/creditors/demo", secret)).Status);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_makes_no_second_key_and_no_second_endpoint()
    {
        await using var host = await Demo();
        using var visitor = await Clerk.SignIn(host);
        await visitor.Get("/console/settings/keys");
        var once = Once().Match(visitor.Html).Groups[1].Value;
        for (var i = 0; i < 3; i++)
        {
            await visitor.Post("/console/settings/keys", ("name", "Twice"), ("role", "read"), ("once", once));
            Assert.Equal((200, i == 0), (visitor.Status, Secret().IsMatch(visitor.Html)));
        }
        Assert.Contains("one key", visitor.Text, StringComparison.Ordinal);
        await visitor.Post("/console/settings/keys", ("name", "Twice, corrected"), ("role", "read"), ("once", once));
        Assert.Equal(2, (await host.Get("/api/keys?limit=100")).Json["items"]!.AsArray().Count(k => ((string)k!["name"]!).StartsWith("Twice", StringComparison.Ordinal)));

        const string endpoints = "/console/settings/creditors/demo/endpoints";
        await visitor.Get(endpoints);
        once = Once().Match(visitor.Html).Groups[1].Value;
        for (var i = 0; i < 2; i++)
        {
            await visitor.Post(endpoints, ("url", "https://platform.example.org/hook"), ("once", once));
            Assert.Equal((200, i == 0), (visitor.Status, Hook().IsMatch(visitor.Html)));
        }
        var made = Assert.Single((await host.Get("/api/webhook-endpoints?creditor=demo")).Json["items"]!.AsArray())!;
        await visitor.Post($"{endpoints}/{made["id"]}/rotate", ("once", Once().Match(visitor.Html).Groups[1].Value));
        once = Once().Match(visitor.Html).Groups[1].Value;
        for (var i = 0; i < 2; i++)
        {
            await visitor.Post($"{endpoints}/{made["id"]}/rotate", ("once", once), ("confirm", "yes"));
            Assert.Equal((200, i == 0), (visitor.Status, Hook().IsMatch(visitor.Html)));
        }
    }

    [Fact]
    public async Task Who_may_not_act_sees_no_form_and_is_refused_and_a_forged_form_is_too()
    {
        await using var host = await Demo();
        using var reader = await Clerk.SignIn(host, await host.NewKey("read", "demo"));
        Assert.Equal(404, (await reader.Get("/console/settings/keys")).Status);
        Assert.Equal(404, (await reader.Post("/console/settings/keys", ("name", "x"), ("role", "admin"))).Status);
        foreach (var page in new[] { "/console/settings", "/console/settings/creditors/demo", "/console/settings/policies/fr-b2b", Text })
        {
            await reader.Get(page);
            Assert.Equal(200, reader.Status);
            Assert.DoesNotContain("class=\"danger\"", reader.Html.Replace("card danger", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("/edit", reader.Html, StringComparison.Ordinal);
        }
        await reader.Post("/console/settings/sending", ("stopped", "true"), ("confirm", "yes"));
        Assert.Equal(403, reader.Status);
        Assert.Equal(404, (await reader.Post("/console/settings/creditors/demo/sending", ("stopped", "true"), ("confirm", "yes"))).Status);
        Assert.Equal(404, (await reader.Post(Text, ("text", "x"), ("confirm", "yes"))).Status);
        using var scoped = await Clerk.SignIn(host, await host.NewKey("admin", "demo"));
        await host.Put("/api/creditors/other", new { name = "Other" });
        foreach (var page in new[] { "creditors/other", "creditors/other/edit", "creditors/other/payments", "creditors/other/endpoints", "texts/other/fr/courtesy.email", "texts/other/fr/courtesy.email/preview", "policies?creditor=other" })
            Assert.Equal(404, (await scoped.Get($"/console/settings/{page}")).Status);
        Assert.Equal(403, (await scoped.PostOnly("/console/settings/keys", ("name", "x"), ("role", "admin"))).Status);
    }

    [Fact]
    public async Task A_new_version_of_a_policy_is_seen_before_it_is_written_and_every_fault_has_its_path()
    {
        await using var host = await Demo();
        await host.Register(i => i["creditor"] = "demo");
        using var visitor = await Clerk.SignIn(host, language: "fr");
        await visitor.Get("/console/settings/policies/fr-b2b/edit?creditor=demo");
        var json = JsonNode.Parse(WebUtility.HtmlDecode(Area().Match(visitor.Html).Groups[1].Value))!;
        json["steps"]![1]!["offset"] = 2000;
        json["steps"]![2]!["channels"]![0] = "pigeon";
        await visitor.Post("/console/settings/policies/fr-b2b/edit", ("creditor", "demo"), ("policy", json.ToJsonString()));
        Assert.Equal(400, visitor.Status);
        Assert.Contains("steps[1]", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("steps[2].channels", visitor.Text, StringComparison.Ordinal);
        await visitor.Post("/console/settings/policies/fr-b2b/edit", ("creditor", "demo"), ("policy", "{"));
        Assert.Contains("Ce n’est pas du JSON", visitor.Text, StringComparison.Ordinal);
        (json["steps"]![1]!["offset"], json["steps"]![2]!["channels"]![0]) = (4, "email");
        await visitor.Post("/console/settings/policies/fr-b2b/edit", ("creditor", "demo"), ("policy", json.ToJsonString()));
        Assert.Contains("Étape «\u00A0first\u00A0»\u00A0: 3\u00A0jours plus tôt", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("1 dossier en cours garde sa version", visitor.Text, StringComparison.Ordinal);
        Assert.Equal("", (await host.Get("/api/policies/fr-b2b?creditor=demo")).Json["creditor"]?.ToString() ?? "");
        await visitor.Post("/console/settings/policies/fr-b2b/edit", ("creditor", "demo"), ("policy", json.ToJsonString()), ("confirm", "yes"), ("seen", "1"));
        Assert.Equal("demo", (await host.Get("/api/policies/fr-b2b?creditor=demo"))["creditor"]);
        await visitor.Get("/console/settings/policies/fr-b2b?creditor=demo&version=own-1&with=shipped-1");
        Assert.Contains("3\u00A0jours plus tôt", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("<ins>", visitor.Html, StringComparison.Ordinal);
        // Whoever looked at version 1 while somebody else wrote one is shown what they wrote.
        json["tolerance"] = 3.00m;
        await visitor.Post("/console/settings/policies/fr-b2b/edit", ("creditor", "demo"), ("policy", json.ToJsonString()), ("confirm", "yes"), ("seen", "1"));
        Assert.Contains("un solde jusqu’à 3,00 (avant\u00A0: un solde jusqu’à 1,00)", visitor.Text, StringComparison.Ordinal);
        Assert.Equal("1", (await host.Get("/api/policies/fr-b2b?creditor=demo"))["version"]);
    }

    [Fact]
    public async Task A_text_is_judged_seen_and_compared_before_it_is_kept_and_can_be_taken_back()
    {
        await using var host = await Demo();
        using var visitor = await Clerk.SignIn(host);
        await visitor.Get(Text);
        Assert.Contains("<iframe name=\"preview\" class=\"preview\" sandbox", visitor.Html, StringComparison.Ordinal);
        var shipped = WebUtility.HtmlDecode(Area().Match(visitor.Html).Groups[1].Value).TrimStart();
        await visitor.Post(Text, ("text", shipped + "\r\n{{no.such.value}}\r\n"));
        Assert.Equal(422, visitor.Status);
        Assert.Matches("fr/courtesy.email.md:[0-9]+", visitor.Text);
        var mine = shipped.Replace("Bonjour,", "Bonjour chère cliente,", StringComparison.Ordinal);
        await visitor.PostOnly($"{Text}/preview", ("text", mine), ("values", "longest"), ("csrf", Token().Match(visitor.Html).Groups[1].Value));
        Assert.True(visitor.Text.Contains("cliente", StringComparison.Ordinal), visitor.Text);
        Assert.Contains("sandbox", visitor.Last.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await visitor.Get(Text);
        await visitor.Post(Text, ("text", mine));
        Assert.Contains("<ins>", visitor.Html, StringComparison.Ordinal);
        Assert.Equal("False", (await host.Get("/api/creditors/demo/texts/fr/courtesy.email"))["own"], ignoreCase: true);
        await visitor.Post(Text, ("text", mine), ("confirm", "yes"));
        Assert.Equal("True", (await host.Get("/api/creditors/demo/texts/fr/courtesy.email"))["own"], ignoreCase: true);
        Assert.Contains("What differs from the shipped text", visitor.Text, StringComparison.Ordinal);
        await visitor.Post($"{Text}/revert");
        await visitor.Post($"{Text}/revert", ("confirm", "yes"));
        Assert.Equal("False", (await host.Get("/api/creditors/demo/texts/fr/courtesy.email"))["own"], ignoreCase: true);
    }

    [Fact]
    public async Task Another_account_to_pay_to_is_warned_of_and_what_was_set_stays()
    {
        await using var host = await Demo();
        using var visitor = await Clerk.SignIn(host);
        await visitor.Get("/console/settings/creditors/demo/edit");
        var form = Inputs().Matches(visitor.Html).DistinctBy(m => m.Groups[1].Value).ToDictionary(m => WebUtility.HtmlDecode(m.Groups[1].Value), m => WebUtility.HtmlDecode(m.Groups[2].Value));
        form["iban"] = "FR14 2004 1010 0505 0001 3M02 606";
        (string, string)[] Fields() => [.. form.Where(f => f.Key != "csrf").Select(f => (f.Key, f.Value)), ("mode", "live")];
        await visitor.Post("/console/settings/creditors/demo/edit", Fields());
        Assert.Contains("have the bank confirm it", visitor.Text, StringComparison.Ordinal);
        Assert.StartsWith("FR76", (await host.Get("/api/creditors/demo"))["iban"], StringComparison.Ordinal);
        await visitor.Post("/console/settings/creditors/demo/edit", [.. Fields(), ("confirm", "yes")]);
        var kept = (await host.Get("/api/creditors/demo")).Json;
        Assert.StartsWith("FR14", (string)kept["iban"]!, StringComparison.Ordinal);
        Assert.Equal(("Moulins <b>", "Claire", "Lyon"), ((string)kept["name"]!, (string)kept["senders"]![0]!["name"]!, (string)kept["address"]!["city"]!));
        Assert.Contains("Moulins &lt;b&gt;", visitor.Html, StringComparison.Ordinal);
        // What was read has changed since: nobody's change is lost unseen.
        form["phone"] = "+33472000001";
        await visitor.Post("/console/settings/creditors/demo/edit", [.. Fields(), ("confirm", "yes")]);
        Assert.Equal(412, visitor.Status);
        form["iban"] = "FR00 1";
        await visitor.Post("/console/settings/creditors/demo/edit", [.. Fields(), ("confirm", "yes")]);
        Assert.Contains("aria-invalid=\"true\"", visitor.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stop_switch_says_how_many_messages_wait()
    {
        await using var host = await Demo();
        await host.Register(i => i["creditor"] = "demo");
        await host.MoveTo("2026-10-27T12:00:00+01:00");
        using var visitor = await Clerk.SignIn(host, await host.NewKey("operator", "demo"), "fr");
        await visitor.Get("/console/settings/creditors/demo");
        await visitor.Post("/console/settings/creditors/demo/sending", ("stopped", "true"));
        Assert.Contains("1 dossier devait envoyer un message d’ici un jour", visitor.Text, StringComparison.Ordinal);
        Assert.Equal("false", (await host.Get("/api/creditors/demo"))["sendingStopped"], ignoreCase: true);
        await visitor.Post("/console/settings/creditors/demo/sending", ("stopped", "true"), ("confirm", "yes"));
        Assert.Equal("true", (await host.Get("/api/creditors/demo"))["sendingStopped"], ignoreCase: true);
        await host.MoveTo("2026-10-29T12:00:00+01:00");
        await visitor.Post("/console/settings/creditors/demo/sending", ("stopped", "false"));
        Assert.Contains("1 dossier attend", visitor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_of_providers_go_in_and_only_their_fingerprints_come_out()
    {
        await using var host = await Demo();
        using var visitor = await Clerk.SignIn(host);
        await visitor.Get("/console/settings/creditors/demo/webhooks/gocardless");
        await visitor.Post("/console/settings/creditors/demo/webhooks/gocardless", ("secret", "a-secret-nobody-may-see"));
        Assert.Equal(200, visitor.Status);
        Assert.Contains("fingerprint", visitor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-nobody", visitor.Html, StringComparison.Ordinal);
        await visitor.Get("/console/settings/creditors/demo/payments");
        await visitor.Post("/console/settings/creditors/demo/payments", ("provider", "stripe"), ("apiKey", "pk_live_0123456789012345"), ("urlTemplate", ""));
        Assert.Equal(400, visitor.Status);
        Assert.DoesNotContain("pk_live_0123456789012345", visitor.Html, StringComparison.Ordinal);
        await visitor.Post("/console/settings/creditors/demo/endpoints", ("url", "https://platform.example.org/hook"), ("types", "invoice.paid"));
        var secret = Hook().Match(visitor.Html).Value;
        Assert.True(secret.Length > 0, $"{visitor.Status} {visitor.Text}");
        await visitor.Get("/console/settings/creditors/demo/endpoints");
        Assert.DoesNotContain(secret, visitor.Html, StringComparison.Ordinal);
    }

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

    [GeneratedRegex("name=\"once\" value=\"([^\"]+)\"")]
    private static partial Regex Once();

    [GeneratedRegex("dun_[0-9a-f]{64}")]
    private static partial Regex Secret();

    [GeneratedRegex("whsec_[A-Za-z0-9+/=]+")]
    private static partial Regex Hook();

    [GeneratedRegex("<textarea[^>]*>\\s*([^<]*)</textarea>")]
    private static partial Regex Area();

    [GeneratedRegex("name=\"csrf\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<input[^>]*name=\"([^\"]+)\"[^>]* value=\"([^\"]*)\"")]
    private static partial Regex Inputs();
}
