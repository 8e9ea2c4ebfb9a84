using System.Globalization;

namespace Dunning.Service.Webhooks.Verifying;

/// <summary>The times some providers sign: five minutes to either side, both ends included.</summary>
internal static class TimeWindow
{
    private const long Seconds = 300;

    // After the year 9999 nothing is signed, and nothing overflows.
    private const long Latest = 253_402_300_799;

    /// <summary>Null for a time that is none.</summary>
    public static bool? Holds(string unixSeconds, DateTimeOffset now) =>
        long.TryParse(unixSeconds, NumberStyles.None, CultureInfo.InvariantCulture, out var t) && t <= Latest
            ? Math.Abs(now.ToUnixTimeSeconds() - t) <= Seconds
            : null;
}
