namespace Dunning.Service.Figures;

/// <summary>One number. Unit is days or percent; null where there was nothing to divide by.</summary>
public sealed record FigureView(string Definition, decimal? Value, string Unit);

/// <summary>
/// The figures of a month of the period, of a whole one unless the period begins or ends in it. The DSOs are of its last day, against the sales of SalesDays days before it.
/// </summary>
public sealed record MonthView(DateOnly From, DateOnly To)
{
    public decimal Owed { get; init; }

    public decimal NotDue { get; init; }

    public decimal Sales { get; init; }

    public int SalesDays { get; init; }

    public decimal? Dso { get; init; }

    public decimal? DsoCountBack { get; init; }

    public decimal? BestPossibleDso { get; init; }

    public decimal? AverageDaysDelinquent { get; init; }

    public decimal Collected { get; init; }

    public decimal Collectible { get; init; }

    public decimal Credited { get; init; }

    public decimal WrittenOff { get; init; }

    public decimal? Cei { get; init; }

    public int Paid { get; init; }

    public decimal? DaysToPay { get; init; }

    public decimal? DaysToPayByAmount { get; init; }

    public decimal? DaysLate { get; init; }

    public int FellDue { get; init; }

    public int Late { get; init; }

    public decimal? LateRate { get; init; }

    public decimal? LateRateByAmount { get; init; }

    public int PromisesKept { get; init; }

    public int PromisesBroken { get; init; }

    public decimal? PromisesKeptRate { get; init; }
}

/// <summary>Bucket is notDue, 1-30, 31-60, 61-90 or 91+: days late.</summary>
public sealed record AgeView(string Bucket, int Invoices, decimal Amount, decimal? Percent);

public sealed record AgeingView(string Definition, decimal Owed, IReadOnlyList<AgeView> Buckets);

public sealed record RecoveredView(int DaysAfterDue, decimal? Percent);

public sealed record CohortView(DateOnly Month, int Invoices, decimal Collectible, IReadOnlyList<RecoveredView> Recovery);

public sealed record RecoveryView(string Definition, IReadOnlyList<CohortView> Cohorts);

public sealed record EffectView(string? Policy, string? Step, string? Channels, int Taken, int PaidInFull, decimal Owed, decimal Collected, decimal PercentOfInvoices, decimal PercentOfAmount);

public sealed record EffectsView(string Definition, int WithinDays, IReadOnlyList<EffectView> Items);

public sealed record WeekView(DateOnly Monday, decimal Said, decimal Usual);

public sealed record CashView(string Definition, decimal Owed, IReadOnlyList<WeekView> Weeks, decimal Later, decimal Doubtful);

public sealed record ArmView(
    string Arm, string Policy, int Version, int Debtors, int Invoices, int Paid, decimal? PercentPaid, decimal? Low, decimal? High, decimal Collectible, decimal Collected, decimal? PercentCollected);

/// <summary>Verdict is notEnoughData, noDifference, aHigher or bHigher.</summary>
public sealed record TrialView(
    string Definition, DateOnly Since, DateOnly? EndedOn, int PercentB, int WithinDays, int LeastDebtors, IReadOnlyList<ArmView> Arms, decimal? Difference, decimal? Low, decimal? High, int LeftOut, int Moved, string Verdict);

/// <summary>Every figure of a creditor in one currency. Definitions has the words behind each definition key, in French and English.</summary>
public sealed record KpiView(string Creditor, string Currency, IReadOnlyList<string> Currencies, DateOnly From, DateOnly To, DateOnly AsOf, int Invoices)
{
    public required FigureView Dso { get; init; }

    public required FigureView DsoCountBack { get; init; }

    public required FigureView BestPossibleDso { get; init; }

    public required FigureView AverageDaysDelinquent { get; init; }

    public required FigureView Cei { get; init; }

    public required FigureView DaysToPay { get; init; }

    public required FigureView DaysToPayByAmount { get; init; }

    public required FigureView DaysLate { get; init; }

    public required FigureView LateRate { get; init; }

    public required FigureView LateRateByAmount { get; init; }

    public required FigureView PromisesKept { get; init; }

    /// <summary>The same over the whole period, with what they are made of.</summary>
    public required MonthView Total { get; init; }

    public required IReadOnlyList<MonthView> Months { get; init; }

    public required AgeingView Ageing { get; init; }

    public required RecoveryView Recovery { get; init; }

    public required EffectsView Steps { get; init; }

    public required EffectsView Channels { get; init; }

    public required EffectsView Policies { get; init; }

    /// <summary>Null when AsOf is past: what was announced then is not known.</summary>
    public required CashView? Cash { get; init; }

    /// <summary>Null when no two policies were ever tried side by side.</summary>
    public TrialView? Trial { get; init; }

    public required IReadOnlyDictionary<string, DefinitionView> Definitions { get; init; }
}

public sealed record WordsView(string Name, string Definition, string Formula);

public sealed record DefinitionView(WordsView Fr, WordsView En);
