using System.Globalization;
using Dunning.Service.Events;

namespace Dunning.Local.Store;

/// <summary>
/// What was announced, numbered by the one writer in the order of its commits: whoever has read up to a number has seen all there will ever be below it. Numbers are never
/// used twice, not even after all rows are gone.
/// </summary>
internal static class FeedRows
{
    private const int Portion = 5000;
    private const string Columns = "no, id, type, at, creditor, case_id, data";

    public static void Add(Connection connection, IReadOnlyList<Announcement> announced, DateTimeOffset now)
    {
        foreach (var news in announced)
        {
            using var insert = connection.Use("INSERT INTO announcements(told_at, id, type, at, creditor, case_id, data) VALUES(?, ?, ?, ?, ?, ?, ?)");
            insert.Set(1, now.UtcTicks).Set(2, news.Id).Set(3, news.Type).Set(4, news.At.UtcTicks).Set(5, news.Creditor).Set(6, news.CaseId).Set(7, news.Data).Run();
        }
    }

    public static FeedPage? Read(Connection connection, string creditor, long? after, IReadOnlyList<string>? types, int limit)
    {
        var end = End(connection);
        if (after < (connection.Use("SELECT min(no) FROM announcements") is var first && First(first) is { } oldest ? oldest - 1 : end))
            return null;
        using var select = connection.Use($"SELECT {Columns} FROM announcements WHERE creditor = ? AND no > ? ORDER BY no");
        select.Set(1, creditor).Set(2, after ?? 0);
        var items = new List<Told>();
        while (items.Count < limit && select.Step())
            if (types is null || types.Contains(select.Text(2)))
                items.Add(new(Place(select.Long(0)), Read(select)));
        return new(items, items.Count == limit ? items[^1].Place : Place(end));
    }

    public static Announcement? Find(Connection connection, string creditor, long no)
    {
        using var select = connection.Use($"SELECT {Columns} FROM announcements WHERE no = ? AND creditor = ?");
        return select.Set(1, no).Set(2, creditor).Step() ? Read(select) : null;
    }

    public static long End(Connection connection)
    {
        using var select = connection.Use("SELECT seq FROM sqlite_sequence WHERE name = 'announcements'");
        return select.Step() ? select.Long(0) : 0;
    }

    /// <summary>The oldest of all, whoever was told them: they stand in the order of time.</summary>
    public static bool Prune(Connection connection, DateTimeOffset before)
    {
        using var delete = connection.Use($"""
            DELETE FROM announcements WHERE no <= (SELECT max(no) FROM (SELECT no, told_at FROM announcements ORDER BY no LIMIT {Portion}) WHERE told_at < ?)
            """);
        return delete.Set(1, before.UtcTicks).Run() >= Portion;
    }

    public static string Place(long no) => no.ToString(CultureInfo.InvariantCulture);

    public static long? Number(string place) => long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? no : null;

    private static long? First(Statement select)
    {
        using (select)
            return select.Step() ? select.MaybeLong(0) : null;
    }

    private static Announcement Read(Statement row) => new(row.Text(1), row.Text(2), Instants.Read(row.Long(3)), row.Text(4), row.Text(5), row.Text(6));
}
