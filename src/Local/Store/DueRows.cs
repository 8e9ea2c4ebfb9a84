using Dunning.Service.Engine;

namespace Dunning.Local.Store;

/// <summary>
/// What is due, in three reads that follow each other in time and never overlap: wake-ups that have come, then unread events of cases that
/// sleep, then those of cases that wait for nothing. Each reads its index in order and stops at the limit, however many cases sleep.
/// </summary>
internal static class DueRows
{
    private const string Next = "SELECT min(wake_at) FROM cases WHERE wake_at > ?";
    private const string Woken = "SELECT id FROM cases WHERE wake_at <= ?1 ORDER BY wake_at, no LIMIT ?2";
    private const string UnreadAsleep = "SELECT id FROM cases WHERE folded_seq < last_seq AND wake_at > ?1 ORDER BY wake_at, no LIMIT ?2";
    private const string UnreadElse = "SELECT id FROM cases WHERE folded_seq < last_seq AND wake_at IS NULL ORDER BY no LIMIT ?2";

    public static IReadOnlyList<string> Statements => [Woken, UnreadAsleep, UnreadElse, Next];

    public static DueCases Read(Connection connection, DateTimeOffset now, int limit)
    {
        var cases = new List<string>();
        foreach (var sql in (string[])[Woken, UnreadAsleep, UnreadElse])
        {
            using var select = connection.Use(sql);
            select.Set(1, now.UtcTicks).Set(2, limit - cases.Count);
            while (select.Step())
                cases.Add(select.Text(0));
        }
        using var next = connection.Use(Next);
        next.Set(1, now.UtcTicks).Step();
        return new(cases, Instants.Read(next.MaybeLong(0)));
    }
}
