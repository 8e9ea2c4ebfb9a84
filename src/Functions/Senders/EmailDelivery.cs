using Dunning.Functions.Orchestration;
using Dunning.Service.Reports;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Senders;

/// <summary>
/// What Azure Communication Services reports of e-mail, brought by Event Grid itself, which does its own handshake: of every creditor, since they share the service.
/// </summary>
public sealed class EmailDelivery(DeliveryReports reports, Nudges nudges)
{
    [Function("EmailDelivery")]
    public Task Report([EventGridTrigger] string report, [DurableClient] DurableTaskClient client, CancellationToken ct) =>
        nudges.Around(client, () => reports.Hear(EmailReport.Read(report), null, ct));
}
