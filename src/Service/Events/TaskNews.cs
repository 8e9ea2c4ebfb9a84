using Dunning.Domain;

namespace Dunning.Service.Events;

/// <summary>What waits for a person, and what does no more.</summary>
internal static class TaskNews
{
    public static void Say(Saying s)
    {
        foreach (var task in Opened(s))
        {
            if (task.Kind == TaskKind.PossibleDuplicate)
                SayDuplicate(s, task.Subject);
            if (task.Kind == TaskKind.HandOver)
                s.Say(EventTypes.HandOverRequested, ("taskId", task.Id), ("step", task.Subject), ("balance", s.After.Balance));
            s.Say(EventTypes.TaskOpened, ("taskId", task.Id), ("kind", task.Kind), ("subject", task.Subject), ("dueOn", task.DueOn));
        }
        foreach (var task in Missing(s.After.Tasks, s.Before.Tasks))
            s.Say(EventTypes.TaskClosed, ("taskId", task.Id), ("kind", task.Kind), ("subject", task.Subject));
    }

    public static IReadOnlyList<CaseTask> Opened(Saying s) => Missing(s.Before.Tasks, s.After.Tasks);

    private static void SayDuplicate(Saying s, string? paymentId)
    {
        foreach (var payment in s.After.Account.Payments)
            if (payment.Id == paymentId)
                s.Say(EventTypes.PaymentPossibleDuplicate, ("paymentId", payment.Id), ("amount", payment.Amount), ("date", payment.Date), ("source", payment.Source), ("balance", s.After.Balance));
    }

    // Those of the second that are not in the first.
    private static IReadOnlyList<CaseTask> Missing(Items<CaseTask> from, Items<CaseTask> of) =>
        of.Count == 0 || from == of ? [] : [.. of.Where(t => from.All(f => f.Id != t.Id))];
}
