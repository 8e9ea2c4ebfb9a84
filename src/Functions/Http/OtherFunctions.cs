using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Simulations, health, and the description of the API. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class OtherFunctions(ApiFunction api)
{
    [Function("simulate")]
    public Task Simulate([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/simulations")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("simulate", request, client);

    [Function("health")]
    public Task Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "healthz")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("health", request, client);

    [Function("ready")]
    public Task Ready([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "readyz")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("ready", request, client);

    [Function("openapi")]
    public Task Openapi([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi/v1.json")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("openapi", request, client);
}
