using Dunning.Service.Events;

namespace Dunning.Local.Store;

public sealed partial class SqliteStore : IEventFeed
{
    public Task<FeedPage?> Read(string creditor, string? after, IReadOnlyList<string>? types, int limit, CancellationToken ct) =>
        _readers.Read(c => c.Snapshot(s => FeedRows.Read(s, creditor, after is null ? null : FeedRows.Number(after), types, limit)), ct);

    public Task<Announcement?> Find(string creditor, string place, CancellationToken ct) =>
        FeedRows.Number(place) is { } no ? _readers.Read(c => FeedRows.Find(c, creditor, no), ct) : Task.FromResult<Announcement?>(null);

    /// <summary>One number for all creditors.</summary>
    public Task<string> End(string creditor, CancellationToken ct) => _readers.Read(c => FeedRows.Place(FeedRows.End(c)), ct);

    public bool IsPlace(string text) => FeedRows.Number(text) is not null;

    /// <summary>Whichever creditor is named, the oldest of all go.</summary>
    public Task<bool> Prune(string creditor, DateTimeOffset before, CancellationToken ct) => _writer.Do(c => FeedRows.Prune(c, before), 0, ct);
}
