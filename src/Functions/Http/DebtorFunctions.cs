using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Who owes. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class DebtorFunctions(ApiFunction api)
{
    [Function("listDebtors")]
    public Task ListDebtors([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/debtors")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listDebtors", request, client);

    [Function("putDebtor")]
    public Task PutDebtor([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/debtors/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putDebtor", request, client);

    [Function("getDebtor")]
    public Task GetDebtor([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/debtors/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getDebtor", request, client);

    [Function("holdDebtor")]
    public Task HoldDebtor([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/debtors/{id}/hold")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("holdDebtor", request, client);

    [Function("releaseDebtor")]
    public Task ReleaseDebtor([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/debtors/{id}/release")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("releaseDebtor", request, client);

    [Function("openInsolvency")]
    public Task OpenInsolvency([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/debtors/{id}/insolvency")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("openInsolvency", request, client);
}
