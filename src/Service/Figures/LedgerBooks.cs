using System.Collections.Concurrent;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Figures;

/// <summary>
/// The books of creditors whose figures are looked at. A case's state says all that figures need, so a creditor's cases are read through once, page by page, and from then on
/// only those that changed since. Like every list they may lag behind an acknowledgement by one advance.
/// </summary>
public sealed class LedgerBooks(ICaseLists lists, IPolicyBook policies, TimeProvider clock)
{
    private const int AtOnce = 500;

    // About 300 MiB of invoices.
    private const int MostLines = 400_000;

    /// <summary>What was written so long before it was read is read again: a commit carries the instant it was decided, and another machine's clock.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Shelf> _shelves = new(StringComparer.Ordinal);
    private long _uses;

    public async Task<LedgerBook> Of(string creditor, CancellationToken ct)
    {
        var shelf = _shelves.GetOrAdd(creditor, _ => new());
        shelf.LastUse = Interlocked.Increment(ref _uses);
        await shelf.Gate.WaitAsync(ct);
        try
        {
            await Refresh(shelf, creditor, ct);
            return shelf.Book;
        }
        finally
        {
            shelf.Gate.Release();
            GiveWay(shelf);
        }
    }

    private async Task Refresh(Shelf shelf, string creditor, CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        if (shelf.ReadAt is not { } read)
        {
            await foreach (var found in lists.States(creditor, ct))
                await Put(shelf, found, ct);
            read = began;
        }
        var filter = new CaseFilter { Creditors = [creditor], Sort = "updatedAt", UpdatedSince = read - Overlap, Limit = AtOnce };
        do
        {
            // In the order of their changes: what changes meanwhile moves to the end, and is met there.
            var page = await lists.Cases(filter, ct);
            foreach (var listed in page.Items)
                await Put(shelf, new(listed.Id, listed.Version, listed.State), ct);
            filter = filter with { Cursor = page.NextCursor };
        }
        while (filter.Cursor is not null);
        shelf.ReadAt = began;
        shelf.Bind();
    }

    private async ValueTask Put(Shelf shelf, CaseState found, CancellationToken ct)
    {
        if (found.State.Known is { } file)
            shelf.Put(found, await policies.Get(file.Policy, ct));
    }

    // The least used go first; whoever comes back reads again.
    private void GiveWay(Shelf mine)
    {
        var kept = 0;
        foreach (var (creditor, shelf) in _shelves.OrderByDescending(s => s.Value.LastUse))
            if ((kept += shelf.Count) > MostLines && shelf != mine)
                _shelves.TryRemove(creditor, out _);
    }

    private sealed class Shelf
    {
        private readonly Dictionary<string, (long Version, LedgerLine? Line)> _lines = new(StringComparer.Ordinal);

        // One text for a debtor and one name for a policy, however many invoices they have.
        private readonly Dictionary<string, string> _debtors = new(StringComparer.Ordinal);
        private readonly Dictionary<PolicyRef, PolicyRef> _policies = [];
        private bool _isChanged;

        public SemaphoreSlim Gate { get; } = new(1);

        public LedgerBook Book { get; private set; } = new(0, new Dictionary<Currency, IReadOnlyList<LedgerLine>>());

        public DateTimeOffset? ReadAt { get; set; }

        public long LastUse { get; set; }

        public int Count => _lines.Count;

        public void Put(CaseState found, Policy policy)
        {
            if (_lines.TryGetValue(found.Id, out var known) && known.Version == found.Version)
                return;
            var line = LedgerLine.Of(found.State, policy);
            _lines[found.Id] = (found.Version, line is null ? null : line with { Debtor = One(_debtors, line.Debtor), Policy = One(_policies, line.Policy), MovedFrom = line.MovedFrom is { } from ? One(_policies, from) : null });
            _isChanged = true;
        }

        public void Bind()
        {
            if (!_isChanged)
                return;
            Book = new(Book.Stamp + 1, _lines.Values.Where(l => l.Line is not null).GroupBy(l => l.Line!.Amount.Currency)
                .ToDictionary(g => g.Key, IReadOnlyList<LedgerLine> (g) => [.. g.Select(l => l.Line!)]));
            _isChanged = false;
        }

        private static T One<T>(Dictionary<T, T> known, T same)
            where T : notnull => known.TryGetValue(same, out var first) ? first : known[same] = same;
    }
}
