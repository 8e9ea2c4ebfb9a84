using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Audit;

/// <summary>What is looked for. Creditors null is every creditor; From is included, To is not.</summary>
public sealed record AuditFilter
{
    public IReadOnlyList<string>? Creditors { get; init; }

    public string? Case { get; init; }

    public string? Debtor { get; init; }

    /// <summary>A key, "engine", a provider.</summary>
    public string? Actor { get; init; }

    /// <summary>A type of event, or an operation.</summary>
    public string? Kind { get; init; }

    /// <summary>The path of what an act beside the cases was done to, or its beginning: <c>/api/policies/fr-b2b</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>No event of a case can match: no log of one need be read.</summary>
    public bool IsBesideCases => Subject is not null || (Kind is not null && !Events.Contains(Kind));

    private static readonly HashSet<string> Events = [.. typeof(CaseEvent).GetNestedTypes().Select(t => JsonNamingPolicy.CamelCase.ConvertName(t.Name))];

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }
}

/// <summary>Where an entry stands among all: the newest come first, then by log and number.</summary>
public readonly record struct AuditPlace(DateTimeOffset At, string Log, long Seq)
{
    public static readonly IComparer<AuditPlace> Order = Comparer<AuditPlace>.Create(
        (a, b) => a.At != b.At ? b.At.CompareTo(a.At) : a.Log != b.Log ? string.CompareOrdinal(a.Log, b.Log) : b.Seq.CompareTo(a.Seq));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks} {Seq} {Log}");

    public static AuditPlace? Parse(string text) =>
        text.Split(' ', 3) is [var ticks, var seq, var log] && long.TryParse(ticks, out var at) && at >= 0 && at <= DateTimeOffset.MaxValue.UtcTicks && long.TryParse(seq, out var number)
            ? new(new(at, TimeSpan.Zero), log, number)
            : null;
}

/// <summary>
/// Where a reader goes on: after a place among the cases of one part, or at its beginning. Part is the cursor of the list of cases, null for the first.
/// </summary>
public readonly record struct AuditCursor(AuditPlace? After, string? Part)
{
    public override string ToString() => $"{Part}\n{After}";

    public static AuditCursor? Parse(string text) => text.Split('\n') is not [var part, var place] ? null
        : place.Length == 0 ? new(null, part)
        : AuditPlace.Parse(place) is { } after ? new(after, part.Length > 0 ? part : null) : null;
}

/// <summary>Who did what, when and why. Log is the case, or that of administration.</summary>
public sealed record AuditRecord(AuditPlace Place, string By, string What, string? Creditor, string? Why, string Hash)
{
    public string? Debtor { get; init; }

    /// <summary>Of the invoice.</summary>
    public string? Number { get; init; }

    /// <summary>What it was done to: the id of the fact, or the path of the request.</summary>
    public string? Subject { get; init; }
}

/// <summary>
/// The logs of the cases and that of administration as one, the newest first. No index of its own: cases are gone through by their last change, and none that changed
/// before the oldest entry of the page needs to be looked at. However little matches, one page reads a bounded number of logs: what is left is gone through by the next, its
/// entries the newest first among themselves. What was told and not folded yet is listed as soon as it is.
/// </summary>
public sealed class AuditTrail(ICaseStore store, ICaseLists lists, AdminLog admin)
{
    private const int Page = 100;
    private const int ActsAtOnce = 500;
    private const int MostLogs = 500;

    /// <summary>Entries after a place, at most limit, and where to go on; null at the end. A page may hold none though there are more.</summary>
    public async Task<(IReadOnlyList<AuditRecord> Records, AuditCursor? Next)> Read(AuditFilter filter, AuditCursor? from, int limit, CancellationToken ct)
    {
        var newest = new Newest(filter, from?.After, limit + 1);
        var (looked, current, rest) = (0, from?.Part, (string?)null);
        await foreach (var (item, part) in Cases(filter, from?.Part, ct))
        {
            if (item.UpdatedAt < filter.From || newest.IsComplete(item.UpdatedAt))
                break;
            // A part begins where a page of the list does.
            if (looked >= MostLogs && part != current)
            {
                rest = part;
                break;
            }
            (looked, current) = (looked + 1, part);
            foreach (var (logged, hash) in await lists.Log(item.Id, 0, int.MaxValue, ct))
                newest.Offer(Of(item, logged, hash));
        }
        if (from?.Part is null)
            foreach (var creditor in filter.Creditors ?? [null!])
                await Acts(creditor, filter, newest, ct);
        var records = newest.Sorted();
        return records.Count > limit ? ([.. records.Take(limit)], new(records[limit - 1].Place, from?.Part)) : (records, rest is null ? null : new(null, rest));
    }

    // Each with the cursor of the page of the list it stands on.
    private async IAsyncEnumerable<(Touched Item, string? Part)> Cases(AuditFilter filter, string? part, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        if (filter.IsBesideCases)
            yield break;
        if (filter.Case is { } id)
        {
            if ((await store.Load(id, ct))?.State.Known is { } file && filter.Creditors?.Contains(file.Creditor) != false && (filter.Debtor ?? file.Debtor.Id) == file.Debtor.Id)
                yield return (new(id, file.Creditor, file.Debtor.Id, file.Invoice.Number, DateTimeOffset.MaxValue), null);
            yield break;
        }
        for (string? cursor = part, first = ""; first is not null || cursor is not null; first = null)
        {
            var page = await lists.Cases(
                new() { Creditors = filter.Creditors, Debtor = filter.Debtor, UpdatedSince = filter.From, Sort = "-updatedAt", Cursor = cursor, Limit = Page }, ct);
            foreach (var item in page.Items)
                yield return (new(item.Id, item.Index.Creditor, item.Index.Debtor, item.Index.Number, item.Index.UpdatedAt), cursor);
            cursor = page.NextCursor;
        }
    }

    private async Task Acts(string? creditor, AuditFilter filter, Newest newest, CancellationToken ct)
    {
        IReadOnlyList<AdminEntry> page;
        long? before = null;
        do
        {
            page = await admin.Newest(creditor, before, ActsAtOnce, ct);
            foreach (var act in page)
                if (IsAbout(act, filter))
                    newest.Offer(new(new(act.At, AdminLog.Chain, act.Seq), act.By, act.What, act.Creditor, act.Why, act.Hash) { Subject = act.Subject });
            before = page.Count > 0 ? page[^1].Seq : before;
        }
        while (page.Count == ActsAtOnce && !(page[^1].At < filter.From) && !newest.IsComplete(page[^1].At));
    }

    private static bool IsAbout(AdminEntry act, AuditFilter filter) =>
        (filter.Case is null || act.Cases.Contains(filter.Case) || IsTo(act, $"/api/invoices/{filter.Case}"))
        && (filter.Debtor is null || IsTo(act, $"/api/debtors/{filter.Debtor}"))
        && (filter.Subject is null || IsTo(act, filter.Subject));

    private static bool IsTo(AdminEntry act, string path) => act.Subject is { } subject && (subject == path || subject.StartsWith($"{path}/", StringComparison.Ordinal));

    private static AuditRecord Of(Touched item, LoggedEvent logged, string hash) => new(
        new(logged.At, item.Id, logged.Seq), logged.By, JsonNamingPolicy.CamelCase.ConvertName(logged.Event.GetType().Name), item.Creditor, Why(logged.Event), hash)
    {
        Debtor = item.Debtor,
        Number = item.Number,
        Subject = logged.Event.Id.Length > 0 ? logged.Event.Id : null,
    };

    private static string? Why(CaseEvent @event) => Said(@event, "Reason") ?? Said(@event, "Note");

    private static string? Said(CaseEvent @event, string member) => @event.GetType().GetProperty(member, BindingFlags.Public | BindingFlags.Instance)?.GetValue(@event) as string;

    /// <summary>A case, and when it changed last.</summary>
    private sealed record Touched(string Id, string Creditor, string Debtor, string Number, DateTimeOffset UpdatedAt);

    /// <summary>The first few of what is offered, in any order.</summary>
    private sealed class Newest(AuditFilter filter, AuditPlace? after, int most)
    {
        private readonly SortedSet<AuditPlace> _places = new(AuditPlace.Order);
        private readonly Dictionary<AuditPlace, AuditRecord> _kept = [];

        public void Offer(AuditRecord record)
        {
            var at = record.Place.At;
            if (at < filter.From || at >= filter.To || (after is { } place && AuditPlace.Order.Compare(record.Place, place) <= 0)
                || (filter.Actor is not null && record.By != filter.Actor) || (filter.Kind is not null && record.What != filter.Kind))
                return;
            if (_places.Add(record.Place))
                _kept.Add(record.Place, record);
            if (_places.Count <= most)
                return;
            _kept.Remove(_places.Max);
            _places.Remove(_places.Max);
        }

        /// <summary>Nothing older than that instant could come among them.</summary>
        public bool IsComplete(DateTimeOffset instant) => _places.Count == most && instant < _places.Max.At;

        public IReadOnlyList<AuditRecord> Sorted() => [.. _places.Select(p => _kept[p])];
    }
}
