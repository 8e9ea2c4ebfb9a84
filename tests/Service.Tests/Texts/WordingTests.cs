using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

public sealed class WordingTests
{
    [Theory]
    [InlineData("2026-10-31", "fr", "31 octobre 2026")]
    [InlineData("2026-11-01", "fr", "1er novembre 2026")]
    [InlineData("2028-02-29", "fr", "29 février 2028")]
    [InlineData("2026-12-11", "fr", "11 décembre 2026")]
    [InlineData("2026-10-31", "en", "31 October 2026")]
    [InlineData("2026-11-01", "it", "1 November 2026")]
    public void A_date_is_written_with_its_month(string date, string language, string words) =>
        Assert.Equal(words, Wording.Date(DateOnly.ParseExact(date, "yyyy-MM-dd"), language));

    [Theory]
    [InlineData("1234.5", "EUR", 2, "fr", "1\u202F234,50\u00A0€")]
    [InlineData("1234567.89", "CHF", 2, "fr-BE", "1\u202F234\u202F567,89\u00A0CHF")]
    [InlineData("999", "JPY", 0, "fr", "999\u00A0JPY")]
    [InlineData("-5", "EUR", 2, "fr", "-5,00\u00A0€")]
    [InlineData("1234.5", "EUR", 2, "en", "€1,234.50")]
    [InlineData("1234.5", "CHF", 2, "en", "CHF\u00A01,234.50")]
    [InlineData("-1234.5", "EUR", 2, "en", "-€1,234.50")]
    [InlineData("1.234", "KWD", 3, "en", "KWD\u00A01.234")]
    public void An_amount_is_written_as_its_readers_write_it(string amount, string currency, int decimals, string language, string words) =>
        Assert.Equal(words, Wording.Amount(Number(amount), currency, decimals, language));

    [Theory]
    [InlineData("1234.5", "fr", "1234,50 EUR")]
    [InlineData("1234.5", "en", "1234.50 EUR")]
    public void An_amount_in_an_SMS_is_plain(string amount, string language, string words)
    {
        Assert.Equal(words, Wording.SmsAmount(Number(amount), "EUR", 2, language));
        Assert.All(words, c => Assert.Equal(1, Gsm7.Places(c)));
    }

    [Theory]
    [InlineData(0, "fr", "0\u00A0jour"), InlineData(1, "fr", "1\u00A0jour"), InlineData(15, "fr", "15\u00A0jours")]
    [InlineData(0, "en", "0\u00A0days"), InlineData(1, "en", "1\u00A0day"), InlineData(15, "en", "15\u00A0days")]
    public void Days_agree_in_number(int days, string language, string words) => Assert.Equal(words, Wording.Days(days, language));

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
