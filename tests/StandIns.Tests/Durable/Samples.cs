using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Dunning.StandIns.Tests.Durable;

public sealed record Signal(string Id);

/// <summary>Small orchestrations, each of one habit.</summary>
public static class Samples
{
    [Function(nameof(Echo))]
    public static string Echo([ActivityTrigger] string text) => text;

    [Function(nameof(Break))]
    public static string Break([ActivityTrigger] string text) => throw new InvalidOperationException(text);

    [Function(nameof(Sleeper))]
    public static async Task<string> Sleeper([OrchestrationTrigger] TaskOrchestrationContext context, int days)
    {
        await context.CreateTimer(TimeSpan.FromDays(days), default);
        return await context.CallActivityAsync<string>(nameof(Echo), "awake");
    }

    /// <summary>One waiter for the whole generation, never cancelled, armed again at once.</summary>
    [Function(nameof(Careful))]
    public static async Task<string> Careful([OrchestrationTrigger] TaskOrchestrationContext context, string heard)
    {
        var signal = context.WaitForExternalEvent<Signal>("signal");
        for (var rounds = 0; rounds < 3; rounds++)
        {
            if (heard.EndsWith('.'))
                return heard;
            await context.CallActivityAsync<string>(nameof(Echo), heard);
            context.SetCustomStatus(heard);
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(1), cancel.Token);
            if (await Task.WhenAny(signal, timer) == signal)
            {
                cancel.Cancel();
                heard += (await signal).Id;
                signal = context.WaitForExternalEvent<Signal>("signal");
            }
        }
        if (signal.IsCompleted)
            heard += (await signal).Id;
        context.ContinueAsNew(heard);
        return heard;
    }

    /// <summary>The trap: a wait with a time-out in a loop leaves a cancelled waiter that eats the next event.</summary>
    [Function(nameof(Careless))]
    public static async Task<string> Careless([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return (await context.WaitForExternalEvent<Signal>("signal", TimeSpan.FromHours(1))).Id;
        }
        catch (TaskCanceledException)
        {
            await context.CallActivityAsync(nameof(Echo), "late");
            return (await context.WaitForExternalEvent<Signal>("signal")).Id;
        }
    }

    /// <summary>The newest waiter is told first.</summary>
    [Function(nameof(Stacked))]
    public static async Task<string> Stacked([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var first = context.WaitForExternalEvent<Signal>("signal");
        var second = context.WaitForExternalEvent<Signal>("SIGNAL");
        return $"{(await second).Id} before {(await first).Id}";
    }

    [Function(nameof(Renewed))]
    public static async Task<string> Renewed([OrchestrationTrigger] TaskOrchestrationContext context, bool again)
    {
        if (again)
            return (await context.WaitForExternalEvent<Signal>("signal")).Id;
        await context.CreateTimer(TimeSpan.FromHours(1), default);
        context.ContinueAsNew(true);
        return "";
    }

    [Function(nameof(Forgetful))]
    public static async Task<string> Forgetful([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.CreateTimer(TimeSpan.FromHours(1), default);
        return await context.CallActivityAsync<string>(nameof(Echo), "done");
    }

    [Function(nameof(Loud))]
    public static async Task Loud([OrchestrationTrigger] TaskOrchestrationContext context, int length)
    {
        context.SetCustomStatus(new string('x', length - 2));
        await context.CallActivityAsync(nameof(Echo), "");
    }

    [Function(nameof(Retrying))]
    public static Task<string> Retrying([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>(nameof(Break), "no", TaskOptions.FromRetryPolicy(new(3, TimeSpan.FromMinutes(1), 2)));

    public static int Runs { get; set; }

    [Function(nameof(Random))]
    public static async Task Random([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync(nameof(Echo), $"run {Runs++}");
        await context.CallActivityAsync(nameof(Echo), "again");
    }

    [Function(nameof(Impatient))]
    public static async Task Impatient([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.InstanceId;
        await new TaskCompletionSource().Task;
    }
}
