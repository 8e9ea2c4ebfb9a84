using System.Text;
using Dunning.Service.Replies.Mail;

namespace Dunning.Service.Tests.Replies;

/// <summary>Mail of people, in whatever letters and wrappings.</summary>
public sealed class InboundMailTests
{
    [Theory]
    [InlineData("utf-8", "8bit")]
    [InlineData("iso-8859-1", "8bit")]
    [InlineData("windows-1252", "8bit")]
    [InlineData("utf-8", "base64")]
    [InlineData("iso-8859-15", "quoted-printable")]
    public void Every_charset_and_encoding_says_the_same(string charset, string encoding)
    {
        var body = (CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset)).GetBytes("Déjà réglé à l’échéance.".Replace("’", "'", StringComparison.Ordinal));
        var coded = encoding switch
        {
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(body)),
            "quoted-printable" => Encoding.ASCII.GetBytes(string.Concat(body.Select(b => b is > 126 or (byte)'=' ? $"={b:X2}" : $"{(char)b}"))),
            _ => body,
        };
        var mail = Read([.. MailSamples.Bytes($"From: =?iso-8859-1?Q?H=E9l=E8ne_Martin?= <helene@example.org>\nSubject: =?utf-8?B?UsOpOiBmYWN0dXJl?=\nDate: Mon, 9 Nov 2026 09:30:00 +0100\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"), .. coded]);
        Assert.Equal("Hélène Martin <helene@example.org>", mail.From);
        Assert.Equal("Ré: facture", mail.Subject);
        Assert.Equal("Déjà réglé à l'échéance.", mail.Text);
        Assert.Equal(new DateTimeOffset(2026, 11, 9, 9, 30, 0, TimeSpan.FromHours(1)), mail.WrittenAt);
    }

    [Fact]
    public void The_nearest_message_of_the_thread_comes_first() =>
        Assert.Equal(["c@x", "b@x", "a@x"], Read("From: a@example.org\nIn-Reply-To: <c@x>\nReferences: <a@x> <b@x>\n <c@x>\n\nBonjour").Ids);

    [Fact]
    public void The_same_mail_is_known_by_its_id_else_by_its_words()
    {
        const string mail = "From: a@example.org\nDate: Mon, 9 Nov 2026 09:30:00 +0100\nSubject: x\n\nBonjour";
        Assert.Equal(Read(mail).FactId, Read("Received: from elsewhere\n" + mail).FactId);
        Assert.NotEqual(Read(mail).FactId, Read(mail + " Madame").FactId);
        Assert.Equal(Read("Message-ID: <1@x>\n" + mail).FactId, Read("Message-ID: <1@x>\nX-Other: 1\n" + mail + " Madame").FactId);
    }

    [Fact]
    public void A_page_alone_is_read_and_what_is_attached_is_named()
    {
        const string mail = "From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/html\n\n<p>Virement fait.</p>\n--B\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"avis de virement.pdf\"\n\nx\n--B--\n";
        Assert.Equal("Virement fait.\n\n[avis de virement.pdf]", Read(mail).Text);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", true)]
    [InlineData("Auto-Submitted: auto-generated; owner-email=\"x\"", true)]
    [InlineData("Auto-Submitted: no", false)]
    [InlineData("Auto-Submitted: No (really)", false)]
    [InlineData("Precedence: bulk", true)]
    [InlineData("Precedence: JUNK", true)]
    [InlineData("Precedence: auto_reply", true)]
    [InlineData("Precedence: list", false)]
    [InlineData("Precedence: first-class", false)]
    [InlineData("X-Auto-Response-Suppress: All", true)]
    [InlineData("X-Autoreply: yes", true)]
    [InlineData("List-Id: <x.example.org>", false)]
    [InlineData("Return-Path: <>", true)]
    [InlineData("Return-Path: <a@example.org>", false)]
    [InlineData("X-Dunning-Key: a/b/email/1", true)]
    [InlineData("Importance: high", false)]
    public void What_no_person_wrote_is_known_by_its_headers(string header, bool isAutomatic) =>
        Assert.Equal(isAutomatic, Automatic.Sign(MailReader.Read(MailSamples.Bytes($"{header}\nFrom: a@example.org\n\nBonjour"))!) is not null);

    [Fact]
    public void Very_long_words_are_cut()
    {
        var mail = Read("From: a@example.org\n\n" + new string('x', 900) + string.Concat(Enumerable.Repeat("\nligne", 900)));
        Assert.Equal(2001, mail.Text.Length);
        Assert.EndsWith("…", mail.Text, StringComparison.Ordinal);
    }

    private static InboundMail Read(string mail) => Read(MailSamples.Bytes(mail));

    private static InboundMail Read(byte[] mail) => InboundMail.Of(MailReader.Read(mail)!, null);
}
