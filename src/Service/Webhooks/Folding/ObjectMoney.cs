using Dunning.Domain;

namespace Dunning.Service.Webhooks.Folding;

/// <summary>Money in: Key tells apart the parts of one payment captured in parts. Amount null when the event does not say how much.</summary>
public sealed record PartReceived(string Key, Money? Amount, DateOnly On);

/// <summary>
/// Money on its way, by one attempt. Failed ends the attempt for ever; a provider that tries one debit again says when it was under way and when it failed, and the
/// later holds.
/// </summary>
public sealed record PartAwaited(string Attempt, DateOnly ExpectedOn, Money? Amount, bool Failed)
{
    public DateTimeOffset? UnderWayAt { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    public bool HasFailed => Failed || (FailedAt is { } failed && !(UnderWayAt > failed));
}

/// <summary>
/// Money that went back, or threatens to: a refund or a dispute. Of two words on the same one the higher rank is the later. IsGone when, by that word, the
/// creditor no longer has it.
/// </summary>
public sealed record PartReturned(string Id, Money Amount, int Rank, bool IsGone, bool IsDispute);

/// <summary>All refunds together, as they were at an instant: one that failed is no longer among them.</summary>
public sealed record RefundsAt(DateTimeOffset At, Money Amount);

/// <summary>
/// Everything told of the money of one payment, as sets that only grow: joining them gives the same in any order and however often (P11). What follows from it is
/// what is in and what is out, never what was told last.
/// </summary>
public sealed record ObjectMoney
{
    public IReadOnlyList<PartReceived> Received { get; init; } = [];

    public IReadOnlyList<PartAwaited> Awaited { get; init; } = [];

    public IReadOnlyList<PartReturned> Returns { get; init; } = [];

    /// <summary>All refunds together at their most, for providers that name each that fails: those that did are among them.</summary>
    public Money? RefundedInAll { get; init; }

    /// <summary>All refunds together when the provider was last asked, for those that do not name them.</summary>
    public RefundsAt? Refunded { get; init; }

    /// <summary>When the provider last said that it has the money, and that it has lost it; for those who do not number the attempts.</summary>
    public DateTimeOffset? WonAt { get; init; }

    public DateTimeOffset? LostAt { get; init; }

    /// <summary>How much came in by a person's word, where two currencies were told.</summary>
    public Money? Said { get; init; }

    public bool IsReceived => Received.Count > 0;

    public bool IsLost => LostAt is { } lost && !(WonAt > lost);

    /// <summary>One payment is in one currency. Told in two, nobody knows how much it is until a person has said.</summary>
    public bool IsInTwoCurrencies => Amounts.Select(a => a.Currency).Distinct().Skip(1).Any();

    /// <summary>Null while nobody has said how much.</summary>
    public Money? In => Said ?? (IsInTwoCurrencies ? null : Sum(Received.Select(r => r.Amount).OfType<Money>()));

    /// <summary>What is in less what went back, never below zero; null while nobody has said how much is in.</summary>
    public Money? Net
    {
        get
        {
            if (In is not { } received)
                return null;
            var zero = Money.Zero(received.Currency);
            if (IsLost)
                return zero;
            Money Back(bool gone, bool dispute) => Sum(Returns.Where(r => r.IsGone == gone && r.IsDispute == dispute).Select(r => r.Amount).Where(a => a.Currency == zero.Currency)) ?? zero;
            Money Counted(Money? refunds) => refunds is { } all && all.Currency == zero.Currency ? all : zero;
            var refunded = Money.Max(Back(gone: true, dispute: false), Counted(RefundedInAll) - Back(gone: false, dispute: false));
            return Money.Max(received - Money.Max(refunded, Counted(Refunded?.Amount)) - Back(gone: true, dispute: true), zero);
        }
    }

    /// <summary>Those it may be in; none while no amount was told.</summary>
    public IReadOnlyList<Currency> Currencies =>
        [.. (Said is { } said ? [said] : Amounts.Any() ? Amounts : Awaited.Select(a => a.Amount).OfType<Money>()).Select(a => a.Currency).Distinct()];

    private IEnumerable<Money> Amounts =>
        Received.Select(r => r.Amount).Concat(Returns.Select(r => (Money?)r.Amount)).Append(RefundedInAll).Append(Refunded?.Amount).OfType<Money>();

    /// <summary>With a person's word on how much came in.</summary>
    public ObjectMoney Say(Money amount) => IsInTwoCurrencies ? this with { Said = amount } : Join(new() { Received = [Received[0] with { Amount = amount }] });

    public ObjectMoney Join(ObjectMoney other) => new()
    {
        Received = [.. Received.Concat(other.Received).GroupBy(r => r.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(Part)],
        Awaited = [.. Awaited.Concat(other.Awaited).GroupBy(a => a.Attempt, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new PartAwaited(g.Key, g.Max(a => a.ExpectedOn), Most(g.Select(a => a.Amount)), g.Any(a => a.Failed)) { UnderWayAt = g.Max(a => a.UnderWayAt), FailedAt = g.Max(a => a.FailedAt) })],
        Returns = [.. Returns.Concat(other.Returns).GroupBy(r => r.Id, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.OrderByDescending(r => r.Rank).ThenByDescending(r => r.IsGone).ThenByDescending(r => r.Amount.Currency.Code, StringComparer.Ordinal).ThenByDescending(r => r.Amount.Minor).First())],
        RefundedInAll = Most([RefundedInAll, other.RefundedInAll]),
        Refunded = new[] { Refunded, other.Refunded }.OfType<RefundsAt>().OrderByDescending(r => r.At).ThenByDescending(r => r.Amount.Currency.Code, StringComparer.Ordinal).ThenByDescending(r => r.Amount.Minor).FirstOrDefault(),
        WonAt = Later(WonAt, other.WonAt),
        LostAt = Later(LostAt, other.LostAt),
        Said = Said ?? other.Said,
    };

    // One for each currency that was told, so that no order hides that there are two.
    private static IEnumerable<PartReceived> Part(IGrouping<string, PartReceived> told)
    {
        var on = told.Min(r => r.On);
        var amounts = told.Select(r => r.Amount).OfType<Money>().GroupBy(a => a.Currency.Code, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (Money?)g.Max()).ToList();
        return (amounts.Count > 0 ? amounts : [null]).Select(a => new PartReceived(told.Key, a, on));
    }

    private static Money? Sum(IEnumerable<Money> amounts) => amounts.Aggregate((Money?)null, (sum, amount) => sum is { } s ? s + amount : amount);

    // Amounts of two currencies do not compare; which of them is kept must not depend on which came first.
    private static Money? Most(IEnumerable<Money?> amounts) =>
        amounts.Where(a => a is not null).OrderByDescending(a => a!.Value.Currency.Code, StringComparer.Ordinal).ThenByDescending(a => a!.Value.Minor).FirstOrDefault();

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
