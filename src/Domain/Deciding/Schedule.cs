namespace Dunning.Domain;

/// <summary>Which rule set the instant of a step.</summary>
public enum DueBecause
{
    /// <summary>The due date and the step's offset.</summary>
    Nominal,

    /// <summary>The minimum gap after the step before.</summary>
    Gap,

    /// <summary>The minimum gap after a payment.</summary>
    PaymentGap,

    /// <summary>The deadline of a formal notice.</summary>
    Deadline,

    /// <summary>The end of what blocked it: registration, a silence, a stop, a restart.</summary>
    Unblocked,

    /// <summary>The send window: days and hours on which nothing leaves. It moves the instant the other rules gave, and is never what <see cref="Schedule.StepDue"/> answers.</summary>
    Window,
}

/// <summary>
/// What one rule says of a step: not before At. From and Days are what it counts, where it counts: from the due date, the step before, a payment, the end of a deadline.
/// </summary>
public sealed record DueRule(DueBecause Because, DateTimeOffset At, DateOnly? From = null, int? Days = null);

/// <summary>When things happen (design: nominal instants, gaps, deadlines, the send window, business days).</summary>
public static class Schedule
{
    /// <summary>After this long without an outcome the provider is asked what became of a message.</summary>
    public static readonly TimeSpan AskAfter = TimeSpan.FromMinutes(10);

    /// <summary>The rung under way, else the next to climb; null at the end of the ladder.</summary>
    public static Rung? RungAtHand(CaseFile file, Policy policy) =>
        Underway(file) is { } underway ? policy.FindRung(underway.Id) : NextRung(file, policy);

    public static StepRecord? Underway(CaseFile file) => file.Steps.Count > 0 && file.Steps[^1].IsUnderway ? file.Steps[^1] : null;

    public static Rung? NextRung(CaseFile file, Policy policy)
    {
        for (var i = 0; i < policy.Rungs.Count; i++)
            if (!IsRecorded(file, policy.Rungs[i], i))
                return policy.Rungs[i];
        return null;
    }

    public static StepRecord? RecordOf(CaseFile file, string step)
    {
        foreach (var record in file.Steps)
            if (record.Id == step)
                return record;
        return null;
    }

    /// <summary>
    /// When a rung leaves if nothing blocks it: the latest of the four rules, moved into the send window. Whoever wants to know why is told what each rule said.
    /// </summary>
    public static (DateTimeOffset At, DueBecause Because) StepDue(CaseFile file, Policy policy, Rung rung, ICollection<DueRule>? told = null)
    {
        var calendar = BusinessCalendar.Of(file.Debtor, policy.Calendar);
        var hastened = file.Hastened.Contains(rung.Id);
        var (at, because) = hastened
            ? (Earliest(file, policy, rung), DueBecause.Unblocked)
            : (Nominal(file, policy, calendar, rung), DueBecause.Nominal);
        told?.Add(hastened ? new(because, at) : new(because, at, file.Invoice.DueDate, rung.Offset));
        void Later(DateTimeOffset instant, DueBecause why, DateOnly? from = null, int? days = null)
        {
            told?.Add(new(why, instant, from, days));
            if (instant > at)
                (at, because) = (instant, why);
        }

        if (LastStepDate(file, policy) is { } step)
            Later(SendAtOnOrAfter(policy, calendar, step.AddDays(policy.MinimumGapDays)), DueBecause.Gap, step, policy.MinimumGapDays);
        if (file.Account.LastArrival is { } paid)
            Later(SendAtOnOrAfter(policy, calendar, paid.AddDays(policy.MinimumGapDays)), DueBecause.PaymentGap, paid, policy.MinimumGapDays);
        if (DeadlineDate(file) is { } deadline)
            Later(SendAtOnOrAfter(policy, calendar, deadline.AddDays(1)), DueBecause.Deadline, deadline, 1);
        Later(file.NotBefore, DueBecause.Unblocked);
        if (file.Invoice.SentAt is { } sent)
            Later(sent, DueBecause.Unblocked);
        var moved = IntoWindow(policy, calendar, at);
        if (moved != at)
            told?.Add(new(DueBecause.Window, moved));
        return (moved, because);
    }

    /// <summary>However hastened, a reminder that says an invoice is late never leaves before it is.</summary>
    internal static DateTimeOffset Earliest(CaseFile file, Policy policy, Rung rung) =>
        rung.IsPreDue ? file.NotBefore : policy.Zone.Midnight(file.Invoice.DueDate.AddDays(Math.Min(rung.Offset, 1)));

    /// <summary>The due date plus the offset at sendAt; off a sending day, later for a reminder, earlier before the due date.</summary>
    public static DateTimeOffset Nominal(CaseFile file, Policy policy, BusinessCalendar calendar, Rung rung)
    {
        var date = file.Invoice.DueDate.AddDays(rung.Offset);
        while (!IsSendDay(policy, calendar, date))
            date = date.AddDays(rung.IsPreDue ? -1 : 1);
        return policy.Zone.At(date, policy.SendAt);
    }

    public static DateTimeOffset SendAtOnOrAfter(Policy policy, BusinessCalendar calendar, DateOnly date)
    {
        while (!IsSendDay(policy, calendar, date))
            date = date.AddDays(1);
        return policy.Zone.At(date, policy.SendAt);
    }

    /// <summary>The instant itself inside the send window of a sending day, else the first sendAt after it.</summary>
    public static DateTimeOffset IntoWindow(Policy policy, BusinessCalendar calendar, DateTimeOffset at)
    {
        var local = policy.Zone.Local(at);
        var (date, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (IsSendDay(policy, calendar, date))
        {
            if (policy.WindowFrom <= time && time <= policy.WindowTo)
                return at;
            if (policy.Zone.At(date, policy.SendAt) is var sendAt && sendAt > at)
                return sendAt;
        }
        return SendAtOnOrAfter(policy, calendar, date.AddDays(1));
    }

    public static bool IsSendDay(Policy policy, BusinessCalendar calendar, DateOnly date) =>
        calendar.IsBusinessDay(date) && !policy.IsQuiet(date);

    public static bool InWindow(CaseFile file, Policy policy, DateTimeOffset now) =>
        IntoWindow(policy, BusinessCalendar.Of(file.Debtor, policy.Calendar), now) == now;

    /// <summary>When an issued message may be claimed.</summary>
    public static DateTimeOffset LegDue(CaseFile file, Policy policy, Leg leg)
    {
        var at = leg.RetryAt ?? leg.At;
        return IntoWindow(policy, BusinessCalendar.Of(file.Debtor, policy.Calendar), at > file.NotBefore ? at : file.NotBefore);
    }

    /// <summary>The start of the due date: a reminder announced before it has lost its sense.</summary>
    public static DateTimeOffset PreDueLapse(CaseFile file, Policy policy) => policy.Zone.Midnight(file.Invoice.DueDate);

    internal static DateTimeOffset? WakeAt(CaseFile file, Policy policy)
    {
        var wake = Alarms.Next(file, policy, RungAtHand(file, policy))?.At;
        foreach (var step in file.Written)
            foreach (var leg in step.Legs)
                if (leg.Status == LegStatus.Claimed)
                    wake = Earlier(wake, leg.At + AskAfter);
                else if (leg.Status == LegStatus.Issued && Waiting.Lets(file, policy, step, leg))
                    wake = Earlier(wake, LegDue(file, policy, leg));
        if (Underway(file) is null && NextRung(file, policy) is { } rung && Waiting.Of(file, policy) == WaitReason.Nothing)
            wake = Earlier(wake, StepDue(file, policy, rung).At);
        return wake;
    }

    // Unless the case changed its policy, the nth record is of the nth rung: no need to search for it.
    private static bool IsRecorded(CaseFile file, Rung rung, int place) =>
        (place < file.Steps.Count && file.Steps[place].Id == rung.Id) || RecordOf(file, rung.Id) is not null;

    private static DateOnly? LastStepDate(CaseFile file, Policy policy)
    {
        DateTimeOffset? last = null;
        foreach (var step in file.Steps)
            if (step.Outcome is StepOutcome.Happened or StepOutcome.Elsewhere && (last is null || step.At > last))
                last = step.At;
        return last is { } at ? policy.Zone.LocalDate(at) : null;
    }

    // Registered post gives its days from the posting, when that is later than the date printed.
    private static DateOnly? DeadlineDate(CaseFile file)
    {
        DateOnly? deadline = null;
        foreach (var step in file.Steps)
        {
            if (!step.Formal || step.Outcome != StepOutcome.Happened || step.Deadline is not { } printed)
                continue;
            deadline = printed > (deadline ?? DateOnly.MinValue) ? printed : deadline;
            foreach (var leg in step.Legs)
                if (leg.PostedOn is { } posted && posted.AddDays(step.DeadlineDays ?? 0) is var end && end > deadline)
                    deadline = end;
        }
        return deadline;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset b) => a is { } at && at < b ? at : b;
}
