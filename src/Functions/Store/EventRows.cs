using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Functions.Store;

/// <summary>An event as bytes, chained to the one before it.</summary>
internal sealed record ChainedEvent(long Seq, DateTimeOffset At, string By, byte[] Body, byte[] Hash);

/// <summary>An event as it was found; one that cannot be read is found set aside, with the reason.</summary>
internal sealed record FoundEvent(long Seq, DateTimeOffset At, string By, CaseEvent Event, byte[] Body, byte[] Hash)
{
    public LoggedEvent Logged => new(Seq, At, By, Event);

    /// <param name="at">When the one before it came: the row itself cannot say.</param>
    public static FoundEvent Lost(long seq, DateTimeOffset at, string reason) => new(seq, at, "", EventBody.Unreadable(seq, reason), [], []);
}

/// <summary>The log of each case, one row an event, chained by hash over the very bytes stored. A row is written once and never changed.</summary>
internal sealed class EventRows(TableClient cases, Texts texts)
{
    /// <summary>What the first event of a case is chained to: nothing.</summary>
    public static readonly byte[] Genesis = [];

    private const string Body = "Body";
    private const string Missing = "the row is missing";

    public static IReadOnlyList<ChainedEvent> Chain(long lastSeq, byte[] head, IEnumerable<LoggedEvent> events)
    {
        var chained = new List<ChainedEvent>();
        foreach (var logged in events)
        {
            if (logged.Seq != ++lastSeq)
                throw new InvalidOperationException($"Event {logged.Seq} was brought where {lastSeq} comes next.");
            var body = DomainJson.Write(logged.Event);
            head = AuditChain.Next(head, logged.Seq, logged.At, logged.By, body);
            chained.Add(new(logged.Seq, logged.At, logged.By, body, head));
        }
        return chained;
    }

    public async Task<TableEntity> Write(string caseId, ChainedEvent chained, string writeId, CancellationToken ct)
    {
        var row = new TableEntity(CaseHead.Partition(caseId), Key(chained.Seq))
        {
            ["Seq"] = chained.Seq,
            ["At"] = chained.At,
            ["By"] = chained.By,
            ["Hash"] = chained.Hash,
            ["WriteId"] = writeId,
        };
        await texts.Set(row, Body, Encoding.UTF8.GetString(chained.Body), ct);
        return row;
    }

    /// <summary>Whether the event at a place of a log is the one that a write brought.</summary>
    public async Task<bool> IsOf(string caseId, long seq, string writeId)
    {
        var found = await cases.GetEntityIfExistsAsync<TableEntity>(CaseHead.Partition(caseId), Key(seq));
        return found.HasValue && found.Value!.GetString("WriteId") == writeId;
    }

    public async Task<CaseEvent> Find(string caseId, long seq, CancellationToken ct)
    {
        var found = await cases.GetEntityIfExistsAsync<TableEntity>(CaseHead.Partition(caseId), Key(seq), cancellationToken: ct);
        return (found.HasValue ? await Read(found.Value!, seq, default, ct) : FoundEvent.Lost(seq, default, Missing)).Event;
    }

    /// <summary>Events after a sequence number, up to and including another, gaps included.</summary>
    public async Task<List<FoundEvent>> Read(string caseId, long after, long upTo, int limit, CancellationToken ct)
    {
        var events = new List<FoundEvent>();
        upTo = Math.Min(upTo, limit > upTo - after ? upTo : after + limit);
        if (upTo <= after)
            return events;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {CaseHead.Partition(caseId)} and RowKey gt {Key(after)} and RowKey le {Key(upTo)}");
        await foreach (var row in cases.QueryAsync<TableEntity>(filter, cancellationToken: ct))
        {
            var seq = long.Parse(row.RowKey.AsSpan(row.RowKey.IndexOf(Keys.Separator, StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
            Fill(events, after, seq);
            events.Add(await Read(row, seq, Before(events), ct));
        }
        Fill(events, after, upTo + 1);
        return events;
    }

    // A row that is gone is no reason to lose those behind it.
    private static void Fill(List<FoundEvent> events, long after, long next)
    {
        for (var seq = after + events.Count + 1; seq < next; seq++)
            events.Add(FoundEvent.Lost(seq, Before(events), Missing));
    }

    private static DateTimeOffset Before(List<FoundEvent> events) => events is [.., var last] ? last.At : DateTimeOffset.UnixEpoch;

    private async Task<FoundEvent> Read(TableEntity row, long seq, DateTimeOffset before, CancellationToken ct)
    {
        var known = row.GetDateTimeOffset("At");
        try
        {
            var body = Encoding.UTF8.GetBytes(await texts.Get(row, Body, ct) ?? throw new FormatException("the row has no body"));
            var at = known ?? throw new FormatException("the row has no instant");
            return new(seq, at, row.GetString("By") ?? "", EventBody.Read(seq, body), body, row.GetBinary("Hash") ?? []);
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException || (failure is RequestFailedException { Status: 404 } gone && gone.IsRefusal()))
        {
            return FoundEvent.Lost(seq, known ?? before, failure.Message);
        }
    }

    private static string Key(long seq) => Keys.Join("e", Keys.Seq(seq));
}
