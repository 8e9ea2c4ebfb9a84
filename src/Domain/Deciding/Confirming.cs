namespace Dunning.Domain;

/// <summary>
/// An e-mail that confirms in writing what was agreed: a promise, a plan, what a call came to. It asks for nothing, so the very promise or plan it
/// confirms does not hold it back; every other silence, the stop switch and the window do. What it confirms gone, it is not sent.
/// </summary>
internal static class Confirming
{
    public const string Promise = "promise";
    public const string Plan = "plan";
    public const string Call = "call";

    public static readonly IReadOnlyList<string> All = [Promise, Plan, Call];

    /// <summary>The outcomes of a call in which somebody was spoken to.</summary>
    public static readonly IReadOnlyList<string> Spoken = ["made", "reached"];

    public static void Issue(Turn turn, string what, string about)
    {
        if (!turn.Policy.Confirmations.Contains(what) || turn.File.Debtor.ReminderEmail is null || turn.File.BadAddresses.Contains(Channel.Email))
            return;
        // An underscore: no step of a policy is called so.
        var id = $"confirm_{what}_{turn.File.Confirmations.Count + 1}";
        var key = new MessageKey(turn.File.Id, id, Channel.Email, 1);
        turn.Do(CaseCommand.Send(key, registered: false));
        var step = new StepRecord(id, 0, false, turn.Today, StepOutcome.Underway)
        {
            About = about,
            Template = TemplateOf(what),
            Legs = [new Leg(Channel.Email, 1, LegStatus.Issued, turn.Now)],
        };
        turn.File = turn.File with { Confirmations = turn.File.Confirmations.And(step) };
    }

    public static bool MayLeave(CaseFile file, Policy policy, StepRecord confirmation) =>
        file.Stopped is null && !Waiting.HasUncertain(file) && StillTrue(file, confirmation)
        && file.Debtor.ReminderEmail is not null && !file.BadAddresses.Contains(Channel.Email)
        && Waiting.SilenceOf(file with { Silences = Without(file.Silences, confirmation) }, policy) == WaitReason.Nothing;

    /// <summary>Takes back what has not left: all of it, or what is no longer true.</summary>
    public static void Withdraw(Turn turn, bool always = false)
    {
        foreach (var step in turn.File.Confirmations)
            if (step.HasIssued && (always || !StillTrue(turn.File, step)))
                turn.File = MessageFates.Replace(turn.File, Closing.Withdrawn(step, turn.Now));
    }

    /// <summary>One that found its window closed is moved to the next.</summary>
    public static void MoveMissed(Turn turn)
    {
        foreach (var step in turn.File.Confirmations)
            foreach (var leg in step.Legs)
                if (leg.Status == LegStatus.Issued && MayLeave(turn.File, turn.Policy, step) && Schedule.LegDue(turn.File, turn.Policy, leg) <= turn.Now
                    && !Schedule.InWindow(turn.File, turn.Policy, turn.Now))
                    turn.File = MessageFates.Replace(turn.File, step.With(leg with { RetryAt = turn.Now }));
    }

    private static Silences Without(Silences silences, StepRecord confirmation) => confirmation.Template switch
    {
        "promise-confirmed" => silences with { Promise = null },
        "plan-agreed" => silences with { Plan = null },
        _ => silences,
    };

    // A call stays made, whatever comes after it; a promise or a plan may have ended or been replaced.
    private static bool StillTrue(CaseFile file, StepRecord confirmation) => confirmation.Template switch
    {
        "promise-confirmed" => file.Silences.Promise?.Id == confirmation.About,
        "plan-agreed" => file.Silences.Plan?.Id == confirmation.About,
        _ => true,
    };

    private static string TemplateOf(string what) => what switch
    {
        Promise => "promise-confirmed",
        Plan => "plan-agreed",
        _ => "call-follow-up",
    };
}
