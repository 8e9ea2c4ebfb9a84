using Dunning.Domain;
using Dunning.Service.Events;

namespace Dunning.Service.Engine;

/// <summary>
/// Where cases live. Every host brings one. The version of a case rises with each append and each commit, so that a commit
/// conditional on it is also a last look at what has arrived.
/// </summary>
public interface ICaseStore
{
    /// <summary>The case with its unread events; null if nobody registered it.</summary>
    Task<StoredCase?> Load(string caseId, CancellationToken ct);

    /// <summary>
    /// Adds events to inboxes, each durable when this returns. Appends are independent of each other: one refused, or of which nobody knows whether it
    /// was stored, does not undo the rest.
    /// </summary>
    /// <exception cref="StoreUnavailable">None was stored: a full disk, a read-only file.</exception>
    Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct);

    /// <summary>Writes a new state, its events, tasks and message in one transaction, or nothing and false if the version has moved.</summary>
    /// <exception cref="StoreUnavailable">Nothing was stored.</exception>
    Task<bool> Commit(CaseCommit commit, CancellationToken ct);

    /// <summary>Cases with unread events or a wake-up at or before the instant, earliest first, and the first wake-up after those.</summary>
    Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>Cases with a message claimed and without an outcome: after a restart, each is asked after.</summary>
    Task<IReadOnlyList<string>> Orphans(CancellationToken ct);

    /// <summary>Open cases that wait for sending to resume, of one creditor or of all.</summary>
    Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct);

    /// <summary>
    /// The other cases of a debtor that have something to do by an instant, unread events included, or a message without an outcome: by id, a thousand at most.
    /// </summary>
    Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct);

    /// <summary>The fact a creditor told under an id, with what was answered; null if none.</summary>
    Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct);

    /// <summary>What was written for a message at its claim.</summary>
    Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct);
}

public sealed class StoreUnavailable(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An event as it stands in the log of its case. By is the key or part of the system that brought it.</summary>
public sealed record LoggedEvent(long Seq, DateTimeOffset At, string By, CaseEvent Event);

public sealed record StoredCase(string Id, long Version, DunningCase State, long LastSeq, IReadOnlyList<LoggedEvent> Unread);

/// <summary>
/// One event for one inbox. Created is the state of a case that begins with it. IfVersion makes it conditional. Answer is what the caller
/// was told, kept with the fact's id so that the same request gets the same answer.
/// </summary>
public sealed record CaseAppend(string CaseId, string Creditor, CaseEvent Event, DateTimeOffset At, string By)
{
    public CaseCommit? Created { get; init; }

    public long? IfVersion { get; init; }

    public string? Answer { get; init; }

    public Receipt? Receipt { get; init; }
}

/// <summary>The answer to a request that carried an Idempotency-Key, stored in the transaction of its effect.</summary>
public sealed record Receipt(string Scope, string Key, string Fingerprint, int Status, string Body, DateTimeOffset At, string? Location = null);

public abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    public sealed record Appended(long Version) : AppendOutcome;

    /// <summary>The creditor already used this fact id: which case, which event, what was answered.</summary>
    public sealed record Known(string CaseId, CaseEvent Event, string? Answer) : AppendOutcome;

    /// <summary>The case to create exists.</summary>
    public sealed record Exists : AppendOutcome;

    public sealed record VersionMoved : AppendOutcome;

    public sealed record NoSuchCase : AppendOutcome;

    /// <summary>Others of the same call were stored; this one was not as far as the store can tell, and may be told again.</summary>
    public sealed record Unavailable(StoreUnavailable Failure) : AppendOutcome;
}

/// <summary>All that a decision changes, written at once. Sent is the message being claimed.</summary>
public sealed record CaseCommit(string CaseId, long Version, DunningCase State, CaseIndex Index)
{
    public IReadOnlyList<LoggedEvent> Events { get; init; } = [];

    public IReadOnlyList<CaseTask> Opened { get; init; } = [];

    public IReadOnlyList<string> Closed { get; init; } = [];

    public OutgoingMessage? Sent { get; init; }

    /// <summary>What is announced to the creditor's platform follows from these (<see cref="Announcing"/>), and is stored with the rest.</summary>
    public IReadOnlyList<CaseChange> Changes { get; init; } = [];
}

/// <summary>What lists, timers and sweeps look cases up by; everything follows from the state.</summary>
public sealed record CaseIndex(string Creditor, string Number, string Debtor, CaseStatus Status, DateOnly DueDate, Money Balance, DateTimeOffset UpdatedAt)
{
    public string DebtorName { get; init; } = "";

    public DateTimeOffset? WakeAt { get; init; }

    public bool HasClaim { get; init; }

    public bool IsStopped { get; init; }

    /// <summary>What a store that searches keeps beside; null where it was read back from a store.</summary>
    public CaseTraits? Traits { get; init; }

    public static CaseIndex Of(DunningCase state, Policy policy, DateTimeOffset now)
    {
        var file = state.Known!;
        return new(file.Creditor, file.Invoice.Number, file.Debtor.Id, Standing.Status(state, policy), file.Invoice.DueDate, file.Balance, now)
        {
            DebtorName = file.Debtor.Name,
            WakeAt = Decider.WakeAt(state, policy),
            HasClaim = MessageFates.Claimed(file).Any(),
            IsStopped = state is DunningCase.Open && file.Stopped is not null,
            Traits = CaseTraits.Of(state, policy),
        };
    }
}

public sealed record DueCases(IReadOnlyList<string> Cases, DateTimeOffset? NextWake);
