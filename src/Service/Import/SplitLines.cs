using CsvHelper;

namespace Dunning.Service.Import;

/// <summary>
/// Lines from one whose quote is still open: either a value that spans lines, or a quote nobody closed. Which of the two shows only when
/// the quotes balance and the whole reads as one line of the ledger; otherwise the first line alone is broken and the others stand.
/// </summary>
internal sealed class SplitLines(InvoiceRow row, char separator)
{
    private const int MaxLines = 20;

    private readonly List<(int Number, byte[] Raw)> held = [];

    public bool IsOpen => held.Count > 0;

    /// <summary>Holds the line, and settles what can be settled.</summary>
    public IEnumerable<ImportLine> Add(int number, byte[] raw)
    {
        held.Add((number, raw));
        if (!IsBalanced && held.Count < MaxLines && held.Sum(line => line.Raw.Length) <= LedgerText.MaxLine)
            return [];
        return Settle();
    }

    /// <summary>Nothing more comes: settles what is held.</summary>
    public IEnumerable<ImportLine> End()
    {
        while (IsOpen)
            foreach (var line in Settle())
                yield return line;
    }

    private bool IsBalanced => held.Sum(line => line.Raw.Count((byte)'"')) % 2 == 0;

    private IEnumerable<ImportLine> Settle()
    {
        var lines = held.ToArray();
        var whole = IsBalanced ? Parse(lines[0].Number, lines.SelectMany(line => line.Raw.Append((byte)'\n')).ToArray(), true) : default;
        held.Clear();
        if (whole is { IsOneLine: true, Read: { } read })
        {
            yield return read;
            yield break;
        }
        if (Parse(lines[0].Number, lines[0].Raw, false).Read is { } first)
            yield return first;
        foreach (var (number, raw) in lines.Skip(1))
            foreach (var settled in Again(number, raw))
                yield return settled;
    }

    private IEnumerable<ImportLine> Again(int number, byte[] raw)
    {
        var alone = Parse(number, raw, false);
        if (IsOpen || alone.LeavesQuoteOpen)
            return Add(number, raw);
        return alone.Read is { } read ? [read] : [];
    }

    private readonly record struct Parsed(ImportLine? Read, bool IsOneLine, bool LeavesQuoteOpen);

    private Parsed Parse(int number, byte[] raw, bool allowLineBreaks)
    {
        var quotes = new QuoteFault();
        using var csv = CsvReader.Create(raw, quotes.Watch(new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            AllowLineBreaksInQuotes = allowLineBreaks,
            TrimWhitespace = true,
        }));
        if (!csv.Read())
            return default;
        var fault = quotes.Take();
        var read = row.Read(csv, number, fault);
        var fits = fault is null && csv.FieldCount == row.Width;
        return new(read, fits && !csv.Read(), fault is CsvMalformedReason.LineBreakInQuotes or CsvMalformedReason.UnterminatedQuote);
    }
}
