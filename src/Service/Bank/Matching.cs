using Dunning.Domain;

namespace Dunning.Service.Bank;

/// <summary>How a payment was found to be for an invoice, the surest first.</summary>
public enum MatchedBy
{
    StructuredReference,
    DocumentNumber,
    EndToEndId,
    ReferenceInText,
    InvoiceNumber,
    AmountAndAccount,
    AmountAndName,
}

/// <summary>What a payment seems to be for. Doubt says why nothing may be applied by itself; Exactly, that only the very amount owed would dispel the chance.</summary>
public sealed record Match(MatchedBy By, IReadOnlyList<IndexedInvoice> Invoices)
{
    public string? Doubt { get; init; }

    public bool Exactly { get; init; }

    /// <summary>The payer was given it to be written there: money beyond what is owed is the debtor's all the same.</summary>
    public bool IsDesignated => By is MatchedBy.StructuredReference;
}

/// <summary>Which invoices a payment names. Pure: the index and the line of the statement in, the match out.</summary>
public static class Matching
{
    private const string Several = "several invoices are written so";
    private const int ShortestNumber = 3;

    /// <summary>The first way that finds something; null when the payment names no invoice.</summary>
    public static Match? Find(BankLine line, InvoiceIndex index) =>
        Each(MatchedBy.StructuredReference, line.References, r => OfReference(r, index))
        ?? Each(MatchedBy.DocumentNumber, line.Documents, d => index.Find(Spelling.Fold(d)))
        ?? (line.EndToEndId is { } id ? Each(MatchedBy.EndToEndId, [id], e => OfReference(e, index)) : null)
        ?? InText(line.Text, index)
        ?? Numbers(line.Text, index);

    /// <summary>A structured reference that fits no invoice speaks against every other way.</summary>
    public static bool NamesUnknown(BankLine line) => line.References.Any(IsReference) || PaymentText.References(line.Text).Any();

    private static bool IsReference(string text) => RfReference.TryParse(text, out _, out _) || BelgianReference.TryParse(text, out _, out _);

    private static Match? Each(MatchedBy by, IReadOnlyList<string> names, Func<string, IReadOnlyList<IndexedInvoice>> find)
    {
        if (names.Count == 0)
            return null;
        var found = names.Distinct(StringComparer.Ordinal).Select(find).ToList();
        var invoices = found.SelectMany(f => f).DistinctBy(i => i.Number).ToList();
        if (invoices.Count == 0)
            return null;
        return new(by, invoices)
        {
            Doubt = found.Exists(f => f.Count > 1) ? Several : found.Exists(f => f.Count == 0) ? "not all that is named is known" : null,
        };
    }

    private static IReadOnlyList<IndexedInvoice> OfReference(string reference, InvoiceIndex index)
    {
        if (RfReference.TryParse(reference, out var rf, out _))
            return [.. index.Find(rf.Value[4..]).Concat(index.Find(rf.Value)).DistinctBy(i => i.Number)];
        if (BelgianReference.TryParse(reference, out var belgian, out _))
            return [.. index.FindDigits(belgian.Value[..10]).Concat(index.Find(belgian.Value)).DistinctBy(i => i.Number)];
        return Spelling.Fold(reference) is { Length: >= ShortestNumber } folded ? index.Find(folded) : [];
    }

    // Of the ways to read one reference only one can be right; those that are known decide.
    private static Match? InText(string text, InvoiceIndex index)
    {
        var found = PaymentText.References(text).Select(r => OfReference(r, index)).Where(f => f.Count > 0).ToList();
        var invoices = found.SelectMany(f => f).DistinctBy(i => i.Number).ToList();
        return invoices.Count == 0 ? null : new(MatchedBy.ReferenceInText, invoices) { Doubt = found.Exists(f => f.Count > 1) ? Several : null };
    }

    private static Match? Numbers(string text, InvoiceIndex index)
    {
        var named = PaymentText.Numbers(text, index);
        if (named.Count == 0)
            return null;
        // Beside a number that cannot be there by chance, others that can are left out.
        var telling = named.Where(n => n.IsTelling && n.IsWhole).ToList();
        var meant = telling.Count > 0 ? telling : [.. named];
        var overlap = meant.Exists(a => meant.Exists(b => a.Start < b.Start && b.Start < a.End));
        return new(MatchedBy.InvoiceNumber, [.. meant.SelectMany(m => m.Invoices).DistinctBy(i => i.Number)])
        {
            Doubt = meant.Exists(m => m.Invoices.Count > 1) ? Several
                : overlap ? "the text can be read in several ways"
                : meant.Exists(m => !m.IsWhole) ? "the number may be a piece of another"
                : meant.Exists(m => m.Folded.Length < ShortestNumber) ? "the number is too short to be sure"
                : null,
            Exactly = telling.Count == 0,
        };
    }
}
