using System.Buffers.Text;
using System.Text;

namespace Dunning.Service.Api;

/// <summary>The limit and the cursor every list takes.</summary>
public static class Paging
{
    public const int Max = 500;

    public static int Limit(BodyReader query)
    {
        if (query.Text("limit") is not { } text)
            return 50;
        if (int.TryParse(text, out var limit) && limit is >= 1 and <= Max)
            return limit;
        query.Add("limit", "outOfRange", $"must be from 1 to {Max}.");
        return 1;
    }

    /// <summary>The id a list by id goes on after.</summary>
    public static string? After(BodyReader query, string name = "cursor")
    {
        if (query.Text(name, max: 500) is not { } cursor)
            return null;
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (FormatException)
        {
            query.Add(name, "invalidCursor", "is not a cursor this list gave.");
            return null;
        }
    }

    public static string Cursor(string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));
}
