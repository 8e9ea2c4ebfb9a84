using System.Text;
using Dunning.Service.Engine;
using Dunning.Service.Links;
using Dunning.Service.Register;
using Dunning.Service.Webhooks.Reading;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Webhooks;

/// <summary>
/// Processes what the inbox holds. A delivery is settled after its facts are told: cut short in between, it is processed again, to the same end.
/// </summary>
public sealed class WebhookWork(WebhookInbox inbox, Registry registry, ProviderPayments payments, IEnumerable<IProviderReader> readers, Reconciliation reconciliation, ILogger<WebhookWork> log)
{
    private readonly Dictionary<string, IProviderReader> _readers = readers.ToDictionary(r => r.Provider, StringComparer.Ordinal);

    /// <summary>False when the store did not answer: it waits for the next sweep.</summary>
    public async Task<bool> Process(string id, CancellationToken ct)
    {
        try
        {
            if (await inbox.Find(id, ct) is { Value.Outcome: null } kept)
                await inbox.Settle(kept, await Outcome(kept.Value, ct), ct);
            return true;
        }
        catch (StoreUnavailable failure)
        {
            log.LogError(failure, "Delivery {Delivery} waits: the store is unavailable", id);
            return false;
        }
    }

    public Task Sweep(CancellationToken ct) => inbox.Sweep(id => Process(id, ct), ct);

    private async Task<string> Outcome(WebhookEvent delivery, CancellationToken ct)
    {
        try
        {
            using var json = WebhookBody.Read(Encoding.UTF8.GetBytes(delivery.Body));
            var settings = (await registry.Webhooks.Get(WebhookSettings.Key(delivery.Creditor, delivery.Provider), ct))?.Value ?? new(delivery.Creditor, delivery.Provider);
            if (json is null || !_readers.TryGetValue(delivery.Provider, out var reader) || reader.Read(json.RootElement, settings, delivery.ReceivedAt) is not { } telling)
                return "nothing to do";
            return await payments.Hear(delivery.Creditor, delivery.Provider, await reconciliation.Complete(delivery.Creditor, delivery.Provider, telling, ct), ct);
        }
        // What this event breaks must not stop those behind it: it is kept, with the reason, for a person.
        catch (Exception failure) when (failure is not (StoreUnavailable or OperationCanceledException))
        {
            log.LogError(failure, "Delivery {Delivery} cannot be processed", delivery.Id);
            return $"failed: {failure.GetType().Name}";
        }
    }
}
