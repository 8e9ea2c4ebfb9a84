namespace Dunning.Domain;

/// <summary>The end of a case follows from its balance and from the two acts that end it, in whatever order they came.</summary>
internal static class Closing
{
    public static void Follow(Turn turn)
    {
        var because = Because(turn);
        if (because is null)
        {
            if (!turn.IsOpen)
                Reopen(turn);
            return;
        }
        Withdraw(turn);
        turn.Close(because.Value);
        AskAboutAccessories(turn, because.Value);
    }

    // With "chase" what was claimed beside the principal is owed like the principal itself.
    private static CaseStatus? Because(Turn turn) =>
        turn.File.Balance <= turn.Tolerance && (!turn.Policy.Accessories.Chased || turn.File.Account.AccessoriesOwed <= turn.Tolerance) ? CaseStatus.Paid
        : turn.File.IsCancelled ? CaseStatus.Cancelled
        : turn.File.IsWrittenOff ? CaseStatus.WrittenOff
        : null;

    // The principal is in: whether the interest and the indemnity that were claimed are asked for is the creditor's to say.
    private static void AskAboutAccessories(Turn turn, CaseStatus because)
    {
        var owed = because == CaseStatus.Paid && turn.Policy.Accessories.AsksWhenPrincipalPaid && turn.File.Account.AccessoriesOwed > turn.Tolerance;
        if (!owed)
            turn.CloseTasks(TaskKind.AccessoriesOwed);
        else if (!turn.HasTask(TaskKind.AccessoriesOwed) && !turn.File.AccessoriesAsked)
        {
            turn.OpenTask(TaskKind.AccessoriesOwed, null, note: turn.File.Account.AccessoriesOwed.ToString());
            turn.File = turn.File with { AccessoriesAsked = true };
        }
    }

    // What was not claimed never leaves. A step of which nothing left did not happen: re-opened, the case decides it afresh.
    private static void Withdraw(Turn turn)
    {
        if (Schedule.Underway(turn.File) is { NothingLeft: true } step)
            Climbing.TakeBack(turn, step);
        if (turn.File.Steps.Any(s => s.HasIssued))
            turn.File = turn.File with { Steps = [.. turn.File.Steps.Select(s => Withdrawn(s, turn.Now))] };
        Confirming.Withdraw(turn, always: true);
        if (!turn.IsOpen)
            return;
        if (turn.File.Silences.Promise is not null)
            turn.File = turn.File with { Silences = turn.File.Silences with { Promise = null } };
        // Re-opened, the case tells it again.
        ProcedureFacts.WarnAgain(turn);
        if (turn.HasTask(TaskKind.Limitation))
            turn.File = turn.File with { LimitationAlertAt = turn.Now };
        // A message whose fate is unknown keeps its task; so does a bankruptcy. Nobody is asked anything else about a closed case.
        turn.CloseTasks(t => t.Kind is not (TaskKind.UncertainMessage or TaskKind.BouncedMessage or TaskKind.PossibleDuplicate or TaskKind.DeclareClaim
            or TaskKind.AccessoriesOwed or TaskKind.EventSetAside or TaskKind.InsurerDeclaration));
    }

    // The case is where it was, and so are the questions that were open on it: closing took their tasks away.
    private static void Reopen(Turn turn)
    {
        turn.Reopen();
        turn.CloseTasks(TaskKind.AccessoriesOwed);
        if (turn.File.AccessoriesAsked)
            turn.File = turn.File with { AccessoriesAsked = false };
        foreach (var reply in turn.File.Silences.Replies)
            turn.OpenTask(TaskKind.Reply, reply.Id);
        SilenceFacts.ReviewDisputesAgain(turn);
        if (turn.File.Silences.Insolvency is { } insolvency && !turn.HasTask(TaskKind.DeclareClaim))
            turn.OpenTask(TaskKind.DeclareClaim, null, insolvency.DeclareBy);
        foreach (var step in turn.File.Steps)
            foreach (var leg in step.Legs)
                if (leg is { AwaitsPosting: true, PostBy: null })
                    turn.OpenTask(TaskKind.UnpostedLetter, new MessageKey(turn.File.Id, step.Id, leg.Channel, leg.Sending).ToString());
    }

    public static StepRecord Withdrawn(StepRecord step, DateTimeOffset now)
    {
        foreach (var leg in step.Legs)
            if (leg.Status == LegStatus.Issued)
                step = step.With(leg with { Status = LegStatus.Withdrawn, At = now });
        return MessageFates.Settled(step, now);
    }
}
