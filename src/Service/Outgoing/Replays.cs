using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Outgoing;

/// <summary>How many dead letters were put among the pending deliveries, and how many found no room there yet.</summary>
public sealed record Replayed(int Count, int Remaining);

/// <summary>Has deliveries sent again: dead ones, and those of late that did or did not get through. The whole schedule is before them.</summary>
public sealed class Replays(Registry registry, EndpointChanges changes, TimeProvider clock)
{
    private const int Page = 200;

    /// <summary>False when the endpoint knows of no such delivery any more.</summary>
    public async Task<bool> One(string endpointId, string deliveryId, CancellationToken ct)
    {
        var letter = await registry.DeadLetters.Get(DeadLetter.Key(endpointId, deliveryId), ct);
        var found = false;
        await Change(endpointId, endpoint =>
        {
            var delivery = endpoint.Pending.FirstOrDefault(p => p.Id == deliveryId) ?? (letter?.Value.Delivery is { } dead ? dead with { FromDead = true } : null)
                ?? endpoint.Recent.FirstOrDefault(p => p.Id == deliveryId);
            found = delivery is not null;
            return found ? Afresh(endpoint, [delivery!]) : endpoint;
        }, ct);
        if (letter is not null)
            await Unlist(letter, ct);
        return found;
    }

    /// <summary>Every dead letter since an instant, as many as there is room for.</summary>
    public async Task<Replayed> Dead(string endpointId, DateTimeOffset since, CancellationToken ct)
    {
        var letters = await Since(endpointId, since, ct);
        var taken = new List<Shelved<DeadLetter>>();
        await Change(endpointId, endpoint =>
        {
            var room = Math.Max(0, WebhookEndpoint.MostPending - endpoint.Pending.Count);
            taken = [.. letters.Take(room)];
            return Afresh(endpoint, [.. taken.Select(l => l.Value.Delivery with { FromDead = true })]);
        }, ct);
        foreach (var letter in taken)
            await Unlist(letter, ct);
        return new(taken.Count, letters.Count - taken.Count);
    }

    private WebhookEndpoint Afresh(WebhookEndpoint endpoint, IReadOnlyList<WebhookDelivery> deliveries)
    {
        var now = clock.GetUtcNow();
        return endpoint with
        {
            Pending = [.. endpoint.Pending.Where(p => deliveries.All(d => d.Id != p.Id)), .. deliveries.Select(d => d with { Attempts = 0, FirstAt = now, NextAt = now })],
        };
    }

    private async Task<IReadOnlyList<Shelved<DeadLetter>>> Since(string endpointId, DateTimeOffset since, CancellationToken ct)
    {
        var found = new List<Shelved<DeadLetter>>();
        IReadOnlyList<(string Id, DeadLetter Letter)> page;
        string? after = null;
        do
        {
            page = await registry.DeadLetters.List(endpointId, after, Page, ct);
            foreach (var (id, letter) in page.Where(p => p.Letter.DiedAt >= since))
                if (await registry.DeadLetters.Get(id, ct) is { } kept)
                    found.Add(kept);
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == Page);
        return [.. found.OrderBy(l => l.Value.DiedAt)];
    }

    private async Task Change(string endpointId, Func<WebhookEndpoint, WebhookEndpoint> change, CancellationToken ct)
    {
        for (var races = new Races(endpointId); await registry.WebhookEndpoints.Get(endpointId, ct) is { } kept; races.Lose())
        {
            var changed = change(kept.Value);
            if (ReferenceEquals(changed, kept.Value) || await registry.WebhookEndpoints.Put(endpointId, kept.Value.Creditor, changed, kept.Version, null, ct))
                break;
        }
        changes.Tell();
    }

    // Without an owner it is on no list; what it says is still there to be sent. One that died again meanwhile stays listed.
    private Task<bool> Unlist(Shelved<DeadLetter> letter, CancellationToken ct) =>
        registry.DeadLetters.Put(DeadLetter.Key(letter.Value.Endpoint, letter.Value.Delivery.Id), null, letter.Value, letter.Version, null, ct);
}
