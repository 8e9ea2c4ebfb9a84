using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Api.Routing;

/// <summary>Telling a platform what happens.</summary>
public sealed class EventRoutes(EventOperations events, WebhookEndpointOperations endpoints, DeliveryOperations deliveries) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Of(string name, string method, string route, Role role, string summary, Func<ApiRequest, Task<Answer>> handle, object? example = null) =>
                new(name, method, "/api/webhook-endpoints" + route, role, summary, handle) { Group = "Events", Example = example, Response = typeof(WebhookEndpointView), BodyOptional = method != "PUT" && example is null };
            yield return new("listEvents", "GET", "/api/events", Role.Read, "What happened, in order, for thirty days; ask again after nextCursor", events.List)
            {
                Group = "Events",
                Response = typeof(FeedView),
                Query = ["creditor", "after", "cursor", "limit", "type"],
            };
            yield return Of("addWebhookEndpoint", "POST", "", Role.Admin, "Tell a platform what happens; the secret is shown once", endpoints.Add, Examples.WebhookEndpoint) with { SuccessStatus = 201 };
            yield return Of("listWebhookEndpoints", "GET", "", Role.Operator, "Who is told, and what is stuck", endpoints.List) with { Response = typeof(PageView<WebhookEndpointView>), Query = ["creditor"] };
            yield return Of("getWebhookEndpoint", "GET", "/{id}", Role.Operator, "One of them", endpoints.Get);
            yield return Of("putWebhookEndpoint", "PUT", "/{id}", Role.Admin, "Another address, other types; off, or on again", endpoints.Put, new { url = "https://platform.example.org/dunning", types = new[] { "invoice.paid" } });
            yield return Of("deleteWebhookEndpoint", "DELETE", "/{id}", Role.Admin, "Tell it no more", endpoints.Delete) with { Response = typeof(DeletedView) };
            yield return Of("rotateWebhookSecret", "POST", "/{id}/rotate", Role.Admin, "A new secret; the old one signs beside it for a day", endpoints.Rotate);
            yield return Of("testWebhookEndpoint", "POST", "/{id}/test", Role.Admin, "Send a test event at once", endpoints.Test) with { Response = typeof(TestCallView) };
            yield return Of("listDeliveries", "GET", "/{id}/deliveries", Role.Operator, "Deliveries: dead ones unless state says pending or delivered", deliveries.List) with { Response = typeof(PageView<DeliveryView>), Query = ["state", "cursor", "limit"] };
            yield return Of("replayDelivery", "POST", "/{id}/deliveries/{delivery}/replay", Role.Operator, "Deliver it again", deliveries.Replay) with { Response = typeof(ReplayView), SuccessStatus = 202 };
            yield return Of("replayDeadDeliveries", "POST", "/{id}/replay", Role.Operator, "Deliver again all that is dead since an instant", deliveries.ReplayDead, new { since = "2026-10-01T00:00:00Z" }) with { Response = typeof(ReplayView), SuccessStatus = 202 };
        }
    }
}
