using System.Text;
using System.Text.Json;
using Dunning.Service.Delivery.Mail;

namespace Dunning.Service.Tests.Mail;

/// <summary>Every message is judged by Python's e-mail parser, which must understand it and find no defect.</summary>
public class MimeWriterTests
{
    [Fact]
    public async Task Accents_euro_and_narrow_spaces_arrive_in_subject_names_and_text()
    {
        var read = await Read(Samples.Message());
        Assert.Equal("Facture n° 7 : 1 234,50 € à régler", Header(read, "Subject"));
        AssertMailbox("Société Générale d'Étanchéité", "compta@creditor.example", read.GetProperty("from"));
        AssertMailbox("Zoë Müller-Łukasz", "client@debtor.example", read.GetProperty("to"));
        Assert.Equal(Samples.Message().Text, Text(read, "text/plain"));
        Assert.Equal("2026-03-02T08:00:00+01:00", read.GetProperty("date").GetString());
        Assert.Equal("<inv-7.first@mail.creditor.example>", Header(read, "Message-ID"));
        Assert.Equal(["text/plain"], Strings(read, "structure"));
    }

    [Theory]
    [InlineData("Plain ASCII stays readable")]
    [InlineData("")]
    [InlineData("Looks like =?utf-8?Q?a_word?= but is not")]
    [InlineData("Question? = underscore_ and \"quotes\" é")]
    [InlineData("Long: été 例え 🎉 été 例え 🎉 été 例え 🎉 été 例え 🎉 été 例え 🎉 été 例え 🎉 été 例え 🎉 été 例え 🎉 été 例え 🎉")]
    [InlineData("Plain and long enough to be folded at a space, because no line should be longer than seventy-six characters")]
    [InlineData("1\u202F234,50\u00A0€")]
    public async Task A_subject_arrives_as_it_was_written(string subject) =>
        Assert.Equal(subject, Header(await Read(Samples.Message() with { Subject = subject }), "Subject"));

    [Theory]
    [InlineData("Dupont, Jean \"JD\" \\ fils")]
    [InlineData("O'Brien & Sons (Paris) <x@evil.example>")]
    [InlineData("É, \"à\" <x@evil.example>")]
    [InlineData("A name far longer than a line of seventy-six characters, as only lawyers have, and their partners too")]
    public async Task A_display_name_cannot_change_the_address(string name)
    {
        var message = Samples.Message() with { From = new Mailbox("compta@société.example", name), ReplyTo = new Mailbox("re@b.example", name) };
        var read = await Read(message);
        AssertMailbox(name, "compta@xn--socit-esab.example", read.GetProperty("from"));
        AssertMailbox(name, "re@b.example", read.GetProperty("replyTo"));
    }

    [Fact]
    public async Task Injected_line_breaks_add_no_header_and_no_body()
    {
        const string Evil = "x\r\nBcc: all@evil.example\r\n\r\n<b>body</b>\u2028y";
        var message = Samples.Message() with
        {
            Subject = Evil,
            From = new Mailbox("compta@creditor.example", Evil),
            To = new Mailbox("client@debtor.example", Evil),
            Attachments = [new MailAttachment(Evil, "text/plain", "a"u8.ToArray())],
        };
        var read = await Read(message);
        Assert.Equal(["Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type"], HeaderNames(read));
        Assert.Equal("x Bcc: all@evil.example <b>body</b> y", Header(read, "Subject"));
        Assert.Equal(Samples.Message().Text.TrimEnd(), Text(read, "text/plain").TrimEnd());
    }

    [Fact]
    public void What_machines_read_is_refused_when_it_holds_a_line_break()
    {
        Assert.Throws<ArgumentException>(() => new MailHeader("X-A", "b\r\nBcc: c@evil.example"));
        Assert.Throws<ArgumentException>(() => new MailHeader("X-A\r\nBcc", "b"));
        Assert.Throws<ArgumentException>(() => new MailHeader("X-A:", "b"));
        Assert.Throws<ArgumentException>(() => new MailHeader("bcc", "c@evil.example"));
        Assert.Throws<ArgumentException>(() => new MailHeader("Content-Type", "text/html"));
        Assert.Throws<ArgumentException>(() => Samples.Message() with { MessageId = "a@b>\r\nBcc: c@evil.example" });
        Assert.Throws<ArgumentException>(() => Samples.Message() with { InReplyTo = "<a@b>" });
        Assert.Throws<ArgumentException>(() => Samples.Message() with { References = ["a@b", "a\n@b"] });
        Assert.Throws<ArgumentException>(() => new MailAttachment("a", "text/plain\r\nX: y", default));
        Assert.Throws<ArgumentException>(() => new MailAttachment("a", "multipart/mixed", default));
    }

    [Fact]
    public async Task A_reminder_in_a_thread_carries_the_whole_chain()
    {
        var chain = Enumerable.Range(1, 12).Select(i => $"inv-7.step-number-{i}@mail.creditor.example").ToList();
        var message = Samples.Message() with { InReplyTo = chain[^1], References = chain, Headers = [new MailHeader("Auto-Submitted", "auto-generated")] };
        var read = await Read(message);
        Assert.Equal($"<{chain[^1]}>", Header(read, "In-Reply-To"));
        Assert.Equal(chain.Select(id => $"<{id}>"), Header(read, "References")!.Split(' '));
        Assert.Equal("auto-generated", Header(read, "Auto-Submitted"));
    }

    [Fact]
    public async Task Nothing_says_auto_submitted_unless_the_caller_does() =>
        Assert.Null(Header(await Read(Samples.Message()), "Auto-Submitted"));

    [Fact]
    public async Task Text_html_and_attachments_arrive_whole()
    {
        var everyByte = Enumerable.Range(0, 1000).Select(i => (byte)(i % 256)).ToArray();
        const string LongName = "Mise en demeure n° 7 – société d'étanchéité et de couverture du Berry, l'été 2026 (copie) 例え 🎉.pdf";
        var message = Samples.Message() with
        {
            Html = "<p>1\u202F234,50\u00A0€ à <b>régler</b></p>\n",
            Attachments = [new("facture.pdf", "application/pdf", everyByte), new("Reçu 50 % \"payé\".pdf", "application/pdf", everyByte), new(LongName, "image/png", default)],
        };
        var read = await Read(message);
        string[] structure = ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf", "application/pdf", "image/png"];
        Assert.Equal(structure, Strings(read, "structure"));
        Assert.Equal(message.Text.TrimEnd(), Text(read, "text/plain").TrimEnd());
        Assert.Equal(message.Html.TrimEnd(), Text(read, "text/html").TrimEnd());
        var files = read.GetProperty("parts").EnumerateArray().Skip(2).ToList();
        Assert.Equal(["facture.pdf", "Reçu 50 % \"payé\".pdf", LongName], files.Select(f => f.GetProperty("fileName").GetString()));
        Assert.Equal([everyByte, everyByte, []], files.Select(f => f.GetProperty("bytes").GetBytesFromBase64()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Any_text_survives_line_ends_long_lines_and_white_space(bool attached)
    {
        var text = "a\rb\nc\r\n" + new string('x', 5000) + "\n" + string.Concat(Enumerable.Repeat("é€🎉\u202F", 800))
            + "\ntrailing space \ntab\t\n=3D\n.\n--=_mixed_\nFrom here\n\0\u0007\n\n\nend";
        var message = Samples.Message() with { Text = text, Attachments = attached ? [new("a.txt", "text/plain", default)] : [] };
        Assert.Equal(text.Replace("\r\n", "\n").Replace('\r', '\n'), Text(await Read(message), "text/plain").TrimEnd('\n'));
    }

    [Fact]
    public void A_non_ASCII_local_part_is_written_in_UTF8()
    {
        var eml = MimeWriter.Write(Samples.To("zoë@debtor.example"));
        Assert.Contains("To: <zoë@debtor.example>\r\n", Encoding.UTF8.GetString(eml), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_message_is_always_the_same_bytes()
    {
        var message = Samples.Message() with { Html = "<p>é</p>", Attachments = [new("a.txt", "text/plain", "a"u8.ToArray())] };
        Assert.Equal(MimeWriter.Write(message), MimeWriter.Write(message));
        Assert.NotEqual(MimeWriter.Write(message), MimeWriter.Write(message with { MessageId = "other@b.example" }));
    }

    [Fact]
    public void Long_words_in_headers_are_kept_below_the_longest_line()
    {
        Assert.Throws<ArgumentException>(() => new MailHeader("X-A", new string('x', 1000)));
        AssertLines(MimeWriter.Write(Samples.Message() with { Subject = new string('x', 5000) }), 76);
    }

    private static async Task<JsonElement> Read(MailMessage message)
    {
        var eml = MimeWriter.Write(message);
        AssertLines(eml, 110);
        var read = await Python.ReadEml(eml);
        Assert.Empty(Strings(read, "defects"));
        return read;
    }

    private static void AssertLines(byte[] eml, int longest)
    {
        Assert.All(eml, octet => Assert.InRange(octet, 1, 126));
        var lines = Encoding.ASCII.GetString(eml).Split("\r\n");
        Assert.All(lines, line => Assert.InRange(line.Length, 0, longest));
        Assert.DoesNotContain(lines, line => line.Contains('\r', StringComparison.Ordinal) || line.Contains('\n', StringComparison.Ordinal));
        Assert.Equal("", lines[^1]);
    }

    private static void AssertMailbox(string name, string address, JsonElement mailbox)
    {
        Assert.Equal(name, mailbox.GetProperty("name").GetString());
        Assert.Equal(address, mailbox.GetProperty("address").GetString());
    }

    private static List<string?> HeaderNames(JsonElement read) =>
        [.. read.GetProperty("headers").EnumerateArray().Select(h => h[0].GetString()).Where(n => n != "Content-Transfer-Encoding")];

    private static string? Header(JsonElement read, string name) =>
        read.GetProperty("headers").EnumerateArray().Where(h => h[0].GetString() == name).Select(h => h[1].GetString()).SingleOrDefault();

    private static string Text(JsonElement read, string type) =>
        read.GetProperty("parts").EnumerateArray().First(p => p.GetProperty("type").GetString() == type).GetProperty("text").GetString()!;

    private static IEnumerable<string?> Strings(JsonElement read, string name) => read.GetProperty(name).EnumerateArray().Select(s => s.GetString());
}
