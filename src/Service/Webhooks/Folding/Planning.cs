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
        if (payment.Money is { In: { IsZero: false } received, Net: { } net })
        {
            if (!facts.Exists(f => f.Kind == PlannedKind.Received))
                facts.Add(new(PlannedKind.Received, payment.FactId, received, payment.Money.Received.Min(r => r.On)));
            PlanNet(payment, facts, net, today);
        }
        foreach (var awaited in payment.Money.Awaited)
            PlanPending(payment, awaited, facts);
        return payment with { Facts = facts };
    }

    // Each later date is a fact of its own; those before it end when the attempt fails, or when money comes in.
    private static void PlanPending(ProviderPayment payment, PartAwaited awaited, List<PlannedFact> facts)
    {
        var id = $"{payment.FactId}:{awaited.Attempt}";
        var since = facts.FindLastIndex(f => f.Kind == PlannedKind.Received);
        var open = facts.Skip(since + 1).Where(f => f.Kind == PlannedKind.Pending && (f.Id == id || f.Of == id) && !facts.Exists(e => e.Kind == PlannedKind.PendingFailed && e.Of == f.Id)).ToList();
        if (awaited.HasFailed)
            facts.AddRange(open.Select(f => new PlannedFact(PlannedKind.PendingFailed, $"{f.Id}:failed", null, f.On, f.Id)));
        else if (IsOnItsWay(awaited, payment.Money) && !open.Exists(f => f.On >= awaited.ExpectedOn))
            facts.Add(facts.Exists(f => f.Id == id)
                ? new(PlannedKind.Pending, $"{id}:{facts.Count}", Amount(awaited, payment.Money), awaited.ExpectedOn, id)
                : new(PlannedKind.Pending, id, Amount(awaited, payment.Money), awaited.ExpectedOn));
    }

    // Once money is in, nobody waits for it any more, unless it was lost and is collected again.
    private static bool IsOnItsWay(PartAwaited awaited, ObjectMoney money) => !money.IsReceived || (money.IsLost && awaited.UnderWayAt >= money.LostAt);

    private static Money? Amount(PartAwaited awaited, ObjectMoney money) => money.Awaited.All(a => a.Amount is null || a.Amount.Value.Currency == awaited.Amount?.Currency) ? awaited.Amount : null;

    private static void PlanNet(ProviderPayment payment, List<PlannedFact> facts, Money net, DateOnly today)
    {
        var left = facts.Where(f => f.Kind == PlannedKind.Received && f.Amount!.Value.Currency == net.Currency).Select(f => (Payment: f, Left: Reversed(facts, f.Id).Aggregate(f.Amount!.Value, (l, r) => l - r))).ToList();
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
