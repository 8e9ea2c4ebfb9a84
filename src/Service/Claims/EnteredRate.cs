using Dunning.Domain;

namespace Dunning.Service.Claims;

/// <summary>A rate an operator added to the shipped ones, or corrected: kept for good, with what stood there before.</summary>
public sealed record EnteredRate(string Series, string Period, decimal Value, string Source, DateOnly? PublishedOn, DateTimeOffset EnteredAt, string EnteredBy)
{
    /// <summary>Why a published rate was changed; null for one that was not known before.</summary>
    public string? Correction { get; init; }

    /// <summary>The value this one replaces.</summary>
    public decimal? Replaces { get; init; }

    public PublishedRate Published
    {
        get
        {
            var series = RateSeries.Named(Series)!;
            return series.TryParsePeriod(Period, out var from) ? new(series, from, Value, Source, PublishedOn) : throw new FormatException($"'{Period}' is not a period of {Series}.");
        }
    }
}
