using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;

namespace Dunning.Service.Api.Views;

/// <summary>Makes the whole view of a case: its state with everything acknowledged, and its log as a story.</summary>
public sealed class CaseViewer(ICaseLists lists, ICaseStore store, IPolicyBook policies, IDocuments documents, RateBook book, TimeProvider clock)
{
    public async Task<CaseView> Of(FoldedCase folded, CancellationToken ct)
    {
        var log = await lists.Log(folded.Stored.Id, 0, int.MaxValue, ct);
        var rates = await book.Current(ct);
        var timeline = await new Storyteller(policies, store.FindMessage, rates).Tell([.. log.Select(e => e.Logged)], ct);
        var hasDocument = await InvoiceDocument.Has(documents, folded.Stored.Id, ct);
        var today = folded.Policy.Zone.LocalDate(clock.GetUtcNow());
        var claim = CaseClaim.Of(folded.File, folded.Policy, rates, today) is { } owed ? ClaimView.Of(owed, folded.Policy.Regime, today) : null;
        return CaseView.Of(folded.State, folded.Policy, claim, timeline, hasDocument);
    }
}
