using Microsoft.DurableTask;

namespace Dunning.TaskHub;

/// <summary>What an instance remembers, as the Durable Task Framework writes it: one row each in storage, and one to be paid for.</summary>
public abstract record HistoryEvent
{
    private HistoryEvent() { }

    public sealed record OrchestratorStarted(DateTime At) : HistoryEvent;
    public sealed record OrchestratorCompleted : HistoryEvent;
    public sealed record ExecutionStarted(string? Input) : HistoryEvent;
    public sealed record ExecutionCompleted(string? Output) : HistoryEvent;
    public sealed record ExecutionFailed(TaskFailureDetails Why) : HistoryEvent;
    public sealed record ExecutionTerminated(string? Output) : HistoryEvent;
    public sealed record ContinuedAsNew(string? Input) : HistoryEvent;
    public sealed record TaskScheduled(int Id, string Name, string? Input) : HistoryEvent;
    public sealed record TaskCompleted(int Id, string? Result) : HistoryEvent;
    public sealed record TaskFailed(int Id, string Name, TaskFailureDetails Why) : HistoryEvent;

    /// <param name="Id">The number of the action within its generation.</param>
    /// <param name="FireAt">UTC.</param>
    /// <param name="IsHop">True for all but the last part of a timer that is longer than the host allows.</param>
    public sealed record TimerCreated(int Id, DateTime FireAt, bool IsHop) : HistoryEvent;
    public sealed record TimerFired(int Id, bool IsHop) : HistoryEvent;
    public sealed record EventRaised(string Name, string? Payload) : HistoryEvent;
    public sealed record EventSent(int Id, string To, string Name, string? Payload) : HistoryEvent;
}

/// <summary>The number of history events of one instance.</summary>
/// <param name="Total">Over all generations, timer hops included.</param>
/// <param name="OfTimerHops">The part due to the hops of long timers.</param>
/// <param name="OfLongestGeneration">The most between two ContinueAsNew, timer hops included.</param>
public sealed record HistoryCount(int Total, int OfTimerHops, int OfLongestGeneration, int Generations, int Activities);

/// <summary>The orchestrator did on replay something else than what its history says: it reads what is not in it.</summary>
public sealed class NonDeterministicOrchestration(string message) : Exception(message);

/// <summary>Thrown by an activity, or by anything below it, to play a process that dies there: the activity runs again, nothing of it is recorded.</summary>
public sealed class ProcessDied(string where) : Exception($"The process died: {where}.");
