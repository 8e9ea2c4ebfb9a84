namespace Dunning.Domain;

/// <summary>
/// A ladder of steps with its terms: one immutable version. Built only by <see cref="PolicyRules.Validate"/>, so that what exists is
/// valid. Amounts are in the currency of the case they are applied to.
/// </summary>
public sealed record Policy
{
    internal Policy(PolicyDraft draft, Zone zone)
    {
        Name = draft.Name!;
        Version = draft.Version!.Value;
        Regime = draft.Regime!;
        Zone = zone;
        Calendar = draft.Calendar!;
        SendAt = draft.SendAt!.Value;
        WindowFrom = draft.WindowFrom!.Value;
        WindowTo = draft.WindowTo!.Value;
        MinimumGapDays = draft.MinimumGapDays;
        Tolerance = draft.Tolerance;
        Promise = draft.Promise;
        Plan = draft.Plan;
        Accessories = draft.Accessories;
        QuietPeriods = [.. draft.QuietPeriods];
        MaxLedgerAgeDays = draft.MaxLedgerAgeDays;
        Confirmations = [.. draft.Confirmations];
        Steps = draft.Steps;
        Rungs = Rung.Of(draft.Steps);
    }

    public string Name { get; }

    public int Version { get; }

    /// <summary>The rules of law the claim follows: fr-b2b, fr-b2c, fr-public, be-b2b or be-b2c.</summary>
    public string Regime { get; }

    public Zone Zone { get; }

    public string Calendar { get; }

    public TimeOnly SendAt { get; }

    public TimeOnly WindowFrom { get; }

    /// <summary>The last instant of the window, itself included.</summary>
    public TimeOnly WindowTo { get; }

    public int MinimumGapDays { get; }

    /// <summary>A balance up to this is as good as paid.</summary>
    public decimal Tolerance { get; }

    public PromiseTerms Promise { get; }

    public PlanTerms Plan { get; }

    public AccessoryTerms Accessories { get; }

    public Items<QuietPeriod> QuietPeriods { get; }

    public int? MaxLedgerAgeDays { get; }

    /// <summary>What is confirmed to the debtor by e-mail: promise, plan, call. Nothing unless said.</summary>
    public Items<string> Confirmations { get; }

    public IReadOnlyList<PolicyStep> Steps { get; }

    /// <summary>The steps with their repetitions written out, in order.</summary>
    public Items<Rung> Rungs { get; }

    /// <summary>Whether interest and indemnity are claimed by the time of this step: from the step the terms name, else from the formal notice on.</summary>
    public bool ClaimsAccessoriesAt(string step)
    {
        var from = FindRung(Accessories.ClaimFrom) ?? Rungs.FirstOrDefault(r => r.IsFormalNotice);
        return from is not null && FindRung(step) is { } at && at.Offset >= from.Offset;
    }

    public Money ToleranceIn(Currency currency) => Money.Floor(Tolerance, currency);

    public bool IsQuiet(DateOnly date)
    {
        foreach (var period in QuietPeriods)
            if (period.From <= date && date <= period.To)
                return true;
        return false;
    }

    public Rung? FindRung(string id)
    {
        foreach (var rung in Rungs)
            if (rung.Id == id)
                return rung;
        return null;
    }
}

/// <summary>Days of grace after a promised date; how many broken promises are forgiven; how far a chain of promises may reach.</summary>
public sealed record PromiseTerms(int GraceDays = 2, int MaxBroken = 2, int MaxDays = 30);

/// <summary>What a debtor may propose, and the days of grace after an instalment's date.</summary>
public sealed record PlanTerms(int MaxInstalments = 4, int MaxDays = 120, decimal MinInstalment = 50m, int GraceDays = 2);

/// <summary>When interest and indemnity are claimed, and what becomes of them once the principal is paid.</summary>
public sealed record AccessoryTerms(string ClaimFrom = "formal-notice", string WhenPrincipalPaid = "task")
{
    /// <summary>Percent a year, as agreed with the debtors; null is the legal rate.</summary>
    public decimal? ContractualRate { get; init; }

    public Allocation Allocation { get; init; }

    /// <summary>The contracts with Belgian consumers hold the indemnity clause of article XIX.4.</summary>
    public bool Clause { get; init; }

    public bool AsksWhenPrincipalPaid => WhenPrincipalPaid == "task";

    public bool Chased => WhenPrincipalPaid == "chase";

    public bool Dropped => WhenPrincipalPaid == "drop";
}

/// <summary>Days, both included, on which no step leaves.</summary>
public sealed record QuietPeriod(DateOnly From, DateOnly To);

public sealed record Repeat(int EveryDays, int Times);

/// <summary>One step of a ladder. Offset is in calendar days from the due date, negative before it.</summary>
public sealed record PolicyStep(string Id, int Offset, Items<Channel> Channels)
{
    public string? Template { get; init; }

    /// <summary>Days the debtor is given to pay; only a formal notice gives any.</summary>
    public int? DeadlineDays { get; init; }

    public bool? Approval { get; init; }

    /// <summary>Null is the default: registered for a formal notice, plain for every other letter.</summary>
    public bool? Registered { get; init; }

    public decimal? MinBalance { get; init; }

    public Repeat? Repeat { get; init; }

    public bool IsFormalNotice => DeadlineDays is not null;

    public bool IsHandOver => Channels.Contains(Channel.Handover);

    public bool Speaks => Channels.Any(MessageKey.Carries);

    public bool SendsRegistered => Registered ?? IsFormalNotice;
}

/// <summary>A step, or one repetition of it (<c>second.2</c>), with its own offset.</summary>
public sealed record Rung(string Id, int Offset, PolicyStep Step)
{
    public bool IsPreDue => Offset < 0;

    public bool IsFormalNotice => Step.IsFormalNotice;

    public bool IsHandOver => Step.IsHandOver;

    /// <summary>False when people do it all: a call, a hand-over.</summary>
    public bool Speaks => Step.Speaks;

    internal static Items<Rung> Of(IReadOnlyList<PolicyStep> steps)
    {
        var rungs = new List<Rung>();
        foreach (var step in steps)
        {
            rungs.Add(new(step.Id, step.Offset, step));
            for (var n = 1; n <= (step.Repeat?.Times ?? 0); n++)
                rungs.Add(new($"{step.Id}.{n + 1}", step.Offset + n * step.Repeat!.EveryDays, step));
        }
        return [.. rungs];
    }
}
