using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>What happens to an invoice from outside. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class FactFunctions(ApiFunction api)
{
    [Function("addPayment")]
    public Task AddPayment([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/payments")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("addPayment", request, client);

    [Function("addReversal")]
    public Task AddReversal([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/reversals")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("addReversal", request, client);

    [Function("addPendingPayment")]
    public Task AddPendingPayment([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/pending-payments")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("addPendingPayment", request, client);

    [Function("failPendingPayment")]
    public Task FailPendingPayment([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/pending-payments/{pending}/failed")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("failPendingPayment", request, client);

    [Function("addCreditNote")]
    public Task AddCreditNote([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/credit-notes")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("addCreditNote", request, client);

    [Function("judgeDuplicate")]
    public Task JudgeDuplicate([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/payments/{payment}/duplicate")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("judgeDuplicate", request, client);

    [Function("addPromise")]
    public Task AddPromise([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/promises")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("addPromise", request, client);

    [Function("addDispute")]
    public Task AddDispute([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/disputes")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("addDispute", request, client);

    [Function("resolveDispute")]
    public Task ResolveDispute([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/disputes/{dispute}/resolve")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("resolveDispute", request, client);

    [Function("addPlan")]
    public Task AddPlan([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/plans")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("addPlan", request, client);

    [Function("addReply")]
    public Task AddReply([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/replies")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("addReply", request, client);

    [Function("classifyReply")]
    public Task ClassifyReply([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/replies/{reply}/classify")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("classifyReply", request, client);
}
