using Dunning.Service.Import;
using static Dunning.Service.Tests.Import.Ledgers;

namespace Dunning.Service.Tests.Import;

public sealed class JsonLinesTests
{
    private const string Good = """{"number":"F-1","amount":1200.10,"debtor":{"name":"Boulangerie \u00c9toile","kind":"business"}}""";

    [Fact]
    public async Task Each_line_is_handed_on_as_it_is()
    {
        var lines = await Read($"\uFEFF\n {Good}\r\n\n{Good}");
        Assert.Equal([2, 4], lines.Select(line => line.Line));
        Assert.Equal(1200.10m, Body(lines[1])["amount"]!.GetValue<decimal>());
        Assert.Equal("Boulangerie Étoile", Body(lines[0])["debtor"]!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{\"number\":", "malformedJson")]
    [InlineData("{} {}", "malformedJson")]
    [InlineData("{\"number\":\"F-1\",\"number\":\"F-2\"}", "malformedJson")]
    [InlineData("{\"number\":\"\\ud83d\"}", "malformedJson")]
    [InlineData("{\"\\udc00\":1}", "malformedJson")]
    [InlineData("[1]", "notAnObject")]
    [InlineData("null", "notAnObject")]
    [InlineData("\"text\"", "notAnObject")]
    [InlineData("N° facture;Date", "malformedJson")]
    public async Task A_line_that_is_not_one_object_is_broken_and_the_next_one_stands(string line, string code)
    {
        var lines = await Read($"{Good}\n{line}\n{Good}\n");
        Assert.Equal(code, OnlyFault(lines[1]).Code);
        Assert.Equal(2, lines[1].Line);
        Assert.IsType<ImportLine.Read>(lines[2]);
    }

    [Fact]
    public async Task Nesting_without_end_is_broken()
    {
        var lines = await Read($"{Good}\n{string.Concat(Enumerable.Repeat("{\"a\":", 5000))}\n");
        Assert.Equal("malformedJson", OnlyFault(lines[1]).Code);
    }

    [Theory]
    [InlineData(65_000, null)]
    [InlineData(66_000, "lineTooLong")]
    [InlineData(3_000_000, "lineTooLong")]
    public async Task A_line_longer_than_64_KB_is_broken_and_the_next_one_stands(int length, string? code)
    {
        var lines = await Read($"{Good}\n{{\"note\":\"{new string('x', length)}\"}}\n{Good}\n");
        Assert.Equal(code, lines[1] is ImportLine.Broken ? OnlyFault(lines[1]).Code : null);
        Assert.IsType<ImportLine.Read>(lines[2]);
    }

    [Fact]
    public async Task Windows_1252_is_understood_here_too() =>
        Assert.Equal("Étoile", Body(Assert.Single(await Read(Windows1252.GetBytes("{\"name\":\"Étoile\"}"))))["name"]!.GetValue<string>());
}
