using System.Text.Json;
using Dunning.Service.Api;
using Dunning.Service.Figures;
using Xunit;

namespace Dunning.Service.Tests.Figures;

/// <summary>Which days a period's figures may count.</summary>
public sealed class FigurePeriodTests
{
    private static readonly DateOnly Today = new(2026, 12, 10);

    [Theory]
    [InlineData("{\"from\":\"2026-11-01\",\"to\":\"2026-11-30\"}", "2026-11-30"), InlineData("{\"asOf\":\"2026-11-30\"}", "2026-11-30"), InlineData("{}", "2026-12-09")]
    [InlineData("{\"to\":\"2026-11-30\",\"asOf\":\"2026-12-10\"}", "2026-12-09"), InlineData("{\"to\":\"2026-12-09\"}", "2026-12-09")]
    public void A_day_that_is_past_is_over_and_today_is_not(string asked, string over)
    {
        using var document = JsonDocument.Parse(asked);
        var period = FigurePeriod.Read(new BodyReader(document.RootElement.Clone()), Today)!;
        Assert.Equal(over, period.Over.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }
}
