using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Money whose invoice nobody is sure of. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class MoneyFunctions(ApiFunction api)
{
    [Function("listUnmatched")]
    public Task ListUnmatched([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/unmatched")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listUnmatched", request, client);

    [Function("assignUnmatched")]
    public Task AssignUnmatched([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/unmatched/{id}/assign")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("assignUnmatched", request, client);

    [Function("takeStatement")]
    public Task TakeStatement([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/statements")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("takeStatement", request, client);
}
