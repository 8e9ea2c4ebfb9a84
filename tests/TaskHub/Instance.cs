using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static Dunning.TaskHub.HistoryEvent;

namespace Dunning.TaskHub;

/// <summary>An orchestration instance in storage.</summary>
internal sealed class Instance(string name, string id, string? input, IReadOnlyDictionary<string, string> tags, DateTimeOffset createdAt)
{
    private int _total;
    private int _hops;
    private int _longest;
    private int _activities;

    public string Name => name;

    public string Id => id;

    public string? Input { get; set; } = input;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public OrchestrationRuntimeStatus Status { get; set; } = OrchestrationRuntimeStatus.Pending;

    public OrchestrationRuntimeStatus BeforeSuspension { get; set; }

    public string? CustomStatus { get; set; }

    public string? Output { get; set; }

    public TaskFailureDetails? Failure { get; set; }

    /// <summary>Which execution the messages of timers and activities belong to: those of an earlier one are dropped.</summary>
    public int Generation { get; set; } = 1;

    public List<HistoryEvent> History { get; } = [];

    public Queue<HistoryEvent> Messages { get; } = [];

    public bool IsQueued { get; set; }

    public bool IsFinished =>
        Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>A suspended instance lets its messages wait, except the one that ends it.</summary>
    public bool CanRun => !IsFinished && Messages.Count > 0
        && (Status != OrchestrationRuntimeStatus.Suspended || Messages.Any(m => m is ExecutionTerminated));

    /// <summary>All that waits; but a new generation starts alone, as where the host starts it at once and its carried events come by the queue.</summary>
    public IReadOnlyList<HistoryEvent> TakeBatch()
    {
        if (Generation > 1 && Messages.TryPeek(out var first) && first is ExecutionStarted)
            return [Messages.Dequeue()];
        HistoryEvent[] all = [.. Messages];
        Messages.Clear();
        return all;
    }

    public void Record(IReadOnlyList<HistoryEvent> turn)
    {
        History.AddRange(turn);
        _total += turn.Count;
        _longest = Math.Max(_longest, History.Count);
        _activities += turn.Count(e => e is TaskScheduled);
        var hops = turn.Count(e => e is TimerCreated { IsHop: true } or TimerFired { IsHop: true });
        var onlyHops = hops > 0 && turn.All(e => e is OrchestratorStarted or OrchestratorCompleted or TimerFired { IsHop: true } or TimerCreated);
        _hops += hops + (onlyHops ? 2 : 0);
    }

    public HistoryCount Count() => new(_total, _hops, _longest, Generation, _activities);

    public OrchestrationMetadata Describe(DataConverter converter, bool withContents) => new(name, id)
    {
        RuntimeStatus = Status,
        CreatedAt = CreatedAt,
        LastUpdatedAt = UpdatedAt,
        Tags = tags,
        DataConverter = withContents ? converter : null,
        SerializedInput = withContents ? Input : null,
        SerializedOutput = withContents ? Output : null,
        SerializedCustomStatus = withContents ? CustomStatus : null,
        FailureDetails = withContents ? Failure : null,
    };
}
