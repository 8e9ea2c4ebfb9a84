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

/// <summary>Who did what, when and why. Log is the case, or that of administration.</summary>
public sealed record AuditRecord(AuditPlace Place, string By, string What, string? Creditor, string? Why, string Hash)
{
    public string? Debtor { get; init; }

    /// <summary>What it was done to: the id of the fact, or the path of the request.</summary>
    public string? Subject { get; init; }
}

/// <summary>
/// The logs of the cases and that of administration as one, the newest first. No index of its own: cases are gone through by their last change, and none that changed
/// before the oldest entry of the page needs to be looked at. What was told and not folded yet is listed as soon as it is.
/// </summary>
public sealed class AuditTrail(ICaseStore store, ICaseLists lists, AdminLog admin)
{
    private const int Page = 100;

    /// <summary>Entries after a place, at most limit, and whether there are more.</summary>
    public async Task<(IReadOnlyList<AuditRecord> Records, bool More)> Read(AuditFilter filter, AuditPlace? after, int limit, CancellationToken ct)
    {
        var newest = new Newest(filter, after, limit + 1);
        await foreach (var item in Cases(filter, ct))
        {
            if (item.UpdatedAt < filter.From || newest.IsComplete(item.UpdatedAt))
                break;
            foreach (var (logged, hash) in await lists.Log(item.Id, 0, int.MaxValue, ct))
                newest.Offer(Of(item, logged, hash));
        }
        foreach (var creditor in filter.Creditors ?? [null!])
            await Acts(creditor, filter, newest, ct);
        var records = newest.Sorted();
        return (records.Count > limit ? [.. records.Take(limit)] : records, records.Count > limit);
    }

    private async IAsyncEnumerable<Touched> Cases(AuditFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        if (filter.Case is { } id)
        {
            if ((await store.Load(id, ct))?.State.Known is { } file && filter.Creditors?.Contains(file.Creditor) != false && (filter.Debtor ?? file.Debtor.Id) == file.Debtor.Id)
                yield return new(id, file.Creditor, file.Debtor.Id, DateTimeOffset.MaxValue);
            yield break;
        }
        for (string? cursor = null, first = ""; first is not null || cursor is not null; first = null)
        {
            var page = await lists.Cases(
                new() { Creditors = filter.Creditors, Debtor = filter.Debtor, UpdatedSince = filter.From, Sort = "-updatedAt", Cursor = cursor, Limit = Page }, ct);
            foreach (var item in page.Items)
                yield return new(item.Id, item.Index.Creditor, item.Index.Debtor, item.Index.UpdatedAt);
            cursor = page.NextCursor;
        }
    }

    private async Task Acts(string? creditor, AuditFilter filter, Newest newest, CancellationToken ct)
    {
        IReadOnlyList<AdminEntry> page;
        long? before = null;
        do
        {
            page = await admin.Newest(creditor, before, Page, ct);
            foreach (var act in page)
                if (IsAbout(act, filter))
                    newest.Offer(new(new(act.At, AdminLog.Chain, act.Seq), act.By, act.What, act.Creditor, act.Why, act.Hash) { Subject = act.Subject });
            before = page.Count > 0 ? page[^1].Seq : before;
        }
        while (page.Count == Page && !(page[^1].At < filter.From) && !newest.IsComplete(page[^1].At));
    }

    private static bool IsAbout(AdminEntry act, AuditFilter filter) =>
        (filter.Case is null || act.Cases.Contains(filter.Case) || act.Subject?.StartsWith($"/api/invoices/{filter.Case}/", StringComparison.Ordinal) == true)
        && (filter.Debtor is null || act.Subject == $"/api/debtors/{filter.Debtor}" || act.Subject?.StartsWith($"/api/debtors/{filter.Debtor}/", StringComparison.Ordinal) == true);

    private static AuditRecord Of(Touched item, LoggedEvent logged, string hash) => new(
        new(logged.At, item.Id, logged.Seq), logged.By, JsonNamingPolicy.CamelCase.ConvertName(logged.Event.GetType().Name), item.Creditor, Why(logged.Event), hash)
    {
        Debtor = item.Debtor,
        Subject = logged.Event.Id.Length > 0 ? logged.Event.Id : null,
    };

    private static string? Why(CaseEvent @event) => Said(@event, "Reason") ?? Said(@event, "Note");

    private static string? Said(CaseEvent @event, string member) => @event.GetType().GetProperty(member, BindingFlags.Public | BindingFlags.Instance)?.GetValue(@event) as string;

    /// <summary>A case, and when it changed last.</summary>
    private sealed record Touched(string Id, string Creditor, string Debtor, DateTimeOffset UpdatedAt);

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
