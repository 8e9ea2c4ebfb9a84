using System.Collections.Concurrent;

namespace Dunning.Domain;

/// <summary>A time zone. Joins a date and an hour into an instant, and back: the only place where the two meet.</summary>
public sealed class Zone
{
    private static readonly DateOnly First = new(2020, 1, 1);
    private static readonly DateOnly Last = new(2059, 12, 31);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly ConcurrentDictionary<string, Zone> Known = new(StringComparer.Ordinal);

    private readonly TimeZoneInfo _info;

    // The offset of every day of the years in which cases live, in minutes; null where it changes: the system looks each one up in a hundred rules.
    private readonly short?[] _minutes;

    private Zone(TimeZoneInfo info)
    {
        _info = info;
        _minutes = [.. Enumerable.Range(First.DayNumber, Last.DayNumber - First.DayNumber + 1).Select(day => Minutes(DateOnly.FromDayNumber(day)))];
    }

    public static Zone Utc { get; } = Of(TimeZoneInfo.Utc);

    /// <summary>The IANA name, such as Europe/Paris.</summary>
    public string Id => _info.Id;

    public static implicit operator TimeZoneInfo(Zone zone) => zone._info;

    public static Zone Of(TimeZoneInfo info) => Known.GetOrAdd(info.Id, _ => new(info));

    public TimeZoneInfo ToTimeZoneInfo() => _info;

    /// <summary>
    /// The instant of a local date and time. A time skipped in spring moves forward by the gap (02:30 becomes 03:30);
    /// a time that exists twice in autumn is the earlier of the two.
    /// </summary>
    public DateTimeOffset At(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        var before = OffsetAt(local - Day);
        var after = OffsetAt(local + Day);
        if (before == after)
            return Instant(local, before);
        // Across a change the offset in force before it answers both questions: it is the earlier of two readings of an
        // ambiguous time, and it carries a skipped time forward by exactly the gap.
        var early = Instant(local, before);
        return _info.IsInvalidTime(local) || _info.GetUtcOffset(early) == before ? early : Instant(local, after);
    }

    public DateTimeOffset Midnight(DateOnly date) => At(date, TimeOnly.MinValue);

    public DateTime Local(DateTimeOffset instant) =>
        DateTime.SpecifyKind(instant.UtcDateTime + OffsetAt(instant.UtcDateTime), DateTimeKind.Unspecified);

    public DateOnly LocalDate(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant));

    private static DateTimeOffset Instant(DateTime local, TimeSpan offset) => new(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc));

    private TimeSpan OffsetAt(DateTime utc)
    {
        var day = DateOnly.FromDateTime(utc).DayNumber - First.DayNumber;
        return day >= 0 && day < _minutes.Length && _minutes[day] is { } minutes
            ? TimeSpan.FromMinutes(minutes)
            : _info.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
    }

    private short? Minutes(DateOnly utc)
    {
        var start = utc.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var offset = _info.GetUtcOffset(start);
        return offset == _info.GetUtcOffset(start + Day) && offset.Ticks % TimeSpan.TicksPerMinute == 0 ? (short)offset.TotalMinutes : null;
    }
}
