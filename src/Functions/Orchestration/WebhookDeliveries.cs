using Dunning.Service.Outgoing;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Functions.Orchestration;

/// <summary>
/// Delivers outgoing webhooks twice a minute: the feed holds what is new back for half of one. Without endpoints it reads one list; with some, the document and the end
/// of the feed of each.
/// </summary>
public sealed class WebhookDeliveries(OutgoingWebhooks webhooks)
{
    // What one endpoint does not get through by then comes with the next run, so that the others do not wait for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Function(nameof(WebhookDeliveries))]
    public Task Run([TimerTrigger("5/30 * * * * *")] TimerInfo timer, CancellationToken ct) => webhooks.RunAll(Patience, ct);
}
