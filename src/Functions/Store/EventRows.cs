using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Functions.Store;

/// <summary>An event as bytes, chained to the one before it.</summary>
internal sealed record ChainedEvent(long Seq, DateTimeOffset At, string By, LogBody Body, byte[] Hash);

/// <summary>An event as it was found; one that cannot be read is found set aside, with the reason.</summary>
internal sealed record FoundEvent(long Seq, DateTimeOffset At, string By, CaseEvent Event, byte[] Hash)
{
    public LoggedEvent Logged => new(Seq, At, By, Event);

    /// <param name="at">When the one before it came: the row itself cannot say.</param>
    public static FoundEvent Lost(long seq, DateTimeOffset at, string reason) => new(seq, at, "", EventBody.Unreadable(seq, reason), []);
}

/// <summary>The log of each case, one row an event, chained by hash over the very bytes stored. A row is written once and never changed, but for the personal values that stand in it beside what is hashed.</summary>
internal sealed class EventRows(TableClient cases, Texts texts)
{
    /// <summary>What the first event of a case is chained to: nothing.</summary>
    public static readonly byte[] Genesis = [];

    private const string Body = "Body";
    private const string Personal = "Personal";
    private const string Format = "Format";
    private const string Missing = "the row is missing";

    public static IReadOnlyList<ChainedEvent> Chain(long lastSeq, byte[] head, IEnumerable<LoggedEvent> events)
    {
        var chained = new List<ChainedEvent>();
        foreach (var logged in events)
        {
            if (logged.Seq != ++lastSeq)
                throw new InvalidOperationException($"Event {logged.Seq} was brought where {lastSeq} comes next.");
            var body = LogBody.Of(logged.Event);
            head = AuditChain.Next(head, logged.Seq, logged.At, logged.By, body.Hashed, body.Format);
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
        await Set(row, chained.Body, ct);
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
            var seq = SeqOf(row);
            Fill(events, after, seq);
            events.Add(await Read(row, seq, Before(events), ct));
        }
        Fill(events, after, upTo + 1);
        return events;
    }

    /// <summary>All the rows of a case as they are stored, whatever was done to them.</summary>
    public async Task<List<ChainRow>> Chain(string caseId, CancellationToken ct)
    {
        var rows = new List<ChainRow>();
        await foreach (var row in All(caseId, ct))
            rows.Add(new(SeqOf(row), row.GetDateTimeOffset("At") ?? default, row.GetString("By") ?? "", await Kept(row, ct), row.GetBinary("Hash") ?? []));
        return rows;
    }

    /// <summary>Takes the personal values of some kinds away from beside the log, and out of rows from before they stood there.</summary>
    public async Task Forget(string caseId, PersonalKinds kinds, CancellationToken ct)
    {
        await foreach (var row in All(caseId, ct))
        {
            var body = await BodyOf(row, ct);
            var left = body is null ? null : LogBody.Forget(body, kinds);
            if (left is null || ReferenceEquals(left, body))
                continue;
            var blobs = new[] { Texts.BlobOf(row, Body), Texts.BlobOf(row, Personal) };
            foreach (var name in Texts.Properties(Body).Concat(Texts.Properties(Personal)))
                row.Remove(name);
            await Set(row, left, ct);
            // Nobody else changes it: a refusal means that it was erased meanwhile.
            await cases.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, ct);
            foreach (var blob in blobs)
                await texts.Drop(blob);
        }
    }

    private async Task Set(TableEntity row, LogBody body, CancellationToken ct)
    {
        await texts.Set(row, Body, Encoding.UTF8.GetString(body.Hashed), ct);
        if (body.Format != LogFormat.Plain)
            row[Format] = (int)body.Format;
        if (body.Personal is { } personal)
            await texts.Set(row, Personal, Encoding.UTF8.GetString(personal), ct);
    }

    private async Task<LogBody?> BodyOf(TableEntity row, CancellationToken ct) => await texts.Get(row, Body, ct) is { } body
        ? new((LogFormat)(row.GetInt32(Format) ?? 0), Encoding.UTF8.GetBytes(body), await texts.Get(row, Personal, ct) is { } personal ? Encoding.UTF8.GetBytes(personal) : null)
        : null;

    // A body that is gone is one that was changed.
    private async Task<LogBody> Kept(TableEntity row, CancellationToken ct)
    {
        try
        {
            return await BodyOf(row, ct) ?? new(LogFormat.Plain, [], null);
        }
        catch (RequestFailedException gone) when (gone.Status == 404 && gone.IsRefusal())
        {
            return new(LogFormat.Plain, [], null);
        }
    }

    private AsyncPageable<TableEntity> All(string caseId, CancellationToken ct)
    {
        var prefix = Keys.Join("e", "");
        return cases.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {CaseHead.Partition(caseId)} and RowKey ge {prefix} and RowKey lt {Keys.After(prefix)}"), cancellationToken: ct);
    }

    private static long SeqOf(TableEntity row) => long.Parse(row.RowKey.AsSpan(row.RowKey.IndexOf(Keys.Separator, StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);

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
            var body = await BodyOf(row, ct) ?? throw new FormatException("the row has no body");
            var at = known ?? throw new FormatException("the row has no instant");
            return new(seq, at, row.GetString("By") ?? "", EventBody.Read(seq, body.Format, body.Hashed, body.Personal), row.GetBinary("Hash") ?? []);
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException || (failure is RequestFailedException { Status: 404 } gone && gone.IsRefusal()))
        {
            return FoundEvent.Lost(seq, known ?? before, failure.Message);
        }
    }

    private static string Key(long seq) => Keys.Join("e", Keys.Seq(seq));
}
