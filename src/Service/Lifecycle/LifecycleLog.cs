using Dunning.Domain;

namespace Dunning.Service.Lifecycle;

/// <summary>A status as a platform told it. At is when it was taken there. Amount is what was approved (206) or cashed (212), Date when money was, or will be, there.</summary>
public sealed record LifecycleEntry(string Id, int Code, DateTimeOffset At)
{
    public string? Reason { get; init; }

    public Money? Amount { get; init; }

    public DateOnly? Date { get; init; }

    /// <summary>The fact it becomes, if it becomes one. Platforms number the statuses of each invoice for itself; facts are unique in their creditor.</summary>
    public string FactId(string caseId) => $"lifecycle:{caseId}:{Id}";
}

/// <summary>
/// All that platforms told of an invoice: a set, so that neither the order in which statuses arrive nor how often matters. Each concern has a track of its own, on
/// which the latest status counts.
/// </summary>
public sealed record LifecycleLog(IReadOnlyList<LifecycleEntry> Entries)
{
    public static readonly LifecycleLog Empty = new([]);

    public LifecycleEntry? Find(string id) => Entries.FirstOrDefault(e => e.Id == id);

    public LifecycleLog With(LifecycleEntry entry) => new([.. Entries, entry]);

    public IEnumerable<LifecycleEntry> Of(int code) => Entries.Where(e => e.Code == code).OrderBy(e => e.At).ThenBy(e => e.Id, StringComparer.Ordinal);

    /// <summary>The status that counts on a track; null before the first.</summary>
    public LifecycleEntry? Latest(LifecycleTrack track) =>
        Entries.Where(e => track.Codes.Contains(e.Code)).OrderBy(e => e.At).ThenBy(e => e.Code).ThenBy(e => e.Id, StringComparer.Ordinal).LastOrDefault();

    /// <summary>What it says was overtaken where it silences; or, of one that only ends silences, everywhere.</summary>
    public bool IsSuperseded(LifecycleEntry entry)
    {
        var tracks = LifecycleTrack.All.Where(t => t.Codes.Contains(entry.Code)).ToList();
        var silenced = tracks.FindAll(t => t.Silencing.Contains(entry.Code));
        return tracks.Count > 0 && entry.Code != LifecycleStatus.Cashed && (silenced.Count > 0 ? silenced : tracks).TrueForAll(t => Latest(t) != entry);
    }
}

/// <summary>The statuses that speak of one concern, and those of them that silence. What only carries the invoice (200 to 203) ends nothing.</summary>
public sealed record LifecycleTrack(IReadOnlyList<int> Codes, IReadOnlyList<int> Silencing)
{
    /// <summary>Whether the buyer agrees that it owes.</summary>
    public static readonly LifecycleTrack Agreement = new(
        [LifecycleStatus.TakenInCharge, LifecycleStatus.Approved, LifecycleStatus.PartiallyApproved, LifecycleStatus.Disputed, LifecycleStatus.Refused],
        [LifecycleStatus.PartiallyApproved, LifecycleStatus.Disputed, LifecycleStatus.Refused]);

    /// <summary>Whether the buyer waits for a document.</summary>
    public static readonly LifecycleTrack Completeness = new(
        [LifecycleStatus.TakenInCharge, LifecycleStatus.Approved, LifecycleStatus.PartiallyApproved, LifecycleStatus.Suspended, LifecycleStatus.Completed, LifecycleStatus.Refused],
        [LifecycleStatus.Suspended]);

    /// <summary>Whether money is on its way.</summary>
    public static readonly LifecycleTrack Payment = new([LifecycleStatus.Refused, LifecycleStatus.PaymentSent, LifecycleStatus.Cashed], [LifecycleStatus.PaymentSent]);

    public static readonly IReadOnlyList<LifecycleTrack> All = [Agreement, Completeness, Payment];
}
