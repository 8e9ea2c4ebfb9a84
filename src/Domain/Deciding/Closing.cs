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
                turn.Reopen();
            return;
        }
        if (turn.IsOpen)
            Withdraw(turn);
        turn.Close(because.Value);
    }

    private static CaseStatus? Because(Turn turn) =>
        turn.File.Balance <= turn.Tolerance ? CaseStatus.Paid
        : turn.File.IsCancelled ? CaseStatus.Cancelled
        : turn.File.IsWrittenOff ? CaseStatus.WrittenOff
        : null;

    // What was not claimed never leaves. A step of which nothing left did not happen: re-opened, the case decides it afresh.
    private static void Withdraw(Turn turn)
    {
        var file = turn.File;
        if (Schedule.Underway(file) is { NothingLeft: true })
            file = file with { Steps = [.. file.Steps.SkipLast(1)] };
        if (file.Steps.Any(s => s.Legs.Any(l => l.Status == LegStatus.Issued)))
            file = file with { Steps = [.. file.Steps.Select(s => Withdrawn(s, turn.Now))] };
        if (file.Silences.Promise is not null)
            file = file with { Silences = file.Silences with { Promise = null } };
        turn.File = file;
        // A message whose fate is unknown keeps its task; so does a bankruptcy. Nobody is asked anything else about a closed case.
        turn.CloseTasks(t => t.Kind is not (TaskKind.UncertainMessage or TaskKind.BouncedMessage or TaskKind.PossibleDuplicate or TaskKind.DeclareClaim));
    }

    private static StepRecord Withdrawn(StepRecord step, DateTimeOffset now)
    {
        foreach (var leg in step.Legs)
            if (leg.Status == LegStatus.Issued)
                step = step.With(leg with { Status = LegStatus.Withdrawn, At = now });
        return MessageFates.Settled(step, now);
    }
}
