namespace Dunning.Service.Register;

/// <summary>One case that did not take an act, and why.</summary>
public sealed record BulkRefusal(string CaseId, string Number, string Why);

/// <summary>
/// One act on many cases: chosen and shown first, then done once. Done counts the cases that were come to, in the order of Cases, so that one cut short goes on where it was; each has an event of its
/// own whose id follows from this act's.
/// </summary>
/// <param name="Kind">hold, release or policy.</param>
public sealed record BulkAct(string Id, string By, string Kind, string Reason, DateTimeOffset At, IReadOnlyList<string> Cases)
{
    /// <summary>The last day of a hold.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The policy moved to, by its name: each creditor may have its own.</summary>
    public string? Policy { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public int Done { get; init; }

    public int Changed { get; init; }

    /// <summary>They were already as the act would make them.</summary>
    public int Already { get; init; }

    public IReadOnlyList<BulkRefusal> Refused { get; init; } = [];

    public bool IsOver => StartedAt is not null && Done == Cases.Count;
}
