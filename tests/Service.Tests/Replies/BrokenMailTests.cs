using System.Text;
using Dunning.Service.Replies.Mail;

namespace Dunning.Service.Tests.Replies;

/// <summary>Mail cut, mixed and made up: it is read somehow or not at all, and never breaks the reader. The seed is printed; DUNNING_MAIL_SEED repeats a run.</summary>
public sealed class BrokenMailTests(ITestOutputHelper output)
{
    private static readonly byte[][] Whole =
    [
        MailSamples.Bytes(MailSamples.Report()),
        MailSamples.Bytes(MailSamples.Report(headersOnly: false)),
        MailSamples.Bytes("From: =?iso-8859-1?Q?H=E9l?= <a@example.org>\nIn-Reply-To: <case.first.1@x>\nContent-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain; charset=utf-7\nContent-Transfer-Encoding: base64\n\nQUJD=\n--B\nContent-Type: text/html; charset=x-unknown\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E9=\n&#xD800;</p>\n--B--\n"),
        MailSamples.Bytes("From: a@example.org\nContent-Type: message/rfc822\n\nFrom: b@example.org\nMessage-ID: <1@x>\n\nLe 1er a écrit :\n> x\n"),
    ];

    private static readonly string[] Bits =
    [
        "\r\n\r\n", "--B\r\n", "--B--", "Content-Type: multipart/report; boundary=\"\"\r\n", "Content-Type: message/rfc822\r\n\r\n", "=?utf-8?B?////?=", "=?x?Q?=00?=", "From: ,;<>@\r\n", "Date: Mon, 99 Foo\r\n",
        "charset=\"", "Message-ID: <", "\0", "\uFFFD", "<style", "<!--", "&#x110000;", "> ", "Final-Recipient: ;\r\n", "Content-Transfer-Encoding: uuencode\r\n", "begin 644 x\r\n",
    ];

    [Fact]
    public void Nothing_that_is_sent_breaks_the_reader()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DUNNING_MAIL_SEED"), out var given) ? given : Environment.TickCount;
        output.WriteLine($"DUNNING_MAIL_SEED={seed}");
        var random = new Random(seed);
        var read = 0;
        for (var round = 0; round < 4000; round++)
        {
            var mail = Mutated(random);
            try
            {
                if (MailReader.Read(mail) is not { } message)
                    continue;
                read++;
                foreach (var recipient in BounceReport.Read(message)?.Recipients ?? [])
                    Assert.NotNull(recipient.Reason);
                _ = Automatic.Sign(message);
                var attached = message.BodyParts.OfType<MimeKit.MessagePart>().Select(p => p.Message).FirstOrDefault(m => m is not null);
                var mine = InboundMail.Of(message, attached);
                Assert.True(mine.Text.Length <= 2001 && !mine.From.Contains('\n', StringComparison.Ordinal));
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.IAssertionException)
            {
                throw new InvalidOperationException($"seed {seed} round {round}: {Convert.ToBase64String(mail)}", failure);
            }
        }
        Assert.InRange(read, 1000, 4000);
    }

    [Fact]
    public void A_mail_in_a_mail_in_a_mail_has_an_end()
    {
        var mail = new StringBuilder();
        for (var depth = 0; depth < 20_000; depth++)
            mail.Append("From: a@example.org\r\nContent-Type: message/rfc822\r\n\r\n");
        _ = MailReader.Read(Encoding.ASCII.GetBytes(mail.ToString())) is { } message ? InboundMail.Of(message, null) : null;
        mail.Clear();
        for (var depth = 0; depth < 20_000; depth++)
            mail.Append($"Content-Type: multipart/mixed; boundary=B{depth}\r\n\r\n--B{depth}\r\n");
        _ = MailReader.Read(Encoding.ASCII.GetBytes("From: a@example.org\r\n" + mail)) is { } parts ? InboundMail.Of(parts, null) : null;
    }

    private static byte[] Mutated(Random random)
    {
        var mail = new List<byte>(Whole[random.Next(Whole.Length)]);
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            var at = random.Next(mail.Count);
            switch (random.Next(5))
            {
                case 0: mail.RemoveRange(at, random.Next(mail.Count - at)); break;
                case 1: mail.InsertRange(at, Encoding.UTF8.GetBytes(Bits[random.Next(Bits.Length)])); break;
                case 2: mail[at] = (byte)random.Next(256); break;
                case 3: mail.InsertRange(at, mail.GetRange(random.Next(mail.Count), 0)); mail.InsertRange(at, Whole[random.Next(Whole.Length)].Take(random.Next(300))); break;
                default: mail.InsertRange(at, Enumerable.Range(0, random.Next(20)).Select(_ => (byte)random.Next(256))); break;
            }
            if (mail.Count == 0)
                mail.Add((byte)'x');
        }
        return [.. mail];
    }
}
