namespace Dunning.Domain;

/// <summary>A policy as somebody wrote it, before anyone looked: what is missing is null.</summary>
public sealed record PolicyDraft
{
    public string? Name { get; init; }

    public int? Version { get; init; }

    public string? Regime { get; init; }

    public string? TimeZone { get; init; }

    public string? Calendar { get; init; }

    public TimeOnly? SendAt { get; init; }

    public TimeOnly? WindowFrom { get; init; }

    public TimeOnly? WindowTo { get; init; }

    public int MinimumGapDays { get; init; } = 5;

    public decimal Tolerance { get; init; } = 1.00m;

    public PromiseTerms Promise { get; init; } = new();

    public PlanTerms Plan { get; init; } = new();

    public AccessoryTerms Accessories { get; init; } = new();

    public IReadOnlyList<QuietPeriod> QuietPeriods { get; init; } = [];

    public int? MaxLedgerAgeDays { get; init; }

    public IReadOnlyList<string> Confirmations { get; init; } = [];

    public IReadOnlyList<PolicyStep> Steps { get; init; } = [];
}

/// <summary>What is wrong with a piece of data, and where: a path such as <c>steps[2].offset</c>.</summary>
public sealed record PolicyFault(string Path, string Why);
