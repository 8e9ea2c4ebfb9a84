using Dunning.Service.Delivery;

namespace Dunning.Functions.Senders;

/// <summary>
/// What a provider said of its limits, shared by all who send through it: once it has asked for patience, nobody asks it again before. The engine puts the
/// messages off, every rule looked at again, the send window included.
/// </summary>
public sealed class Throttle(TimeProvider clock)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private DateTimeOffset _until;

    /// <summary>Null when the provider may be asked.</summary>
    public SendOutcome.TryAgain? Holds()
    {
        lock (_lock)
            return _until > clock.GetUtcNow() ? new(_until - clock.GetUtcNow(), "the provider asked for patience") : null;
    }

    /// <summary>The provider refused for its limits; after is what it asked for, if it said.</summary>
    public SendOutcome.TryAgain Hold(TimeSpan? after)
    {
        var wait = after is { } asked && asked > TimeSpan.Zero ? asked : Usual;
        lock (_lock)
            _until = clock.GetUtcNow() + wait;
        return new(wait, "the provider asked for patience");
    }
}
