using static Dunning.Domain.CaseEvent;

namespace Dunning.Domain;

/// <summary>What becomes of a message, from its claim to its delivery. News about a message nobody knows changes nothing.</summary>
public static class MessageFates
{
    private const int TryBusinessDays = 3;
    private const int PostBusinessDays = 2;

    /// <summary>
    /// The last look before a message leaves: true only if the case is open, nothing silences or stops it, its step still stands, it is
    /// the hour, and nobody claimed it before (P2, P3, P6, P8).
    /// </summary>
    public static bool MayLeave(DunningCase state, MessageKey key, Policy policy, DateTimeOffset now) =>
        state is DunningCase.Open { File: var file } && MayLeave(file, key, policy, now);

    private static bool MayLeave(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now)
    {
        if (Find(file, key) is not (var step, { Status: LegStatus.Issued } leg))
            return false;
        if (!Waiting.Lets(file, policy, step, leg) || Schedule.LegDue(file, policy, leg) > now || !Schedule.InWindow(file, policy, now))
            return false;
        if (key.Sending > 1 || step.About is not null)
            return true;
        var rung = policy.FindRung(step.Id);
        return rung is not null
            && (!rung.IsPreDue || now < Schedule.PreDueLapse(file, policy))
            && (!step.NothingLeft || Schedule.StepDue(file, policy, rung).At <= now);
    }

    /// <summary>The messages that may be claimed now, in the order of the ladder.</summary>
    public static IReadOnlyList<MessageKey> Due(DunningCase state, Policy policy, DateTimeOffset now)
    {
        if (state is not DunningCase.Open { File: var file })
            return [];
        List<MessageKey>? due = null;
        foreach (var step in file.Written)
            foreach (var leg in step.Legs)
                if (leg.Status == LegStatus.Issued && new MessageKey(file.Id, step.Id, leg.Channel, leg.Sending) is var key && MayLeave(file, key, policy, now))
                    (due ??= []).Add(key);
        return due ?? (IReadOnlyList<MessageKey>)[];
    }

    /// <summary>
    /// Whether a message may share one with those of the debtor's other invoices: an ordinary reminder. What has a meaning of its own in law or was asked for by
    /// somebody stands alone: formal notices, what gives a deadline, confirmations, a second sending.
    /// </summary>
    public static bool MayJoin(CaseFile file, MessageKey key) =>
        key is { Sending: 1, Channel: Channel.Email or Channel.Sms } && Find(file, key) is ({ Formal: false, HandsOver: false, About: null, DeadlineDays: null }, _);

    /// <summary>The messages claimed whose outcome is not known.</summary>
    public static IEnumerable<(MessageKey Key, DateTimeOffset Since)> Claimed(CaseFile file) =>
        from step in file.Written
        from leg in step.Legs
        where leg.Status == LegStatus.Claimed
        select (new MessageKey(file.Id, step.Id, leg.Channel, leg.Sending), leg.At);

    public static (StepRecord Step, Leg Leg)? Find(CaseFile file, MessageKey key)
    {
        foreach (var step in file.Written)
            if (step.Id == key.Step && step.Find(key.Channel, key.Sending) is { } leg)
                return (step, leg);
        return null;
    }

    internal static void Claim(Turn turn, MessageClaimed claimed)
    {
        if (!MayLeave(turn.File, claimed.Key, turn.Policy, turn.Now))
            return;
        var (step, leg) = Find(turn.File, claimed.Key)!.Value;
        // The date printed is counted from the day the notice leaves; a channel that leaves later gives its days again.
        if (step.DeadlineDays is { } days)
            step = step with { DecidedOn = step.NothingLeft ? turn.Today : step.DecidedOn, Deadline = turn.Today.AddDays(days) };
        turn.File = Replace(turn.File, step.With(leg with { Status = LegStatus.Claimed, At = turn.Now, RetryAt = null, Demanded = claimed.Demanded, Joined = claimed.Joined }));
    }

    internal static void Accept(Turn turn, MessageKey key)
    {
        if (Find(turn.File, key) is (var step, { Status: LegStatus.Claimed or LegStatus.Uncertain } leg))
        {
            Settle(turn, key, step, Accepted(turn, leg));
            if (leg.Demanded is { } demand)
                turn.File = turn.File with { Account = turn.File.Account with { Demanded = demand } };
        }
    }

    internal static void Deliver(Turn turn, MessageKey key)
    {
        Accept(turn, key);
        if (Find(turn.File, key) is (var step, { Status: LegStatus.Accepted } leg))
            Settle(turn, key, step, leg with { Status = LegStatus.Delivered });
    }

    internal static void Bounce(Turn turn, MessageBounced bounced)
    {
        Accept(turn, bounced.Key);
        if (Find(turn.File, bounced.Key) is not (var step, { WasHeard: true } leg))
            return;
        Settle(turn, bounced.Key, step, leg with { Status = LegStatus.Bounced, Why = bounced.Reason });
        turn.OpenTask(TaskKind.BouncedMessage, bounced.Key.ToString(), note: bounced.Reason);
        Distrust(turn, bounced.Key);
    }

    internal static void Refuse(Turn turn, MessageRefused refused)
    {
        if (Find(turn.File, refused.Key) is not (var step, { Status: LegStatus.Claimed or LegStatus.Uncertain } leg))
            return;
        Settle(turn, refused.Key, step, leg with { Status = LegStatus.Refused, At = turn.Now, Why = refused.Reason });
        // A refusal may be our own fault (a sender unknown, a content disliked): only a bounce speaks of the address.
        turn.OpenTask(TaskKind.RefusedMessage, refused.Key.ToString(), note: refused.Reason);
    }

    // However long the doubt lasts, a message found not to have left has all its days to be tried.
    internal static void Doubt(Turn turn, MessageUncertain uncertain)
    {
        if (Find(turn.File, uncertain.Key) is not (var step, { Status: LegStatus.Claimed } leg))
            return;
        Settle(turn, uncertain.Key, step, leg with { Status = LegStatus.Uncertain, At = turn.Now, TriedSince = null, GiveUpAt = null, Why = uncertain.Reason });
        turn.OpenTask(TaskKind.UncertainMessage, uncertain.Key.ToString(), note: uncertain.Reason);
    }

    /// <summary>Surely not taken: due again later under every rule. A closed case withdraws it at once.</summary>
    internal static void Defer(Turn turn, MessageDeferred deferred)
    {
        if (Find(turn.File, deferred.Key) is not (var step, { Status: LegStatus.Claimed or LegStatus.Uncertain } leg))
            return;
        Settle(turn, deferred.Key, step, leg with
        {
            Status = LegStatus.Issued,
            RetryAt = deferred.RetryAt,
            TriedSince = leg.TriedSince ?? turn.Now,
            GiveUpAt = leg.GiveUpAt ?? turn.Policy.Zone.Midnight(turn.Calendar.AddBusinessDays(turn.Today, TryBusinessDays).AddDays(1)),
            Why = deferred.Reason,
        });
    }

    internal static void GiveUp(Turn turn, int step, int leg)
    {
        var (record, tried) = (turn.File.Written[step], turn.File.Written[step].Legs[leg]);
        var key = new MessageKey(turn.File.Id, record.Id, tried.Channel, tried.Sending);
        turn.File = Replace(turn.File, Settled(record.With(tried with { Status = LegStatus.Tasked, At = turn.Now, GiveUpAt = null }), turn.Now));
        turn.OpenTask(TaskKind.UndeliverableMessage, key.ToString(), note: tried.Why);
    }

    internal static void Post(Turn turn, LetterPosted posted)
    {
        turn.CloseTasks(TaskKind.UnpostedLetter, posted.Key.ToString());
        if (Find(turn.File, posted.Key) is (var step, { Channel: Channel.Letter, WasHeard: true } leg) && (leg.PostedOn is null || (leg.Tracking is null && posted.Tracking is not null)))
            Settle(turn, posted.Key, step, leg with { PostedOn = leg.PostedOn ?? posted.On, Tracking = leg.Tracking ?? posted.Tracking, PostBy = null });
    }

    /// <summary>A letter refused or never collected was notified all the same; one to an address that does not exist was not.</summary>
    internal static void Return(Turn turn, LetterReturned returned)
    {
        // What came back had been posted, on that day at the latest.
        Post(turn, new(returned.Key, returned.On));
        if (returned.Because == LetterReturn.UnknownAddress)
            Bounce(turn, new(returned.Key, StepReason.UnknownAddress));
        else if (Find(turn.File, returned.Key) is (var step, { Channel: Channel.Letter, Status: LegStatus.Accepted } leg))
            Settle(turn, returned.Key, step, leg with { Status = LegStatus.Delivered, Why = returned.Because == LetterReturn.Refused ? StepReason.LetterRefused : StepReason.LetterUnclaimed });
    }

    internal static void AskForPosting(Turn turn, int step, int leg)
    {
        var (record, letter) = (turn.File.Steps[step], turn.File.Steps[step].Legs[leg]);
        turn.File = Replace(turn.File, record.With(letter with { PostBy = null }));
        turn.OpenTask(TaskKind.UnpostedLetter, new MessageKey(turn.File.Id, record.Id, letter.Channel, letter.Sending).ToString());
    }

    /// <summary>An operator's explicit resend: the next sending of the same message, under the same rules as any.</summary>
    internal static void Resend(Turn turn, ResendAsked asked)
    {
        if (!asked.Key.IsMessage
            || Find(turn.File, asked.Key) is not (var step, { } old) || step.IsUnderway || !old.IsSettled)
            return;
        var sending = step.Legs.Where(l => l.Channel == old.Channel).Max(l => l.Sending) + 1;
        if (sending != asked.Key.Sending + 1)
            return;
        var leg = Climbing.Message(turn, step.Id, new Leg(old.Channel, sending, LegStatus.Issued, turn.Now), old.Registered);
        turn.File = Replace(turn.File, step with { Legs = step.Legs.And(leg) });
    }

    /// <summary>A step has happened once each of its channels is settled; its date is the last of these.</summary>
    internal static StepRecord Settled(StepRecord step, DateTimeOffset now) =>
        step.IsUnderway && step.IsSettled ? step with { Outcome = StepOutcome.Happened, At = now } : step;

    internal static CaseFile Replace(CaseFile file, StepRecord changed)
    {
        for (var i = 0; i < file.Steps.Count; i++)
            if (file.Steps[i].Id == changed.Id)
                return file with { Steps = file.Steps.With(i, changed) };
        for (var i = 0; i < file.Confirmations.Count; i++)
            if (file.Confirmations[i].Id == changed.Id)
                return file with { Confirmations = file.Confirmations.With(i, changed) };
        return file;
    }

    private static Leg Accepted(Turn turn, Leg leg) => leg with
    {
        Status = LegStatus.Accepted,
        At = turn.Now,
        Why = null,
        GiveUpAt = null,
        PostBy = leg.Registered ? turn.Policy.Zone.Midnight(turn.Calendar.AddBusinessDays(turn.Today, PostBusinessDays).AddDays(1)) : null,
    };

    private static void Settle(Turn turn, MessageKey key, StepRecord step, Leg changed)
    {
        // Asked first: the subject is a text to be made, and nearly always for nothing.
        if (turn.HasTask(TaskKind.UncertainMessage))
            turn.CloseTasks(TaskKind.UncertainMessage, key.ToString());
        turn.File = Replace(turn.File, Settled(step.With(changed), turn.Now));
    }

    // An address that failed is taken as missing until the contact changes.
    private static void Distrust(Turn turn, MessageKey key)
    {
        if (!turn.File.BadAddresses.Contains(key.Channel) && Find(turn.File, key) is not (_, { ToOldAddress: true }))
            turn.File = turn.File with { BadAddresses = turn.File.BadAddresses.And(key.Channel) };
    }
}
