using System.Buffers.Text;
using System.Text;

namespace Dunning.Functions.Store;

/// <summary>A place in a list, over all buckets and creditors, with the order it belongs to.</summary>
internal static class Cursor
{
    private const char Separator = '\n';

    public static string Write(string sort, string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{sort}{Separator}{place}"));

    /// <exception cref="FormatException">The cursor is not one of a list in this order.</exception>
    public static string? Read(string? cursor, string sort) => cursor is null
        ? null
        : Decode(cursor).Split(Separator) is [var of, var place] && of == sort && place.Split(Keys.Separator) is [{ Length: > 0 }, { Length: > 0 }] && Keys.IsKey(place)
            ? place
            : throw NotOurs();

    private static string Decode(string cursor)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            throw NotOurs();
        }
    }

    private static FormatException NotOurs() => new("The cursor is not one that this list gave out.");
}
