namespace Dunning.Service;

/// <summary>A clock that stands still until it is told to move, and never goes back. Timers set on it do not ring by themselves.</summary>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = start.ToUniversalTime();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>What took no time by this clock took none, however long the machine was busy with it.</summary>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <exception cref="ArgumentOutOfRangeException">The instant lies before the present one.</exception>
    public void MoveTo(DateTimeOffset instant)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(instant, _now);
            _now = instant.ToUniversalTime();
        }
    }
}
