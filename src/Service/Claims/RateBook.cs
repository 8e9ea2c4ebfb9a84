using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Claims;

/// <summary>
/// The shipped rates with those operators entered over them. The register is looked at each time, so that a rate entered on one machine counts on all of
/// them at once; the book is only made again when something was entered.
/// </summary>
public sealed class RateBook(Rates shipped, Registry registry)
{
    private const int Most = 1000;

    // All in one owner's list: a store that spreads its documents finds them in one place.
    private const string Owner = "rates";

    private volatile Merged _merged = new([], shipped);

    /// <exception cref="BrokenRates">A release ships rates with which those entered no longer fit.</exception>
    public async ValueTask<Rates> Current(CancellationToken ct)
    {
        var entered = await Entered(ct);
        var known = _merged;
        if (known.Entered.SequenceEqual(entered))
            return known.Rates;
        var rates = With(entered.Select(e => e.Published), out var faults) ?? throw new BrokenRates([.. faults.Select(f => $"{f.Path}: {f.Why}")]);
        _merged = new(entered, rates);
        return rates;
    }

    public async Task<IReadOnlyList<EnteredRate>> Entered(CancellationToken ct) => [.. (await registry.Rates.List(Owner, null, Most, ct)).Select(e => e.Value)];

    /// <summary>What the book would be with one more rate; null with everything that speaks against it.</summary>
    public async Task<(Rates? Rates, IReadOnlyList<RateFault> Faults)> Try(PublishedRate rate, CancellationToken ct) =>
        (With((await Entered(ct)).Select(e => e.Published).Append(rate), out var faults), faults);

    /// <summary>False if another entry was faster.</summary>
    public Task<bool> Enter(EnteredRate rate, long version, Receipt? receipt, CancellationToken ct) => registry.Rates.Put(Id(rate.Series, rate.Period), Owner, rate, version, receipt, ct);

    public Task<Shelved<EnteredRate>?> Find(string series, string period, CancellationToken ct) => registry.Rates.Get(Id(series, period), ct);

    // The last one told of a period counts.
    private Rates? With(IEnumerable<PublishedRate> entered, out IReadOnlyList<RateFault> faults)
    {
        var all = shipped.Published.ToDictionary(r => (r.Series, r.From));
        foreach (var rate in entered)
            all[(rate.Series, rate.From)] = rate;
        return Rates.Validate(all.Values, out faults);
    }

    private static string Id(string series, string period) => $"{series}/{period}";

    private sealed record Merged(IReadOnlyList<EnteredRate> Entered, Rates Rates);
}
