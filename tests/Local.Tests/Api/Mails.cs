using System.Text;

namespace Dunning.Local.Tests.Api;

/// <summary>Mail to a creditor, as its mail server posts it to a host.</summary>
internal static class Mails
{
    public const string Secret = "mail-door-of-the-tests";

    public static async Task<TestHost> Host()
    {
        var host = await TestHost.Run();
        Assert.Equal(201, (await host.Put("/api/creditors/demo/webhooks/mail", new { secrets = new[] { Secret } })).Status);
        return host;
    }

    /// <summary>A case whose first reminder left on 9 November, and its Message-ID.</summary>
    public static async Task<(string Path, string MessageId)> Reminded(this TestHost host)
    {
        var path = await host.Register();
        await host.MoveTo("2026-11-09T12:00:00+01:00");
        Assert.Contains("2026-11-09 first email", await host.Sent(path));
        return (path, $"{path.Split('/')[^1]}.first.1@dunning.invalid");
    }

    public static Task<Reply> Mail(this TestHost host, string mail, string type = "message/rfc822", string creditor = "demo", string secret = Secret) =>
        host.Mail(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")), type, creditor, secret);

    public static Task<Reply> Mail(this TestHost host, byte[] mail, string type = "message/rfc822", string creditor = "demo", string secret = Secret) =>
        host.Send("POST", $"/api/webhooks/mail/{creditor}?secret={secret}", mail, null, ("Content-Type", type));

    public static string Answer(string? to, string id = "1@martin.example", string from = "Jeanne Martin <compta@example.org>", string extra = "", string text = "Nous payons vendredi.") => $"""
        Return-Path: <compta@example.org>
        From: {from}
        To: facturation@example.com
        Subject: Re: relance
        Date: Tue, 10 Nov 2026 09:30:00 +0100
        Message-ID: <{id}>
        {(to is null ? "" : $"In-Reply-To: <{to}>\n")}{extra}MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        {text}

        Le lun. 9 nov. 2026 à 09:00, Moulins <facturation@example.com> a écrit :
        > Votre facture est échue.
        """;

    /// <summary>What a mail server reports (RFC 3464) of the message with this header.</summary>
    public static string Report(string header, string action = "failed", string status = "5.1.1", string final = "compta@example.org") => $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.org
        Subject: Undelivered
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="B"

        --B
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; {final}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 unknown

        --B
        Content-Type: text/rfc822-headers

        {header}
        Subject: Relance

        --B--
        """;
}
