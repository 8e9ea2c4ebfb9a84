using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Payment providers, and money whose invoice nobody is sure of; providers authenticate by their signatures. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class MoneyFunctions(ApiFunction api)
{
    [Function("listUnmatched")]
    public Task ListUnmatched([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/unmatched")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listUnmatched", request, client);

    [Function("assignUnmatched")]
    public Task AssignUnmatched([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/unmatched/{id}/assign")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("assignUnmatched", request, client);

    [Function("receiveWebhook")]
    public Task ReceiveWebhook([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/{provider}/{creditor}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("receiveWebhook", request, client);

    [Function("listInboundDeliveries")]
    public Task ListInboundDeliveries([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/webhook-deliveries")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listInboundDeliveries", request, client);

    [Function("processInboundDelivery")]
    public Task ProcessInboundDelivery([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhook-deliveries/{id}/process")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("processInboundDelivery", request, client);

    [Function("seeToInboundDelivery")]
    public Task SeeToInboundDelivery([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhook-deliveries/{id}/seen-to")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("seeToInboundDelivery", request, client);

    [Function("putWebhook")]
    public Task PutWebhook([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/creditors/{creditor}/webhooks/{provider}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putWebhook", request, client);

    [Function("getWebhook")]
    public Task GetWebhook([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/creditors/{creditor}/webhooks/{provider}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getWebhook", request, client);

    [Function("putPaymentSettings")]
    public Task PutPaymentSettings([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/creditors/{creditor}/payments")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putPaymentSettings", request, client);

    [Function("getPaymentSettings")]
    public Task GetPaymentSettings([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/creditors/{creditor}/payments")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getPaymentSettings", request, client);

    [Function("takeStatement")]
    public Task TakeStatement([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/statements")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("takeStatement", request, client);
}
