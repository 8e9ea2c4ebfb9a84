using Dunning.Service.Delivery;
using Dunning.Service.Engine;

namespace Dunning.Functions.Senders;

/// <summary>While sending is redirected to a mailbox an SMS goes there as an e-mail, which says for whom it was.</summary>
public sealed class RedirectedSms(IMessageSender email) : IMessageSender
{
    public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct) => email.Send(AsEmail(message), ct);

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => email.Ask(AsEmail(message), ct);

    private static OutgoingMessage AsEmail(OutgoingMessage message) => message with { Subject = $"SMS {message.To}" };
}
