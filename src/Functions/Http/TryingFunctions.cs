using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>What a change would do, before anybody makes it. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class TryingFunctions(ApiFunction api)
{
    [Function("simulateLedger")]
    public Task SimulateLedger([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/simulations/ledger")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("simulateLedger", request, client);

    [Function("getPolicyUse")]
    public Task GetPolicyUse([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/policies/{name}/use")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getPolicyUse", request, client);

    [Function("getCreditorSending")]
    public Task GetCreditorSending([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/creditors/{id}/sending")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getCreditorSending", request, client);

    [Function("previewText")]
    public Task PreviewText([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/creditors/{creditor}/texts/{language}/{name}/preview")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("previewText", request, client);
}
