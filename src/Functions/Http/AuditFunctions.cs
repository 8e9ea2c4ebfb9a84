using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Who did what, and the rights of debtors. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class AuditFunctions(ApiFunction api)
{
    [Function("listAudit")]
    public Task ListAudit([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listAudit", request, client);

    [Function("listDigests")]
    public Task ListDigests([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit/digests")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listDigests", request, client);

    [Function("exportDebtor")]
    public Task ExportDebtor([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/debtors/{id}/export")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("exportDebtor", request, client);

    [Function("eraseDebtor")]
    public Task EraseDebtor([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/debtors/{id}/erase")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("eraseDebtor", request, client);
}
