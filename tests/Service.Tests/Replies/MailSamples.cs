using System.Text;

namespace Dunning.Service.Tests.Replies;

/// <summary>Mail as servers hand it over.</summary>
internal static class MailSamples
{
    public static byte[] Bytes(string mail) => Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"));

    /// <summary>A report as Postfix writes it, the original's headers returned.</summary>
    public static string Report(string action = "failed", string status = "5.1.1", string final = "compta@example.org", string? original = null, string? id = "case-1.first.1@dunning.invalid", bool headersOnly = true) => $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
        To: facturation@example.com
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        Message-ID: <20261109090000.1@mx.example.org>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="B"

        --B
        Content-Type: text/plain

        I'm sorry to have to inform you that your message could not be delivered.

        --B
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org
        Arrival-Date: Mon, 9 Nov 2026 09:00:00 +0100

        Final-Recipient: rfc822; {final}
        {(original is null ? "" : $"Original-Recipient: rfc822;{original}\n")}Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 5.1.1 <{final}>: Recipient address rejected:
            User unknown

        --B
        Content-Type: {(headersOnly ? "text/rfc822-headers" : "message/rfc822")}

        From: Moulins <facturation@example.com>
        To: compta@example.org
        Subject: Relance
        {(id is null ? "X-Nothing: 1" : $"Message-ID: <{id}>")}

        {(headersOnly ? "" : "Bonjour")}
        --B--
        """;
}
