using Dunning.Simulation;

namespace Dunning.Functions.Tests.Parity;

/// <summary>Instants at which things go wrong if they ever do, among ordinary ones; in Paris.</summary>
internal static class Moments
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static readonly TimeOnly[] Hours = [new(0, 0), new(0, 0, 1), new(2, 30), new(8, 59, 59), new(9, 0), new(9, 0, 1), new(18, 0), new(18, 0, 1), new(23, 59, 59)];

    // Just before, twice within, and just after the hour that comes twice; then around the hour that never comes.
    private static readonly DateTimeOffset[] Changes =
    [
        Utc(10, 24, 23, 59, 2026), Utc(10, 25, 0, 30, 2026), Utc(10, 25, 1, 0, 2026), Utc(10, 25, 1, 30, 2026), Utc(10, 26, 8, 0, 2026),
        Utc(3, 28, 0, 59, 2027), Utc(3, 28, 1, 0, 2027), Utc(3, 28, 1, 30, 2027), Utc(3, 29, 7, 0, 2027), Utc(3, 30, 7, 0, 2027),
    ];

    public static DateTimeOffset Between(Chance chance, DateTimeOffset from, DateTimeOffset to)
    {
        if (chance.OneIn(8) && Changes.Where(c => from <= c && c <= to).ToList() is { Count: > 0 } changes)
            return chance.Of(changes);
        var any = from + chance.Time(to - from);
        if (chance.OneIn(2))
            return any;
        var local = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(any, Paris).Date).ToDateTime(chance.Of(Hours));
        var at = Paris.IsInvalidTime(local) ? any : new DateTimeOffset(local, Paris.GetUtcOffset(local)).ToUniversalTime();
        return at < from ? from : at > to ? to : at;
    }

    private static DateTimeOffset Utc(int month, int day, int hour, int minute, int year) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
