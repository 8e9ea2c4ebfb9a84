namespace Dunning.Service.Import;

/// <summary>A telephone number as people write it, made E.164: <c>04 65 71 12 34</c> in France is <c>+33465711234</c>.</summary>
internal static class WrittenPhone
{
    private const int Shortest = 8, Longest = 15;

    // Country, its prefix, and how many digits follow it.
    private static readonly (string Country, string Prefix, int Shortest, int Longest)[] National =
        [("FR", "+33", 9, 9), ("BE", "+32", 8, 9)];

    /// <summary>Null when the digits cannot be a number of that country, or national ones come from a country not known here.</summary>
    public static string? ToE164(ReadOnlySpan<char> text, string? country)
    {
        Span<char> digits = stackalloc char[Longest + 5];
        var length = 0;
        var international = false;
        foreach (var c in WithoutTrunkZero(text))
        {
            if (c == '+' && length == 0 && !international)
                international = true;
            else if (length == digits.Length || !(char.IsAsciiDigit(c) || char.IsWhiteSpace(c) || ".-/()'".Contains(c)))
                return null;
            else if (char.IsAsciiDigit(c))
                digits[length++] = c;
        }
        var number = digits[..length];
        if (!international && number.StartsWith("00"))
            return International(number[2..]);
        return international ? International(number) : FromNational(number, country);
    }

    // "+33 (0)4 65…": the zero is for callers inside the country.
    private static ReadOnlySpan<char> WithoutTrunkZero(ReadOnlySpan<char> text) =>
        text.Contains("(0)", StringComparison.Ordinal) ? text.ToString().Replace("(0)", "", StringComparison.Ordinal) : text;

    private static string? International(ReadOnlySpan<char> digits) =>
        digits.Length is >= Shortest and <= Longest && digits[0] != '0' ? $"+{digits}" : null;

    private static string? FromNational(ReadOnlySpan<char> digits, string? country)
    {
        // Spreadsheets take the leading zero for a number's and drop it.
        var significant = digits.TrimStart('0');
        foreach (var plan in National)
            if (plan.Country == country && digits.Length - significant.Length <= 1
                && significant.Length >= plan.Shortest && significant.Length <= plan.Longest)
                return $"{plan.Prefix}{significant}";
        return null;
    }
}
