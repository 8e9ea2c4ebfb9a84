using Dunning.Domain;
using Dunning.Service.Links;

namespace Dunning.Service.Tests.Links;

/// <summary>A creditor's own payment address.</summary>
public sealed class UrlTemplateTests
{
    [Fact]
    public void Values_are_filled_in_so_that_none_can_change_where_it_leads()
    {
        Assert.Equal(
            "https://pay.example.org/F%2F..%2F%3Fx%23%7Bamount%7D?a=1200.50&c=EUR&i=case-1#F%2F..%2F%3Fx%23%7Bamount%7D",
            UrlTemplate.Fill("https://pay.example.org/{number}?a={amount}&c={currency}&i={caseId}#{reference}", "case-1", "F/../?x#{amount}", Money.Of(1200.5m, Currency.Euro)));
        Assert.Equal("https://pay.example.org/500", UrlTemplate.Fill("https://pay.example.org/{amount}", "c", "n", Money.Of(500m, Currency.Parse("JPY"))));
    }

    [Theory]
    [InlineData("https://pay.example.org")]
    [InlineData("https://pay.example.org/{number}?amount={amount}&currency={currency}#{caseId}{reference}")]
    public void What_can_be_filled_in_is_taken(string template) => Assert.Empty(UrlTemplate.Faults(template));

    [Theory]
    [InlineData("http://pay.example.org/{number}", 1)]
    [InlineData("https://{number}.example.org/", 1)]
    [InlineData("https://pay.example.org{number}", 1)]
    [InlineData("https://user:secret@pay.example.org/", 1)]
    [InlineData("https://pay.example.org/{iban}", 1)]
    [InlineData("https://pay.example.org/{number", 1)]
    [InlineData("https://pay.example.org/{}}", 2)]
    [InlineData("https://pay.example.org/a b", 1)]
    [InlineData("https://pay.example.org/é", 1)]
    [InlineData("//pay.example.org/{IBAN}{x} }", 5)]
    [InlineData("", 1)]
    public void What_cannot_is_refused_with_all_that_is_wrong_with_it(string template, int faults) => Assert.Equal(faults, UrlTemplate.Faults(template).Count);
}
