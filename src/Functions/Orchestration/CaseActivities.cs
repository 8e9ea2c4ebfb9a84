using Dunning.Domain;
using Dunning.Service.Engine;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Orchestration;

/// <summary>
/// The hands of an orchestration. Each does one thing that may be done twice: what was done already is found done. Each answers what comes next.
/// </summary>
public sealed class CaseActivities(DunningEngine engine, FactSink sink, Voices voices, Cases cases, OperatorLog log, TimeProvider clock)
{
    [Function(nameof(Advance))]
    public Task<NextAct> Advance([ActivityTrigger] string caseId, CancellationToken ct) => Look(caseId, ct);

    [Function(nameof(SendEmail))]
    public Task<NextAct> SendEmail([ActivityTrigger] string key, [DurableClient] DurableTaskClient client, CancellationToken ct) => Deliver(key, client, ct);

    [Function(nameof(SendSms))]
    public Task<NextAct> SendSms([ActivityTrigger] string key, [DurableClient] DurableTaskClient client, CancellationToken ct) => Deliver(key, client, ct);

    [Function(nameof(StoreLetter))]
    public Task<NextAct> StoreLetter([ActivityTrigger] string key, CancellationToken ct) => Deliver(key, null, ct);

    /// <summary>Handed to the debtor's voice, and nothing was heard of it: the case gathers and speaks for itself, as any host does.</summary>
    [Function(nameof(SpeakForItself))]
    public Task<NextAct> SpeakForItself([ActivityTrigger] string key, CancellationToken ct) => Deliver(key, null, ct);

    /// <summary>The voice's turn: what may leave together leaves, and the case that handed its message over looks what comes next.</summary>
    [Function(nameof(Speak))]
    public async Task Speak([ActivityTrigger] string key, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        var message = MessageKey.Parse(key);
        Report(message, await engine.Deliver(message, ct));
        await cases.Signal(client, [message.Case], ct);
    }

    /// <summary>A call is done by a person: the task opens with the decision.</summary>
    [Function(nameof(OpenTask))]
    public Task<NextAct> OpenTask([ActivityTrigger] string key, CancellationToken ct) => Look(MessageKey.Parse(key).Case, ct);

    /// <summary>So is a hand-over.</summary>
    [Function(nameof(HandOver))]
    public Task<NextAct> HandOver([ActivityTrigger] string key, CancellationToken ct) => Look(MessageKey.Parse(key).Case, ct);

    /// <summary>A message was claimed and its outcome never written down: the provider is asked.</summary>
    [Function(nameof(AskAfter))]
    public async Task<NextAct> AskAfter([ActivityTrigger] string key, CancellationToken ct)
    {
        var message = MessageKey.Parse(key);
        Report(message, await engine.Recover(message, ct));
        return await Look(message.Case, ct);
    }

    /// <summary>Puts what was raised by name in the inbox, where it is treated like anything told over HTTP.</summary>
    [Function(nameof(Receive))]
    public async Task<NextAct> Receive([ActivityTrigger] Mail mail, CancellationToken ct)
    {
        foreach (var told in mail.Told)
            await sink.Sink(mail.CaseId, told, ct);
        return await Look(mail.CaseId, ct);
    }

    private async Task<NextAct> Look(string caseId, CancellationToken ct) => NextAct.After(caseId, await engine.Advance(caseId, ct), clock.GetUtcNow());

    /// <param name="client">Null where nobody else is to be asked.</param>
    private async Task<NextAct> Deliver(string text, DurableTaskClient? client, CancellationToken ct)
    {
        var key = MessageKey.Parse(text);
        var advanced = await engine.Advance(key.Case, ct);
        if (advanced.Case is not { } folded || !advanced.Due.Contains(key))
            return NextAct.After(key.Case, advanced, clock.GetUtcNow());
        var beside = client is null ? null : await engine.Beside(folded, key, ct);
        if (beside is { Count: > 0 } && await voices.Hand(client!, folded.File, key, ct))
            return NextAct.Handed(key, folded, clock.GetUtcNow());
        var delivered = Report(key, await engine.Deliver(key, beside, ct));
        return delivered.Case is null ? await Look(key.Case, ct) : NextAct.After(key.Case, delivered, clock.GetUtcNow());
    }

    private Advanced Report(MessageKey key, Advanced advanced)
    {
        if (advanced.Case is { } folded && MessageFates.Find(folded.File, key) is (_, { Status: LegStatus.Uncertain }))
            log.MessageUncertain(key);
        return advanced;
    }
}
