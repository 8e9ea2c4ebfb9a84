using System.Reflection;
using System.Text.Json;
using Dunning.Service;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static Dunning.TaskHub.HistoryEvent;

namespace Dunning.TaskHub;

/// <summary>One run of an activity, before what became of it is recorded.</summary>
/// <param name="Attempt">1 for the first run of this task.</param>
public sealed record ActivityRun(string InstanceId, string Name, string? Input, int Attempt);

/// <summary>What goes wrong around one run of an activity.</summary>
public enum ActivityFault
{
    None,

    /// <summary>The process dies before the activity starts; it is run later.</summary>
    BeforeRun,

    /// <summary>The activity has run, the process dies before that is recorded: it runs again.</summary>
    AfterRun,

    /// <summary>The activity has run and that is recorded, yet its message is delivered once more.</summary>
    RunTwice,
}

/// <summary>
/// Orchestrations and activities in memory, on one thread, under a virtual clock. Every event replays the orchestrator from its start and compares
/// what it asks for with its history. Nothing runs by itself: <see cref="Run"/> does what is ready, <see cref="AdvanceTo"/> also what becomes due.
/// </summary>
public sealed class Hub
{
    /// <summary>As the host: a longer timer is a chain of these.</summary>
    public static readonly TimeSpan LongestTimer = TimeSpan.FromDays(3);

    /// <summary>As the host: in bytes of UTF-16; a larger custom status fails the instance.</summary>
    public const int LargestCustomStatus = 16 * 1024;

    private const int MostTurnsAtOneInstant = 100_000;

    private readonly Dictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    // In the order of their ids: a sweep raises to many at once, from several threads, and a test must be repeatable.
    private readonly PriorityQueue<Instance, string> _ready = new(StringComparer.Ordinal);
    private readonly Queue<(Instance Instance, int Generation, TaskScheduled Task, int Attempt)> _activities = [];
    private readonly PriorityQueue<(Instance Instance, int Generation, HistoryEvent Message), (DateTimeOffset At, long Order)> _timers = new();
    private readonly FunctionTable _functions;
    private readonly VirtualClock _clock;
    private long _order;

    /// <param name="clock">Shared with the code under test; moved by <see cref="AdvanceTo"/> alone.</param>
    /// <param name="converter">Payloads are always written and read back; by default as the Functions worker does.</param>
    public Hub(VirtualClock clock, DataConverter? converter = null)
    {
        _clock = clock;
        Converter = converter ?? new JsonDataConverter(new JsonSerializerOptions { PropertyNameCaseInsensitive = true });
        _functions = new(Converter);
        Client = new HubClient(this);
    }

    public DurableTaskClient Client { get; }

    /// <summary>Where activities and triggers find their services; a test that lets a process die replaces it.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>Asked around every run of an activity.</summary>
    public Func<ActivityRun, ActivityFault>? Faults { get; set; }

    /// <summary>Called where a process dies, to let the test start another: a fault, or <see cref="ProcessDied"/> out of an activity.</summary>
    public Action? Died { get; set; }

    /// <summary>When the next timer is due, if any is set. A cancelled timer counts: it fires, and changes nothing.</summary>
    public DateTimeOffset? NextTimer => _timers.TryPeek(out _, out var due) ? due.At : null;

    public DateTimeOffset Now => _clock.GetUtcNow();

    internal DataConverter Converter { get; }

    internal IEnumerable<Instance> Instances => _instances.Values;

    /// <summary>Makes the functions of an assembly known.</summary>
    public Hub Add(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes())
            _functions.Add(type);
        return this;
    }

    /// <summary>Makes the functions of one class known.</summary>
    public Hub Add(Type type)
    {
        _functions.Add(type);
        return this;
    }

    /// <summary>Calls a function with another trigger (timer, HTTP, Event Grid); parameters are found by type, the client is given.</summary>
    public Task<object?> Trigger(string function, params object[] given) => _functions.Run(function, Services, Client, given);

    public HistoryCount Count(string instanceId) => _instances[instanceId].Count();

    /// <summary>The history of the present generation.</summary>
    public IReadOnlyList<HistoryEvent> History(string instanceId) => _instances[instanceId].History;

    /// <summary>Does what is ready, at the present instant.</summary>
    public async Task Run()
    {
        for (var turns = 0; ; turns++)
        {
            if (turns > MostTurnsAtOneInstant)
                throw new InvalidOperationException($"Work has gone on for {turns} turns without the clock moving: an orchestration runs in a circle.");
            if (_ready.TryDequeue(out var instance, out _))
                Turn(instance);
            else if (_activities.TryDequeue(out var task))
                await RunActivity(task.Instance, task.Generation, task.Task, task.Attempt);
            else if (NextTimer <= Now)
                FireTimers(Now);
            else
                return;
        }
    }

    /// <summary>Moves the clock from one due timer to the next, doing all that becomes ready, until <paramref name="instant"/>.</summary>
    public async Task AdvanceTo(DateTimeOffset instant)
    {
        await Run();
        while (NextTimer is { } due && due <= instant)
        {
            FireTimers(due > Now ? due : Now);
            await Run();
        }
        if (instant > Now)
            _clock.MoveTo(instant);
    }

    /// <summary>Moves the clock and queues the timers due until then without running anything: they and what is raised next come in one batch.</summary>
    public void FireTimers(DateTimeOffset instant)
    {
        if (instant > Now)
            _clock.MoveTo(instant);
        while (_timers.TryPeek(out var timer, out var due) && due.At <= instant)
        {
            _timers.Dequeue();
            if (timer.Generation == timer.Instance.Generation)
                Post(timer.Instance, timer.Message);
        }
    }

    internal Instance? Find(string instanceId) => _instances.GetValueOrDefault(instanceId);

    internal void Remove(Instance instance)
    {
        instance.Generation = 0;
        _instances.Remove(instance.Id);
    }

    internal void Start(Instance instance, DateTimeOffset? at)
    {
        if (!_functions.IsOrchestrator(instance.Name))
            throw new ArgumentException($"No orchestrator is called {instance.Name}.");
        if (_instances.TryGetValue(instance.Id, out var replaced))
            (replaced.Generation, replaced.Status) = (0, OrchestrationRuntimeStatus.Terminated);
        _instances[instance.Id] = instance;
        if (at > Now)
            SetTimer(instance, at.Value, new ExecutionStarted(instance.Input));
        else
            Post(instance, new ExecutionStarted(instance.Input));
    }

    internal void Post(Instance instance, HistoryEvent message)
    {
        if (instance.IsFinished)
            return;
        instance.Messages.Enqueue(message);
        Ready(instance);
    }

    internal void Ready(Instance instance)
    {
        if (instance.IsQueued || !instance.CanRun)
            return;
        instance.IsQueued = true;
        _ready.Enqueue(instance, instance.Id);
    }

    private void SetTimer(Instance instance, DateTimeOffset at, HistoryEvent message) =>
        _timers.Enqueue((instance, instance.Generation, message), (at, _order++));

    private void Turn(Instance instance)
    {
        instance.IsQueued = false;
        if (!instance.CanRun || Find(instance.Id) != instance)
            return;
        List<HistoryEvent> turn = [new OrchestratorStarted(Now.UtcDateTime), .. instance.TakeBatch()];
        instance.UpdatedAt = Now;
        if (turn.OfType<ExecutionTerminated>().FirstOrDefault() is { } terminated)
        {
            (instance.Status, instance.Output) = (OrchestrationRuntimeStatus.Terminated, terminated.Output);
            instance.Record([.. turn, new OrchestratorCompleted()]);
            return;
        }
        // Before its start has arrived an instance has no orchestrator to tell anything: raised events wait for it.
        if (instance.History.Count == 0 && turn.FindIndex(e => e is ExecutionStarted) is var start and not 1)
        {
            var early = turn[1..(start < 0 ? turn.Count : start)];
            turn.RemoveRange(1, early.Count);
            if (start < 0)
            {
                early.ForEach(instance.Messages.Enqueue);
                return;
            }
            turn.InsertRange(2, early);
        }
        instance.Status = OrchestrationRuntimeStatus.Running;
        var context = new ReplayContext(instance.Name, instance.Id, Converter, LongestTimer, Loggers());
        IReadOnlyList<HistoryEvent> actions;
        try
        {
            actions = context.Play(_functions.Orchestrator(instance.Name, Services), instance.History, turn);
            instance.CustomStatus = Limited(Converter.Serialize(context.CustomStatus));
        }
        catch (Exception failure) when (failure is not NonDeterministicOrchestration)
        {
            // A payload that cannot be read as the awaited type, or a status too large: the host fails the instance.
            Finish(instance, [.. turn], failure);
            return;
        }
        if (context.IsStuck)
            throw new InvalidOperationException($"{instance.Id} awaits something that is not durable; nothing will ever wake it.");
        turn.AddRange(actions);
        Close(instance, turn, context);
        foreach (var action in actions)
            CarryOut(instance, action);
        if (context is { IsOver: true, Failure: null, NextGeneration: { } next })
            Renew(instance, next, context.Carried);
        Ready(instance);
    }

    private static void Close(Instance instance, List<HistoryEvent> turn, ReplayContext context)
    {
        if (context.IsOver && context.Failure is { } failure)
        {
            Finish(instance, turn, failure);
            return;
        }
        if (context.IsOver && context.NextGeneration is { } next)
        {
            turn.Add(next);
        }
        else if (context.IsOver)
        {
            (instance.Status, instance.Output) = (OrchestrationRuntimeStatus.Completed, context.Output);
            turn.Add(new ExecutionCompleted(instance.Output));
        }
        instance.Record([.. turn, new OrchestratorCompleted()]);
    }

    private static void Finish(Instance instance, List<HistoryEvent> turn, Exception failure)
    {
        var why = failure is TaskFailedException task ? task.FailureDetails : TaskFailureDetails.FromException(failure);
        (instance.Status, instance.Failure) = (OrchestrationRuntimeStatus.Failed, why);
        instance.Record([.. turn, new ExecutionFailed(why), new OrchestratorCompleted()]);
    }

    /// <summary>A new generation: an empty history, the new input, and the messages of the old one's timers and activities void.</summary>
    private void Renew(Instance instance, ContinuedAsNew next, IReadOnlyList<EventRaised> carried)
    {
        instance.History.Clear();
        instance.Generation++;
        instance.Input = next.Input;
        HistoryEvent[] waiting = [.. carried, .. instance.Messages];
        instance.Messages.Clear();
        Post(instance, new ExecutionStarted(next.Input));
        foreach (var message in waiting)
            Post(instance, message);
    }

    private void CarryOut(Instance instance, HistoryEvent action)
    {
        switch (action)
        {
            case TaskScheduled task:
                _activities.Enqueue((instance, instance.Generation, task, 1));
                break;
            case TimerCreated timer:
                SetTimer(instance, new(timer.FireAt, TimeSpan.Zero), new TimerFired(timer.Id, timer.IsHop));
                break;
            case EventSent sent when Find(sent.To) is { } target:
                Post(target, new EventRaised(sent.Name, sent.Payload));
                break;
        }
    }

    private async Task RunActivity(Instance instance, int generation, TaskScheduled task, int attempt)
    {
        var fault = Faults?.Invoke(new(instance.Id, task.Name, task.Input, attempt)) ?? ActivityFault.None;
        try
        {
            if (fault == ActivityFault.BeforeRun)
                throw new ProcessDied($"before {task.Name}");
            var outcome = await Outcome(task);
            if (fault == ActivityFault.AfterRun)
                throw new ProcessDied($"after {task.Name}");
            if (generation == instance.Generation)
                Post(instance, outcome);
            if (fault == ActivityFault.RunTwice)
                _activities.Enqueue((instance, generation, task, attempt + 1));
        }
        catch (ProcessDied)
        {
            _activities.Enqueue((instance, generation, task, attempt + 1));
            Died?.Invoke();
        }
    }

    private async Task<HistoryEvent> Outcome(TaskScheduled task)
    {
        if (!_functions.IsActivity(task.Name))
            return new TaskFailed(task.Id, task.Name, new("Microsoft.DurableTask.ActivityNotFound", $"No activity is called {task.Name}.", null, null, null));
        try
        {
            return new TaskCompleted(task.Id, Converter.Serialize(await _functions.RunActivity(task.Name, task.Input, Services, Client)));
        }
        catch (Exception failure) when (failure is not ProcessDied)
        {
            return new TaskFailed(task.Id, task.Name, TaskFailureDetails.FromException(failure));
        }
    }

    private static string? Limited(string? status) => status is { Length: > LargestCustomStatus / sizeof(char) }
        ? throw new ArgumentException($"A custom status may have {LargestCustomStatus} bytes in UTF-16; this one has {status.Length * sizeof(char)}.")
        : status;

    private ILoggerFactory Loggers() => Services?.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
}
