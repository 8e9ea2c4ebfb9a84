using Dunning.Domain;
using Dunning.Service.Claims;
using Xunit;

namespace Dunning.Service.Tests.Claims;

public class RatesFileTests
{
    [Fact]
    public void The_shipped_rates_are_sound()
    {
        var rates = RatesFile.Load(RatesFile.Shipped);
        Assert.Equal((Semester.Of(2019, 1), 68), (rates.First, rates.Published.Count));
        Assert.All(rates.Published, r => Assert.NotEmpty(r.Source));
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("{}", "rates: is required")]
    [InlineData("""{ "rates": [], "more": 1 }""", "more: is not known here")]
    [InlineData("""{ "rates": [{ "series": "fed", "period": "2019-H1", "value": 1, "source": "s" }] }""", "rates[0].series: must be one of ecb, ")]
    [InlineData("""{ "rates": [{ "series": "ecb", "period": "2019", "value": "1", "source": "s" }] }""", "rates[0].value: must be a number", "rates[0].period: must be a semester")]
    [InlineData("""{ "rates": [{ "series": "be-legal", "period": "2019-H1", "value": 1.00001, "publishedOn": "soon" }] }""", "rates[0].source: is required", "rates[0].publishedOn: must be a date", "rates[0].period: must be a year")]
    [InlineData("""{ "rates": [{ "series": "ecb", "period": "2019-H1", "value": 1, "source": "s" }, { "series": "ecb", "period": "2020-H1", "value": 99, "source": "s" }] }""",
        "ecb/2019-H2: is missing", "ecb/2020-H1: is 99.00 %", "be-legal: has no rate at all")]
    public void A_file_that_cannot_be_used_names_every_fault(string content, params string[] faults)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            var broken = Assert.Throws<BrokenRates>(() => RatesFile.Load(path));
            Assert.All(faults, fault => Assert.Contains(broken.Faults, f => f.StartsWith($"{Path.GetFileName(path)}: {fault}", StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
