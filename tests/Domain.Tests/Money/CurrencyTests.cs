// Not in a namespace "Money": it would hide the type of that name from every test.
namespace Dunning.Domain.Tests;

public class CurrencyTests
{
    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("CHF", 2)]
    [InlineData("GBP", 2)]
    [InlineData("XCG", 2)]
    [InlineData("MGA", 2)]
    [InlineData("TND", 3)]
    [InlineData("KWD", 3)]
    [InlineData("CLF", 4)]
    [InlineData("UYW", 4)]
    public void A_currency_knows_its_minor_units(string code, int minorUnits)
    {
        var currency = Currency.Parse(code);
        Assert.Equal(code, currency.Code);
        Assert.Equal(code, currency.ToString());
        Assert.Equal(minorUnits, currency.MinorUnits);
    }

    [Fact]
    public void Seventeen_currencies_have_no_minor_unit() => Assert.All(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".Split(' '),
        code => Assert.Equal(0, Currency.Parse(code).MinorUnits));

    [Fact]
    public void The_table_has_each_code_of_the_standard_that_has_a_minor_unit()
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        var found =
            from a in letters
            from b in letters
            from c in letters
            let currency = Currency.TryParse($"{a}{b}{c}", out var known) ? known : null
            where currency is not null
            group currency by currency.MinorUnits into digits
            orderby digits.Key
            select (digits.Key, digits.Count());
        Assert.Equal([(0, 17), (2, 139), (3, 7), (4, 2)], found);
    }

    [Fact]
    public void There_is_one_instance_of_each_currency()
    {
        Assert.Same(Currency.Parse("JPY"), Currency.Parse("JPY"));
        Assert.Same(Currency.Euro, Currency.Parse("EUR"));
    }

    [Theory]
    [InlineData("HRK")]
    [InlineData("BGN")]
    [InlineData("ANG")]
    [InlineData("CUC")]
    [InlineData("SLL")]
    [InlineData("ZWL")]
    [InlineData("FRF")]
    [InlineData("BEF")]
    [InlineData("XAU")]
    [InlineData("XTS")]
    [InlineData("XXX")]
    [InlineData("eur")]
    [InlineData("Eur")]
    [InlineData(" EUR")]
    [InlineData("EURO")]
    [InlineData("€")]
    [InlineData("")]
    [InlineData(null)]
    public void Codes_that_are_no_active_currency_are_refused(string? code)
    {
        Assert.False(Currency.TryParse(code, out var currency));
        Assert.Null(currency);
        Assert.Contains("ISO 4217", Assert.Throws<FormatException>(() => Currency.Parse(code!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_is_no_currency() => Assert.Null(default(Currency));
}
