using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service.Delivery.Mail;

/// <summary>
/// A message as RFC 5322 and MIME bytes, ready for any transport: CRLF line ends, lines of 76 characters wherever the text can be
/// broken and never over 998, 7-bit unless an address needs SMTPUTF8. No clock and no chance: the same message, the same bytes.
/// </summary>
public static class MimeWriter
{
    public static byte[] Write(MailMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var mime = new StringBuilder();
        Headers(message, mime);
        if (message.Attachments.Count == 0) Body(message, mime);
        else Mixed(message, mime);
        return Encoding.UTF8.GetBytes(mime.ToString());
    }

    private static void Headers(MailMessage message, StringBuilder mime)
    {
        mime.Append(HeaderField.Date(message.Date));
        mime.Append(HeaderField.Mailbox("From", message.From));
        mime.Append(HeaderField.Mailbox("To", message.To));
        if (message.ReplyTo is { } replyTo) mime.Append(HeaderField.Mailbox("Reply-To", replyTo));
        mime.Append(HeaderField.Text("Subject", message.Subject));
        mime.Append(HeaderField.MessageIds("Message-ID", [message.MessageId]));
        if (message.InReplyTo is { } previous) mime.Append(HeaderField.MessageIds("In-Reply-To", [previous]));
        if (message.References.Count > 0) mime.Append(HeaderField.MessageIds("References", message.References));
        foreach (var header in message.Headers) mime.Append(HeaderField.Text(header.Name, header.Value));
        mime.Append("MIME-Version: 1.0\r\n");
    }

    private static void Mixed(MailMessage message, StringBuilder mime)
    {
        var boundary = Boundary("mixed", message);
        mime.Append($"Content-Type: multipart/mixed;\r\n boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n");
        Body(message, mime);
        foreach (var attachment in message.Attachments)
        {
            mime.Append($"--{boundary}\r\n");
            Attachment(attachment, mime);
        }

        mime.Append($"--{boundary}--\r\n");
    }

    private static void Body(MailMessage message, StringBuilder mime)
    {
        if (message.Html is null)
        {
            TextPart("plain", message.Text, mime);
            return;
        }

        var boundary = Boundary("alternative", message);
        mime.Append($"Content-Type: multipart/alternative;\r\n boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n");
        TextPart("plain", message.Text, mime);
        mime.Append($"--{boundary}\r\n");
        Page(message, message.Html, mime);
        mime.Append($"--{boundary}--\r\n");
    }

    // The images belong to the page (RFC 2387), not to the message: a program that shows the text does not show them as attachments.
    private static void Page(MailMessage message, string html, StringBuilder mime)
    {
        if (message.Images.Count == 0)
        {
            TextPart("html", html, mime);
            return;
        }

        var boundary = Boundary("related", message);
        mime.Append($"Content-Type: multipart/related; type=\"text/html\";\r\n boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n");
        TextPart("html", html, mime);
        foreach (var image in message.Images)
        {
            mime.Append($"--{boundary}\r\nContent-ID: <{image.Id}>\r\n");
            Attachment(image.File, mime, "inline");
        }

        mime.Append($"--{boundary}--\r\n");
    }

    private static void TextPart(string subtype, string text, StringBuilder mime)
    {
        mime.Append($"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
        mime.Append(QuotedPrintable.Encode(text));
    }

    private static void Attachment(MailAttachment attachment, StringBuilder mime, string disposition = "attachment")
    {
        mime.Append($"Content-Type: {attachment.ContentType}\r\nContent-Transfer-Encoding: base64\r\n");
        mime.Append($"Content-Disposition: {disposition}{FileNameParameter.Write(attachment.FileName)}\r\n\r\n");
        mime.Append(Convert.ToBase64String(attachment.Content.Span, Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
    }

    // "=_" occurs neither in quoted-printable nor in base64, so no content can hold a boundary, whatever its author tries.
    private static string Boundary(string kind, MailMessage message) =>
        $"=_{kind}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(message.MessageId))[..12])}";
}
