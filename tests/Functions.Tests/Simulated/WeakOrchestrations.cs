using System.Text.Json;
using Dunning.Functions.Orchestration;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>Waits with a timeout, as samples do: a waiter that ran out stays on the stack, and swallows what comes next.</summary>
internal static class SwallowsEvents
{
    [Function(CaseOrchestration.Name)]
    public static async Task DunningCase([OrchestrationTrigger] TaskOrchestrationContext context, NextAct? next)
    {
        next ??= NextAct.Look(context.InstanceId);
        for (var acts = 0; !next.IsOver || next.At is not null; acts++)
        {
            if (acts > 10)
            {
                context.ContinueAsNew(next);
                return;
            }
            var told = next.At <= context.CurrentUtcDateTime ? [] : await Wait(context, next);
            next = await WeakOrchestrations.Do(context, next with { Untold = told });
        }
    }

    private static async Task<IReadOnlyList<Told>> Wait(TaskOrchestrationContext context, NextAct next)
    {
        try
        {
            var waiters = Letterbox.Names.Select(name => context.WaitForExternalEvent<JsonElement?>(name, next.At is { } at ? at.UtcDateTime - context.CurrentUtcDateTime : TimeSpan.FromDays(365))).ToList();
            var first = await Task.WhenAny(waiters);
            return [new(Letterbox.Names[waiters.IndexOf(first)], (await first)?.GetRawText() ?? "null")];
        }
        catch (TaskCanceledException)
        {
            return [];
        }
    }
}

/// <summary>Listens once: what comes after the first event is heard by nobody.</summary>
internal static class ListensOnce
{
    [Function(CaseOrchestration.Name)]
    public static async Task DunningCase([OrchestrationTrigger] TaskOrchestrationContext context, NextAct? next)
    {
        next ??= NextAct.Look(context.InstanceId);
        var waiters = Letterbox.Names.Select(name => context.WaitForExternalEvent<JsonElement?>(name)).ToList();
        while (!next.IsOver)
        {
            if (!(next.At <= context.CurrentUtcDateTime))
                await Task.WhenAny([.. waiters.Where(w => !w.IsCompleted), next.At is { } at ? context.CreateTimer(at.UtcDateTime, default) : Task.Delay(-1)]);
            next = await WeakOrchestrations.Do(context, next);
        }
    }
}

/// <summary>Lets an activity that failed take the instance with it.</summary>
internal static class FailsWithItsActivities
{
    [Function(CaseOrchestration.Name)]
    public static async Task DunningCase([OrchestrationTrigger] TaskOrchestrationContext context, NextAct? next)
    {
        var letterbox = new Letterbox(context);
        next ??= NextAct.Look(context.InstanceId);
        while (letterbox.HasMail || !next.IsOver)
        {
            if (!letterbox.HasMail && !(next.At <= context.CurrentUtcDateTime))
                await letterbox.Wait(next.At?.UtcDateTime);
            next = await WeakOrchestrations.Do(context, next with { Untold = letterbox.Take() });
        }
    }
}

/// <summary>Forgets what was raised to it once sinking it has failed.</summary>
internal static class DropsWhatItCouldNotSink
{
    [Function(CaseOrchestration.Name)]
    public static async Task DunningCase([OrchestrationTrigger] TaskOrchestrationContext context, NextAct? next)
    {
        var letterbox = new Letterbox(context);
        next ??= NextAct.Look(context.InstanceId);
        while (letterbox.HasMail || !next.IsOver)
        {
            if (!letterbox.HasMail && !(next.At <= context.CurrentUtcDateTime))
                await letterbox.Wait(next.At?.UtcDateTime);
            try
            {
                next = await WeakOrchestrations.Do(context, next with { Untold = letterbox.Take() });
            }
            catch (TaskFailedException)
            {
                next = next.AfterFailure(context.CurrentUtcDateTime);
            }
        }
    }
}

internal static class WeakOrchestrations
{
    public static Task<NextAct> Do(TaskOrchestrationContext context, NextAct act) => act.Untold.Count > 0
        ? context.CallActivityAsync<NextAct>(nameof(CaseActivities.Receive), new Mail(context.InstanceId, act.Untold))
        : context.CallActivityAsync<NextAct>(act.Activity, act.Subject);
}
