using Dunning.Service.Events;

namespace Dunning.Functions.Store;

public sealed partial class AzureStore : IEventFeed
{
    public Task<FeedPage?> Read(string creditor, string? after, IReadOnlyList<string>? types, int limit, CancellationToken ct) =>
        _shelves.Feed.Read(creditor, after, types, limit, ct).OrUnavailable(ct);

    public Task<Announcement?> Find(string creditor, string place, CancellationToken ct) => _shelves.Feed.Find(creditor, place, ct).OrUnavailable(ct);

    public Task<string> End(string creditor, CancellationToken ct) => Task.FromResult(_shelves.Feed.End());

    public bool IsPlace(string text) => FeedRows.IsPlace(text);

    public Task<bool> Prune(string creditor, DateTimeOffset before, CancellationToken ct) => _shelves.Feed.Prune(creditor, before, ct).OrUnavailable(ct);
}
