using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Delivery;
using Dunning.Service.Delivery.Mail;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using Dunning.Service.Payments;
using Dunning.Service.Rendering;
using Dunning.Service.Tests.Texts;

namespace Dunning.Service.Tests.Mail;

/// <summary>Every e-mail there is, as it leaves, read by Python: text, page, payment code and invoice all arrive.</summary>
public sealed class WholeMailTests
{
    private const string Payload = "BCD\n002\n1\nSCT\n\nMenuiserie Dupont\nFR7630006000011234567890189\nEUR1287.33\n\nRF18539007547034";
    private static readonly TextBook Book = TextBook.Load(TextBook.ShippedFolder);
    private static readonly byte[] Pdf = [.. "%PDF-1.7 "u8, .. Enumerable.Range(0, 5000).Select(i => (byte)(i % 251))];

    public static TheoryData<string, string> EveryMail { get; } = new(
        from source in Book.Sources
        where source.Key.Channel == "email"
        select new TheoryDataRow<string, string>(source.Key.Language, source.Key.Name));

    [Theory, MemberData(nameof(EveryMail))]
    public async Task A_mail_arrives_with_its_page_its_code_and_its_invoice(string language, string name)
    {
        var key = TextKey.Parse(language, name, [])!;
        var text = Book.Render(language, key.Template, "email", key.Consumer, key.Country, Sample.Values(language));
        var message = Message(text) with { PaymentCode = Payload, Enclosed = new("F-2026/17.pdf", Pdf.Length, "") { Content = Pdf } };
        var read = await Read(message);
        Assert.Equal(
            ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "application/pdf"],
            read.GetProperty("structure").EnumerateArray().Select(s => s.GetString()));
        var parts = read.GetProperty("parts").EnumerateArray().ToList();
        Assert.Equal(text.Plain.Trim(), parts[0].GetProperty("text").GetString()!.Trim());
        Assert.Equal(text.Html!.Trim(), parts[1].GetProperty("text").GetString()!.Trim());
        Assert.Contains($"cid:{parts[2].GetProperty("contentId").GetString()!.Trim('<', '>')}\"", text.Html, StringComparison.Ordinal);
        Assert.Equal("inline", parts[2].GetProperty("disposition").GetString());
        Assert.Equal(PaymentCode.Png(Payload), parts[2].GetProperty("bytes").GetBytesFromBase64());
        Assert.Equal(("F-2026_17.pdf", "attachment"), (parts[3].GetProperty("fileName").GetString(), parts[3].GetProperty("disposition").GetString()));
        Assert.Equal(Pdf, parts[3].GetProperty("bytes").GetBytesFromBase64());
        Assert.Equal(text.Subject, Header(read, "Subject"));
        Assert.Equal("auto-generated", Header(read, "Auto-Submitted"));
        Assert.Equal("claire@moulins.example", read.GetProperty("replyTo").GetProperty("address").GetString());
        Assert.Equal("<case.first.1@mail.example>", Header(read, "In-Reply-To"));
        Assert.Equal("<case.first.1@mail.example>", Header(read, "References"));
    }

    [Fact]
    public async Task Without_a_code_and_an_invoice_a_mail_is_a_text_and_a_page()
    {
        var read = await Read(Message(Book.Render("fr", "courtesy", "email", false, "fr", Sample.CertainValues("fr"))));
        Assert.Equal(["multipart/alternative", "text/plain", "text/html"], read.GetProperty("structure").EnumerateArray().Select(s => s.GetString()));
    }

    [Fact]
    public void The_largest_invoice_that_is_taken_still_fits_the_strictest_carrier()
    {
        var message = Message(Book.Render("fr", "formal-notice", "email", false, "fr", Sample.Values("fr"))) with
        {
            PaymentCode = Payload,
            Enclosed = new("x.pdf", InvoiceDocument.MaxBytes, "") { Content = new byte[InvoiceDocument.MaxBytes] },
        };
        Assert.InRange(MimeWriter.Write(MailOf.Message(message)).Length, InvoiceDocument.MaxBytes, 10_000_000);
    }

    [Fact]
    public void A_message_of_before_is_read_and_one_of_today_comes_back_without_its_file()
    {
        const string old = """{"key":"case/first/email/1","creditor":"demo","to":"a@b.example","toName":"A","subject":"S","body":"Bonjour","writtenAt":"2026-11-09T09:00:00+01:00","fromName":"M","language":"fr","balance":"12.00 EUR"}""";
        var before = DomainJson.Read<OutgoingMessage>(System.Text.Encoding.UTF8.GetBytes(old));
        Assert.Equal(("Bonjour", null, null, null, null), (before.Body, before.Html, before.Markdown, before.PaymentCode, before.Enclosed));
        var today = Message(Book.Render("fr", "courtesy", "email", false, "fr", Sample.Values("fr"))) with { PaymentCode = Payload, Enclosed = new("x.pdf", 3, "abc") { Content = Pdf } };
        var json = DomainJson.Write(today);
        Assert.InRange(json.Length, 1000, 40_000);
        Assert.Equal(today with { Enclosed = new("x.pdf", 3, "abc") }, DomainJson.Read<OutgoingMessage>(json));
    }

    private static OutgoingMessage Message(RenderedText text) =>
        new(new("case", "second", Channel.Email, 1), "demo", "compta@debtor.example", "Zoë", text.Subject, text.Plain, new(2026, 11, 16, 9, 0, 0, TimeSpan.FromHours(1)))
        {
            FromName = "Menuiserie Dupont",
            FromEmail = "compta@dupont.example",
            ReplyTo = "claire@moulins.example",
            Html = text.Html,
            Balance = Money.Of(12, Currency.Euro),
            MessageId = "case.second.1@mail.example",
            InReplyTo = "case.first.1@mail.example",
        };

    private static async Task<JsonElement> Read(OutgoingMessage message)
    {
        var read = await Python.ReadEml(MimeWriter.Write(MailOf.Message(message)));
        Assert.Empty(read.GetProperty("defects").EnumerateArray());
        return read;
    }

    private static string? Header(JsonElement read, string name) =>
        read.GetProperty("headers").EnumerateArray().Where(h => h[0].GetString() == name).Select(h => h[1].GetString()).SingleOrDefault();
}
