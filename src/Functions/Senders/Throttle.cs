using System.Globalization;
using Dunning.Service.Delivery;

namespace Dunning.Functions.Senders;

/// <summary>
/// What a provider said of its limits, shared by all who send through it: once it has asked for patience, nobody asks it again before. Those who wait
/// come back one after the other, not all at the same instant: each attempt costs a claim. The engine puts the messages off, every rule looked at
/// again, the send window included.
/// </summary>
/// <remarks>
/// Each process learns it by itself: as many first refusals as there are processes, and as many times the pace after them. What is refused was not taken, so
/// that this costs attempts and never a message.
/// </remarks>
public sealed class Throttle(string sender, TimeProvider clock, OperatorLog log)
{
    /// <summary>A provider that asked for patience is given one message every so often: 30 a minute are the limit a new e-mail domain starts with.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private readonly Lock _lock = new();
    private DateTimeOffset _until;
    private int _waiting;

    /// <summary>Null when the provider may be asked.</summary>
    public SendOutcome.TryAgain? Holds()
    {
        lock (_lock)
            return _until > clock.GetUtcNow() ? Later() : null;
    }

    /// <summary>The provider refused for its limits; after is what it asked for, if it said.</summary>
    public SendOutcome.TryAgain Hold(TimeSpan? after)
    {
        var wait = after is not { } asked || asked <= TimeSpan.Zero ? Usual : asked < Longest ? asked : Longest;
        log.Throttled(sender, wait);
        lock (_lock)
        {
            // Requests of one instant are refused together: the later refusal does not send those before it to the end of the queue.
            if (_until <= clock.GetUtcNow())
                _waiting = 0;
            _until = clock.GetUtcNow() + wait;
            return Later();
        }
    }

    /// <summary>Retry-After: seconds or a date (RFC 9110, section 10.2.3); null when it is neither.</summary>
    public TimeSpan? Read(string? retryAfter) =>
        long.TryParse(retryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, (long)Longest.TotalSeconds))
        : DateTimeOffset.TryParseExact(retryAfter, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date - clock.GetUtcNow()
        : null;

    private SendOutcome.TryAgain Later()
    {
        var queue = Spacing * _waiting++;
        return new(_until - clock.GetUtcNow() + (queue < Longest ? queue : Longest), "the provider asked for patience");
    }
}
