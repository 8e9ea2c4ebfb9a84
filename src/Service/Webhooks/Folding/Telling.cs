using Dunning.Domain;

namespace Dunning.Service.Webhooks.Folding;

/// <summary>What one event of a provider says of one payment. PaymentId is the provider's id of the payment, which every event about it leads to.</summary>
public sealed record Telling(string PaymentId, ObjectMoney Money)
{
    /// <summary>Our own id as the provider carries it: a case, or an invoice number of the creditor.</summary>
    public string? Invoice { get; init; }

    /// <summary>Other objects the payment came from, such as a payment link: what is known of them is known of it.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>Null is the provider. Money the provider may tell of twice, as two objects, has two sources: the same amount is then a possible duplicate.</summary>
    public string? Source { get; init; }

    public string? PayerName { get; init; }

    public string? Description { get; init; }
}

/// <summary>Money in: Key tells apart the parts of one payment captured in parts. Amount null when the event does not say how much.</summary>
public sealed record PartReceived(string Key, Money? Amount, DateOnly On);

/// <summary>Money on its way, by one attempt.</summary>
public sealed record PartAwaited(string Attempt, DateOnly ExpectedOn, Money? Amount, bool Failed);

/// <summary>
/// Money that went back, or threatens to: a refund or a dispute. Of two words on the same one the higher rank is the later. IsGone when, by that word, the
/// creditor no longer has it.
/// </summary>
public sealed record PartReturned(string Id, Money Amount, int Rank, bool IsGone, bool IsDispute);

/// <summary>
/// Everything told of the money of one payment, as sets that only grow: joining them gives the same in any order and however often (P11). What follows from it is
/// what is in and what is out, never what was told last.
/// </summary>
public sealed record ObjectMoney
{
    public IReadOnlyList<PartReceived> Received { get; init; } = [];

    public IReadOnlyList<PartAwaited> Awaited { get; init; } = [];

    public IReadOnlyList<PartReturned> Returns { get; init; } = [];

    /// <summary>All refunds together, for providers that count them so.</summary>
    public Money? RefundedInAll { get; init; }

    /// <summary>When the provider last said that it has the money, and that it has lost it; for those who do not number the attempts.</summary>
    public DateTimeOffset? WonAt { get; init; }

    public DateTimeOffset? LostAt { get; init; }

    public bool IsReceived => Received.Count > 0;

    /// <summary>Null while nobody has said how much.</summary>
    public Money? In => Sum(Received.Where(r => r.Amount is not null).Select(r => r.Amount!.Value));

    /// <summary>What is in less what went back, never below zero; null while nobody has said how much is in.</summary>
    public Money? Net
    {
        get
        {
            if (In is not { } received)
                return null;
            var zero = Money.Zero(received.Currency);
            if (LostAt is { } lost && (WonAt is not { } won || lost >= won))
                return zero;
            var refunds = Sum(Returns.Where(r => r is { IsGone: true, IsDispute: false }).Select(r => r.Amount)) ?? zero;
            var disputed = Sum(Returns.Where(r => r is { IsGone: true, IsDispute: true }).Select(r => r.Amount)) ?? zero;
            return Money.Max(received - Money.Max(refunds, RefundedInAll ?? zero) - disputed, zero);
        }
    }

    public ObjectMoney Join(ObjectMoney other) => new()
    {
        Received = [.. Received.Concat(other.Received).GroupBy(r => r.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new PartReceived(g.Key, Most(g.Select(r => r.Amount)), g.Min(r => r.On)))],
        Awaited = [.. Awaited.Concat(other.Awaited).GroupBy(a => a.Attempt, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new PartAwaited(g.Key, g.Max(a => a.ExpectedOn), Most(g.Select(a => a.Amount)), g.Any(a => a.Failed)))],
        Returns = [.. Returns.Concat(other.Returns).GroupBy(r => r.Id, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.OrderByDescending(r => r.Rank).ThenByDescending(r => r.IsGone).ThenByDescending(r => r.Amount).First())],
        RefundedInAll = Most([RefundedInAll, other.RefundedInAll]),
        WonAt = Later(WonAt, other.WonAt),
        LostAt = Later(LostAt, other.LostAt),
    };

    private static Money? Sum(IEnumerable<Money> amounts) => amounts.Aggregate((Money?)null, (sum, amount) => sum is { } s ? s + amount : amount);

    private static Money? Most(IEnumerable<Money?> amounts) => amounts.Aggregate((Money?)null, (most, amount) => most is { } m && amount is { } a ? Money.Max(m, a) : most ?? amount);

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
