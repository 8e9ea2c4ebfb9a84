using Dunning.Domain;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using static Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace Dunning.Functions.Orchestration;

/// <summary>Hands a message to the voice of its debtor.</summary>
public sealed class Voices(ILogger<Voices> log)
{
    private static readonly OrchestrationRuntimeStatus[] Live = [Pending, Running, Suspended];

    /// <summary>False when nobody takes it: its case then speaks for itself.</summary>
    public async Task<bool> Hand(DurableTaskClient client, CaseFile file, MessageKey key, CancellationToken ct)
    {
        var voice = VoiceOrchestration.Of(file.Creditor, file.Debtor.Id);
        try
        {
            return await Tell(client, voice, key, ct) || await Start(client, voice, key, ct) || await Tell(client, voice, key, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogWarning("VoiceNotReached {CaseId} {Failure}: the case speaks for itself", file.Id, failure.GetType().Name);
            return false;
        }
    }

    private static async Task<bool> Tell(DurableTaskClient client, string voice, MessageKey key, CancellationToken ct)
    {
        try
        {
            await client.RaiseEventAsync(voice, VoiceOrchestration.Word, key.ToString(), ct);
            return true;
        }
        catch (RpcException missing) when (missing.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            return false;
        }
    }

    private static async Task<bool> Start(DurableTaskClient client, string voice, MessageKey key, CancellationToken ct)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(VoiceOrchestration.Name, key.ToString(), new StartOrchestrationOptions(voice).WithDedupeStatuses(Live), ct);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}
