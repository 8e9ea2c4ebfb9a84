using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using static Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace Dunning.Functions.Orchestration;

/// <summary>Starts and signals the orchestrations of cases. What fails here is found again by the sweep: the register already holds it.</summary>
public sealed class Cases(ILogger<Cases> log)
{
    private const int AtOnce = 16;

    // A finished instance under the same id would be replaced without a word: a new case passes them all, one that opens again only the live ones.
    private static readonly OrchestrationRuntimeStatus[] Live = [Pending, Running, Suspended];
    private static readonly OrchestrationRuntimeStatus[] Any = [.. Live, Completed, Failed, Terminated];

    /// <summary>Starts the orchestrations of new cases, each with what it does first.</summary>
    public Task Start(DurableTaskClient client, IEnumerable<(string CaseId, NextAct First)> cases, CancellationToken ct) =>
        Each(cases, c => Start(client, c.CaseId, c.First, Any, ct), c => c.CaseId, ct);

    /// <summary>Tells orchestrations that something is in the inbox; one that never started, or had finished, starts.</summary>
    public async Task<Signalled> Signal(DurableTaskClient client, IEnumerable<string> caseIds, CancellationToken ct)
    {
        var (count, started, failed) = (0, 0, new ConcurrentBag<(string, string?)>());
        await Each(
            caseIds,
            async id =>
            {
                Interlocked.Increment(ref count);
                if (await IsTold(client, id, ct))
                    return;
                if (await client.GetInstanceAsync(id, getInputsAndOutputs: true, ct) is { RuntimeStatus: Failed } broken)
                    failed.Add((id, broken.FailureDetails?.ErrorType));
                await Start(client, id, NextAct.Look(id), Live, ct);
                Interlocked.Increment(ref started);
            },
            id => id,
            ct);
        return new(count, started, [.. failed]);
    }

    // False: there is no instance that could hear it.
    private static async Task<bool> IsTold(DurableTaskClient client, string caseId, CancellationToken ct)
    {
        try
        {
            await client.RaiseEventAsync(caseId, Letterbox.CaseSignal, null, ct);
            return true;
        }
        catch (RpcException missing) when (missing.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            return false;
        }
    }

    private static async Task Start(DurableTaskClient client, string caseId, NextAct first, OrchestrationRuntimeStatus[] unless, CancellationToken ct)
    {
        try
        {
            var options = new StartOrchestrationOptions(caseId).WithDedupeStatuses(unless);
            await client.ScheduleNewOrchestrationInstanceAsync(CaseOrchestration.Name, first, options, ct);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Somebody was faster: the same case, the same orchestration.
        }
    }

    private async Task Each<T>(IEnumerable<T> all, Func<T, Task> act, Func<T, string> id, CancellationToken ct)
    {
        foreach (var some in all.Chunk(AtOnce))
        {
            ct.ThrowIfCancellationRequested();
            await Task.WhenAll(some.Select(Try));
        }

        async Task Try(T one)
        {
            try
            {
                await act(one);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogWarning("SignalLost {CaseId} {Failure}: the sweep will find it", id(one), failure.GetType().Name);
            }
        }
    }
}

/// <summary>How many were told, how many of these had to be started, and which because their orchestration had failed, with the type of what was thrown.</summary>
public sealed record Signalled(int Count, int Started, IReadOnlyList<(string CaseId, string? Reason)> Failed);
