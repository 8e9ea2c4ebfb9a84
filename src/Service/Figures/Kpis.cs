using System.Collections.Concurrent;
using Dunning.Domain;
using Dunning.Service.Register;

namespace Dunning.Service.Figures;

/// <summary>The figures of a creditor. What was reckoned is kept until the book changes.</summary>
public sealed class Kpis(LedgerBooks books, Registry registry)
{
    private const int MostKept = 100;

    private readonly ConcurrentDictionary<Asked, (long Stamp, KpiView View)> _kept = new();

    /// <param name="currency">Null is the one most invoices are in.</param>
    /// <param name="withinDays">How long after a step money counts for it.</param>
    public async Task<KpiView> Of(string creditor, Currency? currency, FigurePeriod period, int withinDays, CancellationToken ct)
    {
        var book = await books.Of(creditor, ct);
        var split = (await registry.PolicySplits.Get(creditor, ct))?.Value;
        var asked = new Asked(creditor, currency ?? book.MainCurrency, period, withinDays, split);
        if (_kept.TryGetValue(asked, out var kept) && kept.Stamp == book.Stamp)
            return kept.View;
        if (_kept.Count >= MostKept)
            _kept.Clear();
        var view = new Reckoning(book.Lines.GetValueOrDefault(asked.Currency, []), asked.Currency, period)
            .View(creditor, [.. book.Lines.Keys.Select(c => c.Code).Order(StringComparer.Ordinal)], split, withinDays);
        _kept[asked] = (book.Stamp, view);
        return view;
    }

    private sealed record Asked(string Creditor, Currency Currency, FigurePeriod Period, int WithinDays, PolicySplit? Split);
}
