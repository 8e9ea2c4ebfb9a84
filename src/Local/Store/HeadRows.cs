using Dunning.Service.Audit;

namespace Dunning.Local.Store;

/// <summary>A place among the heads of cases, in the order of creditor, last commit and number. Since, in ticks, is where each creditor begins.</summary>
internal sealed record HeadPlace(string Creditor, long At, long No, long Since)
{
    public static HeadPlace First(DateTimeOffset? since) => new("", since?.UtcTicks ?? 0, 0, since?.UtcTicks ?? 0);
}

/// <summary>Heads, and the place of those after them; null when there are none.</summary>
internal sealed record HeadPage(IReadOnlyList<ChainHead> Heads, HeadPlace? Next);

/// <summary>How long each log is and how it ends, as the rows of cases say.</summary>
internal static class HeadRows
{
    private const int AtOnce = 2000;

    public static ChainHead? Find(Connection connection, string caseId)
    {
        using var select = connection.Use("SELECT id, creditor, last_seq, head FROM cases WHERE id = ?");
        return select.Set(1, caseId).Step() ? Read(select, 0) : null;
    }

    /// <summary>All of them, a page of a creditor at a time.</summary>
    public static async IAsyncEnumerable<ChainHead> All(DateTimeOffset? since, Func<HeadPlace, Task<HeadPage>> read)
    {
        for (var place = HeadPlace.First(since); place is not null;)
        {
            var page = await read(place);
            foreach (var head in page.Heads)
                yield return head;
            place = page.Next;
        }
    }

    /// <summary>What comes at a place. By creditor and instant: what sleeps is not read.</summary>
    public static HeadPage Page(Connection connection, HeadPlace place)
    {
        var heads = new List<ChainHead>();
        using (var select = connection.Use($"""
            SELECT no, updated_at, id, creditor, last_seq, head FROM cases INDEXED BY cases_updated
            WHERE creditor = ?1 AND (updated_at, no) > (?2, ?3) ORDER BY updated_at, no LIMIT {AtOnce}
            """))
        {
            select.Set(1, place.Creditor).Set(2, place.No == 0 ? place.At - 1 : place.At).Set(3, place.No == 0 ? long.MaxValue : place.No);
            var next = place;
            while (select.Step())
            {
                heads.Add(Read(select, 2));
                next = place with { At = select.Long(1), No = select.Long(0) };
            }
            if (heads.Count == AtOnce)
                return new(heads, next);
        }
        return new(heads, NextCreditor(connection, place.Creditor) is { } creditor ? new(creditor, place.Since, 0, place.Since) : null);
    }

    private static string? NextCreditor(Connection connection, string after)
    {
        using var select = connection.Use("SELECT min(creditor) FROM cases WHERE creditor > ?");
        return select.Set(1, after).Step() ? select.MaybeText(0) : null;
    }

    private static ChainHead Read(Statement row, int first) => new(row.Text(first), row.Text(first + 1), row.Long(first + 2), row.Bytes(first + 3).ToArray());
}
