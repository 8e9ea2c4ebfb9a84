namespace Dunning.Service.Events;

/// <summary>An announcement and where it stands in the feed of its creditor.</summary>
public sealed record Told(string Place, Announcement News);

/// <summary>Some of a feed, in its order. Next is the place to go on after: of the last one, or, when there was no more, of the end.</summary>
public sealed record FeedPage(IReadOnlyList<Told> Items, string Next);

/// <summary>
/// What was announced, of each creditor, in an order that never changes: nothing ever appears before a place that was handed out. Stores write it in the transaction of
/// the commit that announces it.
/// </summary>
public interface IEventFeed
{
    /// <summary>How long it can be read again.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>What follows a place, or the oldest that is kept; null when the place is so old that some of what followed may be gone.</summary>
    /// <param name="types">Those wanted; null for all.</param>
    Task<FeedPage?> Read(string creditor, string? after, IReadOnlyList<string>? types, int limit, CancellationToken ct);

    /// <summary>What stands at a place; null when it is gone.</summary>
    Task<Announcement?> Find(string creditor, string place, CancellationToken ct);

    /// <summary>The place after everything that was announced by now.</summary>
    Task<string> End(string creditor, CancellationToken ct);

    /// <summary>Whether a text can be a place of this feed.</summary>
    bool IsPlace(string text);

    /// <summary>Takes away what a creditor was told before an instant, a portion at a time; false when nothing is left of it.</summary>
    Task<bool> Prune(string creditor, DateTimeOffset before, CancellationToken ct);
}
