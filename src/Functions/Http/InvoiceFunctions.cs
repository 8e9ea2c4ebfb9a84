using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Invoices: registered, imported, listed, looked into. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class InvoiceFunctions(ApiFunction api)
{
    [Function("registerInvoice")]
    public Task RegisterInvoice([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("registerInvoice", request, client);

    [Function("listInvoices")]
    public Task ListInvoices([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listInvoices", request, client);

    [Function("importInvoices")]
    public Task ImportInvoices([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/import")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("importInvoices", request, client);

    [Function("getInvoice")]
    public Task GetInvoice([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getInvoice", request, client);

    [Function("upsertInvoice")]
    public Task UpsertInvoice([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/creditors/{creditor}/invoices/{number}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("upsertInvoice", request, client);

    [Function("putDocument")]
    public Task PutDocument([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/invoices/{id}/document")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putDocument", request, client);

    [Function("getOrchestration")]
    public Task GetOrchestration([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}/orchestration")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getOrchestration", request, client);

    [Function("dismissPassedOver")]
    public Task DismissPassedOver([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/orchestration/passed-over/{seq}/dismiss")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("dismissPassedOver", request, client);
}
