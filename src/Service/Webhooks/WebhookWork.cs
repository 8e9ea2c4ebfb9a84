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

    /// <summary>One that fails here waits for the next sweep, and keeps nothing else from being processed.</summary>
    public async Task Process(string id, CancellationToken ct)
    {
        try
        {
            if (await inbox.Find(id, ct) is { Value.Outcome: null } kept)
                await inbox.Settle(kept, await Read(kept.Value, ct), ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "Delivery {Delivery} waits", id);
        }
    }

    /// <param name="isUnderway">Somebody of this process has it in hand.</param>
    public Task Sweep(CancellationToken ct, Func<string, bool>? isUnderway = null) =>
        inbox.Sweep(id => isUnderway?.Invoke(id) == true ? Task.CompletedTask : Process(id, ct), ct);

    private async Task<Processed> Read(WebhookEvent delivery, CancellationToken ct)
    {
        try
        {
            using var json = WebhookBody.Read(Encoding.UTF8.GetBytes(delivery.Body));
            if (json is null || !_readers.TryGetValue(delivery.Provider, out var reader))
                return new(DeliveryOutcome.Ignored);
            if (reader.FailedPayout(json.RootElement) is { } payout)
            {
                log.LogError("Delivery {Delivery} tells of a payout that failed", delivery.Id);
                return new(DeliveryOutcome.PayoutFailed, payout);
            }
            var settings = (await registry.Webhooks.Get(WebhookSettings.Key(delivery.Creditor, delivery.Provider), ct))?.Value ?? new(delivery.Creditor, delivery.Provider);
            if (reader.Read(json.RootElement, delivery.EventId, settings, delivery.ReceivedAt) is { } telling)
                return await payments.Hear(delivery.Creditor, delivery.Provider, await reconciliation.Complete(delivery.Creditor, delivery.Provider, telling, ct), ct);
            return reader.Unnamed(json.RootElement) is not { } unnamed ? new(DeliveryOutcome.Ignored)
                : await reconciliation.Learn(delivery.Creditor, delivery.Provider, unnamed, ct) ?? new(DeliveryOutcome.Failed, "the provider could not be asked which payment it is of");
        }
        // What this event breaks must not stop those behind it: it is kept, with the reason, for a person.
        catch (Exception failure) when (failure is not (StoreUnavailable or OperationCanceledException))
        {
            log.LogError(failure, "Delivery {Delivery} cannot be processed", delivery.Id);
            return new(DeliveryOutcome.Failed, failure.GetType().Name);
        }
    }
}
