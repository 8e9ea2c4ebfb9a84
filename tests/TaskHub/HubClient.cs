using System.Globalization;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static Dunning.TaskHub.HistoryEvent;

namespace Dunning.TaskHub;

/// <summary>The client of a <see cref="Hub"/>, with the answers of the host over Azure Storage: who raises to nobody gets an RpcException.</summary>
internal sealed class HubClient(Hub hub) : DurableTaskClient("in-memory")
{
    private int _unnamed;

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (hub)
            return Task.FromResult(Schedule(orchestratorName, input, options));
    }

    private string Schedule(TaskName orchestratorName, object? input, StartOrchestrationOptions? options)
    {
        var id = options?.InstanceId ?? $"instance-{++_unnamed}";
        if (hub.Find(id) is { } existing && (!existing.IsFinished || options?.DedupeStatuses?.Contains(existing.Status.ToString()) == true))
            throw new OrchestrationAlreadyExistsException($"An instance {id} exists and is {existing.Status}.");
        var unknown = options?.DedupeStatuses?.FirstOrDefault(s => !StartOrchestrationOptionsExtensions.ValidDedupeStatuses.Any(v => v.ToString() == s));
        if (unknown is not null)
            throw new ArgumentException($"{unknown} is not a status to dedupe by.");
        hub.Start(
            new(orchestratorName.Name, id, hub.Converter.Serialize(input), options?.Tags ?? new StartOrchestrationOptions().Tags, hub.Now),
            options?.StartAt);
        return id;
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (hub)
            hub.Post(Live(instanceId), new EventRaised(eventName, hub.Converter.Serialize(eventPayload)));
        return Task.CompletedTask;
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        hub.Post(Live(instanceId), new ExecutionTerminated(hub.Converter.Serialize(options?.Output)));
        return Task.CompletedTask;
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        var instance = Live(instanceId);
        if (instance.Status != OrchestrationRuntimeStatus.Suspended)
            (instance.BeforeSuspension, instance.Status) = (instance.Status, OrchestrationRuntimeStatus.Suspended);
        return Task.CompletedTask;
    }

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        var instance = Live(instanceId);
        if (instance.Status == OrchestrationRuntimeStatus.Suspended)
            instance.Status = instance.BeforeSuspension;
        hub.Ready(instance);
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(hub.Find(instanceId)?.Describe(hub.Converter, getInputsAndOutputs));

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new();
        return Pageable.Create<OrchestrationMetadata>((token, size, _) =>
        {
            var from = int.Parse(token ?? query.ContinuationToken ?? "0", CultureInfo.InvariantCulture);
            var found = hub.Instances.Where(i => Matches(i, query)).OrderBy(i => i.Id, StringComparer.Ordinal).ToList();
            var page = found.Skip(from).Take(size ?? query.PageSize).Select(i => i.Describe(hub.Converter, query.FetchInputsAndOutputs)).ToList();
            var next = from + page.Count < found.Count ? (from + page.Count).ToString(CultureInfo.InvariantCulture) : null;
            return Task.FromResult(new Page<OrchestrationMetadata>(page, next));
        });
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        await hub.Run();
        return Known(instanceId).Describe(hub.Converter, getInputsAndOutputs);
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        await hub.Run();
        return Known(instanceId) is { IsFinished: true } finished
            ? finished.Describe(hub.Converter, getInputsAndOutputs)
            : throw new OperationCanceledException($"{instanceId} is not finished, and will not be until the clock moves or an event is raised.");
    }

    public override Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Task.FromResult(Purge(hub.Find(instanceId) is { IsFinished: true } finished ? [finished] : []));

    public override Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var query = new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, filter.Statuses);
        return Task.FromResult(Purge([.. hub.Instances.Where(i => i.IsFinished && Matches(i, query))]));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private PurgeResult Purge(IReadOnlyList<Instance> instances)
    {
        foreach (var instance in instances)
            hub.Remove(instance);
        return new(instances.Count, isComplete: true);
    }

    private static bool Matches(Instance instance, OrchestrationQuery query) =>
        (query.CreatedFrom is not { } from || instance.CreatedAt >= from)
        && (query.CreatedTo is not { } to || instance.CreatedAt <= to)
        && (query.Statuses is not { } statuses || statuses.Contains(instance.Status))
        && (query.InstanceIdPrefix is not { } prefix || instance.Id.StartsWith(prefix, StringComparison.Ordinal));

    private Instance Known(string id) => hub.Find(id) ?? throw new RpcException(new(StatusCode.NotFound, $"No instance {id} was found."));

    private Instance Live(string id) => Known(id) is { IsFinished: false } live
        ? live
        : throw new RpcException(new(StatusCode.FailedPrecondition, $"The instance {id} is finished."));
}
