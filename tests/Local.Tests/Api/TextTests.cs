using System.Text.Json.Nodes;
using Dunning.Service.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Api;

/// <summary>A creditor's own texts, what they look like, and the invoice that travels with them.</summary>
public sealed class TextTests
{
    private const string Mine = "/api/creditors/demo/texts/fr/first-reminder.email";
    private const string Text = "---\nsubject: Petit mot au sujet de la facture {{invoice.number}}\n---\nCher client, il reste {{balance}}.\n\n{{> signature}}\n";

    [Fact]
    public async Task A_creditor_s_own_text_is_sent_until_it_is_taken_back()
    {
        await using var host = await TestHost.Run();
        var shipped = await host.Get(Mine);
        Assert.Equal("False", shipped["own"], ignoreCase: true);
        Assert.Contains("{{> first-reminder}}", shipped["text"], StringComparison.Ordinal);
        Assert.Equal(201, (await host.Send("PUT", Mine, Text)).Status);
        Assert.Equal(Text, (await host.Get(Mine))["text"]);
        Assert.Equal(412, (await host.Send("PUT", Mine, Text, TestHost.Key, ("If-Match", "\"other\""))).Status);
        Assert.Contains((await host.Get("/api/creditors/demo/texts")).Json["items"]!.AsArray(), t => t!["own"]!.GetValue<bool>() && (string?)t["name"] == "first-reminder.email");

        await host.Register();
        await host.MoveTo("2026-11-09T10:00:00+01:00");
        var mail = Eml.Read(Directory.GetFiles(host.Outbox, "*.first.email.1.eml").Single());
        Assert.StartsWith("Petit mot", mail["Subject"], StringComparison.Ordinal);
        Assert.StartsWith("Cher client, il reste 1\u202F200,00\u00A0€.", mail.Body, StringComparison.Ordinal);

        Assert.Equal(200, (await host.Send("DELETE", Mine, null)).Status);
        Assert.Equal(404, (await host.Send("DELETE", Mine, null)).Status);
        Assert.Equal(shipped.Text, (await host.Get(Mine)).Text);
        await host.Register();
        await host.MoveTo("2026-11-20T10:00:00+01:00");
        Assert.Contains(Directory.GetFiles(host.Outbox, "*.first.email.1.eml"), f => Eml.Read(f)["Subject"]!.Contains("un petit oubli", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_text_is_refused_with_every_fault_and_its_line()
    {
        await using var host = await TestHost.Run();
        var refused = await host.Send("PUT", Mine, "---\nsubject: votre dette\n---\n{{debtor.nme}}\n{{{balance}}}\n");
        Assert.Equal((422, "brokenText"), (refused.Status, refused.Code));
        Assert.Equal(["fr/first-reminder.email.md:4", "fr/first-reminder.email.md:5"], refused.Fields);
        Assert.Equal(["fr/first-reminder.email.md:2"], (await host.Send("PUT", Mine, "---\nsubject: votre dette\n---\nx\n")).Fields);
        Assert.Equal(422, (await host.Send("PUT", "/api/creditors/demo/texts/xx/first-reminder.email", Text)).Status);
        Assert.Equal(422, (await host.Send("PUT", "/api/creditors/demo/texts/fr/first-reminder.pigeon", Text)).Status);
        Assert.Equal(422, (await host.Send("PUT", Mine, new byte[] { 0xE9, 0x20 })).Status);
        Assert.Equal(413, (await host.Send("PUT", Mine, new byte[70_000])).Status);
        Assert.Equal(404, (await host.Send("PUT", "/api/creditors/nobody/texts/fr/first-reminder.email", Text)).Status);
        Assert.Equal(403, (await host.Send("PUT", Mine, Text, await host.NewKey("operator", "demo"))).Status);
        Assert.Equal("false", (await host.Get(Mine))["own"], ignoreCase: true);
    }

    [Fact]
    public async Task A_part_that_own_texts_still_include_cannot_be_taken_back()
    {
        await using var host = await TestHost.Run();
        const string part = "/api/creditors/demo/texts/fr/greeting.part";
        Assert.Equal(422, (await host.Send("PUT", Mine, Text + "{{> greeting}}\n")).Status);
        Assert.Equal(201, (await host.Send("PUT", part, "À bientôt\n")).Status);
        Assert.Equal(201, (await host.Send("PUT", Mine, Text + "{{> greeting}}\n")).Status);
        Assert.Equal(422, (await host.Send("DELETE", part, null)).Status);
        Assert.Equal(200, (await host.Send("DELETE", Mine, null)).Status);
        Assert.Equal(200, (await host.Send("DELETE", part, null)).Status);
    }

    [Fact]
    public async Task A_text_that_a_later_release_no_longer_understands_stops_the_message_and_nothing_else()
    {
        await using var host = await TestHost.Run();
        // As an older release kept it.
        var documents = host.Services.GetRequiredService<IDocuments>();
        Assert.True(await documents.Put(new("text", "demo/fr/first-reminder.email", "demo", """{"language":"fr","name":"first-reminder.email","text":"---\nsubject: x\n---\n{{gone}}\n"}""", 0), null, default));
        var path = await host.Register();
        await host.MoveTo("2026-11-20T10:00:00+01:00");
        Assert.Empty(Directory.GetFiles(host.Outbox, "*.first.email.1.eml"));
        var view = await host.Get(path);
        Assert.Contains("unknown value", view.Text, StringComparison.Ordinal);
        Assert.Equal(["fr/first-reminder.email.md:4"], (await host.Get($"{path}/steps/second/preview")).Fields);
        Assert.Equal(422, (await host.Get("/api/templates/preview?template=courtesy&creditor=demo")).Status);
        Assert.Equal(200, (await host.Send("DELETE", Mine, null)).Status);
    }

    [Fact]
    public async Task Every_text_can_be_looked_at_before_it_is_sent()
    {
        await using var host = await TestHost.Run();
        foreach (var language in (string[])["fr", "nl", "en", "de"])
            foreach (var regime in (string[])["fr-b2b", "fr-b2c", "fr-public", "be-b2b", "be-b2c"])
                foreach (var template in (string[])["courtesy", "first-reminder", "firm-reminder", "formal-notice", "promise-confirmed", "plan-agreed", "call-follow-up", "call-script"])
                {
                    var shown = await host.Get($"/api/templates/preview?template={template}&language={language}&regime={regime}");
                    Assert.True(shown.Status == 200, $"{language} {regime} {template}: {shown}");
                    Assert.Equal(template == "call-script" ? "call" : "email", shown["channel"]);
                }
        var page = await host.Get("/api/templates/preview?step=formal-notice&language=nl&format=html");
        Assert.Equal("text/html", page.ContentType);
        Assert.Contains("src=\"data:image/png;base64,", page.Text, StringComparison.Ordinal);
        Assert.Equal("2", (await host.Get("/api/templates/preview?template=firm-reminder&channel=sms&language=fr"))["segments"]);
        Assert.Equal(["channel", "kind", "regime", "step", "template"], (await host.Get("/api/templates/preview?template=x&channel=x&regime=x&kind=x&step=x")).Fields.Order(StringComparer.Ordinal));
        Assert.Equal(["kind"], (await host.Get("/api/templates/preview?template=courtesy&regime=be-b2c&kind=business")).Fields);
        Assert.Equal(["template"], (await host.Get("/api/templates/preview")).Fields);
        Assert.Equal(422, (await host.Get("/api/templates/preview?template=courtesy&channel=letter")).Status);
        Assert.Equal(422, (await host.Get("/api/templates/preview?template=courtesy&channel=sms&format=html")).Status);
        Assert.Equal(404, (await host.Get("/api/templates/preview?template=courtesy&creditor=nobody")).Status);
        Assert.Contains("Moulins", (await host.Get("/api/templates/preview?template=courtesy&creditor=demo", await host.NewKey("read", "demo")))["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_invoice_travels_with_an_email_once_it_is_given_and_only_then_is_said_to()
    {
        await using var host = await TestHost.Run();
        var (without, with) = (await host.Register(), await host.Register(i => i["debtor"]!["email"] = "other@example.org"));
        Assert.Equal(200, (await host.Send("PUT", $"{with}/document", "%PDF-1.7 the invoice")).Status);
        await host.MoveTo("2026-11-09T10:00:00+01:00");
        var (bare, full) = (await host.Get($"{without}/messages/first/email/1"), await host.Get($"{with}/messages/first/email/1"));
        Assert.DoesNotContain("jointe", bare["body"], StringComparison.Ordinal);
        Assert.Contains("La facture est jointe", full["body"], StringComparison.Ordinal);
        Assert.Equal("null", bare["enclosed"]);
        Assert.Equal("20", full["enclosed.bytes"]);
        Assert.StartsWith("BCD\n002\n1\nSCT\n", full["paymentCode"], StringComparison.Ordinal);
        var mail = await File.ReadAllTextAsync(Directory.GetFiles(host.Outbox, $"{with.Split('/')[^1]}.first.email.1.eml").Single());
        Assert.Contains(Convert.ToBase64String("%PDF-1.7 the invoice"u8), mail, StringComparison.Ordinal);
        Assert.Contains("Content-ID: <payment-code@dunning>", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_shows_what_the_caller_may_say()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var script = (await host.Get($"{path}/steps/call/preview")).Json["messages"]!.AsArray().Single()!;
        Assert.Equal("call", (string?)script["channel"]);
        Assert.Contains("reste 1\u202F200,00", (string?)script["body"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_reminder_to_a_Belgian_consumer_says_what_was_bought_from_whom_and_how_long_there_is()
    {
        await using var host = await TestHost.Run();
        Assert.Equal(200, (await host.Put("/api/creditors/demo", new { name = "Meubles Peeters", country = "BE", enterpriseNumber = "0403.170.701", iban = "BE68539007547034", email = "a@peeters.example" })).Status);
        var path = await host.Register(i =>
        {
            (i["policy"], i["description"], i["debtor"]!["kind"], i["debtor"]!["country"], i["debtor"]!["language"]) = ("be-b2c", "Une armoire en chêne", "consumer", "BE", "nl");
        });
        Assert.Equal("Une armoire en chêne", (await host.Get(path))["description"]);
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        var mail = Eml.Read(Directory.GetFiles(host.Outbox, "*.first.email.1.eml").Single());
        foreach (var part in (string[])["Une armoire en chêne", "Meubles Peeters", "ondernemingsnummer\u00A00403.170.701", "€\u00A01.200,00", "31 oktober 2026", "veertien kalenderdagen", "Bij dit bedrag komt geen schadevergoeding"])
            Assert.Contains(part, mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_creditor_says_whether_it_takes_cheques_and_which_bank_it_has()
    {
        await using var host = await TestHost.Run();
        var body = new JsonObject { ["name"] = "Moulins", ["iban"] = "FR7630006000011234567890189", ["bic"] = "agrifrpp", ["cheque"] = true };
        Assert.Equal(200, (await host.Put("/api/creditors/demo", body)).Status);
        Assert.Equal("AGRIFRPP", (await host.Get("/api/creditors/demo"))["bic"]);
        var text = (await host.Get("/api/templates/preview?template=courtesy&creditor=demo"))["text"];
        Assert.Contains("chèques", text, StringComparison.Ordinal);
        Assert.Contains("AGRIFRPP", text, StringComparison.Ordinal);
        Assert.Equal(["bic"], (await host.Put("/api/creditors/demo", new { name = "Moulins", bic = "12" })).Fields);
    }
}
