using System.Globalization;

namespace Dunning.Service.Import;

/// <summary>A date as ledgers write it: <c>15/09/2026</c>, <c>15-09-2026</c>, <c>15.09.2026</c>, <c>2026-09-15</c>.</summary>
internal static class WrittenDate
{
    private static readonly string[] Formats = ["dd/MM/yyyy", "yyyy-MM-dd", "dd-MM-yyyy", "dd.MM.yyyy", "d/M/yyyy"];

    /// <summary>A midnight behind the date, as spreadsheets add it, is ignored; two-digit years are refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateOnly date)
    {
        text = text.Trim();
        if (text.IndexOfAny(' ', 'T') is var end and > 0 && text[(end + 1)..] is "00:00" or "00:00:00")
            text = text[..end];
        return DateOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }
}
