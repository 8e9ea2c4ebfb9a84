using System.Globalization;

namespace Dunning.Domain;

/// <summary>
/// A rate as it applies to some days, in percent a year, and where it comes from: a published rate plus points, or a contract.
/// </summary>
public sealed record AppliedRate(decimal Percent, Quote? Quote, decimal Points, string Article)
{
    /// <summary>The least a contract may provide for; null where the law sets no floor.</summary>
    public decimal? Floor { get; init; }

    /// <summary>The most a consumer contract may provide for; null where the law sets no cap.</summary>
    public decimal? Cap { get; init; }

    public bool IsContractual { get; init; }

    public bool Provisional => Quote is { Provisional: true };

    /// <summary>In words: the rate, its source and its semester, what is added, the article.</summary>
    public string Basis => IsContractual
        ? $"contractual rate {Text(Percent)} %{Bound}: {Article}"
        : $"{Name(Quote!.Value.Published.Series)} {Text(Quote.Value.Percent)} % ({Of(Quote.Value)}){(Points == 0 ? "" : $" + {Points.ToString(CultureInfo.InvariantCulture)} points")}: {Article}";

    private string Bound => Floor is { } floor ? $" (legal floor {Text(floor)} %, {Of(Quote!.Value)})"
        : Cap is { } cap ? $" (legal cap {Text(cap)} %, {Of(Quote!.Value)})" : "";

    internal static string Text(decimal percent) => percent.ToString("0.00##", CultureInfo.InvariantCulture);

    /// <summary>The period of a rate, and whose rate stands in for it when it is not published.</summary>
    internal static string Of(Quote quote) => quote.Provisional
        ? $"{quote.Published.Series.Period(quote.Semester)}, provisional: the rate of {quote.Published.Period}"
        : quote.Published.Series.Period(quote.Semester);

    private static string Name(RateSeries series) =>
        series == RateSeries.Ecb ? "ECB rate"
        : series == RateSeries.BelgianCommercial ? "Belgian published rate"
        : series == RateSeries.BelgianLegal ? "Belgian legal rate"
        : series == RateSeries.FrenchLegalPrivate ? "French legal rate (private creditors)" : "French legal rate";
}
