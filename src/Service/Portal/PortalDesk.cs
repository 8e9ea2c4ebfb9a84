using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.Links;
using Dunning.Service.Register;

namespace Dunning.Service.Portal;

/// <summary>Finds the case a token opens, and what its page shows.</summary>
public sealed class PortalDesk(PortalLinks links, DunningEngine engine, Registry registry, RateBook rates, LinkBook payments, PaymentAccounts accounts, TimeProvider clock)
{
    /// <summary>Null for whoever may see nothing.</summary>
    internal async Task<PortalCase?> Open(string token, CancellationToken ct)
    {
        if (await links.Open(token, ct) is not { } link || await engine.Look(link.CaseId, ct) is not { } folded || folded.File.Creditor != link.Creditor
            || await registry.Creditors.Get(link.Creditor, ct) is not { Value: var creditor } || !links.Serves(creditor))
            return null;
        var (file, now) = (folded.File, clock.GetUtcNow());
        var today = folded.Policy.Zone.LocalDate(now);
        return new(folded, creditor, today)
        {
            // A page asks for no more than the messages did: interest and indemnity from the message on that claimed them, and not while part is disputed.
            Claim = folded.State is DunningCase.Open && file.Account.Demanded is not null && Waiting.DisputedAmount(file).IsZero
                ? CaseClaim.Of(file, folded.Policy, await rates.Current(ct), today)
                : null,
            Link = await payments.Offer(file, folded.Policy, now, ct),
            MakesLinks = file.Invoice.PaymentUrl is null && await accounts.Any(ct) && await accounts.Of(file.Creditor, ct) is { Provider: not null },
            HasDocument = await InvoiceDocument.Has(registry.Documents, file.Id, ct),
        };
    }

    internal async Task<byte[]?> Document(PortalCase shown, CancellationToken ct) =>
        (await InvoiceDocument.Find(registry.Documents, shown.File.Id, shown.File.Invoice.Number, ct))?.Content.ToArray();

    /// <summary>Has a link made for exactly what is to be paid; without one if the provider does not answer.</summary>
    internal async Task PrepareLink(PortalCase shown, CancellationToken ct)
    {
        if (!shown.MakesLinks || shown.Payable is not { IsZero: false } amount || !await payments.Prepare(shown.File, shown.Policy, amount, ct))
            return;
        // Money that came while the link was made found none to revoke.
        if (await engine.Look(shown.File.Id, ct) is { } now)
            await payments.Refresh(shown.File.Creditor, shown.File.Id, LinkBasis.Of(now.State, now.Policy), ct);
    }
}
