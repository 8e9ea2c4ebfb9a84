using System.Globalization;

namespace Dunning.Service.Rendering;

/// <summary>Dates, days, rates and amounts as people read them. Written by our own rules: no culture data is loaded.</summary>
public static class Wording
{
    private const string NoBreak = "\u00A0";

    private static readonly Dictionary<string, string[]> Months = new(StringComparer.Ordinal)
    {
        [TextLanguage.French] = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        [TextLanguage.English] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        [TextLanguage.Dutch] = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
        [TextLanguage.German] = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
    };

    private static readonly Dictionary<string, (string One, string Many)> DayWords = new(StringComparer.Ordinal)
    {
        [TextLanguage.French] = ("jour", "jours"),
        [TextLanguage.English] = ("day", "days"),
        [TextLanguage.Dutch] = ("dag", "dagen"),
        [TextLanguage.German] = ("Tag", "Tage"),
    };

    private static readonly NumberFormatInfo FrenchNumbers = new() { NumberGroupSeparator = "\u202F", NumberDecimalSeparator = "," };
    private static readonly NumberFormatInfo EnglishNumbers = new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." };
    private static readonly NumberFormatInfo DottedNumbers = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };

    /// <summary>"1er novembre 2026", "1 November 2026", "1 november 2026", "1. November 2026".</summary>
    public static string Date(DateOnly date, string language)
    {
        var known = TextLanguage.Closest(language);
        var day = (known, date.Day) switch
        {
            (TextLanguage.French, 1) => "1er",
            (TextLanguage.German, _) => Digits(date.Day) + ".",
            _ => Digits(date.Day),
        };
        return $"{day} {Months[known][date.Month - 1]} {Digits(date.Year)}";
    }

    /// <summary>For a narrow column: "01/11/2026", "01.11.2026" in German.</summary>
    public static string ShortDate(DateOnly date, string language) =>
        date.ToString(TextLanguage.Closest(language) == TextLanguage.German ? "dd.MM.yyyy" : "dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>"1 jour", "15 jours", "15 days", "15 dagen", "15 Tage". In French zero is singular.</summary>
    public static string Days(int days, string language)
    {
        var known = TextLanguage.Closest(language);
        var (one, many) = DayWords[known];
        return Digits(days) + NoBreak + (days == 1 || (days == 0 && known == TextLanguage.French) ? one : many);
    }

    /// <summary>"1 234", "1,234", "1.234".</summary>
    public static string Count(long count, string language) => count.ToString("N0", Format(TextLanguage.Closest(language)));

    /// <summary>"12,15 %", "12.15%", "12,15%" in Dutch.</summary>
    public static string Rate(decimal percent, string language)
    {
        var known = TextLanguage.Closest(language);
        return percent.ToString("0.00##", Format(known)) + (known is TextLanguage.French or TextLanguage.German ? NoBreak + "%" : "%");
    }

    /// <summary>"1 234,5", "1,234.5"; below zero with the minus sign, "−3,0", for a hyphen breaks a line.</summary>
    public static string Number(decimal number, int decimals, string language) => number.ToString("N" + Digits(decimals), Format(TextLanguage.Closest(language))).Replace('-', '−');

    /// <summary>"1 234,50 €", "€1,234.50", "€ 1.234,50", "1.234,50 €"; other currencies by their ISO 4217 code. A line is never broken inside an amount.</summary>
    public static string Amount(decimal amount, string currencyCode, int decimals, string language)
    {
        var known = TextLanguage.Closest(language);
        var (symbol, sign) = (currencyCode == "EUR" ? "€" : currencyCode, amount < 0 ? "-" : "");
        var number = Math.Abs(amount).ToString("N" + Digits(decimals), Format(known));
        return known switch
        {
            TextLanguage.French or TextLanguage.German => $"{sign}{number}{NoBreak}{symbol}",
            TextLanguage.Dutch => $"{sign}{symbol}{NoBreak}{number}",
            _ => sign + symbol + (symbol == "€" ? "" : NoBreak) + number,
        };
    }

    /// <summary>"1234,50 EUR" or "1234.50 EUR": GSM-7 only, € costs two places and a no-break space is not in it.</summary>
    public static string SmsAmount(decimal amount, string currencyCode, int decimals, string language) =>
        $"{amount.ToString("F" + Digits(decimals), Format(TextLanguage.Closest(language)))} {currencyCode}";

    private static NumberFormatInfo Format(string known) => known switch
    {
        TextLanguage.French => FrenchNumbers,
        TextLanguage.English => EnglishNumbers,
        _ => DottedNumbers,
    };

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
