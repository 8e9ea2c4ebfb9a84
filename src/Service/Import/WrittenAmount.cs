using System.Globalization;

namespace Dunning.Service.Import;

/// <summary>An amount as people and programs write it: <c>1 234,50 €</c>, <c>1.234,50</c>, <c>1234.5</c>, <c>-12,00</c>.</summary>
internal static class WrittenAmount
{
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
    private const int Longest = 48;

    /// <summary>False for what cannot be read one way only: <c>1.234</c> and <c>1,234</c> are a thousand to some and one to others.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal amount)
    {
        amount = 0;
        text = text.Trim();
        if (text.EndsWith("€") || text.StartsWith("€"))
            text = text.Trim('€').Trim();
        else if (text.EndsWith("EUR", StringComparison.OrdinalIgnoreCase))
            text = text[..^3].TrimEnd();
        if (text.Length is 0 or > Longest)
            return false;
        var point = DecimalPoint(text);
        return point != Ambiguous && Rewrite(text, point, stackalloc char[Longest]) is { IsEmpty: false } plain
            && decimal.TryParse(plain, Plain, CultureInfo.InvariantCulture, out amount);
    }

    private const int Ambiguous = -2;

    /// <summary>Where the decimals begin; -1 for a whole number.</summary>
    private static int DecimalPoint(ReadOnlySpan<char> text)
    {
        var last = text.LastIndexOfAny(',', '.');
        if (last < 0)
            return -1;
        var repeated = text[..last].Contains(text[last]);
        if (repeated)
            return text[last] == '.' && !text.Contains(',') ? -1 : Ambiguous;
        var whole = text[..last].TrimStart("+-");
        var groups = whole.IndexOfAnyExceptInRange('0', '9') >= 0;
        return !groups && text.Length - last - 1 == 3 && whole.Length is >= 1 and <= 3 && whole[0] != '0' ? Ambiguous : last;
    }

    /// <summary>Digits and a point for the machine; empty when the thousands are not groups of three, all separated alike.</summary>
    private static ReadOnlySpan<char> Rewrite(ReadOnlySpan<char> text, int point, Span<char> plain)
    {
        var whole = point < 0 ? text : text[..point];
        var length = 0;
        if (whole is ['+' or '-', ..])
        {
            plain[length++] = whole[0];
            whole = whole[1..].TrimStart();
        }
        var first = whole.IndexOfAnyExceptInRange('0', '9');
        var separator = first < 0 ? '\0' : whole[first];
        if (separator != '\0' && (first is 0 or > 3 || !(char.IsWhiteSpace(separator) || separator is '.' or ',' or '\'')))
            return [];
        for (var i = 0; i < whole.Length; i++)
        {
            var isSeparator = separator != '\0' && i >= first && (i - first) % 4 == 0;
            if (isSeparator != (whole[i] == separator))
                return [];
            if (!isSeparator)
                plain[length++] = whole[i];
        }
        if (separator != '\0' && (whole.Length - first) % 4 != 0)
            return [];
        if (point >= 0)
        {
            plain[length++] = '.';
            text[(point + 1)..].CopyTo(plain[length..]);
            length += text.Length - point - 1;
        }
        return plain[..length];
    }
}
