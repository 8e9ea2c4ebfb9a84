using Dunning.Domain;

namespace Dunning.Service.Engine;

/// <summary>What people and platforms look through. Creditors null means all; a scoped key always names its own.</summary>
public sealed record CaseFilter
{
    public IReadOnlyList<string>? Creditors { get; init; }

    public CaseStatus? Status { get; init; }

    public string? Debtor { get; init; }

    public string? Number { get; init; }

    public DateOnly? DueBefore { get; init; }

    public DateOnly? DueAfter { get; init; }

    /// <summary>In major units, whatever the currency.</summary>
    public decimal? MinBalance { get; init; }

    public DateTimeOffset? UpdatedSince { get; init; }

    /// <summary>dueDate, balance, updatedAt or number; a leading '-' is descending.</summary>
    public string Sort { get; init; } = "dueDate";

    public string? Cursor { get; init; }

    public int Limit { get; init; } = 50;
}

public sealed record ListedCase(string Id, long Version, DunningCase State, CaseIndex Index);

/// <summary>The little of a case that says what is owed.</summary>
public readonly record struct OwedCase(string Number, CaseStatus Status, Money Balance);

public sealed record TaskFilter
{
    public IReadOnlyList<string>? Creditors { get; init; }

    public TaskKind? Kind { get; init; }

    public string? CaseId { get; init; }

    public string? Cursor { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>Name is any part of a debtor's name or id, as people type it. Sort is <c>name</c> or <c>-balance</c>: what is open, all currencies as one number.</summary>
public sealed record DebtorFilter
{
    public IReadOnlyList<string>? Creditors { get; init; }

    public string? Name { get; init; }

    public string Sort { get; init; } = "-balance";

    public string? Cursor { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>Who owes by its cases: Open counts those not closed, Balances is what they owe, one amount a currency.</summary>
public sealed record ListedDebtor(string Creditor, string Id, string Name, int Invoices, int Open, IReadOnlyList<Money> Balances);

public sealed record ListedTask(CaseTask Task, string CaseId, string Creditor, string Number, Money Balance);

/// <summary>An opaque cursor that is not one of ours is a <see cref="FormatException"/>.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>An event with the hash that chains it to the one before it (P12).</summary>
public sealed record AuditedEvent(LoggedEvent Logged, string Hash);

/// <summary>The views over the cases that engines do not need and people do. They may lag behind an acknowledgement by one advance.</summary>
public interface ICaseLists
{
    Task<Page<ListedCase>> Cases(CaseFilter filter, CancellationToken ct);

    /// <summary>Open tasks, the oldest first.</summary>
    Task<Page<ListedTask>> Tasks(TaskFilter filter, CancellationToken ct);

    /// <summary>The log of a case from a sequence number on, oldest first.</summary>
    Task<IReadOnlyList<AuditedEvent>> Log(string caseId, long after, int limit, CancellationToken ct);

    /// <summary>The case an open task belongs to.</summary>
    Task<ListedTask?> FindTask(string taskId, CancellationToken ct);

    /// <summary>
    /// What is owed to a creditor, each case once and without its state, in no order: for whoever has to look through them all. A case that is registered or
    /// paid meanwhile may be told as it was; whoever acts on one asks it.
    /// </summary>
    IAsyncEnumerable<OwedCase> Owed(string creditor, CancellationToken ct);

    /// <summary>Whoever has a case.</summary>
    Task<Page<ListedDebtor>> Debtors(DebtorFilter filter, CancellationToken ct);

    /// <summary>Every message written for a case, oldest first.</summary>
    Task<IReadOnlyList<OutgoingMessage>> Messages(string caseId, CancellationToken ct);
}
