using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>What people work through. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class WorklistFunctions(ApiFunction api)
{
    [Function("countTasks")]
    public Task CountTasks([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tasks/count")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("countTasks", request, client);

    [Function("countInvoices")]
    public Task CountInvoices([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/count")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("countInvoices", request, client);

    [Function("exportInvoices")]
    public Task ExportInvoices([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/export")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("exportInvoices", request, client);

    [Function("listFilters")]
    public Task ListFilters([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/filters")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listFilters", request, client);

    [Function("putFilter")]
    public Task PutFilter([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/filters/{name}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putFilter", request, client);

    [Function("previewBulk")]
    public Task PreviewBulk([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/bulk")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("previewBulk", request, client);

    [Function("getBulk")]
    public Task GetBulk([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/bulk/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getBulk", request, client);

    [Function("applyBulk")]
    public Task ApplyBulk([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/bulk/{id}/apply")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("applyBulk", request, client);

    [Function("listUpcoming")]
    public Task ListUpcoming([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/upcoming")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listUpcoming", request, client);

    [Function("getCreditorNotice")]
    public Task GetCreditorNotice([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/creditors/{id}/notice")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getCreditorNotice", request, client);

    [Function("putCreditorNotice")]
    public Task PutCreditorNotice([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/creditors/{id}/notice")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putCreditorNotice", request, client);

    [Function("getSendingMode")]
    public Task GetSendingMode([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/sending/mode")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getSendingMode", request, client);
}
