namespace Dunning.Domain;

/// <summary>The check-digit arithmetic that IBAN, RF and Belgian references share.</summary>
internal static class Mod97
{
    /// <summary>The two check digits of ISO 7064 mod 97-10, always 02 to 98; letters count from A = 10 to Z = 35.</summary>
    /// <remarks>
    /// Compare with these instead of testing for a remainder of 1: 00, 01 and 99 leave the same remainder as 97, 98 and 02,
    /// and must not pass for them.
    /// </remarks>
    public static string Iso7064(string body, string prefix) => TwoDigits(98 - Remainder($"{body}{prefix}00"));

    /// <summary>The two check digits Belgium puts on accounts and communications: the remainder, or 97 when nothing remains.</summary>
    public static string Belgian(string firstTen) => TwoDigits(Remainder(firstTen) is var rest and not 0 ? rest : 97);

    public static string TwoDigits(long number) => $"{number:D2}";

    private static int Remainder(string text)
    {
        var rest = 0;
        foreach (var c in text)
            rest = char.IsAsciiDigit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
        return rest;
    }
}
