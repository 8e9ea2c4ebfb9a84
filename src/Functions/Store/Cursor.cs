using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>A place in a list, over all buckets and creditors, with the order it belongs to.</summary>
internal static class Cursor
{
    private const char Separator = '\n';

    public static string Write(string sort, string place) => ListOrder.Cursor($"{sort}{Separator}{place}");

    /// <exception cref="FormatException">The cursor is not one of a list in this order.</exception>
    public static string? Read(string? cursor, string sort) => cursor is null
        ? null
        : ListOrder.Place(cursor).Split(Separator) is [var of, var place] && of == sort && place.Split(Keys.Separator) is [{ Length: > 0 }, { Length: > 0 }] && Keys.IsKey(place)
            ? place
            : throw ListOrder.NotOurs();
}
