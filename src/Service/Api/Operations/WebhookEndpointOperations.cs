using Dunning.Service.Api.Views;
using Dunning.Service.Events;
using Dunning.Service.Outgoing;
using Dunning.Service.Register;
using Registry = Dunning.Service.Register.Registry;

namespace Dunning.Service.Api.Operations;

/// <summary>Where platforms want to be told what happens. A secret is made here, and shown once.</summary>
public sealed class WebhookEndpointOperations(Registry registry, IEventFeed feed, EgressRules rules, WebhookSender sender, EndpointChanges changes)
{
    private const int MostOfOne = 20;
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public async Task<Answer> List(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var creditor = query.Text("creditor", max: 100) ?? r.Caller.OnlyCreditor;
        if (creditor is null)
            query.Add("creditor", "required", "is required, unless the key is of one creditor.");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        if (!r.Caller.Sees(creditor!))
            return Answer.NotFound("creditor");
        var views = new List<WebhookEndpointView>();
        foreach (var endpoint in await Of(creditor!, r))
            views.Add(await View(endpoint, r));
        return Answer.Ok(new PageView<WebhookEndpointView>(views, null));
    }

    public async Task<Answer> Get(ApiRequest r) => await Find(r) is { } kept ? Answer.Ok(await View(kept.Value, r)) : Answer.NotFound("webhook endpoint");

    public async Task<Answer> Add(ApiRequest r)
    {
        var creditor = r.Body.Text("creditor", required: true, max: 100);
        var endpoint = Read(r, new(ApiRequest.NewId("hook", r.Now), creditor ?? "", "", r.Now, "") { Secrets = [SigningSecret.New(r.Now)], PlacedAt = r.Now });
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (!r.Caller.Sees(creditor!) || await registry.Creditors.Get(creditor!, r.Ct) is null)
            return Answer.Unprocessable(new Fault("creditor", "unknownCreditor", $"'{creditor}' is not registered."));
        if ((await Of(creditor!, r)).Count >= MostOfOne)
            return Answer.Unprocessable(new Fault("creditor", "tooMany", $"has {MostOfOne} endpoints, which is the most."));
        endpoint = endpoint with { Place = await feed.End(creditor!, r.Ct) };
        var view = await View(endpoint, r);
        var answer = new Answer(201, view with { Secret = endpoint.Secrets[0].Value }) { Location = $"/api/webhook-endpoints/{endpoint.Id}" };
        // A receipt is no place for a secret: the same request again is told of the same endpoint without it.
        return await Put(r, new(endpoint, 0), endpoint, answer, answer with { Body = view });
    }

    public Task<Answer> Put(ApiRequest r) => Change(r, endpoint =>
    {
        var changed = Read(r, endpoint);
        return changed.Disabled ? changed : changed with { DisabledBecause = null, DisabledAt = null, FailingSince = endpoint.Disabled ? null : changed.FailingSince };
    });

    public async Task<Answer> Delete(ApiRequest r)
    {
        if (await Find(r) is not { } kept)
            return Answer.NotFound("webhook endpoint");
        if (r.Precondition(ApiPipeline.Etag(await View(kept.Value, r))) is { } moved)
            return moved;
        // What is left says only that there was one.
        var gone = new WebhookEndpoint(kept.Value.Id, kept.Value.Creditor, "", kept.Value.CreatedAt, "") { Deleted = true };
        var answer = Answer.Ok(new DeletedView(gone.Id, true));
        return await Put(r, kept, gone, answer, answer);
    }

    public async Task<Answer> Rotate(ApiRequest r)
    {
        var secret = SigningSecret.New(r.Now);
        var until = r.Now + Overlap;
        return await Change(r, endpoint => endpoint with
        {
            Secrets = [secret, .. endpoint.Secrets.Where(s => s.Until is null || s.Until > r.Now).Select(s => s.Until < until ? s : s with { Until = until })],
        }, secret.Value);
    }

    /// <summary>Sends a <c>test</c> event at once, and says what came back.</summary>
    public async Task<Answer> Test(ApiRequest r)
    {
        if (await Find(r) is not { Value: var endpoint })
            return Answer.NotFound("webhook endpoint");
        var id = Announcement.IdOf($"{endpoint.Id}\n{Guid.NewGuid():N}", 0, 0);
        var data = System.Text.Json.JsonSerializer.Serialize(new { creditor = endpoint.Creditor, endpoint = endpoint.Id }, ApiJson.Options);
        var sent = await sender.Send(endpoint.Url, id, new Announcement(id, EventTypes.Test, r.Now, endpoint.Creditor, "", data).Payload(), endpoint.SecretsAt(r.Now), r.Ct);
        return Answer.Ok(new TestCallView(sent.Succeeded, sent.Status, sent.Error, sent.Millis, sent.Clip));
    }

    private WebhookEndpoint Read(ApiRequest r, WebhookEndpoint endpoint)
    {
        var url = r.Body.Text("url", required: true, max: 2000);
        if (url is not null && rules.Fault(url) is { } fault)
            r.Body.Add("url", "invalidUrl", fault);
        var types = r.Body.Strings("types", max: EventTypes.All.Count) ?? [];
        foreach (var type in types.Where(t => !EventTypes.OfCases.Contains(t)))
            r.Body.Add("types", "unknownType", $"'{type}' is no type of event; there are {string.Join(", ", EventTypes.OfCases)}.");
        return endpoint with { Url = url ?? "", Types = [.. types.Distinct()], Description = r.Body.Text("description", max: 200), Disabled = r.Body.Flag("disabled") ?? false };
    }

    private async Task<Answer> Change(ApiRequest r, Func<WebhookEndpoint, WebhookEndpoint> change, string? secret = null)
    {
        for (var races = new Engine.Races(r.Route("id")); ; races.Lose())
        {
            if (await Find(r) is not { } kept)
                return Answer.NotFound("webhook endpoint");
            var changed = change(kept.Value);
            if (r.Body.Faults.Count > 0)
                return Answer.Invalid(r.Body.Faults);
            if (r.Precondition(ApiPipeline.Etag(await View(kept.Value, r))) is { } moved)
                return moved;
            var view = await View(changed, r);
            var answer = Answer.Ok(view with { Secret = secret });
            // Deliveries write to the same document all the time: losing to one of them is no conflict.
            if (await Put(r, kept, changed, answer, Answer.Ok(view)) is { Status: not 409 } done)
                return done;
        }
    }

    private async Task<Answer> Put(ApiRequest r, Shelved<WebhookEndpoint> kept, WebhookEndpoint changed, Answer answer, Answer receipt)
    {
        if (!await registry.WebhookEndpoints.Put(changed.Id, changed.Deleted ? null : changed.Creditor, changed, kept.Version, r.Receipt(receipt), r.Ct))
            return await registry.Documents.Replay(r) ?? Answer.Conflict("changedMeanwhile", "It changed at the same time; read it and try again.");
        changes.Tell();
        return answer;
    }

    private async Task<Shelved<WebhookEndpoint>?> Find(ApiRequest r) =>
        await registry.WebhookEndpoints.Get(r.Route("id"), r.Ct) is { Value: { Deleted: false } found } kept && r.Caller.Sees(found.Creditor) ? kept : null;

    private async Task<IReadOnlyList<WebhookEndpoint>> Of(string creditor, ApiRequest r) =>
        [.. (await registry.WebhookEndpoints.List(creditor, null, Paging.Max, r.Ct)).Select(e => e.Value).Where(e => !e.Deleted)];

    private async Task<WebhookEndpointView> View(WebhookEndpoint endpoint, ApiRequest r) =>
        WebhookEndpointView.Of(endpoint, (await registry.DeadLetters.List(endpoint.Id, null, WebhookEndpointView.MostCounted, r.Ct)).Count, r.Now);
}

public sealed record DeletedView(string Id, bool Deleted);
