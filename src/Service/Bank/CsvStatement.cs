using System.Runtime.CompilerServices;
using CsvHelper;
using Dunning.Service.Import;

namespace Dunning.Service.Bank;

/// <summary>A bank's CSV export: a few lines about the account, a header, then one line a movement.</summary>
internal static class CsvStatement
{
    private const int HeaderWithin = 40;

    public static async IAsyncEnumerable<StatementPart> Read(Stream stream, CsvProfile? profile, CsvProfiles profiles, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var text = new LedgerText(stream);
        var head = await text.Peek(ct);
        foreach (var b in head.Span)
            if (b < ' ' && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n'))
                throw new StatementRefused("binaryFile", "This is not a text file. Send camt.053, camt.054, or CSV in UTF-8 or Windows-1252.");
        using var csv = CsvReader.Create(text, Options(profile?.Delimiter?[0] ?? Separator(head.Span)), leaveOpen: true);
        var row = await Header(csv, profile, profiles, ct);
        DateOnly? asOf = null;
        for (var entry = 0; await Next(csv, ct);)
        {
            var part = Convert(csv, row, entry + 1);
            if (part is null)
                continue;
            entry++;
            if (part is StatementPart.Read { Line: var line } && (asOf is null || line.BookedOn > asOf))
                asOf = line.BookedOn ?? asOf;
            yield return part;
        }
        yield return new StatementPart.Ended(row.Account, asOf);
    }

    private static CsvReaderOptions Options(char separator) => new()
    {
        Separator = separator,
        HasHeader = false,
        // Some banks break a label into lines, in quotes; a quote nobody closes ends at the record's limit.
        AllowLineBreaksInQuotes = true,
        MaxRecordSize = LedgerText.MaxLine,
        TrimWhitespace = true,
        TrackLineNumbers = true,
    };

    private static char Separator(ReadOnlySpan<byte> head)
    {
        var (best, most) = (';', 0);
        foreach (var separator in ";,\t")
            if (head.Count((byte)separator) is var count && count > most)
                (best, most) = (separator, count);
        return best;
    }

    private static async Task<CsvBankRow> Header(CsvReader csv, CsvProfile? profile, CsvProfiles profiles, CancellationToken ct)
    {
        for (var line = 0; line < HeaderWithin && await Next(csv, ct); line++)
        {
            var cells = Enumerable.Range(0, Math.Min(csv.FieldCount, Columns.Max)).Select(csv.GetString).ToArray();
            var found = profile is null ? profiles.Detect(cells) : profile.Find(cells) is { } places ? (profile, places) : null;
            if (found is { } header)
                return new(header.Item1, header.Item2);
        }
        var expected = profile is null
            ? $"The banks known are {string.Join(", ", profiles.All.Select(p => p.Name))}."
            : $"Expected were {string.Join("; ", profile.Columns.Select(c => string.Join(" or ", c.Value)))}.";
        throw new StatementRefused("noHeader", $"The first {HeaderWithin} lines hold no header with a date, an amount and a label. {expected}");
    }

    private static StatementPart? Convert(CsvReader csv, CsvBankRow row, int entry)
    {
        var line = (int)csv.LineNumber;
        for (var i = 0; ; i++)
            if (i == csv.FieldCount)
                return null;
            else if (!csv.IsEmpty(i))
                break;
        return LedgerEncoding.HasReplacement(csv.RawRecord)
            ? new StatementPart.Broken(line, entry, [new("line", "unreadableText", "The line holds characters that were lost or are not valid UTF-8.")])
            : row.Read(csv, line, entry);
    }

    private static async ValueTask<bool> Next(CsvReader csv, CancellationToken ct)
    {
        try
        {
            return await csv.ReadAsync(ct);
        }
        catch (CsvFormatException)
        {
            throw new StatementRefused("brokenCsv", "A quote is opened and never closed, or the line is longer than 64 KB: nothing from here on was read.", (int)Math.Max(csv.LineNumber, 1));
        }
    }
}
