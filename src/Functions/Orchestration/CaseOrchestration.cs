using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Dunning.Functions.Orchestration;

/// <summary>
/// One invoice, from registration to payment. It sleeps until the next thing to do or until somebody tells something, has it done, and learns what comes
/// next. It knows no rule and keeps no figure, so that a new release never breaks a running one: the register is the memory, this is the clock and the hands.
/// </summary>
public static class CaseOrchestration
{
    public const string Name = "DunningCase";

    private static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(new(maxNumberOfAttempts: 3, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 3));

    [Function(Name)]
    public static async Task DunningCase([OrchestrationTrigger] TaskOrchestrationContext context, NextAct? next)
    {
        var letterbox = new Letterbox(context);
        next ??= NextAct.Look(context.InstanceId);
        var history = new HistoryBudget();
        while (true)
        {
            context.SetCustomStatus(new Shown(next.Status, next.Step, next.At));
            if (!letterbox.HasMail && !IsTime(context, next))
            {
                if (next.IsOver)
                    return;
                var wait = HistoryBudget.Cap(next.At - context.CurrentUtcDateTime, next.Speaks);
                if (!history.Allows(wait))
                {
                    context.ContinueAsNew(next);
                    return;
                }
                history.Wait(wait);
                await letterbox.Wait(context.CurrentUtcDateTime + wait);
            }
            else if (!letterbox.HasMail && history.IsSpent)
            {
                context.ContinueAsNew(next);
                return;
            }
            var told = letterbox.Take();
            if (told.Count == 0 && !IsTime(context, next))
                continue;
            // Signals say nothing but "look", and a look comes with whatever is done.
            var facts = told.Where(t => t.Event != Letterbox.CaseSignal).ToList();
            next = await Do(context, next with { Untold = [.. next.Untold, .. facts] }, signalled: facts.Count < told.Count);
            history.Act();
        }
    }

    private static bool IsTime(TaskOrchestrationContext context, NextAct next) => next.At <= context.CurrentUtcDateTime;

    // An activity that fails has not done its work: it is tried again, less and less often, and what was told meanwhile waits with it. The instance never
    // fails for it, since a failed instance sleeps through everything.
    private static async Task<NextAct> Do(TaskOrchestrationContext context, NextAct act, bool signalled)
    {
        try
        {
            return act.Untold.Count > 0
                ? await context.CallActivityAsync<NextAct>(nameof(CaseActivities.Receive), new Mail(context.InstanceId, act.Untold), Patiently)
                : signalled ? await context.CallActivityAsync<NextAct>(nameof(CaseActivities.Advance), context.InstanceId, Patiently)
                : await context.CallActivityAsync<NextAct>(act.Activity, act.Subject, Patiently);
        }
        catch (TaskFailedException)
        {
            return act.AfterFailure(context.CurrentUtcDateTime);
        }
    }
}

/// <summary>What was told to a case through its orchestration.</summary>
public sealed record Mail(string CaseId, IReadOnlyList<Told> Told);
