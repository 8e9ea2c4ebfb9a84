using System.Globalization;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Api;

namespace Dunning.Service.Claims;

/// <summary>The rates cannot be used; every fault is listed with the rate it concerns.</summary>
public sealed class BrokenRates(IReadOnlyList<string> faults) : Exception("The rates cannot be used:\n" + string.Join('\n', faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>The rates shipped beside the program: <c>rates.json</c>, a list of series, period, value, source and, where known, date of publication.</summary>
public static class RatesFile
{
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "rates.json");

    /// <exception cref="BrokenRates">At least one rate cannot be used, is missing, or stands twice.</exception>
    public static Rates Load(string path)
    {
        var file = Path.GetFileName(path);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path), BodyReader.Strict);
            var body = new BodyReader(json.RootElement);
            body.RefuseUnknown("rates");
            var published = body.Members("rates", required: true, max: 10_000).Select(Read).OfType<PublishedRate>().ToList();
            if (body.Faults.Count > 0)
                throw new BrokenRates([.. body.Faults.Select(f => $"{file}: {f.Field}: {f.Message}")]);
            return Rates.Validate(published, out var faults) ?? throw new BrokenRates([.. faults.Select(f => $"{file}: {f.Path}: {f.Why}")]);
        }
        catch (JsonException error)
        {
            throw new BrokenRates([$"{file}: not JSON: {error.Message}"]);
        }
    }

    private static PublishedRate? Read(BodyReader entry)
    {
        entry.RefuseUnknown("series", "period", "value", "source", "publishedOn");
        var series = entry.OneOf("series", RateSeries.All.ToDictionary(s => s.Name), required: true);
        return series is null ? null : Read(entry, series, entry.Text("period", required: true, max: 10), "period");
    }

    /// <summary>Reads a rate of a series, the same for an entry of the file and for one an operator adds; null after adding faults to the body.</summary>
    public static PublishedRate? Read(BodyReader body, RateSeries series, string? period, string periodField)
    {
        var (value, source, on) = (body.Number("value", required: true), body.Text("source", required: true, max: 500), body.Date("publishedOn"));
        if (!series.TryParsePeriod(period, out var from))
        {
            body.Add(periodField, "invalidPeriod", series.IsYearly ? "must be a year such as 2026." : "must be a semester such as 2026-H2.");
            return null;
        }
        if (value is { } percent && decimal.Round(percent, 4) != percent)
            body.Add("value", "overPrecise", string.Create(CultureInfo.InvariantCulture, $"has more than four decimals: {percent}."));
        return value is null || source is null ? null : new(series, from, value.Value, source, on);
    }
}
