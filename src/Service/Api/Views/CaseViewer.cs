using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Views;

/// <summary>Makes the whole view of a case: its state with everything acknowledged, and its log as a story.</summary>
public sealed class CaseViewer(ICaseLists lists, ICaseStore store, IPolicyBook policies, IDocuments documents, RateBook book, Registry registry, TimeProvider clock)
{
    public async Task<CaseView> Of(FoldedCase folded, CancellationToken ct)
    {
        var log = await lists.Log(folded.Stored.Id, 0, int.MaxValue, ct);
        var rates = await book.Current(ct);
        var timeline = await new Storyteller(policies, store.FindMessage, rates).Tell([.. log.Select(e => e.Logged)], ct);
        var hasDocument = await InvoiceDocument.Has(documents, folded.Stored.Id, ct);
        var today = folded.Policy.Zone.LocalDate(clock.GetUtcNow());
        var claim = CaseClaim.Of(folded.File, folded.Policy, rates, today) is { } owed ? ClaimView.Of(owed, folded.Policy.Regime, today) : null;
        return CaseView.Of(folded.State, folded.Policy, claim, await Named(timeline, ct), hasDocument);
    }

    // Who acted, by the name its key was given; what is no key says itself what it is.
    private async Task<IReadOnlyList<TimelineEntry>> Named(IReadOnlyList<TimelineEntry> timeline, CancellationToken ct)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in timeline.Select(e => e.By).OfType<string>().Where(by => by.StartsWith("key-", StringComparison.Ordinal)).Distinct())
            if (await registry.Keys.Get(id, ct) is { Value.Name: var name })
                names[id] = name;
        return [.. timeline.Select(e => e.By is { } by && names.TryGetValue(by, out var name) ? e with { ByName = name } : e)];
    }
}
