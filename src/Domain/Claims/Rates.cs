using System.Globalization;

namespace Dunning.Domain;

/// <summary>A rate as published, in percent a year, from the first day of a period on. PublishedOn is null where it is not known.</summary>
public sealed record PublishedRate(RateSeries Series, Semester From, decimal Percent, string Source, DateOnly? PublishedOn)
{
    public string Period => Series.Period(From);
}

/// <summary>What is wrong with a rate, and which: <c>ecb/2026-H2</c>.</summary>
public sealed record RateFault(string Path, string Why);

/// <summary>The rate of a series on a day. Provisional: its period is not published yet, and the last published rate stands in for it.</summary>
public readonly record struct Quote(PublishedRate Published, Semester Semester, bool Provisional)
{
    public decimal Percent => Published.Percent;
}

/// <summary>
/// All rates known, complete from <see cref="First"/> to the last one published of each series. Built only by <see cref="Validate"/>.
/// </summary>
public sealed class Rates
{
    /// <summary>Percent a year. What lies beyond is a slip: the highest of these series in thirty years was under 14.</summary>
    public const decimal MaxPercent = 30m;

    // By series, then by semester from the series' first on; a year stands twice.
    private readonly PublishedRate[][] _bySemester;
    private readonly int[] _first;

    private Rates(PublishedRate[][] bySemester)
    {
        _bySemester = bySemester;
        _first = [.. bySemester.Select(s => s[0].From.Index)];
        First = bySemester.Max(s => s[0].From);
        Published = [.. bySemester.SelectMany(s => s.Distinct())];
    }

    /// <summary>The first semester of which every series is known: nothing is computed before it.</summary>
    public Semester First { get; }

    /// <summary>By series, then by period.</summary>
    public IReadOnlyList<PublishedRate> Published { get; }

    /// <summary>Returns the rates, or null and everything that is wrong with them: what is missing, stands twice, or cannot be.</summary>
    public static Rates? Validate(IEnumerable<PublishedRate> published, out IReadOnlyList<RateFault> faults)
    {
        var found = new List<RateFault>();
        var bySeries = published.ToLookup(r => r.Series);
        var semesters = RateSeries.All.Select(series => Line(series, [.. bySeries[series].OrderBy(r => r.From)], found)).ToArray();
        faults = found;
        return found.Count == 0 ? new Rates(semesters) : null;
    }

    /// <summary>The rate of a series in the semester of a day; the last published one, provisionally, after it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies before the series begins.</exception>
    public Quote On(RateSeries series, DateOnly day)
    {
        var (line, semester) = (_bySemester[series.Index], Semester.Of(day));
        var at = semester.Index - _first[series.Index];
        ArgumentOutOfRangeException.ThrowIfNegative(at, nameof(day));
        return at < line.Length ? new(line[at], semester, false) : new(line[^1], semester, true);
    }

    /// <summary>Why nothing can be computed for a day; null when something can.</summary>
    public string? WhyNot(DateOnly day) => day >= First.FirstDay ? null
        : string.Create(CultureInfo.InvariantCulture, $"must not be before {First.FirstDay:yyyy-MM-dd}: {First} is the first semester whose rates are known.");

    private static PublishedRate[] Line(RateSeries series, List<PublishedRate> rates, List<RateFault> faults)
    {
        if (rates.Count == 0)
            faults.Add(new(series.Name, "has no rate at all."));
        var line = new List<PublishedRate>();
        PublishedRate? before = null;
        foreach (var rate in rates)
        {
            Judge(rate, faults);
            if (before?.From == rate.From)
                faults.Add(new(Path(rate), before.Percent == rate.Percent ? "stands twice." : $"is contradictory: {Text(before.Percent)} and {Text(rate.Percent)}."));
            else if (before is not null)
                for (var missing = series.After(before.From); missing < series.Start(rate.From); missing = series.After(missing))
                    faults.Add(new($"{series.Name}/{series.Period(missing)}", "is missing: it stands before a later one."));
            line.Add(rate);
            if (series.IsYearly)
                line.Add(rate);
            before = rate;
        }
        return [.. line];
    }

    private static void Judge(PublishedRate rate, List<RateFault> faults)
    {
        if (rate.Percent is < 0 or > MaxPercent)
            faults.Add(new(Path(rate), $"is {Text(rate.Percent)} %: a rate lies between 0 and {Text(MaxPercent)}."));
        if (string.IsNullOrWhiteSpace(rate.Source))
            faults.Add(new(Path(rate), "has no source."));
        if (rate.Series.IsYearly && rate.From.Half != 1)
            faults.Add(new(Path(rate), "overlaps: this series is published for whole years."));
        if (rate.From.Year is < 1999 or > 2099)
            faults.Add(new(Path(rate), "lies outside 1999 to 2099."));
        else if (rate.PublishedOn is { } on && (on > rate.Series.After(rate.From).FirstDay.AddDays(-1) || on < rate.From.FirstDay.AddYears(-1)))
            faults.Add(new(Path(rate), $"was not published on {on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: that is after its end, or more than a year before it."));
    }

    private static string Path(PublishedRate rate) => $"{rate.Series.Name}/{rate.Period}";

    private static string Text(decimal percent) => percent.ToString("0.00##", CultureInfo.InvariantCulture);
}
