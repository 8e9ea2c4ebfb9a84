using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Claims and the rates they are computed with. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class ClaimFunctions(ApiFunction api)
{
    [Function("calculateClaim")]
    public Task CalculateClaim([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/claims/calculate")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("calculateClaim", request, client);

    [Function("getClaim")]
    public Task GetClaim([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}/claim")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getClaim", request, client);

    [Function("listRates")]
    public Task ListRates([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/rates")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listRates", request, client);

    [Function("putRate")]
    public Task PutRate([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/rates/{series}/{semester}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putRate", request, client);
}
