namespace Dunning.Domain;

internal enum AlarmKind
{
    HoldEnds,
    HoldReview,
    PromiseEnds,
    PlanCheck,
    DisputeReview,
    PendingEnds,
    ReplyEnds,
    PreDueLapses,
    CallNotMade,
    LetterUnposted,
    GiveUp,
    LadderReview,
    ProcedureTerm,
    Limitation,
}

/// <summary>An instant at which time alone changes the case. Index says which hold, dispute, step… it is about.</summary>
internal readonly record struct Alarm(DateTimeOffset At, AlarmKind Kind, int Index = 0, int Leg = 0);

/// <summary>What time alone brings about, each at its own instant, however late anyone comes to look.</summary>
internal static class Alarms
{
    public static void RingBefore(Turn turn, DateTimeOffset now)
    {
        while (turn.IsOpen && turn.NextAlarm is { } alarm && alarm.At < now)
            turn.Step(alarm.At, Ring, alarm);
    }

    // What is older than now came into being with the fact just applied, so it happens with it.
    public static void RingUpTo(Turn turn, DateTimeOffset now)
    {
        while (turn.IsOpen && turn.NextAlarm is { } alarm && alarm.At <= now)
            turn.Step(now, Ring, alarm);
    }

    /// <summary>The earliest alarm of an open case; at one instant the order of <see cref="AlarmKind"/>.</summary>
    public static Alarm? Next(CaseFile file, Policy policy, Rung? atHand)
    {
        Alarm? next = null;
        if (!ReferenceEquals(file.Silences, Silences.None))
            OfSilences(file.Silences, ref next);
        var written = file.Written;
        for (var i = 0; i < written.Count; i++)
        {
            var legs = written[i].Legs;
            for (var j = 0; j < legs.Count; j++)
                OfLeg(legs[j], file.Stopped is null, i, j, ref next);
        }
        if (atHand is { IsPreDue: true } && Schedule.Underway(file) is null or { HasIssued: true })
            Offer(ref next, Schedule.PreDueLapse(file, policy), AlarmKind.PreDueLapses);
        Offer(ref next, file.ReviewAt, AlarmKind.LadderReview);
        for (var i = 0; i < file.Procedure.Count; i++)
            Offer(ref next, file.Procedure[i].WarnAt, AlarmKind.ProcedureTerm, i);
        Offer(ref next, file.LimitationAlertAt, AlarmKind.Limitation);
        return next;
    }

    private static void Offer(ref Alarm? next, DateTimeOffset? at, AlarmKind kind, int index = 0, int leg = 0)
    {
        if (at is { } instant && (next is not { } first || instant < first.At || (instant == first.At && kind < first.Kind)))
            next = new(instant, kind, index, leg);
    }

    private static void OfSilences(Silences silences, ref Alarm? next)
    {
        for (var i = 0; i < silences.Holds.Count; i++)
        {
            Offer(ref next, silences.Holds[i].EndsAt, AlarmKind.HoldEnds, i);
            Offer(ref next, silences.Holds[i].ReviewAt, AlarmKind.HoldReview, i);
        }
        Offer(ref next, silences.Promise?.EndsAt, AlarmKind.PromiseEnds);
        Offer(ref next, silences.Plan?.NextCheck, AlarmKind.PlanCheck);
        for (var i = 0; i < silences.Disputes.Count; i++)
            Offer(ref next, silences.Disputes[i].ReviewAt, AlarmKind.DisputeReview, i);
        for (var i = 0; i < silences.Pending.Count; i++)
            Offer(ref next, silences.Pending[i].EndsAt, AlarmKind.PendingEnds, i);
        for (var i = 0; i < silences.Replies.Count; i++)
            if (!silences.Replies[i].Expired)
                Offer(ref next, silences.Replies[i].EndsAt, AlarmKind.ReplyEnds, i);
    }

    private static void OfLeg(Leg leg, bool sending, int step, int index, ref Alarm? next)
    {
        Offer(ref next, leg.CallBy, AlarmKind.CallNotMade, step, index);
        if (leg.AwaitsPosting)
            Offer(ref next, leg.PostBy, AlarmKind.LetterUnposted, step, index);
        if (leg.Status == LegStatus.Issued && sending)
            Offer(ref next, leg.GiveUpAt, AlarmKind.GiveUp, step, index);
    }

    private static void WarnOfLimitation(Turn turn)
    {
        turn.File = turn.File with { LimitationAlertAt = null };
        turn.OpenTask(TaskKind.Limitation, null, Limitation.Of(turn.Policy.Regime, turn.File));
    }

    private static void Ring(Turn turn, Alarm alarm)
    {
        switch (alarm.Kind)
        {
            case AlarmKind.HoldEnds: SilenceFacts.EndHold(turn, alarm.Index); break;
            case AlarmKind.HoldReview: SilenceFacts.ReviewHold(turn, alarm.Index); break;
            case AlarmKind.PromiseEnds: SilenceFacts.BreakPromise(turn); break;
            case AlarmKind.PlanCheck: SilenceFacts.CheckPlan(turn); break;
            case AlarmKind.DisputeReview: SilenceFacts.ReviewDispute(turn, alarm.Index); break;
            case AlarmKind.PendingEnds: SilenceFacts.EndPending(turn, alarm.Index); break;
            case AlarmKind.ReplyEnds: SilenceFacts.ExpireReply(turn, alarm.Index); break;
            case AlarmKind.PreDueLapses: Climbing.LapsePreDue(turn); break;
            case AlarmKind.CallNotMade: OperatorActs.CallNotMade(turn, alarm.Index, alarm.Leg); break;
            case AlarmKind.LetterUnposted: MessageFates.AskForPosting(turn, alarm.Index, alarm.Leg); break;
            case AlarmKind.GiveUp: MessageFates.GiveUp(turn, alarm.Index, alarm.Leg); break;
            case AlarmKind.ProcedureTerm: ProcedureFacts.Warn(turn, alarm.Index); break;
            case AlarmKind.LadderReview: Climbing.ReviewLadder(turn); break;
            default: WarnOfLimitation(turn); break;
        }
    }
}
