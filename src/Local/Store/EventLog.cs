using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Local.Store;

/// <summary>An event and the bytes that stand for it, made before the writer's turn comes.</summary>
internal sealed record WrittenEvent(long Seq, DateTimeOffset At, string By, byte[] Body)
{
    public static WrittenEvent Of(LoggedEvent logged) => new(logged.Seq, logged.At, logged.By, DomainJson.Write(logged.Event));
}

internal sealed record ChainedEvent(WrittenEvent Written, byte[] Hash);

/// <summary>The log of each case, chained by hash over the very bytes stored.</summary>
internal static class EventLog
{
    /// <summary>What the first event of a case is chained to: nothing.</summary>
    public static readonly byte[] Genesis = [];

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
            head = AuditChain.Next(head, written.Seq, written.At, written.By, written.Body);
            chained.Add(new(written, head));
        }
        return chained;
    }

    public static void Add(Connection connection, long caseNo, ChainedEvent chained)
    {
        var written = chained.Written;
        using var insert = connection.Use("INSERT INTO events(no, at, by, body, hash) VALUES(?, ?, ?, ?, ?)");
        insert.Set(1, Number(caseNo, written.Seq)).Set(2, written.At.UtcTicks).Set(3, written.By).Set(4, written.Body).Set(5, chained.Hash).Run();
    }

    /// <summary>Events after a sequence number, up to and including another.</summary>
    public static List<AuditedEvent> Read(Connection connection, long caseNo, long after, long upTo, int limit)
    {
        using var select = connection.Use("SELECT seq, at, by, body, hash FROM events WHERE no > ? AND no <= ? ORDER BY no LIMIT ?");
        var from = caseNo * Schema.EventsPerCase;
        select.Set(1, from + after).Set(2, from + upTo).Set(3, limit);
        var events = new List<AuditedEvent>();
        while (select.Step())
            events.Add(new(
                new(select.Long(0), Instants.Read(select.Long(1)), select.Text(2), EventBody.Read(select.Long(0), select.Bytes(3))),
                Convert.ToHexStringLower(select.Bytes(4))));
        return events;
    }

    /// <summary>The sequence number of the first event that is not what it was when it was acknowledged; null when all are.</summary>
    public static long? FirstBroken(Connection connection, long caseNo, long lastSeq, ReadOnlySpan<byte> last)
    {
        using var select = connection.Use("SELECT seq, at, by, body, hash FROM events WHERE no > ? AND no < ? ORDER BY no");
        select.Set(1, caseNo * Schema.EventsPerCase).Set(2, (caseNo + 1) * Schema.EventsPerCase);
        var (head, seq) = (Genesis, 0L);
        while (select.Step())
        {
            var hash = AuditChain.Next(head, ++seq, Instants.Read(select.Long(1)), select.Text(2), select.Bytes(3));
            if (select.Long(0) != seq || !select.Bytes(4).SequenceEqual(hash))
                return seq;
            head = hash;
        }
        return seq == lastSeq && last.SequenceEqual(head) ? null : seq + 1;
    }
}
