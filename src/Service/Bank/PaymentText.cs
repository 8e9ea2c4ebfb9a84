using System.Text.RegularExpressions;
using Dunning.Domain;

namespace Dunning.Service.Bank;

/// <summary>
/// Numbers of invoices a free text may name. One that is not whole has letters or digits glued to it, and may be a piece of something else; one that is
/// spread was put together over blanks.
/// </summary>
public readonly record struct NamedInvoice(IReadOnlyList<IndexedInvoice> Invoices, int Start, int End, string Folded)
{
    public bool IsGluedBefore { get; init; }

    public bool IsGluedAfter { get; init; }

    public bool IsSpread { get; init; }

    public bool IsWhole => !IsGluedBefore && !IsGluedAfter;

    /// <summary>Too unusual to be there by chance: letters and digits, or many digits that are no date.</summary>
    public bool IsTelling => Folded.Any(char.IsAsciiDigit)
        && (Folded.Any(char.IsAsciiLetter) ? Folded.Length >= 5 : Folded.Length >= 6 && !IsSpread && !LooksLikeDate(Folded));

    private static bool LooksLikeDate(string digits) => digits.Length is 6 or 8 && new[] { "ddMMyy", "yyMMdd", "ddMMyyyy", "yyyyMMdd" }.Any(f =>
        f.Length == digits.Length && DateOnly.TryParseExact(digits, f, out var date) && date.Year is >= 2000 and <= 2060);
}

/// <summary>What stands in the free text of a payment.</summary>
public static class PaymentText
{
    private const int MostPieces = 10;
    private const int MostCharacters = 1200;

    // What payers write before a number, without a blank.
    private static readonly HashSet<string> Announcing = new(StringComparer.Ordinal)
    {
        "F", "FA", "FAC", "FACT", "FACTURE", "FACTURES", "FCT", "FV", "N", "NO", "NR", "NUM", "NUMERO", "REF", "REFERENCE", "INV", "INVOICE", "FACTUUR", "RF", "VIR", "SOLDE", "PAIEMENT", "REGLEMENT", "RGLT",
    };

    private readonly record struct Piece(string Folded, int Start, int End);

    /// <summary>Every number of the index the text names, the longest only: what lies within a longer one is a piece of it.</summary>
    public static IReadOnlyList<NamedInvoice> Numbers(string text, InvoiceIndex index)
    {
        if (text.Length > MostCharacters)
            text = text[..MostCharacters];
        var pieces = Pieces(text);
        var found = new List<NamedInvoice>();
        for (var first = 0; first < pieces.Count; first++)
        {
            var (hash, length) = (Spelling.Hash([]), 0);
            for (var last = first; last < pieces.Count && last - first < MostPieces; last++)
            {
                hash = Spelling.Hash(pieces[last].Folded, hash);
                length += pieces[last].Folded.Length;
                if (length > 64)
                    break;
                if (!index.HasLength(length) || !index.Has(hash))
                    continue;
                var folded = string.Concat(pieces.Skip(first).Take(last - first + 1).Select(p => p.Folded));
                if (index.Find(folded, hash) is { Count: > 0 } invoices)
                    found.Add(Named(text, pieces, first, last, folded, invoices));
            }
        }
        var longest = found.FindAll(f => !found.Exists(o => o.Start <= f.Start && f.End <= o.End && o.End - o.Start > f.End - f.Start));
        // "F-41/F-42": what a number is glued to is another one.
        return [.. longest.Select(f => f with
        {
            IsGluedBefore = f.IsGluedBefore && !longest.Exists(o => o.End + 1 == f.Start),
            IsGluedAfter = f.IsGluedAfter && !longest.Exists(o => o.Start == f.End + 1),
        })];
    }

    /// <summary>RF and Belgian references, their check digits right, wherever they begin and however they are broken up.</summary>
    public static IEnumerable<string> References(string text)
    {
        if (text.Length > MostCharacters)
            text = text[..MostCharacters];
        foreach (var belgian in Belgian(text))
            yield return belgian;
        for (var at = text.IndexOf("RF", StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf("RF", at + 2, StringComparison.OrdinalIgnoreCase))
            if (at == 0 || Spelling.Fold(text[at - 1]) == '\0')
                foreach (var rf in Rf(text[at..]))
                    yield return rf;
    }

    // The longest first: one that ends in the words behind it is right by chance once in 97 times, and then names nothing.
    private static IEnumerable<string> Rf(string text)
    {
        var (own, ends) = ("", new List<string>());
        foreach (var word in text.Split([' ', '\t', '.', ',', ';', ':', '/', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            own += Spelling.Fold(word);
            if (own.Length > 25)
                break;
            ends.Add(own);
        }
        ends.Reverse();
        return ends.Where(e => RfReference.TryParse(e, out _, out _));
    }

    private static IEnumerable<string> Belgian(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]) || (at > 0 && Spelling.Fold(text[at - 1]) != '\0'))
                continue;
            var (digits, end) = ("", at);
            while (end < text.Length && digits.Length < 13 && (char.IsAsciiDigit(text[end]) || (text[end] is '/' or ' ' or '.' or '-' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
            {
                if (char.IsAsciiDigit(text[end]))
                    digits += text[end];
                end++;
            }
            var fenced = at >= 3 && text[(at - 3)..at] is "+++" or "***";
            var closed = end == text.Length || Spelling.Fold(text[end]) == '\0';
            // Twelve digits in a row may be anything: without the fence they must be written as one, or in the communication's groups.
            var grouped = fenced || text[at..end].All(char.IsAsciiDigit) || text[at..end] is [_, _, _, '/', _, _, _, _, '/', ..];
            if (digits.Length == 12 && closed && grouped && BelgianReference.TryParse(digits, out _, out _))
                yield return digits;
        }
    }

    /// <summary>Whether the text names something written as this number is, its digits apart: another invoice, which is not known here.</summary>
    public static bool NamesAnother(string text, string number)
    {
        var (pieces, model) = (Pieces(text.Length > MostCharacters ? text[..MostCharacters] : text), Pieces(number));
        for (var first = 0; first + model.Count <= pieces.Count; first++)
            if (model.Count > 0 && model.Select((m, i) => IsLike(pieces[first + i].Folded, m.Folded)).All(like => like))
                return true;
        return false;
    }

    /// <summary>Whether something in the text looks like the number of a document: letters and digits in one word, or digits in two groups.</summary>
    public static bool LooksNumbered(string text) => DocumentLike.IsMatch(text);

    // Linear in the text, whatever it holds.
    private static readonly Regex DocumentLike = new(@"\b([A-Za-z]{1,5}[-/._]?\d{2,}|\d{4}[-/]\d{3,})", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static bool IsLike(string piece, string model) => char.IsAsciiDigit(model[0]) ? char.IsAsciiDigit(piece[0]) && piece.Length == model.Length : piece == model;

    private static NamedInvoice Named(string text, List<Piece> pieces, int first, int last, string folded, IReadOnlyList<IndexedInvoice> invoices)
    {
        var (start, end) = (pieces[first].Start, pieces[last].End);
        return new(invoices, start, end, folded)
        {
            IsGluedBefore = !StandsAlone(text, pieces, first, start),
            IsGluedAfter = IsGlued(text, end),
            IsSpread = text.AsSpan(start, end - start).ContainsAny(' ', '\t'),
        };
    }

    // "FACT2026-0042" names 2026-0042; "CLI2026-0042" names a customer.
    private static bool StandsAlone(string text, List<Piece> pieces, int first, int start)
    {
        if (start == 0 || char.IsWhiteSpace(text[start - 1]) || text[start - 1] is ',' or ';' or ':' or '(' or '+' or '#' or '°' or '*' or '=' or '"' or '\'' or '|' or '&')
            return true;
        return first > 0 && Announcing.Contains(pieces[first - 1].Folded) && (first == 1 || pieces[first - 2].End < pieces[first - 1].Start && !IsGlue(text[pieces[first - 1].Start - 1]));
    }

    private static bool IsGlued(string text, int end) =>
        end < text.Length && (Spelling.Fold(text[end]) != '\0' || (IsGlue(text[end]) && end + 1 < text.Length && Spelling.Fold(text[end + 1]) != '\0'));

    private static bool IsGlue(char c) => c is '-' or '/' or '_' or '.' or '\\';

    // Runs of letters and runs of digits: a number begins and ends where one does.
    private static List<Piece> Pieces(string text)
    {
        var pieces = new List<Piece>();
        for (var at = 0; at < text.Length;)
        {
            var c = Spelling.Fold(text[at]);
            if (c == '\0')
            {
                at++;
                continue;
            }
            var (start, digits) = (at, char.IsAsciiDigit(c));
            while (at < text.Length && Spelling.Fold(text[at]) is var next and not '\0' && char.IsAsciiDigit(next) == digits)
                at++;
            pieces.Add(new(Spelling.Fold(text[start..at]), start, at));
        }
        return pieces;
    }
}
