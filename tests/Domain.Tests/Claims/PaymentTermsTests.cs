namespace Dunning.Domain.Tests.Claims;

/// <summary>Code de commerce, L441-10 I; commande publique, R2192-10; Belgian law of 2 August 2002, article 4.</summary>
public sealed class PaymentTermsTests
{
    [Theory]
    [InlineData(TermCeiling.French30Days, "2026-01-31", "2026-03-02")]
    [InlineData(TermCeiling.French60Days, "2026-01-31", "2026-04-01")]
    [InlineData(TermCeiling.French45Days, "2026-01-31", "2026-03-17")]
    [InlineData(TermCeiling.FrenchPublic30Days, "2024-02-01", "2024-03-02")]
    [InlineData(TermCeiling.Belgian60Days, "2026-01-31", "2026-04-01")]
    // Invoice + 45 days, then the end of that month; the end of the month, then 45 days: 17 March, 16 in a leap year, never "the 15th".
    [InlineData(TermCeiling.French45DaysThenEndOfMonth, "2026-01-12", "2026-02-28")]
    [InlineData(TermCeiling.FrenchEndOfMonthThen45Days, "2026-01-12", "2026-03-17")]
    [InlineData(TermCeiling.FrenchEndOfMonthThen45Days, "2024-01-12", "2024-03-16")]
    [InlineData(TermCeiling.French45DaysThenEndOfMonth, "2026-01-31", "2026-03-31")]
    [InlineData(TermCeiling.French45DaysThenEndOfMonth, "2024-01-15", "2024-02-29")]
    [InlineData(TermCeiling.FrenchEndOfMonthThen45Days, "2009-01-12", "2009-03-17")]
    public void A_ceiling_has_one_last_day(TermCeiling ceiling, string invoiced, string latest) =>
        Assert.Equal(Sample.Date(latest), PaymentTerms.Latest(ceiling, Sample.Date(invoiced)));

    [Theory]
    [InlineData("fr-b2b", "2026-01-12", "2026-03-13", null)]
    [InlineData("fr-b2b", "2026-01-12", "2026-03-14", "beyond 60 days, it needs")]
    [InlineData("fr-b2b", "2026-01-12", "2026-03-17", "beyond 60 days, it needs")]
    [InlineData("fr-b2b", "2026-01-12", "2026-03-18", "in both readings")]
    [InlineData("fr-b2b", "2026-01-31", "2026-04-01", null)]
    [InlineData("fr-public", "2026-01-12", "2026-02-11", null)]
    [InlineData("fr-public", "2026-01-12", "2026-02-12", "a public buyer has 30 days")]
    [InlineData("be-b2b", "2026-01-12", "2026-03-13", null)]
    [InlineData("be-b2b", "2026-01-12", "2026-03-14", "deemed unwritten")]
    [InlineData("fr-b2c", "2026-01-12", "2027-01-12", null)]
    [InlineData("be-b2c", "2026-01-12", "2027-01-12", null)]
    public void A_term_the_law_objects_to_is_a_warning(string regime, string invoiced, string due, string? says)
    {
        var warning = PaymentTerms.Warning(regime, Sample.Date(invoiced), Sample.Date(due));
        Assert.Equal(says is null, warning is null);
        Assert.Contains(says ?? "", warning ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr-b2b", "2031-09-30")]
    [InlineData("fr-b2c", "2028-09-30")]
    [InlineData("fr-public", null)]
    [InlineData("be-b2b", null)]
    [InlineData("be-b2c", null)]
    public void A_debt_lapses_at_the_earliest_from_the_invoice(string regime, string? on) =>
        Assert.Equal(on, Limitation.Of(regime, Sample.Invoice)?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_debt_lapses_from_the_performance_when_that_came_first()
    {
        Assert.Equal(Sample.Date("2028-08-15"), Limitation.Of("fr-b2c", Sample.Invoice, Sample.Date("2026-08-15")));
        Assert.Equal(Sample.Date("2028-09-30"), Limitation.Of("fr-b2c", Sample.Invoice, Sample.Date("2026-12-15")));
        Assert.Equal(Sample.Date("2026-02-28"), Limitation.Of("fr-b2c", Sample.Invoice with { IssueDate = Sample.Date("2024-02-29"), DueDate = Sample.Date("2024-03-29") }));
    }
}
