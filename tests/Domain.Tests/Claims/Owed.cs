using System.Text.Json;

namespace Dunning.Domain.Tests.Claims;

/// <summary>Claims in one line: the shipped rates, amounts in euros, dates as text.</summary>
internal static class Owed
{
    public static readonly IReadOnlyList<PublishedRate> Published = Read();

    public static readonly Rates Book = Rates.Validate(Published, out var faults) ?? throw new InvalidOperationException(string.Join("; ", faults));

    public static ClaimTerms Terms(string regime, decimal amount, string due, string asOf, params (string Date, decimal Amount)[] payments) =>
        new(regime, Sample.Eur(amount), Sample.Date(due), Sample.Date(asOf)) { Payments = Amounts(payments) };

    public static Items<DatedAmount> Amounts(params (string Date, decimal Amount)[] amounts) =>
        [.. amounts.Select(a => new DatedAmount(Sample.Date(a.Date), Sample.Eur(a.Amount)))];

    public static Claim Claim(this ClaimTerms terms) =>
        ClaimCalculator.Calculate(terms, Book, out var faults) ?? throw new InvalidOperationException(string.Join("; ", faults));

    public static IReadOnlyList<ClaimFault> Faults(this ClaimTerms terms)
    {
        Assert.Null(ClaimCalculator.Calculate(terms, Book, out var faults));
        Assert.NotEmpty(faults);
        return faults;
    }

    /// <summary>"principal + interest + indemnity = total".</summary>
    public static string Sum(this Claim claim) => FormattableString.Invariant(
        $"{claim.Principal.Amount:0.00} + {claim.Interest.Amount:0.00} + {claim.Indemnity.Amount:0.00} = {claim.Total.Amount:0.00}");

    /// <summary>"31 × 12.15" for each segment.</summary>
    public static string[] Days(this Claim claim) => [.. claim.Segments.Select(s => FormattableString.Invariant($"{s.Days} × {s.Rate.Percent:0.00##}"))];

    private static List<PublishedRate> Read()
    {
        using var stream = typeof(Owed).Assembly.GetManifestResourceStream("rates")!;
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.GetProperty("rates").EnumerateArray().Select(Rate)];
    }

    private static PublishedRate Rate(JsonElement entry)
    {
        var series = RateSeries.Named(entry.GetProperty("series").GetString()!)!;
        Assert.True(series.TryParsePeriod(entry.GetProperty("period").GetString(), out var from));
        return new(series, from, entry.GetProperty("value").GetDecimal(), entry.GetProperty("source").GetString()!, null);
    }
}
