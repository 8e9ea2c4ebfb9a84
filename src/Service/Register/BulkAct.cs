using Dunning.Domain;

namespace Dunning.Service.Register;

/// <summary>One case that did not take an act, and why.</summary>
public sealed record BulkRefusal(string CaseId, string Number, string Why);

/// <summary>The version of a policy that a creditor's cases were shown moving to.</summary>
public sealed record PinnedPolicy(string Creditor, PolicyRef Policy);

/// <summary>What an act was shown to do when it was chosen. Refused holds the first of RefusedCount, Sample the ids of some that would change.</summary>
public sealed record BulkPreview(int Changed, int Already, int RefusedCount)
{
    public IReadOnlyList<BulkRefusal> Refused { get; init; } = [];

    public IReadOnlyList<string> Sample { get; init; } = [];
}

/// <summary>
/// One act on many cases: chosen and shown first, then done once. Done counts the cases that were come to, in the order of Cases, so that one cut short goes on where it was; each has an event of its
/// own whose id follows from this act's.
/// </summary>
/// <param name="Kind">hold, release or policy.</param>
public sealed record BulkAct(string Id, string By, string Kind, string Reason, DateTimeOffset At, IReadOnlyList<string> Cases)
{
    /// <summary>How long a preview may be confirmed.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(1);

    /// <summary>The last day of a hold.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The policy moved to, by its name: each creditor may have its own.</summary>
    public string? Policy { get; init; }

    /// <summary>Of that name, one for each creditor.</summary>
    public IReadOnlyList<PinnedPolicy> Policies { get; init; } = [];

    /// <summary>Null while it is being judged for the first time.</summary>
    public BulkPreview? Preview { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public int Done { get; init; }

    public int Changed { get; init; }

    /// <summary>They were already as the act would make them.</summary>
    public int Already { get; init; }

    public IReadOnlyList<BulkRefusal> Refused { get; init; } = [];

    /// <summary>What was shown too long ago is not done any more; what was begun is finished.</summary>
    public bool IsExpired(DateTimeOffset now) => StartedAt is null && (Preview is null || now > At + Life);

    public bool IsOver => StartedAt is not null && Done == Cases.Count;
}
