using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dunning.Service.Postage;

/// <summary>
/// The letters of an export as a table: CSV as RFC 4180 has it, in UTF-8 with its mark, which spreadsheets look for. A value that a spreadsheet would take for
/// a formula begins with an apostrophe.
/// </summary>
public static class LetterManifest
{
    private const int AddressColumns = 4;

    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\r\n\t");

    private static readonly string[] Columns =
        ["key", "case", "invoice", "registered", "recipient", "address1", "address2", "address3", "address4", "country", "pages", "sheets", "grams", "weightClass", "file", "writtenAt", "state", "postedOn", "trackingNumber"];

    public static byte[] Csv(IEnumerable<PostedLetter> letters)
    {
        var text = new StringBuilder("\uFEFF");
        Line(text, Columns);
        foreach (var letter in letters)
            Line(text, Values(letter));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IEnumerable<string?> Values(PostedLetter l) =>
    [
        l.Key, l.CaseId, l.Number, l.Registered ? "registered" : "plain", l.Recipient, .. Address(l.Address), l.Country, Number(l.Pages), Number(l.Sheets), Number(l.Grams), Number(l.WeightClass), l.File,
        l.WrittenAt.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture), l.State, l.PostedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), l.TrackingNumber,
    ];

    // What does not fit in the columns stands in the last, one after the other.
    private static IEnumerable<string?> Address(IReadOnlyList<string> lines) =>
        Enumerable.Range(0, AddressColumns).Select(i => i < AddressColumns - 1 ? lines.ElementAtOrDefault(i) : lines.Count < AddressColumns ? null : string.Join(", ", lines.Skip(i)));

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, IEnumerable<string?> values) => text.AppendJoin(',', values.Select(Cell)).Append("\r\n");

    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + value : value;
        return !safe.AsSpan().ContainsAny(Quoted) && safe == safe.Trim() ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
