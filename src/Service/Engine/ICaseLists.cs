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

    public decimal? MaxBalance { get; init; }

    /// <summary>Neither paid, cancelled nor written off; or one of these.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>Words that all stand in the invoice's number, the debtor's name, id or e-mail, whatever their accents and capitals.</summary>
    public string? Text { get; init; }

    /// <summary>The step that comes next.</summary>
    public string? Step { get; init; }

    public WaitReason? WaitingFor { get; init; }

    public string? Policy { get; init; }

    /// <summary>A promise in force names this day or an earlier one.</summary>
    public DateOnly? PromisedBy { get; init; }

    /// <summary>The day on which <c>risk</c> is reckoned.</summary>
    public DateOnly Today { get; init; }

    public DateTimeOffset? UpdatedSince { get; init; }

    /// <summary>
    /// dueDate, balance, updatedAt, number or risk; a leading '-' is descending. Risk is the balance times the days it is late, one at least; nothing once a case is closed.
    /// </summary>
    public string Sort { get; init; } = "dueDate";

    public string? Cursor { get; init; }

    public int Limit { get; init; } = 50;

    /// <summary>Whether it asks for what only a store that searches can find.</summary>
    public bool Searches => Text is not null || Step is not null || WaitingFor is not null || Policy is not null || PromisedBy is not null || Sort.TrimStart('-') == "risk";
}

/// <summary>Cases whose next step is foreseen from one instant on and before another, the earliest first.</summary>
public sealed record ForeseenFilter(DateTimeOffset From, DateTimeOffset Before)
{
    public IReadOnlyList<string>? Creditors { get; init; }

    public string? Cursor { get; init; }

    public int Limit { get; init; } = 50;
}

public sealed record ListedCase(string Id, long Version, DunningCase State, CaseIndex Index);

/// <summary>A case as it was committed last.</summary>
public sealed record CaseState(string Id, long Version, DunningCase State);

/// <summary>The little of a case that says what is owed.</summary>
public readonly record struct OwedCase(string Number, CaseStatus Status, Money Balance);

public sealed record TaskFilter
{
    public IReadOnlyList<string>? Creditors { get; init; }

    public TaskKind? Kind { get; init; }

    public string? CaseId { get; init; }

    /// <summary>openedAt, or -risk where a store searches: the largest risk of a case first, then what waits longest.</summary>
    public string Sort { get; init; } = "openedAt";

    /// <summary>The day on which risk is reckoned.</summary>
    public DateOnly Today { get; init; }

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

public sealed record ListedTask(CaseTask Task, string CaseId, string Creditor, string Number, Money Balance)
{
    public DateOnly DueDate { get; init; }

    public string DebtorName { get; init; } = "";
}

/// <summary>How many tasks of a kind wait, up to a bound.</summary>
public readonly record struct TaskCount(TaskKind Kind, int Count);

/// <summary>An opaque cursor that is not one of ours is a <see cref="FormatException"/>.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>An event with the hash that chains it to the one before it (P12).</summary>
public sealed record AuditedEvent(LoggedEvent Logged, string Hash);

/// <summary>The views over the cases that engines do not need and people do. They may lag behind an acknowledgement by one advance.</summary>
public interface ICaseLists
{
    /// <summary>Whether it can look for <see cref="CaseFilter.Searches"/>.</summary>
    bool CanSearch => false;

    Task<Page<ListedCase>> Cases(CaseFilter filter, CancellationToken ct);

    /// <summary>How many cases a filter finds, counted no further than a bound.</summary>
    async Task<int> Count(CaseFilter filter, int bound, CancellationToken ct)
    {
        var (count, cursor) = (0, (string?)null);
        do
        {
            var page = await Cases(filter with { Cursor = cursor, Limit = Math.Min(500, bound - count) }, ct);
            (count, cursor) = (count + page.Items.Count, page.NextCursor);
        }
        while (cursor is not null && count < bound);
        return count;
    }

    /// <summary>
    /// Cases whose next step may come between two instants, each page in order. Every one whose step does is among them; a store that keeps no foresight also shows
    /// those that only wake up before: whoever asks looks at what is next.
    /// </summary>
    Task<Page<ListedCase>> Foreseen(ForeseenFilter filter, CancellationToken ct);

    /// <summary>Open tasks, the oldest first.</summary>
    Task<Page<ListedTask>> Tasks(TaskFilter filter, CancellationToken ct);

    /// <summary>How many tasks of each kind are open, each kind counted no further than a bound; kinds without any are left out.</summary>
    async Task<IReadOnlyList<TaskCount>> CountTasks(IReadOnlyList<string>? creditors, int bound, CancellationToken ct)
    {
        var counts = new List<TaskCount>();
        foreach (var kind in Enum.GetValues<TaskKind>())
        {
            var (count, cursor) = (0, (string?)null);
            do
            {
                var page = await Tasks(new() { Creditors = creditors, Kind = kind, Cursor = cursor, Limit = Math.Min(500, bound - count) }, ct);
                (count, cursor) = (count + page.Items.Count, page.NextCursor);
            }
            while (cursor is not null && count < bound);
            if (count > 0)
                counts.Add(new(kind, count));
        }
        return counts;
    }

    /// <summary>The log of a case from a sequence number on, oldest first.</summary>
    Task<IReadOnlyList<AuditedEvent>> Log(string caseId, long after, int limit, CancellationToken ct);

    /// <summary>The case an open task belongs to.</summary>
    Task<ListedTask?> FindTask(string taskId, CancellationToken ct);

    /// <summary>
    /// What is owed to a creditor, each case once and without its state, in no order: for whoever has to look through them all. A case that is registered or
    /// paid meanwhile may be told as it was; whoever acts on one asks it.
    /// </summary>
    IAsyncEnumerable<OwedCase> Owed(string creditor, CancellationToken ct);

    /// <summary>
    /// Every case of a creditor, each once, in no order, for whoever reckons with them all. One that is registered or changes meanwhile may be missing or told as it was:
    /// those changed since are found by <see cref="CaseFilter.UpdatedSince"/>.
    /// </summary>
    IAsyncEnumerable<CaseState> States(string creditor, CancellationToken ct);

    /// <summary>Whoever has a case.</summary>
    Task<Page<ListedDebtor>> Debtors(DebtorFilter filter, CancellationToken ct);

    /// <summary>Every message written for a case, oldest first.</summary>
    Task<IReadOnlyList<OutgoingMessage>> Messages(string caseId, CancellationToken ct);
}
