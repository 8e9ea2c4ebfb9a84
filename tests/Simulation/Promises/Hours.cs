using Dunning.Domain;

namespace Dunning.Simulation;

/// <summary>Decent hours told a second time: holidays from a printed calendar, not from a computus.</summary>
internal static class Hours
{
    private static readonly Dictionary<int, DateOnly> Easter = new()
    {
        [2025] = new(2025, 4, 20),
        [2026] = new(2026, 4, 5),
        [2027] = new(2027, 3, 28),
        [2028] = new(2028, 4, 16),
    };

    private static readonly HashSet<(int, int)> French = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
    private static readonly HashSet<(int, int)> Belgian = [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)];

    public static bool IsDecent(Policy policy, string country, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, policy.Zone).DateTime;
        var (date, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        return policy.WindowFrom <= time && time <= policy.WindowTo && IsWorked(country, date)
            && !policy.QuietPeriods.Any(q => q.From <= date && date <= q.To);
    }

    private static bool IsWorked(string country, DateOnly date)
    {
        var afterEaster = date.DayNumber - Easter[date.Year].DayNumber;
        return date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
            && afterEaster is not (1 or 39 or 50)
            && !(country == "BE" ? Belgian : French).Contains((date.Month, date.Day));
    }
}
