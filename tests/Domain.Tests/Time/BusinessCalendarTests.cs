using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Time;

public class BusinessCalendarTests
{
    [Theory]
    [InlineData("2024-04-01")]
    [InlineData("2025-04-21")]
    [InlineData("2026-04-06")]
    [InlineData("2027-03-29")]
    [InlineData("2028-04-17")]
    public void Easter_Monday_is_where_the_almanac_has_it(string monday) =>
        Assert.Equal(Date(monday), BusinessCalendar.EasterSunday(Date(monday).Year).AddDays(1));

    [Fact]
    public void Easter_is_a_Sunday_between_22_March_and_25_April_in_every_year()
    {
        for (var year = 1900; year < 2300; year++)
        {
            var easter = BusinessCalendar.EasterSunday(year);
            Assert.Equal(DayOfWeek.Sunday, easter.DayOfWeek);
            Assert.InRange(easter, new DateOnly(year, 3, 22), new DateOnly(year, 4, 25));
        }
    }

    [Theory]
    [InlineData("FR", "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("FR-AM", "01-01 04-03 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25 12-26")]
    [InlineData("BE", "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25")]
    public void The_holidays_of_2026_are_those_of_the_law(string code, string days)
    {
        var calendar = BusinessCalendar.For(code);
        var holidays = Enumerable.Range(0, 365).Select(d => new DateOnly(2026, 1, 1).AddDays(d)).Where(calendar.IsHoliday);
        Assert.Equal(days, string.Join(' ', holidays.Select(d => d.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Holidays_that_fall_together_are_one_day() => Assert.True(BusinessCalendar.For("FR").IsHoliday(Date("2008-05-01")));

    [Fact]
    public void The_latest_Whit_Monday_is_a_holiday() => Assert.True(BusinessCalendar.For("FR").IsHoliday(Date("2038-06-14")));

    [Fact]
    public void Business_days_are_counted_over_week_ends_and_holidays()
    {
        var calendar = BusinessCalendar.For("FR");
        Assert.Equal(Date("2026-11-12"), calendar.AddBusinessDays(Date("2026-11-06"), 3));
        Assert.Equal(Date("2026-11-06"), calendar.AddBusinessDays(Date("2026-11-06"), 0));
    }

    [Theory]
    [InlineData("FR", "75011", "BE", "FR")]
    [InlineData("FR", "67000", "FR", "FR-AM")]
    [InlineData("FR", "57000", "FR", "FR-AM")]
    [InlineData("FR", "68100", "BE", "FR-AM")]
    [InlineData("FR", null, "FR-AM", "FR-AM")]
    [InlineData("FR", null, "BE", "FR")]
    [InlineData("BE", "1000", "FR", "BE")]
    [InlineData("DE", "57000", "BE", "BE")]
    [InlineData("DE", null, "FR-AM", "FR-AM")]
    public void The_debtors_own_calendar_counts_when_it_is_shipped(string country, string? postcode, string policy, string expected)
    {
        var debtor = Baker with { Country = country, Address = postcode is null ? null : new("1 rue", null, postcode, "Ville") };
        Assert.Equal(expected, BusinessCalendar.Of(debtor, policy).Code);
    }

    [Fact]
    public void A_calendar_nobody_ships_is_refused() => Assert.Throws<ArgumentException>(() => BusinessCalendar.For("XX"));
}
