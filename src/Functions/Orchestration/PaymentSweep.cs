using Dunning.Service.Links;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Orchestration;

/// <summary>Has providers asked once a day what webhooks did not tell, and links revoked that a provider would not revoke at once. Without payment settings it reads one list.</summary>
public sealed class PaymentSweep(Reconciliation reconciliation, Nudges nudges)
{
    [Function(nameof(PaymentSweep))]
    public Task Run([TimerTrigger("45 */10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct) =>
        nudges.Around(client, () => reconciliation.RunDue(ct));
}
