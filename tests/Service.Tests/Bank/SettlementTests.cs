using Dunning.Domain;
using Dunning.Service.Bank;

namespace Dunning.Service.Tests.Bank;

/// <summary>How a payment is divided over what it names.</summary>
public sealed class SettlementTests
{
    [Theory]
    [InlineData("100", "100", "A 100")]
    [InlineData("99.50", "100", "A 99.5")]
    [InlineData("40", "100", "A 40")]
    [InlineData("100.80", "100", "A 100.8")]
    [InlineData("102", "100", "doubt")]
    [InlineData("100", "0", "doubt")]
    [InlineData("100 USD", "100", "doubt")]
    [InlineData("30", "10 20", "A 10, B 20")]
    [InlineData("29.40", "10 20", "A 10, B 19.4")]
    [InlineData("30.60", "10 20", "A 10, B 20.6")]
    [InlineData("28.50", "10 20", "doubt")]
    [InlineData("35", "10 20", "doubt")]
    [InlineData("10", "10 20", "doubt")]
    [InlineData("30", "10 0 20", "A 10, C 20")]
    [InlineData("29.80", "10 0 20", "doubt")]
    [InlineData("9.80", "10 0.10", "doubt")]
    public void One_takes_a_part_several_only_the_whole(string amount, string balances, string parts)
    {
        var debts = balances.Split(' ').Select((b, i) => Debt(((char)('A' + i)).ToString(), decimal.Parse(b, System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var settlement = Settlement.Of(Of(amount), new(MatchedBy.InvoiceNumber, []), debts);
        Assert.Equal(parts, settlement.Doubt is not null ? "doubt" : string.Join(", ", settlement.Parts.Select(p => $"{p.Number} {p.Amount.Amount:0.##}")));
        if (settlement.Parts.Count > 0)
            Assert.Equal(Of(amount), settlement.Parts.Aggregate(Money.Zero(Currency.Euro), (sum, p) => sum + p.Amount));
    }

    [Fact]
    public void A_number_that_may_be_chance_needs_the_amount()
    {
        var match = new Match(MatchedBy.InvoiceNumber, []) { Exactly = true };
        Assert.NotNull(Settlement.Of(Of("40"), match, [Debt("A", 100m)]).Doubt);
        Assert.Null(Settlement.Of(Of("99.50"), match, [Debt("A", 100m)]).Doubt);
    }

    [Fact]
    public void A_structured_reference_takes_more_than_is_owed_and_claimed_accessories_are_owed()
    {
        Assert.Single(Settlement.Of(Of("250"), new(MatchedBy.StructuredReference, []), [Debt("A", 100m)]).Parts);
        Assert.Single(Settlement.Of(Of("140"), new(MatchedBy.InvoiceNumber, []), [Debt("A", 100m) with { Claimed = Of("40") }]).Parts);
        Assert.Equal(["140.00 EUR", "20.00 EUR"], Settlement.Of(Of("160"), new(MatchedBy.InvoiceNumber, []), [Debt("A", 100m) with { Claimed = Of("40") }, Debt("B", 20m)]).Parts.Select(p => p.Amount.ToString()));
    }

    [Fact]
    public void What_another_source_told_is_left_to_the_case_and_a_cancelled_invoice_to_a_person()
    {
        Assert.Single(Settlement.Of(Of("100"), new(MatchedBy.InvoiceNumber, []), [Debt("A", 0m) with { WasTold = _ => true }]).Parts);
        Assert.NotNull(Settlement.Of(Of("100"), new(MatchedBy.StructuredReference, []), [Debt("A", 100m) with { IsCancelled = true }]).Doubt);
        Assert.NotNull(Settlement.Of(Of("100"), new(MatchedBy.StructuredReference, []) { Doubt = "several" }, [Debt("A", 100m)]).Doubt);
    }

    private static Debt Debt(string number, decimal balance) => new("case-" + number, number, "d", Money.Of(balance, Currency.Euro), Money.Zero(Currency.Euro), Money.Of(1m, Currency.Euro));

    private static Money Of(string amount) => Money.Parse(amount.Contains(' ', StringComparison.Ordinal) ? amount : amount + " EUR");
}
