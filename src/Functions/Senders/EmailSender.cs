using System.Globalization;
using Azure;
using Azure.Communication.Email;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;

namespace Dunning.Functions.Senders;

/// <summary>
/// E-mail through Azure Communication Services. The operation id is derived from the message's key, and the client retries nothing by itself: what the
/// service does with an id it has seen is not documented, so an answer that was lost is asked for, and never sent again.
/// </summary>
public sealed class EmailSender(EmailClient client, string from, string? redirectTo, Carried carried, Throttle throttle) : IMessageSender
{
    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        if (throttle.Holds() is { } wait)
            return wait;
        var id = OperationIds.Of(message.Key);
        await carried.Remember(id.ToString(), message, ct);
        try
        {
            var operation = await client.SendAsync(WaitUntil.Started, Mail(message), id, ct);
            return new SendOutcome.Accepted(operation.Id);
        }
        catch (RequestFailedException failure)
        {
            return Outcome(failure);
        }
    }

    /// <summary>An operation the service does not know may never have arrived, or be forgotten: it cannot say.</summary>
    public async Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct)
    {
        var operation = new EmailSendOperation(OperationIds.Of(message.Key).ToString(), client);
        try
        {
            await operation.UpdateStatusAsync(ct);
            return new SendOutcome.Accepted(operation.Id);
        }
        catch (RequestFailedException failure)
        {
            return operation is { HasCompleted: true, HasValue: false } ? new SendOutcome.Refused(failure.ErrorCode ?? "the service could not send it") : null;
        }
    }

    private EmailMessage Mail(OutgoingMessage message)
    {
        var to = redirectTo is null ? new EmailAddress(message.To, message.ToName) : new EmailAddress(redirectTo);
        var mail = new EmailMessage(message.FromEmail ?? from, new EmailRecipients([to]), new EmailContent(message.Subject ?? "") { PlainText = message.Body })
        {
            UserEngagementTrackingDisabled = true,
        };
        if (message.ReplyTo is { } reply)
            mail.ReplyTo.Add(new EmailAddress(reply, message.FromName));
        if (redirectTo is not null)
            mail.Headers["x-original-to"] = message.To;
        mail.Headers["x-dunning-key"] = message.Key.ToString();
        return mail;
    }

    private SendOutcome Outcome(RequestFailedException failure) => failure.Status switch
    {
        429 => throttle.Hold(RetryAfter(failure)),
        // Our own credentials or settings, not the message: an operator mends them.
        401 or 403 or 404 => new SendOutcome.TryAgain(TimeSpan.FromMinutes(15), $"the e-mail service answered {failure.Status} {failure.ErrorCode}"),
        400 or 413 or 422 => new SendOutcome.Refused(failure.ErrorCode ?? "the e-mail service cannot read the message"),
        0 when failure.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
            new SendOutcome.TryAgain(TimeSpan.FromMinutes(5), "the e-mail service cannot be reached"),
        _ => new SendOutcome.Uncertain($"the e-mail service answered {failure.Status}"),
    };

    private static TimeSpan? RetryAfter(RequestFailedException failure) =>
        failure.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) == true && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
