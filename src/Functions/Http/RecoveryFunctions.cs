using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>What is handed over once reminding has failed. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class RecoveryFunctions(ApiFunction api)
{
    [Function("getHandOverFile")]
    public Task GetHandOverFile([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}/hand-over-file")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getHandOverFile", request, client);

    [Function("getRecoveryRoutes")]
    public Task GetRecoveryRoutes([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}/recovery-routes")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getRecoveryRoutes", request, client);
}
