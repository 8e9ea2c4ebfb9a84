using Dunning.Service.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Orchestration;

/// <summary>Processes what providers delivered and an invocation that died left behind. With nothing left it reads one list.</summary>
public sealed class WebhookSweep(WebhookWork work, Nudges nudges)
{
    [Function(nameof(WebhookSweep))]
    public Task Run([TimerTrigger("30 */2 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct) =>
        nudges.Around(client, () => work.Sweep(ct));
}
