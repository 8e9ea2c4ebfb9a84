namespace Dunning.Domain.Tests.Time;

public class ZoneTests
{
    private static readonly Zone Paris = Zone.Of(Sample.Paris);

    [Theory]
    [InlineData("Europe/Paris", "2026-01-15", "09:00", "2026-01-15T08:00Z")]
    [InlineData("Europe/Paris", "2026-07-15", "09:00", "2026-07-15T07:00Z")]
    [InlineData("Europe/Paris", "2026-03-29", "01:59", "2026-03-29T00:59Z")]
    [InlineData("Europe/Paris", "2026-03-29", "02:00", "2026-03-29T01:00Z")]
    [InlineData("Europe/Paris", "2026-03-29", "02:30", "2026-03-29T01:30Z")]
    [InlineData("Europe/Paris", "2026-03-29", "03:00", "2026-03-29T01:00Z")]
    [InlineData("Europe/Paris", "2026-10-25", "01:59", "2026-10-24T23:59Z")]
    [InlineData("Europe/Paris", "2026-10-25", "02:00", "2026-10-25T00:00Z")]
    [InlineData("Europe/Paris", "2026-10-25", "02:30", "2026-10-25T00:30Z")]
    [InlineData("Europe/Paris", "2026-10-25", "03:00", "2026-10-25T02:00Z")]
    [InlineData("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30Z")]
    [InlineData("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45Z")]
    [InlineData("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00Z")]
    [InlineData("UTC", "2024-02-29", "12:00", "2024-02-29T12:00Z")]
    public void A_local_time_is_one_instant_the_skipped_moved_by_the_gap_the_doubled_taken_early(string zone, string date, string time, string utc)
    {
        var instant = Zone.Of(TimeZoneInfo.FindSystemTimeZoneById(zone)).At(Sample.Date(date), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(utc, instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_quarter_of_an_hour_of_a_year_comes_back_to_itself_or_to_its_other_reading()
    {
        for (var instant = Sample.At("2026-01-01 00:00"); instant < Sample.At("2027-01-01 00:00"); instant = instant.AddMinutes(15))
        {
            var local = Paris.Local(instant);
            var back = Paris.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
            Assert.True(back == instant || (Sample.Paris.IsAmbiguousTime(local) && instant - back == TimeSpan.FromHours(1)), $"{instant:o} comes back as {back:o}.");
        }
    }

    [Fact]
    public void A_date_belongs_to_the_zone()
    {
        Assert.Equal(Sample.Date("2026-11-01"), Paris.LocalDate(new(2026, 10, 31, 23, 30, 0, TimeSpan.Zero)));
        Assert.Equal(Sample.Date("2026-10-31"), Paris.LocalDate(new(2026, 10, 31, 22, 30, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("Europe/Paris")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Africa/Cairo")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Pacific/Apia")]
    [InlineData("UTC")]
    public void Every_hour_reads_as_the_system_reads_it(string name)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(name);
        var zone = Zone.Of(info);
        for (var instant = new DateTimeOffset(2018, 1, 1, 0, 0, 0, TimeSpan.Zero); instant.Year < 2063; instant = instant.AddMinutes(60))
            if (TimeZoneInfo.ConvertTime(instant, info).DateTime != zone.Local(instant))
                Assert.Fail($"{instant:o} is {zone.Local(instant):s}.");
    }
}
