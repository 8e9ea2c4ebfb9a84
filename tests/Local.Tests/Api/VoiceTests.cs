using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>One voice per debtor, as a platform and a debtor see it.</summary>
public sealed class VoiceTests
{
    [Fact]
    public async Task Three_invoices_of_one_debtor_leave_as_one_mail_with_three_outcomes()
    {
        await using var host = await TestHost.Run();
        var paths = new[] { await host.Register(), await host.Register(i => i["amount"] = 300.5m), await host.Register(i => i["dueDate"] = "2026-10-30") };
        await host.MoveTo("2026-10-28T12:00:00+01:00");
        // The third was due a day earlier: it spoke the day before.
        Assert.Equal(2, Directory.GetFiles(host.Outbox, "*.eml").Length);
        await host.MoveTo("2026-11-09T12:00:00+01:00");
        var mail = Assert.Single(Directory.GetFiles(host.Outbox, "*.first.email.*.eml"), f => f.Contains('+', StringComparison.Ordinal));
        var read = Eml.Read(mail);
        Assert.Equal("2 factures\u00A0: un petit oubli\u202F?", read["Subject"]);
        var joined = (await host.Get($"{paths[0]}/messages/first/email/1")).Json;
        foreach (var part in (string[])["F-1 | 31/10/2026 | premier rappel | 1 200,00 € | 1 200,00 €", "F-2 | 31/10/2026 | premier rappel | 300,50 € | 300,50 €", "Total : 1 500,50 €"])
            Assert.Contains(part, joined["body"]!.ToString().Replace('\u00A0', ' ').Replace('\u202F', ' '), StringComparison.Ordinal);
        foreach (var path in paths[..2])
        {
            var row = (await host.Get($"{path}/messages/first/email/1")).Json;
            Assert.Equal(("accepted", joined["body"]!.ToString()), (row["status"]!.ToString(), row["body"]!.ToString()));
            Assert.Equal(paths[..2].Select(p => $"{p.Split('/')[^1]}/first/email/1").Order(StringComparer.Ordinal), row["joined"]!.AsArray().Select(k => k!.ToString()));
            Assert.Contains("2026-11-09 first email", await host.Sent(path));
        }
        Assert.Equal("1200.00 300.50", string.Join(' ', await Task.WhenAll(paths[..2].Select(async p => (await host.Get(p)).Timeline("message").Last()["balance"]!.ToString()))));
    }

    [Fact]
    public async Task Texts_join_too_and_formal_notices_never()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        await host.Register();
        await host.MoveTo("2026-12-31T12:00:00+01:00");
        var files = Directory.GetFiles(host.Outbox).Select(f => Path.GetFileName(f)!).ToList();
        Assert.Single(files, f => f.EndsWith(".txt", StringComparison.Ordinal));
        Assert.Equal(["courtesy", "first", "second"], files.Where(f => f.EndsWith(".eml", StringComparison.Ordinal) && f.Contains('+', StringComparison.Ordinal)).Select(f => f.Split('.')[1]).Order(StringComparer.Ordinal));
        Assert.Equal(2, files.Count(f => f.Contains("formal-notice.email", StringComparison.Ordinal)));
        Assert.Equal(2, files.Count(f => f.Contains("formal-notice.letter", StringComparison.Ordinal)));
        Assert.Equal(3 + 1 + 2 + 2, files.Count);
    }

    [Fact]
    public async Task Cases_told_in_one_act_speak_with_one_voice()
    {
        await using var host = await TestHost.Run();
        for (var i = 0; i < 8; i++)
            await host.Register(invoice => invoice["debtor"]!["id"] = "martin");
        Assert.Equal(202, (await host.Post("/api/debtors/martin/hold?creditor=demo", new { reason = "Foire" })).Status);
        await host.MoveTo("2026-11-12T12:00:00+01:00");
        Assert.Empty(Directory.GetFiles(host.Outbox, "*.eml"));
        Assert.Equal(202, (await host.Post("/api/debtors/martin/release?creditor=demo")).Status);
        await host.Get("/api/clock");
        Assert.Single(Directory.GetFiles(host.Outbox, "*.eml"));
    }

    [Fact]
    public async Task A_creditor_may_want_each_invoice_to_speak_for_itself()
    {
        await using var host = await TestHost.Run();
        var creditor = (JsonObject)(await host.Get("/api/creditors/demo")).Json;
        Assert.True((bool)creditor["oneVoice"]!);
        var alone = await host.Put("/api/creditors/demo", new { name = "Moulins", oneVoice = false });
        Assert.Equal((200, false), (alone.Status, (bool)alone.Json["oneVoice"]!));
        await host.Register();
        await host.Register();
        await host.MoveTo("2026-10-28T12:00:00+01:00");
        Assert.Equal(2, Directory.GetFiles(host.Outbox, "*.eml").Length);
    }

    [Fact]
    public async Task An_answer_to_the_one_message_silences_every_invoice_it_spoke_of()
    {
        await using var host = await Mails.Host();
        var (one, two) = (await host.Register(), await host.Register());
        await host.MoveTo("2026-11-09T12:00:00+01:00");
        var mail = Directory.GetFiles(host.Outbox, "*.first.email.*.eml").Single();
        var id = Eml.Read(mail)["Message-ID"]!.Trim('<', '>');
        Assert.Contains("+", id, StringComparison.Ordinal);
        Assert.Equal("reply", (await host.Mail(Mails.Answer(id)))["outcome"]);
        Assert.Equal("known", (await host.Mail(Mails.Answer(id)))["outcome"]);
        foreach (var path in (string[])[one, two])
        {
            Assert.Equal("reply", (await host.Get(path))["next.waitingFor"]);
            await host.Task(path, "reply");
        }
    }

    [Fact]
    public async Task The_next_mail_of_an_invoice_follows_the_one_message()
    {
        await using var host = await TestHost.Run();
        var (one, two) = (await host.Register(), await host.Register());
        await host.MoveTo("2026-11-09T12:00:00+01:00");
        await host.Post($"{two}/payments", new { id = "p", amount = 1200m });
        await host.MoveTo("2026-11-20T12:00:00+01:00");
        var first = Eml.Read(Directory.GetFiles(host.Outbox, "*.courtesy.email.*.eml").Single());
        var alone = Eml.Read(Directory.GetFiles(host.Outbox, $"{one.Split('/')[^1]}.second.email.1.eml").Single());
        Assert.Equal(first["Message-ID"], alone["In-Reply-To"]);
    }
}
