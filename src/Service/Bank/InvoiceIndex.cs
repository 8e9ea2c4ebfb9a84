using System.Runtime.InteropServices;
using System.Text;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Bank;

/// <summary>An invoice as the index knows it; what it owes now is asked of its case.</summary>
public readonly record struct IndexedInvoice(string Number, Money Balance, bool IsOpen);

/// <summary>
/// Every invoice of a creditor, by its number and by its balance, in some forty bytes each: a million of them must fit beside a statement. Read once; the
/// balances are those of then.
/// </summary>
public sealed class InvoiceIndex
{
    private readonly List<ulong> _building = [];
    private readonly List<byte[]> _pages = [];
    private readonly List<int> _starts = [];
    private readonly List<long> _minor = [];
    private readonly List<byte> _flags = [];
    private readonly List<Currency> _currencies = [];
    private readonly bool[] _lengths = new bool[65];
    private ulong[] _hashes = [];
    private int[] _byHash = [];
    private (ulong[] Hashes, int[] Places)? _byDigits;
    private (long[] Minor, int[] Places)? _byAmount;
    private int _used = PageSize;

    private const int PageSize = 1 << 20;
    private const int MostCurrencies = 127;

    public int Count => _minor.Count;

    public static async Task<InvoiceIndex> Read(IAsyncEnumerable<OwedCase> cases, CancellationToken ct)
    {
        var index = new InvoiceIndex();
        await foreach (var owed in cases.WithCancellation(ct))
            index.Add(owed.Number, owed.Balance, owed.Status is not (CaseStatus.Paid or CaseStatus.Cancelled or CaseStatus.WrittenOff));
        index.Seal();
        return index;
    }

    public static InvoiceIndex Of(IEnumerable<IndexedInvoice> invoices)
    {
        var index = new InvoiceIndex();
        foreach (var invoice in invoices)
            index.Add(invoice.Number, invoice.Balance, invoice.IsOpen);
        index.Seal();
        return index;
    }

    /// <summary>Whether any number is as long as this, once folded: most pieces of a text are not worth a look.</summary>
    public bool HasLength(int folded) => folded < _lengths.Length && _lengths[folded];

    /// <summary>Whether a number may be written so.</summary>
    public bool Has(ulong hash) => First(_hashes, hash) is var at && at < _hashes.Length && _hashes[at] == hash;

    /// <summary>The invoices whose number is written with these letters and digits; hash is theirs.</summary>
    public IReadOnlyList<IndexedInvoice> Find(ReadOnlySpan<char> folded, ulong hash)
    {
        List<IndexedInvoice>? found = null;
        for (var i = First(_hashes, hash); i < _hashes.Length && _hashes[i] == hash; i++)
            if (this[_byHash[i]] is var invoice && folded.SequenceEqual(Spelling.Fold(invoice.Number)))
                (found ??= []).Add(invoice);
        return found is null ? [] : found;
    }

    public IReadOnlyList<IndexedInvoice> Find(string folded) => Find(folded, Spelling.Hash(folded));

    /// <summary>The invoices a Belgian communication can be derived from: those whose digits are its first ten, zeros in front apart.</summary>
    public IReadOnlyList<IndexedInvoice> FindDigits(string tenDigits)
    {
        var (hashes, places) = _byDigits ??= ByDigits();
        var (wanted, found) = (tenDigits.TrimStart('0'), new List<IndexedInvoice>());
        var hash = Spelling.Hash(wanted);
        for (var i = First(hashes, hash); i < hashes.Length && hashes[i] == hash; i++)
            if (this[places[i]] is var invoice && Digits(invoice.Number) == wanted)
                found.Add(invoice);
        return found;
    }

    /// <summary>Open invoices that owe exactly this; null when there are more than a person could choose from.</summary>
    public IReadOnlyList<IndexedInvoice>? OwingExactly(Money amount, int most)
    {
        var (minor, places) = _byAmount ??= ByAmount();
        var found = new List<IndexedInvoice>();
        for (var i = First(minor, amount.Minor); i < minor.Length && minor[i] == amount.Minor; i++)
            if (this[places[i]] is { IsOpen: true } invoice && invoice.Balance.Currency == amount.Currency)
            {
                if (found.Count == most)
                    return null;
                found.Add(invoice);
            }
        return found;
    }

    private IndexedInvoice this[int place]
    {
        get
        {
            var start = _starts[place];
            var page = _pages[start / PageSize].AsSpan(start % PageSize);
            var number = Encoding.UTF8.GetString(page.Slice(1, page[0]));
            return new(number, Money.FromMinor(_minor[place], _currencies[_flags[place] & MostCurrencies]), _flags[place] > MostCurrencies);
        }
    }

    private void Add(string number, Money balance, bool isOpen)
    {
        var bytes = Encoding.UTF8.GetByteCount(number);
        if (bytes > byte.MaxValue)
            return;
        if (_used + bytes + 1 > PageSize)
        {
            _pages.Add(new byte[PageSize]);
            _used = 0;
        }
        var page = _pages[^1].AsSpan(_used);
        page[0] = (byte)bytes;
        Encoding.UTF8.GetBytes(number, page[1..]);
        _starts.Add((_pages.Count - 1) * PageSize + _used);
        _used += bytes + 1;
        _minor.Add(balance.Minor);
        var currency = _currencies.IndexOf(balance.Currency);
        if (currency < 0)
        {
            currency = _currencies.Count;
            _currencies.Add(balance.Currency);
        }
        _flags.Add((byte)(currency | (isOpen ? MostCurrencies + 1 : 0)));
        var folded = Spelling.Fold(number);
        _building.Add(Spelling.Hash(folded));
        if (folded.Length > 0 && folded.Length < _lengths.Length)
            _lengths[folded.Length] = true;
    }

    private void Seal()
    {
        _hashes = [.. _building];
        _building.Clear();
        _building.TrimExcess();
        _byHash = Enumerable.Range(0, _hashes.Length).ToArray();
        Array.Sort(_hashes, _byHash);
    }

    private (ulong[], int[]) ByDigits()
    {
        var places = Enumerable.Range(0, Count).ToArray();
        var hashes = Array.ConvertAll(places, p => Spelling.Hash(Digits(this[p].Number)));
        Array.Sort(hashes, places);
        return (hashes, places);
    }

    private (long[], int[]) ByAmount()
    {
        var minor = CollectionsMarshal.AsSpan(_minor).ToArray();
        var places = Enumerable.Range(0, Count).ToArray();
        Array.Sort(minor, places);
        return (minor, places);
    }

    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit)).TrimStart('0');

    private static int First<T>(T[] sorted, T wanted)
        where T : IComparable<T>
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle].CompareTo(wanted) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
