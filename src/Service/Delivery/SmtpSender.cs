using Dunning.Service.Delivery.Mail;
using Dunning.Service.Engine;
using Dunning.Service.Payments;

namespace Dunning.Service.Delivery;

/// <summary>
/// E-mail by SMTP. With a redirection every message goes to that one address, and says for whom it was. SMTP has no way to ask what became of
/// a message.
/// </summary>
public sealed class SmtpSender(SmtpServer server, string? redirectTo = null) : IMessageSender
{
    private readonly SmtpDelivery _smtp = new(server);

    /// <summary>Mail servers turn away a client that opens many connections; the strictest usual ones allow ten.</summary>
    public int? AtOnce => 8;

    public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        MailMessage mail;
        try
        {
            mail = MailOf.Message(message, redirectTo);
        }
        catch (ArgumentException wrong)
        {
            return Task.FromResult<SendOutcome>(new SendOutcome.Refused(wrong.Message));
        }
        return _smtp.Send(mail, ct);
    }

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome?>(null);
}

/// <summary>An outgoing message as an e-mail.</summary>
public static class MailOf
{
    /// <exception cref="ArgumentException">An address is not one.</exception>
    public static MailMessage Message(OutgoingMessage message, string? redirectTo = null)
    {
        var headers = new List<MailHeader> { new("Auto-Submitted", "auto-generated"), new("X-Dunning-Key", message.Identity) };
        if (redirectTo is not null)
            headers.Add(new("X-Original-To", message.To));
        return new()
        {
            MessageId = message.MessageId!,
            From = new(message.FromEmail!, message.FromName),
            To = new(redirectTo ?? message.To, message.ToName),
            ReplyTo = message.ReplyTo is { } reply ? new(reply, message.FromName) : null,
            Subject = message.Subject ?? "",
            Text = message.Body,
            Html = message.Html,
            Images = message.PaymentCode is { } code ? [new(PaymentCode.ContentId, new(PaymentCode.FileName, "image/png", PaymentCode.Png(code)))] : [],
            Attachments = [.. message.Files.Select(f => new MailAttachment(f.FileName, "application/pdf", f.Content))],
            Date = message.WrittenAt,
            InReplyTo = message.InReplyTo,
            References = message.InReplyTo is { } first ? [first] : [],
            Headers = headers,
        };
    }
}
