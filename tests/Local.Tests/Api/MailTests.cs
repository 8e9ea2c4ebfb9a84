using System.Text;

namespace Dunning.Local.Tests.Api;

/// <summary>Debtors who answer by mail: heard once, by the right case, and silence until a person has read it.</summary>
public sealed class MailTests
{
    [Fact]
    public async Task An_answer_silences_its_case_and_is_a_task_with_its_words()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        var heard = await host.Mail(Mails.Answer(id));
        Assert.Equal((200, "reply", path.Split('/')[^1]), (heard.Status, heard["outcome"], heard["caseId"]));
        Assert.Equal("Jeanne Martin <compta@example.org>: Re: relance\n\nNous payons vendredi.", (string?)(await host.Task(path, "reply"))["note"]);
        Assert.Equal("reply", (await host.Get(path))["next.waitingFor"]);
        await host.MoveTo("2026-11-12T20:00:00+01:00");
        Assert.DoesNotContain("2026-11-12", string.Concat(await host.Sent(path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ladder_stays_silent_until_somebody_has_read_it_or_three_business_days_have_passed()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        await host.MoveTo("2026-11-13T10:00:00+01:00");
        await host.Mail(Mails.Answer(id));
        // The second step is due on 16 November; the third business day after the 13th is the 18th.
        await host.MoveTo("2026-11-18T20:00:00+01:00");
        Assert.DoesNotContain(await host.Sent(path), s => s.Contains("second", StringComparison.Ordinal));
        await host.MoveTo("2026-11-19T20:00:00+01:00");
        Assert.Contains("2026-11-19 second email", await host.Sent(path));
    }

    [Fact]
    public async Task The_same_mail_delivered_again_counts_once()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        var mail = Mails.Answer(id);
        await host.Mail(mail);
        foreach (var again in new[] { mail, "Received: from another.example\n" + mail, mail.Replace("vendredi", "lundi", StringComparison.Ordinal) })
            Assert.Equal("known", (await host.Mail(again))["outcome"]);
        await host.Task(path, "reply");
        foreach (var heard in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Mail(Mails.Answer(id, "2@x")))))
            Assert.Contains(heard["outcome"], (string[])["reply", "known"]);
        Assert.Equal(2, (await host.Get("/api/tasks?kind=reply")).Json["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied\n")]
    [InlineData("Precedence: bulk\n")]
    [InlineData("X-Autoreply: yes\n")]
    public async Task What_no_person_wrote_silences_nothing(string header)
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        Assert.Equal("automatic", (await host.Mail(Mails.Answer(id, extra: header)))["outcome"]);
        Assert.Equal("automatic", (await host.Mail(Mails.Answer(id).Replace("Return-Path: <compta@example.org>", "Return-Path: <>", StringComparison.Ordinal)))["outcome"]);
        Assert.Equal("null", (await host.Get(path))["next.waitingFor"]);
        Assert.Empty((await host.Get("/api/unmatched-replies?creditor=demo")).Json["items"]!.AsArray());
    }

    [Theory]
    [InlineData("List-Id: <compta.example.org>\n")]
    [InlineData("Precedence: list\n")]
    public async Task A_list_is_no_person_but_an_answer_that_went_through_one_is_an_answer(string header)
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        Assert.Equal("automatic", (await host.Mail(Mails.Answer("<newsletter@example.org>", "9@x", extra: header)))["outcome"]);
        Assert.Equal("reply", (await host.Mail(Mails.Answer(id, extra: header)))["outcome"]);
        Assert.Equal("reply", (await host.Get(path))["next.waitingFor"]);
    }

    [Fact]
    public async Task Our_own_mail_that_comes_back_is_no_answer()
    {
        await using var host = await Mails.Host();
        await host.Put("/api/creditors/demo", new { name = "Moulins du Rhône", email = "facturation@example.com", language = "fr" });
        var (_, id) = await host.Reminded();
        Assert.Equal("automatic", (await host.Mail(Mails.Answer(id, from: "FACTURATION@example.com")))["outcome"]);
        Assert.Equal("automatic", (await host.Mail(await File.ReadAllBytesAsync(Directory.GetFiles(host.Outbox, "*.first.email.1.eml").Single())))["outcome"]);
    }

    [Fact]
    public async Task A_colleague_who_answers_is_heard_and_named()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        await host.Mail(Mails.Answer(id, from: "Luc <luc@example.org>"));
        Assert.StartsWith("Luc <luc@example.org> [not an address of the debtor]: Re: relance", (string?)(await host.Task(path, "reply"))["note"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_one_of_ours_passes_on_as_an_attachment_is_the_debtors()
    {
        await using var host = await Mails.Host();
        await host.Put("/api/creditors/demo", new { name = "Moulins du Rhône", email = "facturation@example.com", language = "fr" });
        var (path, id) = await host.Reminded();
        var forward = $"From: facturation@example.com\nTo: answers@example.com\nSubject: TR: relance\nMessage-ID: <fw@x>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\nPour info\n--B\nContent-Type: message/rfc822\n\n{Mails.Answer(id)}\n--B--\n";
        Assert.Equal("reply", (await host.Mail(forward))["outcome"]);
        Assert.Equal("Jeanne Martin <compta@example.org>: Re: relance\n\nNous payons vendredi.", (string?)(await host.Task(path, "reply"))["note"]);
        Assert.Equal("known", (await host.Mail(Mails.Answer(id)))["outcome"]);
    }

    [Fact]
    public async Task Our_message_sent_back_as_an_attachment_names_its_case()
    {
        await using var host = await Mails.Host();
        var (path, _) = await host.Reminded();
        var ours = await File.ReadAllTextAsync(Directory.GetFiles(host.Outbox, "*.first.email.1.eml").Single());
        var mail = $"From: compta@example.org\nSubject: ?\nMessage-ID: <at@x>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=OUTER\n\n--OUTER\nContent-Type: text/plain\n\nDe quoi s'agit-il ?\n--OUTER\nContent-Type: message/rfc822\n\n{ours}\n--OUTER--\n";
        Assert.Equal(path.Split('/')[^1], (await host.Mail(mail))["caseId"]);
    }

    [Fact]
    public async Task Without_a_thread_the_address_or_the_number_in_the_subject_tells()
    {
        await using var host = await Mails.Host();
        var (path, _) = await host.Reminded();
        var (id, number) = (path.Split('/')[^1], (await host.Get(path))["number"]);
        Assert.Equal(id, (await host.Mail(Mails.Answer(null, "a@x").Replace("To: facturation@", $"To: facturation+{id}@", StringComparison.Ordinal)))["caseId"]);
        Assert.Equal(id, (await host.Mail(Mails.Answer(null, "b@x").Replace("Subject: Re: relance", $"Subject: Votre facture «{number}»", StringComparison.Ordinal)))["caseId"]);
    }

    [Fact]
    public async Task What_finds_no_case_waits_for_a_person()
    {
        await using var host = await Mails.Host();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var (path, _) = await host.Reminded();
        Assert.Equal("unmatched", (await host.Mail(Mails.Answer("unknown.first.1@dunning.invalid")))["outcome"]);
        await host.Mail(Mails.Answer("unknown.first.1@dunning.invalid"));
        var waiting = Assert.Single((await host.Get("/api/unmatched-replies?creditor=demo")).Json["items"]!.AsArray())!;
        Assert.Equal("Re: relance\n\nNous payons vendredi.", (string?)waiting["text"]);
        var assign = $"/api/unmatched-replies/{waiting["id"]}/assign";
        Assert.Equal(400, (await host.Post(assign)).Status);
        Assert.Equal(422, (await host.Post(assign, new { invoice = "nobody" })).Status);
        Assert.Equal(404, (await host.Post(assign, new { discard = true }, await host.NewKey("operator", "other"))).Status);
        var first = await host.Post(assign, new { invoice = path.Split('/')[^1] });
        Assert.Equal(202, first.Status);
        Assert.Equal(first.Text, (await host.Post(assign, new { invoice = path.Split('/')[^1] })).Text);
        Assert.Equal(409, (await host.Post(assign, new { discard = true })).Status);
        Assert.Contains("Nous payons vendredi.", (string?)(await host.Task(path, "reply"))["note"], StringComparison.Ordinal);
        Assert.Empty((await host.Get("/api/unmatched-replies?creditor=demo")).Json["items"]!.AsArray());
        Assert.Equal("known", (await host.Mail(Mails.Answer("unknown.first.1@dunning.invalid")))["outcome"]);
    }

    [Fact]
    public async Task An_answer_to_a_closed_case_waits_for_a_person_too()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        await host.Post($"{path}/payments", new { id = "p", amount = 1200m });
        Assert.Equal("unmatched", (await host.Mail(Mails.Answer(id)))["outcome"]);
        var waiting = Assert.Single((await host.Get("/api/unmatched-replies?creditor=demo")).Json["items"]!.AsArray())!;
        Assert.Equal(path.Split('/')[^1], (string?)waiting["candidate"]);
        Assert.Equal(409, (await host.Post($"/api/unmatched-replies/{waiting["id"]}/assign", new { invoice = path.Split('/')[^1] })).Status);
        Assert.Equal(202, (await host.Post($"/api/unmatched-replies/{waiting["id"]}/assign", new { discard = true })).Status);
    }

    [Fact]
    public async Task The_mail_is_kept_as_it_came()
    {
        await using var host = await Mails.Host();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var (path, id) = await host.Reminded();
        var mail = Encoding.UTF8.GetBytes(Mails.Answer(id).ReplaceLineEndings("\r\n"));
        await host.Mail(mail);
        var reply = (string)(await host.Task(path, "reply"))["subject"]!;
        Assert.Equal(mail, await host.Bytes($"{path}/replies/{reply}/mail"));
        Assert.Equal(404, (await host.Get($"{await host.Register()}/replies/{reply}/mail")).Status);
        Assert.Equal(404, (await host.Get($"{path}/replies/{reply}/mail", await host.NewKey("read", "other"))).Status);
    }

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_program_that_posts_a_file_need_not_say_what_it_is(string type)
    {
        await using var host = await Mails.Host();
        var (_, id) = await host.Reminded();
        Assert.Equal("reply", (await host.Mail(Mails.Answer(id), type))["outcome"]);
    }

    [Fact]
    public async Task What_providers_wrap_mail_in_is_opened()
    {
        await using var host = await Mails.Host();
        var (_, id) = await host.Reminded();
        var raw = Mails.Answer(id, "j@x");
        Assert.Equal("reply", (await host.Mail(System.Text.Json.JsonSerializer.Serialize(new { RawEmail = raw }), "application/json"))["outcome"]);
        Assert.Equal("reply", (await host.Mail($"timestamp=1&body-mime={Uri.EscapeDataString(Mails.Answer(id, "k@x"))}", "application/x-www-form-urlencoded"))["outcome"]);
        Assert.Equal("reply", (await host.Mail($"--F\nContent-Disposition: form-data; name=\"email\"\n\n{Mails.Answer(id, "l@x")}\n--F--\n", "multipart/form-data; boundary=F"))["outcome"]);
    }

    [Theory]
    [InlineData("", "message/rfc822", 400)]
    [InlineData("{}", "application/json", 400)]
    [InlineData("[1", "application/json", 400)]
    [InlineData("a=b", "application/x-www-form-urlencoded", 400)]
    [InlineData("--", "multipart/form-data; boundary=X", 400)]
    [InlineData("x", "multipart/form-data", 400)]
    [InlineData("Bonjour", "message/rfc822", 400)]
    public async Task What_is_no_mail_is_refused(string body, string type, int status)
    {
        await using var host = await Mails.Host();
        Assert.Equal(status, (await host.Mail(body, type)).Status);
    }

    [Fact]
    public async Task Whoever_has_not_the_secret_is_told_nothing()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        var mail = Encoding.UTF8.GetBytes(Mails.Answer(id));
        string[] urls = ["/api/webhooks/mail/demo", "/api/webhooks/mail/demo?secret=", "/api/webhooks/mail/demo?secret=wrong", $"/api/webhooks/mail/other?secret={Mails.Secret}", $"/api/webhooks/mail/demo?secret={Mails.Secret}&secret=x"];
        foreach (var url in urls)
            Assert.Equal(401, (await host.Send("POST", url, mail, null)).Status);
        Assert.Equal(401, (await host.Send("POST", urls[0], mail, "another-key")).Status);
        Assert.Equal("null", (await host.Get(path))["next.waitingFor"]);
        Assert.Equal(200, (await host.Send("POST", urls[0], mail, Mails.Secret, ("Content-Type", "message/rfc822"))).Status);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"postfix:{Mails.Secret}"));
        Assert.Equal(200, (await host.Send("POST", urls[0], mail, null, ("Content-Type", "message/rfc822"), ("Authorization", $"Basic {basic}"))).Status);
        Assert.DoesNotContain(Mails.Secret, (await host.Get("/api/creditors/demo/webhooks/mail")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_of_ten_megabytes_is_taken_and_a_larger_one_is_not()
    {
        await using var host = await Mails.Host();
        var (_, id) = await host.Reminded();
        var mail = Encoding.UTF8.GetBytes(Mails.Answer(id).ReplaceLineEndings("\r\n"));
        var large = new byte[10 * 1024 * 1024];
        mail.CopyTo(large, 0);
        large.AsSpan(mail.Length).Fill((byte)'x');
        Assert.Equal("reply", (await host.Mail(large))["outcome"]);
        Assert.Equal(413, (await host.Mail([.. large, (byte)'x'])).Status);
    }

    [Fact]
    public async Task A_mail_about_another_creditors_case_finds_none()
    {
        await using var host = await Mails.Host();
        await host.Put("/api/creditors/other", new { name = "Other" });
        await host.Put("/api/creditors/other/webhooks/mail", new { secrets = new[] { "another-door-secret" } });
        var (path, id) = await host.Reminded();
        Assert.Equal("unmatched", (await host.Mail(Mails.Answer(id), creditor: "other", secret: "another-door-secret"))["outcome"]);
        Assert.Equal("null", (await host.Get(path))["next.waitingFor"]);
    }

    [Fact]
    public async Task Mail_that_another_program_wrote_is_understood()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        const string script = """
            import sys
            from email.message import EmailMessage
            from email.policy import SMTP
            m = EmailMessage()
            m['From'] = 'Hélène Lefèvre <compta@example.org>'; m['To'] = 'facturation@example.com'; m['Subject'] = 'Ré: échéance dépassée'
            m['Message-ID'] = '<py@example.org>'; m['References'] = '<other@x> <' + sys.stdin.read() + '>'
            m.set_content('Payé ce matin, virement « 4711 ».\n\nLe lundi 9, Moulins a écrit :\n> échue\n', charset='iso-8859-1', cte='quoted-printable')
            m.add_alternative('<p>Payé ce matin</p>', subtype='html')
            m.add_attachment(b'%PDF-1.4', maintype='application', subtype='pdf', filename='reçu.pdf')
            sys.stdout.buffer.write(m.as_bytes(policy=SMTP))
            """;
        Assert.Equal("reply", (await host.Mail(Encoding.Latin1.GetBytes(Outside.Python(script, Encoding.ASCII.GetBytes(id)))))["outcome"]);
        Assert.Equal("Hélène Lefèvre <compta@example.org>: Ré: échéance dépassée\n\nPayé ce matin, virement « 4711 ».\n\n[reçu.pdf]", (string?)(await host.Task(path, "reply"))["note"]);
    }

    [Fact]
    public async Task A_reply_posted_by_a_platform_says_who_and_when()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        Assert.Equal(202, (await host.Post($"{path}/replies", new { id = "r1", channel = "phone", from = "Jeanne", at = "2026-10-01T09:30:00+02:00", text = "Paiement lundi." })).Status);
        Assert.Equal("Jeanne: Paiement lundi.", (string?)(await host.Task(path, "reply"))["note"]);
        Assert.Equal(400, (await host.Post($"{path}/replies", new { at = "yesterday" })).Status);
    }
}
