using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>The debtor's page, whose address is what authorises; and its address, for operators with a key.</summary>
public sealed class PortalFunctions(ApiFunction api)
{
    [Function("debtorPage")]
    public Task DebtorPage([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "p/{*page}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("debtorPage", request, client);

    [Function("debtorAct")]
    public Task DebtorAct([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "p/{*page}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("debtorAct", request, client);

    [Function("makePortalLink")]
    public Task MakePortalLink([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/portal-link")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("makePortalLink", request, client);

    [Function("revokePortalLinks")]
    public Task RevokePortalLinks([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/portal-link/revoke")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("revokePortalLinks", request, client);
}
