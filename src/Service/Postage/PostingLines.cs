using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using Dunning.Service.Import;

namespace Dunning.Service.Postage;

/// <summary>
/// Reads a manifest that comes back with its tracking numbers: the CSV of an export, also as a spreadsheet has saved it again (semicolons, Windows-1252, dates
/// as 30/11/2026), or JSON lines. Each line becomes <c>{ key, postedOn, trackingNumber }</c>; other columns are passed over.
/// </summary>
internal static class PostingLines
{
    private static readonly (string Member, string[] Headings)[] Columns =
    [
        ("key", ["key", "letter", "lettre"]),
        ("postedOn", ["postedon", "posted", "date", "datedepot", "datededepot", "dateenvoi", "datedenvoi"]),
        ("trackingNumber", ["trackingnumber", "tracking", "numerodesuivi", "ndesuivi", "nsuivi", "suivi"]),
    ];

    /// <exception cref="LedgerRefused">Before the first line: empty, binary, or without a column of keys.</exception>
    public static async IAsyncEnumerable<ImportLine> Read(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var text = new LedgerText(stream);
        var head = await text.Peek(ct);
        LedgerReader.Refuse(head.Span);
        var lines = head.Span.TrimStart(" \t\r\n"u8)[0] == (byte)'{' ? JsonLines.Read(text, ct) : Csv(text, head, ct);
        await foreach (var line in lines)
            yield return line;
    }

    private static async IAsyncEnumerable<ImportLine> Csv(LedgerText text, ReadOnlyMemory<byte> head, [EnumeratorCancellation] CancellationToken ct)
    {
        var quotes = new QuoteFault();
        using var csv = CsvReader.Create(text, quotes.Watch(CsvLines.Dialect(head.Span)), leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        var places = Places(csv.Headers);
        quotes.Found = null;
        while (await csv.ReadAsync(ct))
        {
            var (fault, line) = (quotes.Take(), (int)csv.LineNumber);
            if (fault is not null)
                yield return ImportLine.Whole(line, "malformedQuotes", "The quotes of this line do not match.");
            else if (csv.FieldCount <= places[0])
                yield return ImportLine.Whole(line, "columnCount", $"The line has {csv.FieldCount} columns where the header has {csv.Headers.Count}.");
            else if (!RowShape.IsEmpty(csv))
                yield return new ImportLine.Read(line, Body(csv, places));
        }
    }

    private static int[] Places(IReadOnlyList<string> headings)
    {
        var folded = headings.Select(Words.Fold).ToArray();
        var places = Columns.Select(c => Array.FindIndex(folded, c.Headings.Contains)).ToArray();
        return places[0] >= 0 ? places : throw new LedgerRefused("missingColumn", "The header has no column for the letters: call it \"key\", as the export does.");
    }

    // A cell guarded against formulas lays its apostrophe down again.
    private static JsonElement Body(CsvReader row, int[] places)
    {
        var body = new JsonObject();
        for (var i = 0; i < places.Length; i++)
            if (places[i] >= 0 && places[i] < row.FieldCount && System.Text.Encoding.UTF8.GetString(row.GetSpan(places[i])).Trim().TrimStart('\'') is { Length: > 0 } value)
                body[Columns[i].Member] = Columns[i].Member == "postedOn" && WrittenDate.TryParse(value, out var date) ? date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : value;
        return JsonSerializer.SerializeToElement(body);
    }
}
