using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>What happened, and who is told. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class EventFunctions(ApiFunction api)
{
    [Function("listEvents")]
    public Task ListEvents([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/events")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listEvents", request, client);

    [Function("addWebhookEndpoint")]
    public Task AddWebhookEndpoint([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhook-endpoints")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("addWebhookEndpoint", request, client);

    [Function("listWebhookEndpoints")]
    public Task ListWebhookEndpoints([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/webhook-endpoints")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listWebhookEndpoints", request, client);

    [Function("getWebhookEndpoint")]
    public Task GetWebhookEndpoint([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/webhook-endpoints/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getWebhookEndpoint", request, client);

    [Function("putWebhookEndpoint")]
    public Task PutWebhookEndpoint([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/webhook-endpoints/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putWebhookEndpoint", request, client);

    [Function("deleteWebhookEndpoint")]
    public Task DeleteWebhookEndpoint([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/webhook-endpoints/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("deleteWebhookEndpoint", request, client);

    [Function("rotateWebhookSecret")]
    public Task RotateWebhookSecret([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhook-endpoints/{id}/rotate")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("rotateWebhookSecret", request, client);

    [Function("testWebhookEndpoint")]
    public Task TestWebhookEndpoint([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhook-endpoints/{id}/test")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("testWebhookEndpoint", request, client);

    [Function("listDeliveries")]
    public Task ListDeliveries([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/webhook-endpoints/{id}/deliveries")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listDeliveries", request, client);

    [Function("replayDelivery")]
    public Task ReplayDelivery([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhook-endpoints/{id}/deliveries/{delivery}/replay")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("replayDelivery", request, client);

    [Function("replayDeadDeliveries")]
    public Task ReplayDeadDeliveries([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhook-endpoints/{id}/replay")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("replayDeadDeliveries", request, client);
}
