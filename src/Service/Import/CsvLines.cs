using System.Runtime.CompilerServices;
using CsvHelper;

namespace Dunning.Service.Import;

/// <summary>CSV lines, parsed by CsvHelper. A line that cannot be parsed is reported and never takes another one with it.</summary>
internal static class CsvLines
{
    public static async IAsyncEnumerable<ImportLine> Read(
        LedgerText text, ReadOnlyMemory<byte> head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var quotes = new QuoteFault();
        using var csv = CsvReader.Create(text, quotes.Watch(Dialect(head.Span)), leaveOpen: true);
        await csv.ReadHeaderAsync(cancellationToken);
        using var row = new InvoiceRow(Columns.Parse(csv.Headers));
        var split = new SplitLines(row, csv.Separator);

        quotes.Found = null;
        while (await csv.ReadAsync(cancellationToken))
        {
            var fault = quotes.Take();
            var line = (int)csv.LineNumber;
            if (fault == CsvMalformedReason.LineBreakInQuotes || split.IsOpen)
            {
                foreach (var settled in split.Add(line, csv.RawRecord.ToArray()))
                    yield return settled;
            }
            else if (row.Read(csv, line, fault) is { } read)
            {
                yield return read;
            }
        }
        foreach (var settled in split.End())
            yield return settled;
    }

    /// <summary>
    /// Quotes end with their line, so that one left open cannot swallow the rest of the ledger; <see cref="SplitLines"/> puts together
    /// the values that do span lines. The separator is the one the header has most of, outside quotes.
    /// </summary>
    internal static CsvReaderOptions Dialect(ReadOnlySpan<byte> head)
    {
        var options = new CsvReaderOptions { AllowLineBreaksInQuotes = false, TrimWhitespace = true, TrackLineNumbers = true };
        head = head.TrimStart(" \r\n"u8);
        // Spreadsheets may name the separator in a line of its own ("sep=;"), which CsvHelper obeys when it is left to choose.
        if (head.StartsWith("sep="u8))
            return options;
        var end = head.IndexOfAny("\r\n"u8);
        var header = end < 0 ? head : head[..end];
        return options with { Separator = ";,\t".MaxBy(Count(header)) };
    }

    private static Func<char, int> Count(ReadOnlySpan<byte> header)
    {
        var counts = new Dictionary<char, int> { [';'] = 0, [','] = 0, ['\t'] = 0 };
        var quoted = false;
        foreach (var b in header)
        {
            if (b == '"')
                quoted = !quoted;
            else if (!quoted && counts.ContainsKey((char)b))
                counts[(char)b]++;
        }
        return separator => counts[separator];
    }
}

/// <summary>What CsvHelper found wrong with the quotes of the record it is about to return.</summary>
internal sealed class QuoteFault
{
    public CsvMalformedReason? Found { get; set; }

    public CsvReaderOptions Watch(CsvReaderOptions options) => options with { OnMalformedRecord = record => Found = record.Reason };

    public CsvMalformedReason? Take()
    {
        var taken = Found;
        Found = null;
        return taken;
    }
}
