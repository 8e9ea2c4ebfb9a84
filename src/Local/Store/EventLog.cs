using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Local.Store;

/// <summary>An event and the bytes that stand for it, made before the writer's turn comes.</summary>
internal sealed record WrittenEvent(long Seq, DateTimeOffset At, string By, LogBody Body)
{
    public static WrittenEvent Of(LoggedEvent logged) => new(logged.Seq, logged.At, logged.By, LogBody.Of(logged.Event));
}

internal sealed record ChainedEvent(WrittenEvent Written, byte[] Hash);

/// <summary>The log of each case, chained by hash over the very bytes stored, with the personal values beside it.</summary>
internal static class EventLog
{
    /// <summary>What the first event of a case is chained to: nothing.</summary>
    public static readonly byte[] Genesis = [];

    /// <summary>What <see cref="Body"/> expects, in this order, of an event e and its personal values p.</summary>
    public const string BodyColumns = "e.seq, e.format, e.body, p.body";

    private const string Rows = "events e LEFT JOIN personal p ON p.no = e.no";

    public static long Number(long caseNo, long seq) => seq is > 0 and < Schema.EventsPerCase
        ? caseNo * Schema.EventsPerCase + seq
        : throw new InvalidOperationException($"A case has at most {Schema.EventsPerCase - 1} events.");

    /// <summary>The events with their hashes, chained to the last one before them.</summary>
    public static List<ChainedEvent> Chain(long lastSeq, byte[] head, IEnumerable<WrittenEvent> events)
    {
        var chained = new List<ChainedEvent>();
        foreach (var written in events)
        {
            if (written.Seq != ++lastSeq)
                throw new InvalidOperationException($"Event {written.Seq} was brought where {lastSeq} comes next.");
            head = AuditChain.Next(head, written.Seq, written.At, written.By, written.Body.Hashed, written.Body.Format);
            chained.Add(new(written, head));
        }
        return chained;
    }

    public static void Add(Connection connection, long caseNo, ChainedEvent chained)
    {
        var (written, no) = (chained.Written, Number(caseNo, chained.Written.Seq));
        using (var insert = connection.Use("INSERT INTO events(no, at, by, body, hash, format) VALUES(?, ?, ?, ?, ?, ?)"))
            insert.Set(1, no).Set(2, written.At.UtcTicks).Set(3, written.By).Set(4, written.Body.Hashed).Set(5, chained.Hash).Set(6, (long)written.Body.Format).Run();
        if (written.Body.Personal is not { } personal)
            return;
        using var beside = connection.Use("INSERT INTO personal(no, body) VALUES(?, ?)");
        beside.Set(1, no).Set(2, personal).Run();
    }

    /// <summary>Events after a sequence number, up to and including another.</summary>
    public static List<AuditedEvent> Read(Connection connection, long caseNo, long after, long upTo, int limit)
    {
        using var select = connection.Use($"SELECT {BodyColumns}, e.at, e.by, e.hash FROM {Rows} WHERE e.no > ? AND e.no <= ? ORDER BY e.no LIMIT ?");
        var from = caseNo * Schema.EventsPerCase;
        select.Set(1, from + after).Set(2, from + upTo).Set(3, limit);
        var events = new List<AuditedEvent>();
        while (select.Step())
            events.Add(new(
                new(select.Long(0), Instants.Read(select.Long(4)), select.Text(5), Body(select)),
                Convert.ToHexStringLower(select.Bytes(6))));
        return events;
    }

    /// <summary>The event of a row that begins with <see cref="BodyColumns"/>.</summary>
    public static CaseEvent Body(Statement row) => EventBody.Read(row.Long(0), (LogFormat)row.Int(1), row.Bytes(2), row.Bytes(3));

    /// <summary>The rows of a case as of one instant; none when there is no such case.</summary>
    public static List<ChainRow> Chain(Connection connection, string caseId) =>
        connection.Snapshot(c => CaseRow.Find(c, caseId) is { } head ? Chain(c, head.No) : []);

    /// <summary>All the rows of a case as they are stored, whatever was done to them.</summary>
    public static List<ChainRow> Chain(Connection connection, long caseNo)
    {
        using var select = connection.Use($"SELECT {BodyColumns}, e.at, e.by, e.hash FROM {Rows} WHERE e.no > ? AND e.no < ? ORDER BY e.no");
        select.Set(1, caseNo * Schema.EventsPerCase).Set(2, (caseNo + 1) * Schema.EventsPerCase);
        var rows = new List<ChainRow>();
        while (select.Step())
        {
            var personal = select.Bytes(3).ToArray();
            var body = new LogBody((LogFormat)select.Int(1), select.Bytes(2).ToArray(), personal.Length == 0 ? null : personal);
            rows.Add(new(select.Long(0), Instants.ReadAny(select.Long(4)), select.Text(5), body, select.Bytes(6).ToArray()));
        }
        return rows;
    }

    /// <summary>Takes the personal values of some kinds away from beside the log, and out of rows from before they stood there.</summary>
    public static void Forget(Connection connection, long caseNo, PersonalKinds kinds)
    {
        var left = Chain(connection, caseNo).Select(r => (Row: r, After: LogBody.Forget(r.Body, kinds))).Where(r => !ReferenceEquals(r.After, r.Row.Body)).ToList();
        foreach (var (row, after) in left.Where(r => r.Row.Body.Format != LogFormat.Plain))
        {
            using var change = connection.Use(after.Personal is null ? "DELETE FROM personal WHERE no = ?1" : "UPDATE personal SET body = ?2 WHERE no = ?1");
            change.Set(1, Number(caseNo, row.Seq));
            if (after.Personal is { } personal)
                change.Set(2, personal);
            change.Run();
        }
        var plain = left.FindAll(r => r.Row.Body.Format == LogFormat.Plain);
        if (plain.Count > 0)
            Schema.Unlocked(connection, () => plain.ForEach(r => Redact(connection, Number(caseNo, r.Row.Seq), r.After)));
    }

    private static void Redact(Connection connection, long no, LogBody after)
    {
        using var update = connection.Use("UPDATE events SET body = ?, format = ? WHERE no = ?");
        update.Set(1, after.Hashed).Set(2, (long)after.Format).Set(3, no).Run();
    }
}
