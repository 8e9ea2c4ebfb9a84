namespace Dunning.Domain;

public enum StepOutcome
{
    /// <summary>Decided; at least one channel is not settled yet.</summary>
    Underway,
    Happened,

    /// <summary>Passed over, on the record, with the reason.</summary>
    Lapsed,

    /// <summary>Sent by the creditor before the case was registered.</summary>
    Elsewhere,
}

public enum LegStatus
{
    /// <summary>Waits to be claimed.</summary>
    Issued,

    /// <summary>May be at the provider's: the outcome is not known yet.</summary>
    Claimed,
    Accepted,
    Delivered,
    Bounced,
    Refused,

    /// <summary>Turned into a task: a call, a hand-over, a missing address, a message that could not be handed over.</summary>
    Tasked,

    /// <summary>The provider may have taken it and cannot say: a person decides.</summary>
    Uncertain,

    /// <summary>Was never claimed and will not be: the case closed first.</summary>
    Withdrawn,
}

/// <summary>One channel of a step, once. At is when its present status began, and the settling instant once it is settled.</summary>
public sealed record Leg(Channel Channel, int Sending, LegStatus Status, DateTimeOffset At)
{
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>When the message first could not be handed over; null until it was tried.</summary>
    public DateTimeOffset? TriedSince { get; init; }

    /// <summary>Tried for too long by this instant: becomes a task. Moved forward by the time sending was stopped.</summary>
    public DateTimeOffset? GiveUpAt { get; init; }

    public string? Why { get; init; }

    public bool Registered { get; init; }

    public DateOnly? PostedOn { get; init; }

    /// <summary>The number the post gave a registered letter.</summary>
    public string? Tracking { get; init; }

    /// <summary>When a registered letter not yet posted becomes a task.</summary>
    public DateTimeOffset? PostBy { get; init; }

    /// <summary>When a call nobody logged is recorded as not made.</summary>
    public DateTimeOffset? CallBy { get; init; }

    /// <summary>The contact changed since: a bounce says nothing about the present address.</summary>
    public bool ToOldAddress { get; init; }

    /// <summary>What it demands beside the principal: of the account once somebody has taken it.</summary>
    public Demand? Demanded { get; init; }

    /// <summary>The joined message it was last claimed for; null when that was one of its own.</summary>
    public string? Joined { get; init; }

    public bool IsSettled => Status is LegStatus.Accepted or LegStatus.Delivered or LegStatus.Bounced or LegStatus.Refused or LegStatus.Tasked or LegStatus.Withdrawn;

    /// <summary>The debtor's provider took it and did not give it back.</summary>
    public bool WasHeard => Status is LegStatus.Accepted or LegStatus.Delivered;

    /// <summary>It never left and, the case allowing, could still be decided afresh.</summary>
    public bool NeverLeft => Status is LegStatus.Issued or LegStatus.Withdrawn
        || (Status == LegStatus.Tasked && TriedSince is null && Channel is Channel.Email or Channel.Sms or Channel.Letter);

    public bool AwaitsPosting => Registered && WasHeard && PostedOn is null;
}

/// <summary>What became of one rung of the ladder. Offset and Formal are kept as they were when it was decided.</summary>
public sealed record StepRecord(string Id, int Offset, bool Formal, DateOnly DecidedOn, StepOutcome Outcome)
{
    public bool HandsOver { get; init; }

    public string? Template { get; init; }

    /// <summary>The last day a formal notice gives to pay, printed in each of its channels.</summary>
    public DateOnly? Deadline { get; init; }

    public int? DeadlineDays { get; init; }

    public Items<Leg> Legs { get; init; }

    /// <summary>The fact a confirmation confirms; null for a step of the ladder.</summary>
    public string? About { get; init; }

    /// <summary>When the last channel was settled, or the step lapsed.</summary>
    public DateTimeOffset? At { get; init; }

    public string? Why { get; init; }

    public bool IsUnderway => Outcome == StepOutcome.Underway;

    /// <summary>True while the whole step could still be taken back.</summary>
    public bool NothingLeft
    {
        get
        {
            foreach (var leg in Legs)
                if (!leg.NeverLeft)
                    return false;
            return true;
        }
    }

    public bool HasIssued
    {
        get
        {
            foreach (var leg in Legs)
                if (leg.Status == LegStatus.Issued)
                    return true;
            return false;
        }
    }

    public bool IsSettled
    {
        get
        {
            foreach (var leg in Legs)
                if (leg.Sending == 1 && !leg.IsSettled)
                    return false;
            return true;
        }
    }

    public Leg? Find(Channel channel, int sending)
    {
        foreach (var leg in Legs)
            if (leg.Channel == channel && leg.Sending == sending)
                return leg;
        return null;
    }

    public StepRecord With(Leg changed)
    {
        for (var i = 0; i < Legs.Count; i++)
            if (Legs[i].Channel == changed.Channel && Legs[i].Sending == changed.Sending)
                return this with { Legs = Legs.With(i, changed) };
        return this;
    }
}
