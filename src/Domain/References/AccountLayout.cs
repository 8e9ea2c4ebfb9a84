using System.Collections.Frozen;

namespace Dunning.Domain;

/// <summary>What stands after the first four characters of a country's IBAN: n is a digit, a is a letter, c is either.</summary>
internal sealed class AccountLayout
{
    // The ISO 13616 registry for the 41 countries of the EPC's SEPA list, and Gibraltar. Territories without an IBAN code of
    // their own use another's: the French overseas ones FR, Åland FI, Guernsey, Jersey and Man GB.
    private const string Registry = """
        AD 8n12c    AL 8n16c    AT 16n      BE 12n      BG 4a6n8c   CH 5n12c    CY 8n16c    CZ 20n      DE 18n
        DK 14n      EE 16n      ES 20n      FI 14n      FR 10n11c2n GB 4a14n    GI 4a15c    GR 7n16c    HR 17n
        HU 24n      IE 4a14n    IS 22n      IT 1a10n12c LI 5n12c    LT 16n      LU 3n13c    LV 4a13c    MC 10n11c2n
        MD 20c      ME 18n      MK 3n10c2n  MT 4a5n18c  NL 4a10n    NO 11n      PL 24n      PT 21n      RO 4a16c
        RS 18n      SE 20n      SI 15n      SK 20n      SM 1a10n12c VA 18n
        """;

    private static readonly FrozenDictionary<string, AccountLayout> ByCountry = Registry
        .Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .ToFrozenDictionary(entry => entry[0], entry => new AccountLayout(entry[1]), StringComparer.Ordinal);

    private readonly string _kinds;

    private AccountLayout(string runs)
    {
        var (kinds, count) = ("", 0);
        foreach (var c in runs)
            (kinds, count) = char.IsAsciiDigit(c) ? (kinds, count * 10 + (c - '0')) : (kinds + new string(c, count), 0);
        _kinds = kinds;
    }

    public int Length => _kinds.Length;

    /// <returns>Null for a country outside the SEPA area, or no country at all.</returns>
    public static AccountLayout? Of(string country) => ByCountry.GetValueOrDefault(country);

    /// <summary>Whether an account of the right length, in upper case, has letters and digits where they belong.</summary>
    public bool Fits(string account) => account.Zip(_kinds).All(place => place.Second switch
    {
        'n' => char.IsAsciiDigit(place.First),
        'a' => char.IsAsciiLetter(place.First),
        _ => true,
    });
}
