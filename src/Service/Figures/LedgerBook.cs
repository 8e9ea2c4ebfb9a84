using Dunning.Domain;

namespace Dunning.Service.Figures;

/// <summary>Every invoice of a creditor as figures see it, by currency. Stamp rises with each change of it.</summary>
public sealed record LedgerBook(long Stamp, IReadOnlyDictionary<Currency, IReadOnlyList<LedgerLine>> Lines)
{
    public int Count => Lines.Values.Sum(l => l.Count);

    /// <summary>The currency most invoices are in; the euro where there is none.</summary>
    public Currency MainCurrency => Lines.Count == 0 ? Currency.Euro : Lines.OrderByDescending(l => l.Value.Count).ThenBy(l => l.Key.Code, StringComparer.Ordinal).First().Key;
}
