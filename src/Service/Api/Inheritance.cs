using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api;

/// <summary>
/// What holds for a debtor as a whole, its hold and its insolvency, holds for each of its invoices, those to come included. An invoice inherits it when
/// it is registered; what was put on the debtor between that look and the append found no case to silence, and is passed on after it.
/// </summary>
public sealed class Inheritance(Registry registry, ICaseStore store, Acknowledger acknowledger)
{
    /// <summary>What an invoice takes over from its debtor, each fact under the id it was told with.</summary>
    public static IEnumerable<CaseEvent> Of(DebtorProfile? profile, DateOnly issueDate)
    {
        if (profile?.Hold is { } hold)
            yield return new Held(hold.Reason, hold.Until, HoldScope.Debtor) { Id = hold.Id };
        if (profile?.Insolvency is { } insolvency && issueDate <= insolvency.JudgmentOn)
            yield return new InsolvencyOpened(insolvency.JudgmentOn, insolvency.DeclareBy) { Id = insolvency.Id };
    }

    /// <summary>The id of a debtor's fact in one of its cases: the fact reaches many, an id names one.</summary>
    public static string IdIn(string caseId, string factId) => $"{factId}:{caseId}";

    /// <summary>Reads the profile of a debtor once, and tells each of its registered invoices what it has missed.</summary>
    /// <exception cref="StoreUnavailable">Some may not have been told; to register them again tells them.</exception>
    public async Task PassOn(string creditor, string debtor, IEnumerable<Registration> registered, string by, CancellationToken ct)
    {
        if ((await registry.Debtors.Get(Registry.DebtorKey(creditor, debtor), ct))?.Value is not { } profile)
            return;
        foreach (var invoice in registered)
        {
            var missed = Of(profile, invoice.Invoice.IssueDate).ToList();
            if (missed.Count == 0 || (await store.Load(invoice.CaseId, ct))?.State.Known?.Applied is not { } applied)
                continue;
            foreach (var fact in missed)
                if (!applied.Contains(fact.Id) && !applied.Contains(IdIn(invoice.CaseId, fact.Id)))
                    await acknowledger.Tell(invoice.CaseId, fact with { Id = IdIn(invoice.CaseId, fact.Id) }, by, ct);
        }
    }
}
