using Dunning.Domain;

namespace Dunning.Service.Events;

/// <summary>What became of messages. Why one was not taken stays here: providers put addresses into their reasons.</summary>
internal static class MessageNews
{
    public static void Say(Saying s)
    {
        if (s.Before.Steps != s.After.Steps)
            Say(s, s.Before.Steps, s.After.Steps);
        if (s.Before.Confirmations != s.After.Confirmations)
            Say(s, s.Before.Confirmations, s.After.Confirmations);
    }

    private static void Say(Saying s, Items<StepRecord> before, Items<StepRecord> after)
    {
        foreach (var step in after)
        {
            var old = Find(before, step);
            foreach (var leg in step.Legs)
                if (TypeOf(leg.Status) is { } type && old?.Find(leg.Channel, leg.Sending)?.Status != leg.Status)
                    s.Say(type, ("message", new MessageKey(s.After.Id, step.Id, leg.Channel, leg.Sending).ToString()), ("step", step.Id), ("channel", MessageKey.Name(leg.Channel)),
                        ("sending", leg.Sending), ("formal", step.Formal));
            if (step.Formal && WasHeard(step) && !WasHeard(old))
                s.Say(EventTypes.FormalNoticeIssued, ("step", step.Id), ("decidedOn", step.DecidedOn), ("deadline", step.Deadline), ("balance", s.After.Balance));
        }
    }

    private static StepRecord? Find(Items<StepRecord> steps, StepRecord step)
    {
        foreach (var other in steps)
            if (other.Id == step.Id && other.About == step.About)
                return other;
        return null;
    }

    private static bool WasHeard(StepRecord? step)
    {
        if (step is not null)
            foreach (var leg in step.Legs)
                if (leg.WasHeard)
                    return true;
        return false;
    }

    private static string? TypeOf(LegStatus status) => status switch
    {
        LegStatus.Accepted => EventTypes.MessageAccepted,
        LegStatus.Delivered => EventTypes.MessageDelivered,
        LegStatus.Bounced => EventTypes.MessageBounced,
        LegStatus.Refused => EventTypes.MessageRefused,
        LegStatus.Uncertain => EventTypes.MessageUncertain,
        _ => null,
    };
}
