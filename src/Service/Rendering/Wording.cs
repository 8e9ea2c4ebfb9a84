using System.Globalization;

namespace Dunning.Service.Rendering;

/// <summary>Dates, days and amounts as people read them. Written by our own rules: no culture data is loaded.</summary>
public static class Wording
{
    private const string NoBreak = "\u00A0";

    private static readonly string[] FrenchMonths =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private static readonly string[] EnglishMonths =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly NumberFormatInfo FrenchNumbers = new() { NumberGroupSeparator = "\u202F", NumberDecimalSeparator = "," };
    private static readonly NumberFormatInfo EnglishNumbers = new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." };

    /// <summary>"1er novembre 2026" or "1 November 2026".</summary>
    public static string Date(DateOnly date, string language)
    {
        if (!IsFrench(language)) return $"{Digits(date.Day)} {EnglishMonths[date.Month - 1]} {Digits(date.Year)}";
        var day = date.Day == 1 ? "1er" : Digits(date.Day);
        return $"{day} {FrenchMonths[date.Month - 1]} {Digits(date.Year)}";
    }

    /// <summary>"1 jour", "15 jours" or "1 day", "15 days". In French zero is singular.</summary>
    public static string Days(int days, string language)
    {
        var isFrench = IsFrench(language);
        var unit = (isFrench ? "jour" : "day") + (days == 1 || (days == 0 && isFrench) ? "" : "s");
        return Digits(days) + NoBreak + unit;
    }

    /// <summary>"1 234,50 €" or "€1,234.50"; other currencies by their ISO 4217 code. A line is never broken inside an amount.</summary>
    public static string Amount(decimal amount, string currencyCode, int decimals, string language)
    {
        if (IsFrench(language))
            return Number(amount, decimals, FrenchNumbers) + NoBreak + (currencyCode == "EUR" ? "€" : currencyCode);
        var sign = amount < 0 ? "-" : "";
        var symbol = currencyCode == "EUR" ? "€" : currencyCode + NoBreak;
        return sign + symbol + Number(Math.Abs(amount), decimals, EnglishNumbers);
    }

    /// <summary>"1234,50 EUR" or "1234.50 EUR": GSM-7 only, € costs two places and a no-break space is not in it.</summary>
    public static string SmsAmount(decimal amount, string currencyCode, int decimals, string language)
    {
        var plain = amount.ToString("F" + Digits(decimals), IsFrench(language) ? FrenchNumbers : EnglishNumbers);
        return $"{plain} {currencyCode}";
    }

    private static bool IsFrench(string language) => TextLanguage.Closest(language) == TextLanguage.French;

    private static string Number(decimal amount, int decimals, NumberFormatInfo format) => amount.ToString("N" + Digits(decimals), format);

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
