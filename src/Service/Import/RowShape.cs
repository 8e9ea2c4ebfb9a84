using System.Text;
using CsvHelper;

namespace Dunning.Service.Import;

/// <summary>Whether a parsed line can be a line of this ledger at all, before any value is looked at.</summary>
internal static class RowShape
{
    public const int MaxField = 4000;

    public static Fault? Fault(CsvReader row, Columns columns, CsvMalformedReason? quotes)
    {
        var raw = row.RawRecord;
        if (raw.Length > LedgerText.MaxLine)
            return Line("lineTooLong", "The line is longer than 64 KB.");
        if (quotes is { } reason)
            return Line("malformedQuotes", Explain(reason));
        if (LedgerEncoding.HasReplacement(raw))
            return Line("unreadableText", "The line holds characters that were lost or are not valid UTF-8.");
        if (row.FieldCount > Columns.Max)
            return Line("tooManyColumns", $"The line has {row.FieldCount} columns; at most {Columns.Max} are read.");
        if (row.FieldCount != columns.Headings.Count)
            return Line("columnCount", $"The line has {row.FieldCount} columns where the header has {columns.Headings.Count}.");
        return raw.Length > MaxField ? TooLong(row, columns) : null;
    }

    public static bool IsEmpty(CsvReader row)
    {
        for (var place = 0; place < row.FieldCount; place++)
            if (!row.IsEmpty(place))
                return false;
        return true;
    }

    private static Fault? TooLong(CsvReader row, Columns columns)
    {
        for (var place = 0; place < row.FieldCount; place++)
            if (Encoding.UTF8.GetCharCount(row.GetSpan(place)) > MaxField)
                return new Fault(columns.Headings[place].Trim(), "fieldTooLong", $"A value is longer than {MaxField} characters.");
        return null;
    }

    private static string Explain(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "A quote stands inside a value that is not quoted: quote the value and double its quotes.",
        CsvMalformedReason.TextAfterClosingQuote => "Text follows a closing quote: double the quotes inside the value.",
        _ => "A quote is opened and never closed.",
    };

    private static Fault Line(string code, string message) => new("line", code, message);
}
