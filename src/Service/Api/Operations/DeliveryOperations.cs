using Dunning.Service.Api.Views;
using Dunning.Service.Outgoing;
using Registry = Dunning.Service.Register.Registry;

namespace Dunning.Service.Api.Operations;

/// <summary>What an endpoint was told, is still to be told, and was not told: the dead letters, which an operator has sent again.</summary>
public sealed class DeliveryOperations(Registry registry, Replays replays)
{
    private static readonly IReadOnlyDictionary<string, string> States = new[] { "dead", "pending", "delivered" }.ToDictionary(s => s);

    public async Task<Answer> List(ApiRequest r)
    {
        if (await Find(r) is not { } endpoint)
            return Answer.NotFound("webhook endpoint");
        var query = r.QueryAsBody();
        var (state, limit, after) = (query.OneOf("state", States) ?? "dead", Paging.Limit(query), Paging.After(query));
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        if (state != "dead")
            return Answer.Ok(new PageView<DeliveryView>(
                [.. (state == "pending" ? endpoint.Pending.OrderBy(p => p.NextAt) : endpoint.Recent.AsEnumerable()).Take(limit).Select(d => DeliveryView.Of(d, state))], null));
        var letters = await registry.DeadLetters.List(endpoint.Id, after, limit + 1, r.Ct);
        return Answer.Ok(new PageView<DeliveryView>([.. letters.Take(limit).Select(l => DeliveryView.Of(l.Value))], letters.Count > limit ? Paging.Cursor(letters[limit - 1].Id) : null));
    }

    public async Task<Answer> Replay(ApiRequest r) =>
        await Find(r) is not { } endpoint ? Answer.NotFound("webhook endpoint")
        : await replays.One(endpoint.Id, r.Route("delivery"), r.Ct) ? Answer.Accepted(new ReplayView(1, 0))
        : Answer.NotFound("delivery");

    /// <summary><c>{"since": instant}</c></summary>
    public async Task<Answer> ReplayDead(ApiRequest r)
    {
        if (await Find(r) is not { } endpoint)
            return Answer.NotFound("webhook endpoint");
        if (r.Body.Instant("since", required: true) is not { } since)
            return Answer.Invalid(r.Body.Faults);
        var replayed = await replays.Dead(endpoint.Id, since, r.Ct);
        return Answer.Accepted(new ReplayView(replayed.Count, replayed.Remaining));
    }

    private async Task<WebhookEndpoint?> Find(ApiRequest r) =>
        await registry.WebhookEndpoints.Get(r.Route("id"), r.Ct) is { Value: { Deleted: false } found } && r.Caller.Sees(found.Creditor) ? found : null;
}
