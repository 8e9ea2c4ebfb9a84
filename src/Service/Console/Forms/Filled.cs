using System.Globalization;
using System.Text.Json.Nodes;

namespace Dunning.Service.Console.Forms;

/// <summary>What a person filled in, as the API reads it. What cannot be read is passed on as it was written: the API names every fault, once, in one place.</summary>
public static class Filled
{
    /// <summary>Adds the text of a field; nothing when it was left empty.</summary>
    public static JsonObject Text(this JsonObject body, PageRequest r, string field)
    {
        if (r.Field(field) is { } text)
            body[field] = text;
        return body;
    }

    /// <summary>Adds an amount as people write it: <c>1 234,56</c> or <c>1234.56</c>.</summary>
    public static JsonObject Amount(this JsonObject body, PageRequest r, string field)
    {
        if (r.Field(field) is { } text)
            body[field] = AmountOf(text) is { } amount ? amount : text;
        return body;
    }

    /// <summary>Adds a whole number.</summary>
    public static JsonObject Number(this JsonObject body, PageRequest r, string field)
    {
        if (r.Field(field) is { } text)
            body[field] = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;
        return body;
    }

    /// <summary>Null when it is not an amount: a comma and a point together leave doubt, and a doubt about money is a fault.</summary>
    public static decimal? AmountOf(string text)
    {
        var bare = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).Replace(',', '.');
        return bare.Count(c => c == '.') <= 1 && decimal.TryParse(bare, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : null;
    }
}
