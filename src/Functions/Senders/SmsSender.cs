using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.Reports;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace Dunning.Functions.Senders;

/// <summary>
/// SMS through Twilio, which takes no key of ours: a lost answer is looked for among the messages sent to that number, and what is not found is not believed
/// unsent. Its client cannot be cancelled: the HttpClient below it has the time limit.
/// </summary>
public sealed class SmsSender(ITwilioRestClient client, string from, Uri publicUrl, Throttle throttle) : IMessageSender
{
    // More messages than this to one number within minutes are no dunning.
    private const int MostRecent = 50;

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        if (throttle.Holds() is { } wait)
            return wait;
        if (ct.IsCancellationRequested)
            return new SendOutcome.TryAgain(TimeSpan.FromMinutes(1), "the host is stopping");
        try
        {
            var sent = await MessageResource.CreateAsync(
                new CreateMessageOptions(new PhoneNumber(message.To))
                {
                    From = new PhoneNumber(from),
                    Body = message.Body,
                    StatusCallback = TwilioAddress.Callback(publicUrl, message.Creditor, message.Identity),
                },
                client);
            return new SendOutcome.Accepted(sent.Sid);
        }
        catch (ApiException failure)
        {
            return Outcome(failure);
        }
        catch (ApiConnectionException failure)
        {
            return Unreached.Is(failure.InnerException)
                ? new SendOutcome.TryAgain(TimeSpan.FromMinutes(5), "the SMS service cannot be reached")
                : new SendOutcome.Uncertain("the SMS service did not answer");
        }
    }

    public async Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct)
    {
        var sent = await MessageResource.ReadAsync(
            new ReadMessageOptions { To = new PhoneNumber(message.To), DateSentAfter = message.WrittenAt.UtcDateTime.AddMinutes(-1), Limit = MostRecent }, client);
        if (sent.FirstOrDefault(m => m.Body?.Trim() == message.Body.Trim()) is not { } found)
            return null;
        return found.Status == MessageResource.StatusEnum.Failed || found.Status == MessageResource.StatusEnum.Canceled
            ? new SendOutcome.Refused($"the SMS service could not send it, code {found.ErrorCode ?? 0}")
            : new SendOutcome.Accepted(found.Sid);
    }

    private SendOutcome Outcome(ApiException failure) => failure.Status switch
    {
        429 => throttle.Hold(null),
        401 or 403 or 404 => new SendOutcome.TryAgain(TimeSpan.FromMinutes(15), $"the SMS service answered {failure.Status}, code {failure.Code}"),
        // What timed out or collided may have been taken all the same.
        >= 400 and < 500 and not 408 and not 409 => new SendOutcome.Refused($"the SMS service answered {failure.Status}, code {failure.Code}"),
        // Zero is a body that was not JSON, such as a gateway's own page.
        _ => new SendOutcome.Uncertain($"the SMS service answered {failure.Status}"),
    };
}
