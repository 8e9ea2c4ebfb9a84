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
        Each(cases, (c, token) => Start(client, c.CaseId, c.First, Any, token), c => c.CaseId, ct);

    /// <summary>Tells orchestrations that something is in the inbox; one that never started, or had finished, starts.</summary>
    public Task Signal(DurableTaskClient client, IEnumerable<string> caseIds, CancellationToken ct) =>
        Each(caseIds, (id, token) => Signal(client, id, token), id => id, ct);

    private static async ValueTask Signal(DurableTaskClient client, string caseId, CancellationToken ct)
    {
        try
        {
            await client.RaiseEventAsync(caseId, Letterbox.CaseSignal, null, ct);
        }
        catch (RpcException missing) when (missing.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            await Start(client, caseId, NextAct.Look(caseId), Live, ct);
        }
    }

    private static async ValueTask Start(DurableTaskClient client, string caseId, NextAct first, OrchestrationRuntimeStatus[] unless, CancellationToken ct)
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

    private async Task Each<T>(IEnumerable<T> all, Func<T, CancellationToken, ValueTask> act, Func<T, string> id, CancellationToken ct) =>
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (one, token) =>
        {
            try
            {
                await act(one, token);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogWarning(failure, "SignalLost {CaseId}: the sweep will find it", id(one));
            }
        });
}
