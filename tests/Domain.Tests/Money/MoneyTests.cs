// Not in a namespace "Money": it would hide the type of that name from every test.
namespace Dunning.Domain.Tests;

public class MoneyTests
{
    private static readonly Currency Yen = Currency.Parse("JPY");
    private static readonly Currency Dinar = Currency.Parse("KWD");

    [Fact]
    public void Amounts_are_whole_minor_units_of_their_currency()
    {
        Assert.Equal(1250, Money.Of(12.50m, Currency.Euro).Minor);
        Assert.Equal(12, Money.Of(12m, Yen).Minor);
        Assert.Equal(12_345, Money.Of(12.345m, Dinar).Minor);
    }

    [Fact]
    public void More_decimals_than_the_currency_has_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Money.Of(12.505m, Currency.Euro));
        Assert.Throws<ArgumentException>(() => Money.Of(0.5m, Yen));
        Assert.Throws<ArgumentException>(() => Money.Of(1_000_000_000_000.00m, Currency.Euro));
        Assert.Equal(Money.Of(12.5m, Currency.Euro), Money.Of(12.500m, Currency.Euro));
    }

    [Theory]
    [InlineData("12.50 EUR", "12.50 EUR")]
    [InlineData("12 JPY", "12 JPY")]
    [InlineData("-0.01 EUR", "-0.01 EUR")]
    [InlineData("1.234 KWD", "1.234 KWD")]
    [InlineData("7.5 EUR", "7.50 EUR")]
    public void What_is_written_is_read_back(string text, string written) => Assert.Equal(written, Money.Parse(text).ToString());

    [Theory]
    [InlineData("12,50 EUR")]
    [InlineData("1,200 EUR")]
    [InlineData("12.50")]
    [InlineData(" EUR")]
    [InlineData("12.50 eur")]
    [InlineData("(12) EUR")]
    public void A_text_that_could_be_misread_is_refused(string text) => Assert.Throws<FormatException>(() => Money.Parse(text));

    [Fact]
    public void Currencies_never_mix()
    {
        Assert.Throws<InvalidOperationException>(() => Money.Of(1, Currency.Euro) + Money.Of(1, Yen));
        Assert.Throws<InvalidOperationException>(() => Money.Of(1, Currency.Euro) < Money.Of(1, Yen));
        Assert.Throws<InvalidOperationException>(() => default(Money) + Money.Of(1, Yen));
        Assert.NotEqual(Money.Of(1, Currency.Euro), Money.Of(1, Currency.Parse("USD")));
    }

    [Fact]
    public void A_policys_figure_is_rounded_down_to_what_the_currency_can_say()
    {
        Assert.Equal(Money.Of(1m, Yen), Money.Floor(1.99m, Yen));
        Assert.Equal(Money.Of(1.99m, Currency.Euro), Money.Floor(1.999m, Currency.Euro));
    }

    [Fact]
    public void A_sum_beyond_every_amount_stops_the_work() =>
        Assert.Throws<OverflowException>(() => Money.FromMinor(long.MaxValue, Currency.Euro) + Money.FromMinor(1, Currency.Euro));
}
