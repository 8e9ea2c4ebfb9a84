using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using static Dunning.TaskHub.HistoryEvent;

namespace Dunning.TaskHub;

/// <summary>
/// One replay of an orchestrator: past events first, then new ones, each followed by everything the orchestrator does about it. The rules are those
/// of the official worker: waiters of one event name form a stack, a cancelled waiter stays on it and eats an event, an unfinished timer keeps the
/// instance running.
/// </summary>
internal sealed class ReplayContext(string name, string instanceId, DataConverter converter, TimeSpan longestTimer, ILoggerFactory loggers)
    : TaskOrchestrationContext
{
    private readonly SortedDictionary<int, HistoryEvent> _unmatched = [];
    private readonly Dictionary<int, TaskCompletionSource<string?>> _open = [];
    private readonly Dictionary<string, IWaiter> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<string?>> _buffer = new(StringComparer.OrdinalIgnoreCase);
    private readonly SynchronizationContext _turn = new Turn();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private Func<TaskOrchestrationContext, Task<object?>>? _orchestrator;
    private Task<object?>? _result;
    private string? _input;
    private DateTime _now;
    private bool _replaying;
    private bool _running;
    private int _next;
    private int _guids;

    public override TaskName Name => name;

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _replaying;

    protected override ILoggerFactory LoggerFactory => loggers;

    public object? CustomStatus { get; private set; }

    public ContinuedAsNew? NextGeneration { get; private set; }

    /// <summary>Events that came in one batch with the last thing of a generation: they belong to the next.</summary>
    public List<EventRaised> Carried { get; } = [];

    /// <summary>True when the orchestrator has returned and nothing it started is unfinished: until then the instance stays running.</summary>
    public bool IsOver => _result is { IsCompleted: true } && _open.Count == 0;

    public Exception? Failure => _result?.Exception?.InnerException;

    public string? Output => converter.Serialize(_result?.Result);

    /// <summary>True when nothing that can happen to this instance would move it: its orchestrator awaits something that is not durable.</summary>
    public bool IsStuck => _result is { IsCompleted: false } && _open.Count == 0 && !_waiters.Values.Any(w => w.IsWaiting);

    /// <returns>The actions that are new.</returns>
    public IReadOnlyList<HistoryEvent> Play(
        Func<TaskOrchestrationContext, Task<object?>> orchestrator, IEnumerable<HistoryEvent> past, IEnumerable<HistoryEvent> arrived)
    {
        _orchestrator = orchestrator;
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_turn);
        _running = true;
        try
        {
            _replaying = true;
            foreach (var item in past)
                Take(item);
            if (_unmatched.Count > 0)
                throw new NonDeterministicOrchestration($"{instanceId}: on replay {_unmatched.First().Value} was asked for, which the history does not have.");
            _replaying = false;
            foreach (var item in arrived)
                Take(item);
            return [.. _unmatched.Values];
        }
        finally
        {
            _running = false;
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    public override T? GetInput<T>()
        where T : default => _input is null ? default : converter.Deserialize<T>(_input);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Guard();
        if (input is TaskOptions)
            throw new ArgumentException("Task options were given as the input of the activity.", nameof(input));
        return options?.Retry switch
        {
            { Policy: { } policy } => await Retried(() => Activity<TResult>(name, input), policy),
            { Handler: { } handler } => await Retried(() => Activity<TResult>(name, input), handler),
            _ => await Activity<TResult>(name, input),
        };
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Guard();
        var at = fireAt.ToUniversalTime();
        while (at - _now > longestTimer && !cancellationToken.IsCancellationRequested)
            await Timer(_now + longestTimer, isHop: true, cancellationToken);
        await Timer(at, isHop: false, cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        Guard();
        var below = _waiters.GetValueOrDefault(eventName);
        if (below is not null && below.Type != typeof(T))
            throw new ArgumentException($"'{eventName}' is awaited as {below.Type} already, and now as {typeof(T)}.");
        var waiter = new Waiter<T>(below);
        _waiters[eventName] = waiter;
        if (_buffer.TryGetValue(eventName, out var early) && early.TryDequeue(out var payload))
            Deliver(eventName, payload);
        cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        return waiter.Task;
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        Guard();
        Send(instanceId, eventName, converter.Serialize(payload));
    }

    public override void SetCustomStatus(object? customStatus) => CustomStatus = customStatus;

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        Guard();
        NextGeneration = new(converter.Serialize(newInput));
        if (!preserveUnprocessedEvents)
            return;
        foreach (var (eventName, payloads) in _buffer)
            while (payloads.TryDequeue(out var payload))
                Send(InstanceId, eventName, payload);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        throw new NotSupportedException("This task hub runs no sub-orchestrations.");

    /// <remarks>Version 5 of RFC 9562, from the instance, the time and a counter, so that a replay gives the same.</remarks>
    public override Guid NewGuid()
    {
        Guard();
        var space = Guid.Parse("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(bigEndian: true);
        var counter = (_guids++).ToString(CultureInfo.InvariantCulture);
#pragma warning disable CA5350 // The specification of version 5 names SHA-1; nothing is protected by it.
        var hash = SHA1.HashData([.. space, .. Encoding.UTF8.GetBytes($"{InstanceId}_{_now:o}_{counter}")]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash.AsSpan(0, 16), bigEndian: true);
    }

    private void Take(HistoryEvent item)
    {
        switch (item)
        {
            case OrchestratorStarted started:
                _now = started.At;
                break;
            case ExecutionStarted started:
                _input = started.Input;
                _result = _orchestrator!(this);
                break;
            case TaskScheduled or TimerCreated or EventSent:
                Match(item);
                break;
            case TaskCompleted completed when _open.Remove(completed.Id, out var task):
                task.TrySetResult(completed.Result);
                break;
            case TaskFailed failed when _open.Remove(failed.Id, out var task):
                task.TrySetException(new TaskFailedException(failed.Name, failed.Id, failed.Why));
                break;
            case TimerFired fired when _open.Remove(fired.Id, out var task):
                task.TrySetResult(null);
                break;
            case EventRaised raised when NextGeneration is not null:
                Carried.Add(raised);
                break;
            case EventRaised raised:
                Deliver(raised.Name, raised.Payload);
                break;
            default:
                // A second completion, or the firing of a cancelled timer, tells nothing new.
                break;
        }
        ((Turn)_turn).Drain();
    }

    private void Match(HistoryEvent recorded)
    {
        var id = recorded switch { TaskScheduled t => t.Id, TimerCreated t => t.Id, EventSent e => e.Id, _ => -1 };
        if (!_unmatched.Remove(id, out var asked) || asked != recorded)
            throw new NonDeterministicOrchestration($"{InstanceId}: the history has {recorded}, the replay has {asked?.ToString() ?? "nothing"}.");
    }

    private void Deliver(string eventName, string? payload)
    {
        if (_waiters.TryGetValue(eventName, out var top))
        {
            if (top.Below is { } below)
                _waiters[eventName] = below;
            else
                _waiters.Remove(eventName);
            top.Complete(converter.Deserialize(payload, top.Type));
        }
        else
        {
            if (!_buffer.TryGetValue(eventName, out var early))
                _buffer[eventName] = early = [];
            early.Enqueue(payload);
        }
    }

    private void Send(string to, string eventName, string? payload)
    {
        var id = _next++;
        _unmatched.Add(id, new EventSent(id, to, eventName, payload));
    }

    private async Task<T> Activity<T>(TaskName activity, object? input)
    {
        var id = _next++;
        _unmatched.Add(id, new TaskScheduled(id, activity.Name, converter.Serialize(input)));
        _open[id] = new();
        return converter.Deserialize<T>(await _open[id].Task)!;
    }

    private async Task Timer(DateTime fireAt, bool isHop, CancellationToken cancellation)
    {
        var id = _next++;
        _unmatched.Add(id, new TimerCreated(id, fireAt, isHop));
        var timer = _open[id] = new();
        cancellation.Register(() =>
        {
            if (timer.TrySetCanceled(cancellation))
                _open.Remove(id);
        });
        await timer.Task;
    }

    private async Task<T> Retried<T>(Func<Task<T>> attempt, RetryPolicy policy)
    {
        var first = _now;
        for (var number = 1; ; number++)
        {
            TaskFailedException failure;
            try
            {
                return await attempt();
            }
            catch (TaskFailedException caught)
            {
                failure = caught;
            }
            if (number == policy.MaxNumberOfAttempts)
                // The framework sets a timer that fires at once here, kept for histories of old versions.
                await Timer(_now, isHop: false, default);
            var isLate = policy.RetryTimeout != Timeout.InfiniteTimeSpan && _now >= first + policy.RetryTimeout;
            if (number == policy.MaxNumberOfAttempts || isLate || !policy.Handle(failure))
                throw failure;
            var delay = policy.FirstRetryInterval * Math.Pow(policy.BackoffCoefficient, number - 1);
            await CreateTimer(_now + (delay < policy.MaxRetryInterval ? delay : policy.MaxRetryInterval), default);
        }
    }

    private async Task<T> Retried<T>(Func<Task<T>> attempt, AsyncRetryHandler handler)
    {
        var first = _now;
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException failure)
            {
                if (!await handler(new(this, number, failure.FailureDetails, _now - first, default)))
                    throw;
            }
        }
    }

    private void Guard()
    {
        if (!_running || Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("The orchestration context was used outside the orchestrator's turn: it awaits something that is not durable.");
    }

    private interface IWaiter
    {
        Type Type { get; }

        IWaiter? Below { get; }

        bool IsWaiting { get; }

        void Complete(object? value);
    }

    private sealed class Waiter<T>(IWaiter? below) : TaskCompletionSource<T>, IWaiter
    {
        public Type Type => typeof(T);

        public IWaiter? Below => below;

        public bool IsWaiting => !Task.IsCompleted || below is { IsWaiting: true };

        public void Complete(object? value) => TrySetResult((T)value!);
    }

    /// <summary>What the orchestrator does next, in the order in which it was made ready; nothing else runs meanwhile.</summary>
    private sealed class Turn : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Continue, object? State)> _ready = [];

        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (_ready)
                _ready.Enqueue((d, state));
        }

        public void Drain()
        {
            while (true)
            {
                (SendOrPostCallback Continue, object? State) next;
                lock (_ready)
                    if (!_ready.TryDequeue(out next))
                        return;
                next.Continue(next.State);
            }
        }
    }
}
