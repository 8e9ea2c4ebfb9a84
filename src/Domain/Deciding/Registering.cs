namespace Dunning.Domain;

/// <summary>How a case begins.</summary>
internal static class Registering
{
    public static Decision Register(CaseEvent.Registered registered, Policy policy, DateTimeOffset now)
    {
        var file = new CaseFile(registered.Case, registered.Creditor, registered.Invoice, registered.Debtor, registered.Policy, now, new Account(registered.Invoice.Amount))
        {
            NotBefore = now,
            Steps = SentElsewhere(registered, policy, now),
            LimitationAlertAt = registered.LimitationOn is { } lapses ? policy.Zone.Midnight(lapses.AddMonths(-Limitation.AlertMonths)) : null,
        };
        var turn = new Turn(file, policy, now);
        turn.Follow();
        Alarms.RingUpTo(turn, now);
        return turn.Decided();
    }

    // Reminders the creditor sent before count as climbed, on the day we learn of them; a formal notice, a call or a hand-over
    // is never presumed.
    private static Items<StepRecord> SentElsewhere(CaseEvent.Registered registered, Policy policy, DateTimeOffset now)
    {
        var steps = new List<StepRecord>();
        var today = policy.Zone.LocalDate(now);
        var left = registered.AlreadySent;
        foreach (var rung in policy.Rungs)
        {
            if (left == 0 || rung.IsFormalNotice || rung.IsHandOver)
                break;
            if (rung.IsPreDue)
                steps.Add(Climbing.Lapsed(rung, today, now, StepReason.SentBefore));
            else if (rung.Speaks && !rung.Step.Channels.Contains(Channel.Call))
            {
                steps.Add(new(rung.Id, rung.Offset, false, today, StepOutcome.Elsewhere) { At = now });
                left--;
            }
            else
                steps.Add(Climbing.Lapsed(rung, today, now, StepReason.SentBefore));
        }
        return [.. steps];
    }
}
