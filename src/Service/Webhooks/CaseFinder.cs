using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Dunning.Service.Webhooks.Folding;

namespace Dunning.Service.Webhooks;

/// <summary>
/// Whose invoice a provider's payment is for: what was kept when its link was made comes first, then our id in the provider's object. Only the creditor's own invoices,
/// in the currency of the money, count.
/// </summary>
public sealed class CaseFinder(Registry registry, ICaseStore store, ICaseLists lists)
{
    private const int MostCandidates = 5;

    public async Task<string?> Of(ProviderPayment payment, CancellationToken ct)
    {
        foreach (var origin in payment.From)
            if (await registry.ProviderPayments.Get(ProviderPayments.Key(payment.Creditor, payment.Provider, origin), ct) is { Value.CaseId: { } known } && await Load(payment, known, ct) is { } linked
                && HasCurrency(linked, payment))
                return linked.Id;
        return await Named(payment, ct) is { } named && HasCurrency(named, payment) ? named.Id : null;
    }

    /// <summary>
    /// Whether our id in a provider's object is that of another creditor's case. A number that is nobody's case id is this creditor's own business; what could be one
    /// costs one read, two when it is not this creditor's.
    /// </summary>
    public async Task<bool> IsOfAnother(string creditor, string named, CancellationToken ct) =>
        CaseIds.IsCase(named) && await store.Load(named, ct) is { State.Known: { } file } && file.Creditor != creditor
        && await store.Load(CaseIds.Case(creditor, named), ct) is null;

    /// <summary>Whether its case is the creditor's, and in the currency of the money.</summary>
    public async Task<bool> Takes(ProviderPayment payment, CancellationToken ct) => await Load(payment, payment.CaseId!, ct) is { } file && HasCurrency(file, payment);

    /// <summary>The case it says it is for, whatever keeps it from being applied.</summary>
    public async Task<CaseFile?> Meant(ProviderPayment payment, CancellationToken ct) =>
        (payment.CaseId is { } known ? await Load(payment, known, ct) : null) ?? await Named(payment, ct);

    /// <summary>The invoice it means, though something does not fit; and those of which exactly as much is owed.</summary>
    public async Task<IReadOnlyList<Candidate>> Candidates(ProviderPayment payment, CaseFile? meant, CancellationToken ct)
    {
        var found = new List<Candidate>();
        if (meant is not null)
            found.Add(new(meant.Id, meant.Invoice.Number, Why(payment, meant)));
        if (payment.Money.Net is not { } amount)
            return found;
        var owing = await lists.Cases(new() { Creditors = [payment.Creditor], MinBalance = amount.Amount, Sort = "balance", Limit = MostCandidates }, ct);
        found.AddRange(owing.Items.Where(c => c.Index.Balance == amount && found.TrueForAll(f => f.CaseId != c.Id)).Select(c => new Candidate(c.Id, c.Index.Number, "exactly this much is owed")));
        return found;
    }

    private static string Why(ProviderPayment payment, CaseFile meant)
    {
        var isKnown = payment.CaseId == meant.Id;
        return isKnown && payment.Money.IsInTwoCurrencies ? "the payment is for it; it was told in two currencies"
            : !HasCurrency(meant, payment) ? $"the payment {(isKnown ? "is for it" : "names it")}, but it is in {meant.Invoice.Amount.Currency.Code}"
            : isKnown ? "the payment is for it; how much came in was not said"
            : "the payment names it";
    }

    private async Task<CaseFile?> Named(ProviderPayment payment, CancellationToken ct) => payment.Invoice is not { } invoice ? null
        : await Load(payment, CaseIds.Case(payment.Creditor, invoice), ct) ?? await Load(payment, invoice, ct);

    private async Task<CaseFile?> Load(ProviderPayment payment, string caseId, CancellationToken ct) =>
        await store.Load(caseId, ct) is { State.Known: { } file } && file.Creditor == payment.Creditor ? file : null;

    private static bool HasCurrency(CaseFile file, ProviderPayment payment) =>
        payment.Money.Currencies is not { Count: > 0 } told || told.Contains(file.Invoice.Amount.Currency);
}
