using Dunning.Service.Engine;

namespace Dunning.Service.Delivery;

/// <summary>Hands messages of one channel to whoever carries them.</summary>
public interface IMessageSender
{
    /// <summary>How many messages may be on their way at the same time; null when the provider sets no limit.</summary>
    int? AtOnce => null;

    Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct);

    /// <summary>What became of a message that may have been handed over; null when nobody can say.</summary>
    Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct);
}
