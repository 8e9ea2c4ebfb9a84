using static Dunning.Domain.Tests.Claims.Owed;

namespace Dunning.Domain.Tests.Claims;

public sealed class RatesTests
{
    // ECB at 1 January or July, French legal rate of professionals and of private persons, Belgian published rate.
    [Theory]
    [InlineData("2019-01-01", 0.00, 0.86, 3.40, 8)]
    [InlineData("2022-12-31", 0.00, 0.77, 3.15, 8)]
    [InlineData("2023-01-01", 2.50, 2.06, 4.47, 10.5)]
    [InlineData("2023-07-01", 4.00, 4.22, 6.82, 12)]
    [InlineData("2024-06-30", 4.50, 5.07, 8.01, 12.5)]
    [InlineData("2024-12-31", 4.25, 4.92, 8.16, 12.5)]
    [InlineData("2025-01-01", 3.15, 3.71, 7.21, 11.5)]
    [InlineData("2025-07-01", 2.15, 2.76, 6.65, 10.5)]
    [InlineData("2026-06-30", 2.15, 2.62, 6.67, 10.5)]
    public void The_shipped_rates_are_those_of_the_law(string day, decimal ecb, decimal professional, decimal personal, decimal belgian) =>
        Assert.Equal([ecb, professional, personal, belgian], RateSeries.All.Where(s => !s.IsYearly).Select(s => Book.On(s, Sample.Date(day)).Percent));

    [Fact]
    public void The_Belgian_legal_rate_is_set_by_the_year() =>
        Assert.Equal([2.00m, 1.75m, 1.75m, 1.50m, 5.25m, 5.75m, 4.50m, 4.50m], Enumerable.Range(2019, 8).Select(y => Book.On(RateSeries.BelgianLegal, new(y, 12, 31)).Percent));

    [Fact]
    public void Every_fault_of_a_book_is_told_at_once()
    {
        PublishedRate Rate(RateSeries series, int year, int half, decimal percent, string source = "somewhere") => new(series, Semester.Of(year, half), percent, source, null);
        var wrong = Published.Where(r => r.Series != RateSeries.FrenchLegalPrivate && r is not { Period: "2021-H1" or "2021-H2", Series.Name: "ecb" }).Concat(
        [
            Rate(RateSeries.Ecb, 2025, 2, 2.40m), Rate(RateSeries.Ecb, 2024, 1, 4.50m), Rate(RateSeries.FrenchLegalProfessional, 2026, 2, -1m),
            Rate(RateSeries.BelgianCommercial, 2026, 2, 105m, " "), Rate(RateSeries.BelgianLegal, 2027, 2, 4m),
            Rate(RateSeries.BelgianCommercial, 2027, 1, 10m) with { PublishedOn = Sample.Date("2028-01-01") },
        ]);
        Assert.Null(Rates.Validate(wrong, out var faults));
        Assert.Equal(
        [
            "ecb/2021-H1 is missing: it stands before a later one.", "ecb/2021-H2 is missing: it stands before a later one.", "ecb/2024-H1 stands twice.",
            "ecb/2025-H2 is contradictory: 2.15 and 2.40.", "fr-legal-professional/2026-H2 is -1.00 %: a rate lies between 0 and 30.00.", "fr-legal-private has no rate at all.",
            "be-b2b/2026-H2 is 105.00 %: a rate lies between 0 and 30.00.", "be-b2b/2026-H2 has no source.",
            "be-b2b/2027-H1 was not published on 2028-01-01: that is after its end, or more than a year before it.", "be-legal/2027 overlaps: this series is published for whole years.",
        ], faults.Select(f => $"{f.Path} {f.Why}"));
    }

    [Fact]
    public void A_semester_added_is_no_longer_provisional()
    {
        var day = Sample.Date("2026-10-01");
        Assert.True(Book.On(RateSeries.Ecb, day).Provisional);
        var more = Rates.Validate([.. Published, new(RateSeries.Ecb, Semester.Of(day), 2.40m, "ECB", Sample.Date("2026-06-11"))], out _)!;
        Assert.Equal((2.40m, false), (more.On(RateSeries.Ecb, day).Percent, more.On(RateSeries.Ecb, day).Provisional));
        Assert.Equal((2.40m, true), (more.On(RateSeries.Ecb, Sample.Date("2027-10-01")).Percent, more.On(RateSeries.Ecb, Sample.Date("2027-10-01")).Provisional));
        Assert.Equal(Published.Count + 1, more.Published.Count);
    }

    [Theory]
    [InlineData("2025-H1", true)]
    [InlineData("2025-H3", false)]
    [InlineData("2025H1", false)]
    [InlineData("0000-H1", false)]
    [InlineData("-025-H1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_semester_is_written_one_way(string? text, bool readable)
    {
        Assert.Equal(readable, Semester.TryParse(text, out var semester));
        if (readable)
            Assert.Equal(text, semester.ToString());
    }
}
