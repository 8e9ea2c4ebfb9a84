using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service.Outgoing;

/// <summary>
/// When a delivery is tried: at once, and after each failure as Standard Webhooks says, 75 hours and 35 minutes in all. Each wait is up to a twentieth longer, by
/// chance drawn from the delivery's id, so that what failed together does not come back together.
/// </summary>
public static class RetrySchedule
{
    private const double MostJitter = 0.05;

    /// <summary>Nobody makes us wait longer than the longest wait of our own.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>What is waited before each attempt.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), Longest,
    ];

    /// <summary>When it is tried again; null when that was the last time.</summary>
    /// <param name="attempts">How often it was tried, the last failure included.</param>
    /// <param name="asked">What the receiver asked us to wait.</param>
    public static DateTimeOffset? Next(string id, int attempts, DateTimeOffset failedAt, TimeSpan? asked = null)
    {
        if (attempts >= Waits.Count)
            return null;
        var wait = Waits[attempts] * (1 + MostJitter * Chance(id, attempts));
        return failedAt + (asked is { } more && more > wait ? (more < Longest ? more : Longest) : wait);
    }

    private static double Chance(string id, int attempts) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}\n{attempts}")))) / (double)uint.MaxValue;
}
