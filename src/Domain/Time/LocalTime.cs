namespace Dunning.Domain;

/// <summary>Joins a date and an hour with a time zone, and back: the only place where the two meet.</summary>
public static class LocalTime
{
    /// <summary>
    /// The instant of a local date and time. A time skipped in spring moves forward by the gap (02:30 becomes 03:30);
    /// a time that exists twice in autumn is the earlier of the two.
    /// </summary>
    public static DateTimeOffset At(this TimeZoneInfo zone, DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        var before = OffsetAt(zone, local.AddDays(-1));
        var after = OffsetAt(zone, local.AddDays(1));
        if (before == after)
            return Instant(local, before);
        // Across a change the offset in force before it answers both questions: it is the earlier of two readings of an
        // ambiguous time, and it carries a skipped time forward by exactly the gap.
        var early = Instant(local, before);
        return zone.IsInvalidTime(local) || zone.GetUtcOffset(early) == before ? early : Instant(local, after);
    }

    public static DateTimeOffset Midnight(this TimeZoneInfo zone, DateOnly date) => zone.At(date, TimeOnly.MinValue);

    public static DateTime Local(this TimeZoneInfo zone, DateTimeOffset instant) =>
        instant.ToOffset(zone.GetUtcOffset(instant)).DateTime;

    public static DateOnly LocalDate(this TimeZoneInfo zone, DateTimeOffset instant) =>
        DateOnly.FromDateTime(zone.Local(instant));

    private static TimeSpan OffsetAt(TimeZoneInfo zone, DateTime utc) => zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    private static DateTimeOffset Instant(DateTime local, TimeSpan offset) => new(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc));
}
