using System.Globalization;
using System.Text;
using Dunning.Service.Engine;

namespace Dunning.Local.Store;

/// <summary>
/// Where a row stands in a list: by a number or a text, then by its own number, so that no two rows stand at one place. As a cursor it
/// names the sort it belongs to.
/// </summary>
internal sealed record SortKey(long Whole, string? Text, long No)
{
    private const char Separator = '\n';

    public int CompareTo(SortKey other)
    {
        var byValue = Text is null ? Whole.CompareTo(other.Whole) : CompareBytes(Text, other.Text!);
        return byValue != 0 ? byValue : No.CompareTo(other.No);
    }

    public string ToCursor(string sort) => ListOrder.Cursor(string.Create(
        CultureInfo.InvariantCulture, $"{sort}{Separator}{No}{Separator}{Text ?? Whole.ToString(CultureInfo.InvariantCulture)}"));

    /// <exception cref="FormatException">The cursor is not one of this list in this order.</exception>
    public static SortKey? FromCursor(string? cursor, string sort, bool isText)
    {
        if (cursor is null)
            return null;
        var parts = ListOrder.Place(cursor).Split(Separator, 3);
        var whole = 0L;
        return parts.Length == 3 && parts[0] == sort && Number(parts[1], out var no) && (isText || Number(parts[2], out whole))
            ? new(whole, isText ? parts[2] : null, no)
            : throw ListOrder.NotOurs();
    }

    // SQLite orders texts by their UTF-8 bytes; two lists are merged in the same order or pages would lose rows.
    private static int CompareBytes(string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));

    private static bool Number(string text, out long number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
