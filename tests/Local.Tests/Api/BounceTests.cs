namespace Dunning.Local.Tests.Api;

/// <summary>What mail servers report of messages they took, posted as they sent it.</summary>
public sealed class BounceTests
{
    [Fact]
    public async Task A_message_nobody_takes_is_a_task_and_the_address_is_not_trusted_any_more()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        var heard = await host.Mail(Report(id));
        Assert.Equal((200, "bounced", path.Split('/')[^1]), (heard.Status, heard["outcome"], heard["caseId"]));
        Assert.Equal("bounced", (await host.Get($"{path}/messages/first/email/1"))["status"]);
        Assert.Equal("no such address (5.1.1): smtp; 550 unknown", (string?)(await host.Task(path, "bouncedMessage"))["note"]);
        Assert.Equal("bounced", (await host.Mail(Report(id, "5.2.2")))["outcome"]);
        await host.Task(path, "bouncedMessage");
    }

    [Theory]
    [InlineData("delayed", "4.4.1", "ignored", "accepted")]
    [InlineData("delivered", "2.0.0", "delivered", "delivered")]
    [InlineData("relayed", "2.0.0", "ignored", "accepted")]
    [InlineData("failed", "4.4.7", "bounced", "bounced")]
    public async Task Each_word_means_one_thing(string action, string status, string outcome, string becomes)
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        Assert.Equal(outcome, (await host.Mail(Report(id, status, action)))["outcome"]);
        Assert.Equal(becomes, (await host.Get($"{path}/messages/first/email/1"))["status"]);
    }

    [Fact]
    public async Task A_report_of_another_address_says_nothing_of_the_debtors()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        Assert.Equal("ignored", (await host.Mail(Report(id, final: "member@list.example")))["outcome"]);
        Assert.Equal("accepted", (await host.Get($"{path}/messages/first/email/1"))["status"]);
        Assert.Equal("bounced", (await host.Mail(Report(id, final: "member@list.example\nOriginal-Recipient: rfc822;compta@example.org")))["outcome"]);
    }

    [Fact]
    public async Task A_report_of_a_message_that_is_not_ours_is_taken_and_does_nothing()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        foreach (var other in new[] { "somebody@else", "x.first.1@dunning.invalid", id.Replace(".1@", ".2@", StringComparison.Ordinal), id.Replace("dunning.invalid", "evil.example", StringComparison.Ordinal), "....", "a..1@x" })
            Assert.Equal("ignored", (await host.Mail(Report(other)))["outcome"]);
        Assert.Equal("accepted", (await host.Get($"{path}/messages/first/email/1"))["status"]);
    }

    [Fact]
    public async Task A_report_with_our_own_header_needs_no_message_id()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        var report = Mails.Report($"Message-ID: <rewritten@relay>\nX-Dunning-Key: {path.Split('/')[^1]}/first/email/1");
        Assert.Equal("bounced", (await host.Mail(report))["outcome"]);
        Assert.NotEmpty(id);
    }

    [Fact]
    public async Task A_report_that_python_writes_and_reads_is_understood()
    {
        await using var host = await Mails.Host();
        var (path, id) = await host.Reminded();
        const string script = """
            import sys
            from email.mime.multipart import MIMEMultipart
            from email.mime.text import MIMEText
            from email.mime.message import MIMEMessage
            from email.message import Message
            outer = MIMEMultipart('report', **{'report-type': 'delivery-status'})
            outer['From'] = 'MAILER-DAEMON@mx'; outer['To'] = 'facturation@example.com'; outer['Subject'] = 'failure notice'; outer['Auto-Submitted'] = 'auto-replied'
            outer.attach(MIMEText('Sorry.'))
            status = Message(); status['Content-Type'] = 'message/delivery-status'
            about, who = Message(), Message()
            about['Reporting-MTA'] = 'dns; mx'; who['Final-Recipient'] = 'RFC822; Compta@Example.org'; who['Action'] = 'failed'; who['Status'] = '5.1.1'
            status.set_payload([about, who]); outer.attach(status)
            original = Message(); original['Message-ID'] = '<' + sys.stdin.read() + '>'; original.set_payload('x'); outer.attach(MIMEMessage(original))
            print(outer.as_string())
            """;
        Assert.Equal("bounced", (await host.Mail(Outside.Python(script, System.Text.Encoding.ASCII.GetBytes(id))))["outcome"]);
        Assert.Equal("bounced", (await host.Get($"{path}/messages/first/email/1"))["status"]);
    }

    private static string Report(string id, string status = "5.1.1", string action = "failed", string final = "compta@example.org") =>
        Mails.Report($"Message-ID: <{id}>", action, status, final);
}
