using static Dunning.Domain.CaseEvent;

namespace Dunning.Domain;

/// <summary>What a person does to a case.</summary>
internal static class OperatorActs
{
    public static void Approve(Turn turn, StepApproved approved)
    {
        if (turn.File.Approved.Contains(approved.Step) || turn.Policy.FindRung(approved.Step) is null)
            return;
        turn.CloseTasks(TaskKind.Approval, approved.Step);
        turn.File = turn.File with { Approved = turn.File.Approved.And(approved.Step) };
    }

    /// <summary>A rejected step lapses on the record; only the next one can be rejected.</summary>
    public static void Reject(Turn turn, StepRejected rejected)
    {
        var next = Schedule.Underway(turn.File) is null ? Schedule.NextRung(turn.File, turn.Policy) : null;
        if (next?.Id == rejected.Step)
            Climbing.Lapse(turn, next, rejected.Reason is { } reason ? $"{StepReason.Rejected}: {reason}" : StepReason.Rejected);
    }

    public static void Hasten(Turn turn, StepHastened hastened)
    {
        if (!turn.File.Hastened.Contains(hastened.Step) && turn.Policy.FindRung(hastened.Step) is not null)
            turn.File = turn.File with { Hastened = turn.File.Hastened.And(hastened.Step) };
    }

    /// <summary>
    /// The new ladder is taken at the height already reached: rungs that would speak more mildly lapse. While a message is under way the
    /// move means nothing; the API refuses it then.
    /// </summary>
    public static void Move(Turn turn, PolicyMoved moved)
    {
        if (Schedule.Underway(turn.File) is { } underway)
        {
            if (!underway.NothingLeft)
                return;
            Climbing.TakeBack(turn, underway);
        }
        turn.CloseTasks(t => t.Kind is TaskKind.Approval or TaskKind.WhatNow);
        turn.File = turn.File with { Policy = moved.To, MovedFrom = turn.File.MovedFrom ?? turn.File.Policy, LadderDone = false, ReviewAt = null, Approved = [], Hastened = [] };
        var climbed = turn.File.Steps.Where(s => s.Outcome is StepOutcome.Happened or StepOutcome.Elsewhere).ToList();
        var height = climbed.Count == 0 ? int.MinValue : climbed.Max(s => s.Offset);
        var (noticed, handedOver) = (climbed.Exists(s => s.Formal), climbed.Exists(s => s.HandsOver));
        foreach (var rung in turn.Policy.Rungs)
            if (Schedule.RecordOf(turn.File, rung.Id) is null && (handedOver || rung.Offset <= height || (noticed && rung.Speaks)))
                Climbing.Lapse(turn, rung, StepReason.ClimbedFurther);
    }

    public static void LogCall(Turn turn, CallLogged logged)
    {
        turn.CloseTasks(TaskKind.Call, logged.Step);
        ClearCalls(turn, logged.Step, logged.Outcome);
        if (Confirming.Spoken.Contains(logged.Outcome))
            Confirming.Issue(turn, Confirming.Call, logged.Id);
    }

    public static void CallNotMade(Turn turn, int step, int leg)
    {
        var record = turn.File.Steps[step];
        turn.CloseTasks(TaskKind.Call, record.Id);
        turn.File = MessageFates.Replace(turn.File, record.With(record.Legs[leg] with { CallBy = null, Why = StepReason.CallNotMade }));
    }

    public static void MarkSent(Turn turn, DateTimeOffset sentAt)
    {
        if (!turn.File.Invoice.Unsent && turn.File.Invoice.SentAt == sentAt)
            return;
        turn.CloseTasks(TaskKind.InvoiceNotSent);
        turn.File = turn.File with { Invoice = turn.File.Invoice with { Unsent = false, SentAt = sentAt } };
    }

    /// <summary>A new address takes away the bad name of the old one and the tasks that asked for it.</summary>
    public static void ChangeContact(Turn turn, ContactChanged changed)
    {
        var (old, fresh) = (turn.File.Debtor, changed.Debtor);
        bool Same(Channel channel) => Address(old, channel) == Address(fresh, channel);
        Items<Channel> bad = [.. turn.File.BadAddresses.Where(Same)];
        StepRecord Outdated(StepRecord step) => step.Legs.All(l => l.NeverLeft || Same(l.Channel)) ? step
            : step with { Legs = [.. step.Legs.Select(l => l.NeverLeft || Same(l.Channel) ? l : l with { ToOldAddress = true })] };
        turn.File = turn.File with { Debtor = fresh, BadAddresses = bad, Steps = [.. turn.File.Steps.Select(Outdated)], Confirmations = [.. turn.File.Confirmations.Select(Outdated)] };
        turn.CloseTasks(t => t.Kind == TaskKind.MissingAddress && t.Subject is not null
            && MessageKey.TryParse(t.Subject, out var key) && Address(fresh, key.Channel) is not null && !bad.Contains(key.Channel));
    }

    public static void ChangeDueDate(Turn turn, DueDateChanged changed)
    {
        if (changed.DueDate == turn.File.Invoice.DueDate)
            return;
        turn.File = turn.File with { Invoice = turn.File.Invoice with { DueDate = changed.DueDate } };
        if (changed.DueDate >= turn.Today)
            return;
        var morning = Schedule.SendAtOnOrAfter(turn.Policy, turn.Calendar, turn.Today);
        if (morning <= turn.Now)
            morning = Schedule.SendAtOnOrAfter(turn.Policy, turn.Calendar, turn.Today.AddDays(1));
        if (morning > turn.File.NotBefore)
            turn.File = turn.File with { NotBefore = morning };
    }

    /// <summary>Something acknowledged could not be read or applied: whether it was money, a person must find out.</summary>
    public static void AskAbout(Turn turn, EventSetAside aside)
    {
        var subject = aside.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!turn.HasTask(TaskKind.EventSetAside, subject))
            turn.OpenTask(TaskKind.EventSetAside, subject, note: aside.Reason);
    }

    /// <summary>Tasks that are questions are answered by their own acts; done alone does not answer them.</summary>
    public static void FinishTask(Turn turn, TaskDone done)
    {
        var task = turn.File.Tasks.FirstOrDefault(t => t.Id == done.TaskId);
        if (task is null || IsQuestion(task.Kind))
            return;
        turn.CloseTasks(t => t.Id == task.Id);
        if (task.Kind == TaskKind.InvoiceNotSent)
            MarkSent(turn, turn.Now);
        if (task.Kind == TaskKind.Call)
            ClearCalls(turn, task.Subject, done.Note ?? StepReason.CallDone);
        if (task.Kind == TaskKind.DisputeReview)
            SilenceFacts.ReviewDisputesAgain(turn);
        if (task.Kind is TaskKind.WhatNow or TaskKind.HandOver && turn.IsOpen)
            Climbing.AskAgainLater(turn);
    }

    public static bool IsQuestion(TaskKind kind) =>
        kind is TaskKind.Approval or TaskKind.UncertainMessage or TaskKind.PossibleDuplicate or TaskKind.Reply or TaskKind.UnpostedLetter;

    private static void ClearCalls(Turn turn, string? step, string outcome)
    {
        foreach (var record in turn.File.Steps)
            foreach (var leg in record.Legs)
                if (leg.CallBy is not null && (step is null || step == record.Id))
                    turn.File = MessageFates.Replace(turn.File, record.With(leg with { CallBy = null, Why = outcome }));
    }

    private static string? Address(Debtor debtor, Channel channel) => channel switch
    {
        Channel.Email => debtor.ReminderEmail,
        Channel.Sms => debtor.ReminderPhone,
        _ => debtor.Address?.ToString(),
    };
}
