using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Agreements and debit notes. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class PaperFunctions(ApiFunction api)
{
    [Function("getPlanDocument")]
    public Task GetPlanDocument([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}/plans/{plan}/document")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getPlanDocument", request, client);

    [Function("acceptPlan")]
    public Task AcceptPlan([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/plans/{plan}/accepted")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("acceptPlan", request, client);

    [Function("issueDebitNote")]
    public Task IssueDebitNote([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/debit-notes")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("issueDebitNote", request, client);

    [Function("getDebitNote")]
    public Task GetDebitNote([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}/debit-notes/{number}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getDebitNote", request, client);
}
