using System.Globalization;
using System.Text;
using Dunning.Service.Rendering;

namespace Dunning.Service.Postage;

/// <summary>The letters of an export as a table.</summary>
public static class LetterManifest
{
    private const int AddressColumns = 4;

    private static readonly string[] Columns =
        ["key", "case", "invoice", "registered", "recipient", "address1", "address2", "address3", "address4", "country", "pages", "sheets", "grams", "weightClass", "file", "writtenAt", "state", "postedOn", "trackingNumber"];

    public static byte[] Csv(IEnumerable<PostedLetter> letters)
    {
        var text = new StringBuilder(CsvText.Mark).Line(Columns);
        foreach (var letter in letters)
            text.Line(Values(letter));
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
}
