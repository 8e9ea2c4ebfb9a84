using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Dunning.Domain;

/// <summary>An active ISO 4217 currency or fund; one shared instance per code.</summary>
/// <remarks>Gold, test and no-currency codes have no minor unit in the standard and are not accepted.</remarks>
public sealed record Currency
{
    // ISO 4217 list one without metals and test codes, since the euro came to Bulgaria (2026-01-01): digits after the decimal point, then the codes.
    private static readonly FrozenDictionary<string, Currency> ByCode = Of(0, """
        BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
        """).Concat(Of(2, """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU
        CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
        KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR
        NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
        TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
        """)).Concat(Of(3, "BHD IQD JOD KWD LYD OMR TND")).Concat(Of(4, "CLF UYW"))
        .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);

    private Currency(string code, int minorUnits) => (Code, MinorUnits) = (code, minorUnits);

    public static Currency Euro { get; } = ByCode["EUR"];

    /// <summary>Three capital letters, like EUR.</summary>
    public string Code { get; }

    /// <summary>Digits after the decimal point: 0, 2, 3 or 4.</summary>
    public int MinorUnits { get; }

    /// <exception cref="FormatException">No active currency has exactly this code; the message does not repeat the text.</exception>
    public static Currency Parse(string code) => TryParse(code, out var currency)
        ? currency
        : throw new FormatException("A currency is the three capital letters of an active ISO 4217 code, like EUR.");

    public static bool TryParse(string? code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = code is null ? null : ByCode.GetValueOrDefault(code);
        return currency is not null;
    }

    public override string ToString() => Code;

    private static IEnumerable<Currency> Of(int minorUnits, string codes) => codes
        .Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(code => new Currency(code, minorUnits));
}
