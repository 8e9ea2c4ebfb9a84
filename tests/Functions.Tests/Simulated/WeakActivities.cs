using Dunning.Domain;
using Dunning.Functions.Orchestration;
using Dunning.Service.Engine;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>Sends e-mail as soon as it is due and writes it down afterwards: no claim, no last look.</summary>
internal sealed class SendsWithoutAClaim(CaseActivities activities, DunningEngine engine, IPostOffice post, TimeProvider clock)
{
    [Function(nameof(SendEmail))]
    public async Task<NextAct> SendEmail([ActivityTrigger] string key, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        var (message, now) = (MessageKey.Parse(key), clock.GetUtcNow());
        if ((await engine.Advance(message.Case, ct)) is { Case: { } folded } advanced && advanced.Due.Contains(message))
            await post.Send(await post.Write(folded.File, message, folded.Policy, now, ct), ct);
        return await activities.SendEmail(key, client, ct);
    }

    [Function(nameof(Advance))]
    public Task<NextAct> Advance([ActivityTrigger] string caseId, CancellationToken ct) => activities.Advance(caseId, ct);

    [Function(nameof(SendSms))]
    public Task<NextAct> SendSms([ActivityTrigger] string key, [DurableClient] DurableTaskClient client, CancellationToken ct) => activities.SendSms(key, client, ct);

    [Function(nameof(Speak))]
    public Task Speak([ActivityTrigger] string key, [DurableClient] DurableTaskClient client, CancellationToken ct) => activities.Speak(key, client, ct);

    [Function(nameof(SpeakForItself))]
    public Task<NextAct> SpeakForItself([ActivityTrigger] string key, CancellationToken ct) => activities.SpeakForItself(key, ct);

    [Function(nameof(StoreLetter))]
    public Task<NextAct> StoreLetter([ActivityTrigger] string key, CancellationToken ct) => activities.StoreLetter(key, ct);

    [Function(nameof(OpenTask))]
    public Task<NextAct> OpenTask([ActivityTrigger] string key, CancellationToken ct) => activities.OpenTask(key, ct);

    [Function(nameof(HandOver))]
    public Task<NextAct> HandOver([ActivityTrigger] string key, CancellationToken ct) => activities.HandOver(key, ct);

    [Function(nameof(AskAfter))]
    public Task<NextAct> AskAfter([ActivityTrigger] string key, CancellationToken ct) => activities.AskAfter(key, ct);

    [Function(nameof(Receive))]
    public Task<NextAct> Receive([ActivityTrigger] Mail mail, CancellationToken ct) => activities.Receive(mail, ct);
}
