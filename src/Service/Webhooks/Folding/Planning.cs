using Dunning.Domain;

namespace Dunning.Service.Webhooks.Folding;

/// <summary>
/// Adds the facts that are missing between what was planned and what is known. They depend on the order in which things became known; their sum does not:
/// payments less reversals are always what is in less what went back.
/// </summary>
public static class Planning
{
    /// <param name="today">The value date of money that comes back to the creditor.</param>
    public static ProviderPayment Plan(ProviderPayment payment, DateOnly today)
    {
        var facts = payment.Facts.ToList();
        PlanPending(payment, facts);
        if (payment.Money is { In: { IsZero: false } received, Net: { } net })
        {
            if (!facts.Exists(f => f.Kind == PlannedKind.Received))
                facts.Add(new(PlannedKind.Received, payment.FactId, received, payment.Money.Received.Min(r => r.On)));
            PlanNet(payment, facts, net, today);
        }
        return payment with { Facts = facts };
    }

    // Once money is in, nobody waits for it any more.
    private static void PlanPending(ProviderPayment payment, List<PlannedFact> facts)
    {
        foreach (var awaited in payment.Money.Awaited)
        {
            var id = $"{payment.FactId}:{awaited.Attempt}";
            var isKnown = facts.Exists(f => f.Id == id);
            if (awaited.Failed && isKnown && !facts.Exists(f => f.Of == id))
                facts.Add(new(PlannedKind.PendingFailed, $"{id}:failed", null, awaited.ExpectedOn, id));
            if (!awaited.Failed && !isKnown && !payment.Money.IsReceived)
                facts.Add(new(PlannedKind.Pending, id, awaited.Amount, awaited.ExpectedOn));
        }
    }

    private static void PlanNet(ProviderPayment payment, List<PlannedFact> facts, Money net, DateOnly today)
    {
        var left = facts.Where(f => f.Kind == PlannedKind.Received).Select(f => (Payment: f, Left: Reversed(facts, f.Id).Aggregate(f.Amount!.Value, (l, r) => l - r))).ToList();
        var difference = left.Aggregate(-net, (sum, p) => sum + p.Left);
        if (difference < Money.Zero(net.Currency))
            facts.Add(new(PlannedKind.Received, $"{payment.FactId}:again-{facts.Count}", -difference, today));
        // A reversal takes no more from a payment than is left of it.
        foreach (var (from, rest) in Enumerable.Reverse(left))
            if (difference > Money.Zero(net.Currency) && !rest.IsZero)
            {
                var amount = Money.Min(difference, rest);
                facts.Add(new(PlannedKind.Reversed, $"{payment.FactId}:back-{facts.Count}", amount, today, from.Id));
                difference -= amount;
            }
    }

    private static IEnumerable<Money> Reversed(List<PlannedFact> facts, string paymentId) =>
        facts.Where(f => f.Kind == PlannedKind.Reversed && f.Of == paymentId).Select(f => f.Amount!.Value);
}
