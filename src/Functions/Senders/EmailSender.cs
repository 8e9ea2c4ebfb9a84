using Azure;
using Azure.Communication.Email;
using Azure.Identity;
using Dunning.Service.Delivery;
using Dunning.Service.Delivery.Mail;
using Dunning.Service.Engine;
using Dunning.Service.Payments;
using Dunning.Service.Reports;

namespace Dunning.Functions.Senders;

/// <summary>
/// E-mail through Azure Communication Services. The operation id is derived from the message's key, and the client retries nothing by itself: what the
/// service does with an id it has seen is not documented, so an answer that was lost is asked for, and never sent again.
/// </summary>
/// <remarks>
/// The service takes no sender but those set up in a domain it has verified: every message comes from <paramref name="from"/>, whose shown name is set
/// there, and is answered to the creditor.
/// </remarks>
public sealed class EmailSender(EmailClient client, string from, string? redirectTo, Carried carried, Throttle throttle) : IMessageSender
{
    // Our own credentials or settings, not the message: an operator mends them.
    private static readonly TimeSpan Mending = TimeSpan.FromMinutes(15);

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        if (throttle.Holds() is { } wait)
            return wait;
        if (ct.IsCancellationRequested)
            return new SendOutcome.TryAgain(TimeSpan.FromMinutes(1), "the host is stopping");
        var id = OperationIds.Of(message);
        EmailMessage mail;
        try
        {
            mail = Mail(message);
            await carried.Remember(id.ToString(), message, ct);
        }
        catch (ArgumentException wrong)
        {
            return new SendOutcome.Refused(wrong.Message);
        }
        catch (StoreUnavailable)
        {
            return new SendOutcome.TryAgain(TimeSpan.FromMinutes(1), "the store is unavailable");
        }
        try
        {
            var operation = await client.SendAsync(WaitUntil.Started, mail, id, ct);
            return new SendOutcome.Accepted(operation.Id);
        }
        catch (RequestFailedException failure)
        {
            return Outcome(failure);
        }
        catch (AuthenticationFailedException)
        {
            return new SendOutcome.TryAgain(Mending, "the app's identity got no token for the e-mail service");
        }
        catch (OperationCanceledException)
        {
            return new SendOutcome.Uncertain("the e-mail service did not answer in time");
        }
    }

    /// <summary>An operation the service does not know may never have arrived, or be forgotten: it cannot say.</summary>
    public async Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct)
    {
        var operation = new EmailSendOperation(OperationIds.Of(message).ToString(), client);
        try
        {
            await operation.UpdateStatusAsync(ct);
            return new SendOutcome.Accepted(operation.Id);
        }
        catch (RequestFailedException failure) when (operation is { HasCompleted: true, HasValue: false })
        {
            return new SendOutcome.Refused(failure.ErrorCode ?? "the service could not send it");
        }
        catch (RequestFailedException unknown) when (unknown.Status == 404)
        {
            return null;
        }
    }

    private EmailMessage Mail(OutgoingMessage message)
    {
        var to = redirectTo is null ? new Mailbox(message.To, message.ToName) : new Mailbox(redirectTo);
        var mail = new EmailMessage(from, new EmailRecipients([Address(to)]), new EmailContent(HeaderRules.Clean(message.Subject ?? "")) { PlainText = message.Body, Html = message.Html })
        {
            UserEngagementTrackingDisabled = true,
        };
        if (message.ReplyTo is { } reply)
            mail.ReplyTo.Add(Address(new Mailbox(reply, message.FromName)));
        if (redirectTo is not null)
            mail.Headers["x-original-to"] = HeaderRules.Clean(message.To);
        mail.Headers["x-dunning-key"] = message.Identity;
        // The service makes the Message-ID and vouches for x- headers only: no thread, and no Auto-Submitted, for which this one stands in.
        mail.Headers["x-auto-response-suppress"] = "OOF, AutoReply";
        if (message.PaymentCode is { } code)
            mail.Attachments.Add(new(PaymentCode.FileName, "image/png", BinaryData.FromBytes(PaymentCode.Png(code))) { ContentId = PaymentCode.ContentId });
        foreach (var file in message.Files)
            mail.Attachments.Add(new(new MailAttachment(file.FileName, "application/pdf", file.Content).FileName, "application/pdf", BinaryData.FromBytes(file.Content)));
        return mail;
    }

    private static EmailAddress Address(Mailbox box) => new(box.WireAddress, box.Name ?? "");

    private SendOutcome Outcome(RequestFailedException failure) => failure.Status switch
    {
        429 => throttle.Hold(failure.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var after) == true ? throttle.Read(after) : null),
        401 or 403 or 404 => new SendOutcome.TryAgain(Mending, $"the e-mail service answered {failure.Status} {failure.ErrorCode}"),
        400 or 413 or 422 => new SendOutcome.Refused(failure.ErrorCode ?? "the e-mail service cannot read the message"),
        0 when Unreached.Is(failure.InnerException) => new SendOutcome.TryAgain(TimeSpan.FromMinutes(5), "the e-mail service cannot be reached"),
        _ => new SendOutcome.Uncertain($"the e-mail service answered {failure.Status}"),
    };
}
