using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace Dunning.Functions.Senders;

/// <summary>
/// SMS through Twilio, which takes no key of ours: a lost answer is looked for among the messages sent to that number, and what is not found is not believed
/// unsent.
/// </summary>
public sealed class SmsSender(ITwilioRestClient client, string from, Uri publicUrl, Throttle throttle) : IMessageSender
{
    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        if (throttle.Holds() is { } wait)
            return wait;
        ct.ThrowIfCancellationRequested();
        try
        {
            var sent = await MessageResource.CreateAsync(
                new CreateMessageOptions(new PhoneNumber(message.To)) { From = new PhoneNumber(from), Body = message.Body, StatusCallback = Callback(message) }, client);
            return new SendOutcome.Accepted(sent.Sid);
        }
        catch (ApiException failure)
        {
            return Outcome(failure);
        }
        catch (TwilioException failure) when (failure is ApiConnectionException)
        {
            return new SendOutcome.Uncertain("the SMS service did not answer");
        }
    }

    public async Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct)
    {
        var sent = await MessageResource.ReadAsync(
            new ReadMessageOptions { To = new PhoneNumber(message.To), DateSentAfter = message.WrittenAt.UtcDateTime.AddMinutes(-1) }, client);
        return sent.FirstOrDefault(m => m.Body == message.Body) is { } found ? new SendOutcome.Accepted(found.Sid) : null;
    }

    // The address is part of what Twilio signs: whoever changes the key in it breaks the signature.
    private Uri Callback(OutgoingMessage message) =>
        new(publicUrl, $"/api/webhooks/twilio/{Uri.EscapeDataString(message.Creditor)}?key={Uri.EscapeDataString(message.Key.ToString())}");

    private SendOutcome Outcome(ApiException failure) => failure.Status switch
    {
        429 => throttle.Hold(null),
        401 or 403 or 404 => new SendOutcome.TryAgain(TimeSpan.FromMinutes(15), $"the SMS service answered {failure.Status}, code {failure.Code}"),
        >= 400 and < 500 => new SendOutcome.Refused($"the SMS service answered {failure.Status}, code {failure.Code}"),
        // Zero is a body that was not JSON, such as a gateway's own page.
        _ => new SendOutcome.Uncertain($"the SMS service answered {failure.Status}"),
    };
}
