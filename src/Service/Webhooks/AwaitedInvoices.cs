using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Webhooks.Folding;

namespace Dunning.Service.Webhooks;

/// <summary>Payments that name an invoice nobody has registered, under the case it will be. Each is "provider/payment".</summary>
public sealed record AwaitedInvoice(string Creditor, IReadOnlyList<string> Payments);

/// <summary>
/// A payment may be told before its invoice is: the order must not matter. Kept under the id the case will have, it costs one read when the case is there.
/// </summary>
public sealed class AwaitedInvoices(Registry registry)
{
    /// <summary>Durable when it returns.</summary>
    public async Task Await(ProviderPayment payment, CancellationToken ct)
    {
        if (payment.Invoice is not { } invoice)
            return;
        await Add(CaseIds.Case(payment.Creditor, invoice), payment, ct);
        if (CaseIds.IsCase(invoice))
            await Add(invoice, payment, ct);
    }

    /// <summary>The payments that wait for a case, with the version that was read; null when none does.</summary>
    public async Task<Shelved<AwaitedInvoice>?> Of(string caseId, CancellationToken ct) =>
        await registry.AwaitedInvoices.Get(caseId, ct) is { Value.Payments.Count: > 0 } waiting ? waiting : null;

    /// <summary>Whether any invoice of a creditor is awaited.</summary>
    public async Task<bool> Any(string creditor, CancellationToken ct) => (await registry.AwaitedInvoices.List(creditor, null, 1, ct)).Count > 0;

    /// <summary>False if another payment came to wait meanwhile.</summary>
    public Task<bool> Found(string caseId, Shelved<AwaitedInvoice> waiting, CancellationToken ct) =>
        registry.AwaitedInvoices.Put(caseId, null, waiting.Value with { Payments = [] }, waiting.Version, null, ct);

    private async Task Add(string caseId, ProviderPayment payment, CancellationToken ct)
    {
        var name = $"{payment.Provider}/{payment.PaymentId}";
        for (var races = new Races(caseId); ; races.Lose())
        {
            var known = await registry.AwaitedInvoices.Get(caseId, ct);
            var waiting = known?.Value.Payments ?? [];
            if (waiting.Contains(name) || await registry.AwaitedInvoices.Put(caseId, payment.Creditor, new(payment.Creditor, [.. waiting, name]), known?.Version ?? 0, null, ct))
                return;
        }
    }
}
