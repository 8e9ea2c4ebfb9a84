namespace Dunning.Domain;

/// <summary>EndsAt is null while nobody said when: such a hold is reviewed every thirty days.</summary>
public sealed record Hold(HoldScope Scope, string Reason, DateTimeOffset Since, DateOnly? Until, DateTimeOffset? EndsAt, DateTimeOffset? ReviewAt)
{
    /// <summary>It lasts as long as one until that day, or longer; null is until somebody ends it.</summary>
    public bool Covers(DateOnly? until) => Until is null || until <= Until;
}

/// <summary>
/// A promise to pay an amount by a date. ChainFrom is the day of the first promise of an unbroken chain of replacements.
/// One made after too many broken ones is noted but not Silencing.
/// </summary>
public sealed record Promise(string Id, DateOnly Date, Money Amount, DateOnly MadeOn, DateOnly ChainFrom, DateOnly GraceEnds, DateTimeOffset EndsAt, bool Silencing)
{
    /// <summary>What had already come in, value-dated from MadeOn on, when it was made: it keeps nothing.</summary>
    public Money PaidBefore { get; init; }
}

/// <summary>A promise that was kept or broken, and the local day that was known.</summary>
public sealed record PromiseEnd(DateOnly On, bool Kept);

/// <summary>An agreed plan. CheckAt holds, for each instalment, the instant it must have been met.</summary>
public sealed record Plan(string Id, IReadOnlyList<Instalment> Instalments, IReadOnlyList<DateTimeOffset> CheckAt, Money SettledBefore, int Checked)
{
    public DateTimeOffset NextCheck => CheckAt[Checked];

    /// <summary>Null until the debtor has signed it.</summary>
    public PlanAcceptance? Accepted { get; init; }
}

public sealed record PlanAcceptance(DateOnly On, string By, string? Evidence = null);

public sealed record Dispute(string Id, DisputeKind Kind, DisputeCode Code, Money? Amount, DateTimeOffset OpenedAt, DateTimeOffset? ReviewAt, string? Note);

public sealed record PendingPayment(string Id, DateOnly ExpectedOn, DateTimeOffset EndsAt, Money? Amount, string? Reference);

/// <summary>A word from the debtor nobody has read yet. Expired: the silence is over, but formal steps still wait for a person.</summary>
public sealed record Reply(string Id, string Channel, DateTimeOffset At, DateTimeOffset EndsAt, bool Expired);

public sealed record Insolvency(DateOnly JudgmentOn, DateOnly DeclareBy);

/// <summary>Independent reasons not to speak. The case speaks only when none is in force, and none suspends another's clock.</summary>
public sealed record Silences
{
    public static readonly Silences None = new();

    public Items<Hold> Holds { get; init; }

    public Promise? Promise { get; init; }

    public int BrokenPromises { get; init; }

    public int KeptPromises { get; init; }

    /// <summary>When each of these was judged. Cases that are older than this list have judged some that are not in it.</summary>
    public Items<PromiseEnd> Judged { get; init; }

    public Plan? Plan { get; init; }

    public Items<Dispute> Disputes { get; init; }

    public Items<PendingPayment> Pending { get; init; }

    public Items<Reply> Replies { get; init; }

    public Insolvency? Insolvency { get; init; }

    public Hold? HoldOf(HoldScope scope)
    {
        foreach (var hold in Holds)
            if (hold.Scope == scope)
                return hold;
        return null;
    }
}
