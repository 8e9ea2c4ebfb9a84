using System.Globalization;

namespace Dunning.Simulation;

/// <summary>What a run went through. A simulation in which nothing happens keeps every promise; these counts say it did not.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public long this[string what] => _counts.GetValueOrDefault(what);

    public TimeSpan CaseTime { get; set; }

    public double InvoiceYears => CaseTime.TotalDays / 365.25;

    public void Count(string what, long times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;

    public void Add(Tally other)
    {
        foreach (var (what, times) in other._counts)
            Count(what, times);
        CaseTime += other.CaseTime;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{InvoiceYears:F0} invoice-years; ")
        + string.Join(", ", _counts.Select(c => $"{c.Key} {c.Value}"));
}
