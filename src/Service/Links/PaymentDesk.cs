using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Rendering;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Links;

/// <summary>What the engine has done with payment providers: before a claim, before a hand-over, after a commit.</summary>
public sealed class PaymentDesk(
    LinkBook links, Reconciliation reconciliation, PaymentAccounts accounts, ICaseStore store, IPolicyBook policies, MessageWriter writer, Registry registry, CreditorTexts texts, RateBook rates, TimeProvider clock, ILogger<PaymentDesk> log)
    : IPaymentDesk
{
    public ValueTask<bool> IsOpen(CancellationToken ct) => accounts.Any(ct);

    public async Task<string?> Before(FoldedCase folded, MessageKey key, CancellationToken ct)
    {
        if (await accounts.Of(folded.File.Creditor, ct) is not { } settings || MessageFates.Find(folded.File, key) is not ({ About: null } step, _))
            return null;
        if (step.Formal)
        {
            if (!await reconciliation.Ask(folded.File, ct))
                return "the payment provider could not be asked whether it was paid";
            // What was found stands in the inbox by now.
            folded = await Again(folded, ct);
            if (!MessageFates.MayLeave(folded.State, key, folded.Policy, clock.GetUtcNow()))
                return null;
        }
        if (settings.Provider is not null && folded.File.Invoice.PaymentUrl is null && await Payable(folded, key, ct) is { IsZero: false } amount
            && await links.Prepare(folded.File, folded.Policy, amount, ct))
        {
            // Money that came while the link was made found none to revoke.
            var now = await Again(folded, ct);
            await links.Refresh(now.File.Creditor, now.Stored.Id, LinkBasis.Of(now.State, now.Policy), ct);
        }
        return null;
    }

    public async Task BeforeHandOver(FoldedCase folded, CancellationToken ct)
    {
        if (!await reconciliation.Ask(folded.File, ct))
            log.LogWarning("Case {Case} is handed over though its payment provider could not be asked", folded.Stored.Id);
    }

    public async Task After(FoldedCase committed, CancellationToken ct)
    {
        var basis = LinkBasis.Of(committed.State, committed.Policy);
        if (LinkBasis.Of(committed.Stored.State, committed.Policy) == basis)
            return;
        try
        {
            await links.Refresh(committed.File.Creditor, committed.Stored.Id, basis, ct);
        }
        // What is committed is done; the daily look finds the link.
        catch (StoreUnavailable failure)
        {
            log.LogError(failure, "The payment links of case {Case} wait to be revoked", committed.Stored.Id);
        }
    }

    private async Task<FoldedCase> Again(FoldedCase folded, CancellationToken ct) =>
        await store.Load(folded.Stored.Id, ct) is { } stored && stored.Version != folded.Stored.Version ? await policies.Fold(stored, ct) : folded;

    // A text that cannot be made says so when it is written.
    private async Task<Money?> Payable(FoldedCase folded, MessageKey key, CancellationToken ct)
    {
        var (file, policy) = (folded.File, folded.Policy);
        if (await registry.Creditors.Get(file.Creditor, ct) is not { } creditor)
            return null;
        try
        {
            return writer.PaidByLink(file, key, policy, creditor.Value, clock.GetUtcNow(), await texts.Of(file.Creditor, ct), policy.ClaimsAccessoriesAt(key.Step) ? await rates.Current(ct) : null);
        }
        catch (Exception unfit) when (unfit is ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
