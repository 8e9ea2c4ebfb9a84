using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Creditors, switches, policies and keys. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class SettingFunctions(ApiFunction api)
{
    [Function("listCreditors")]
    public Task ListCreditors([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/creditors")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listCreditors", request, client);

    [Function("putCreditor")]
    public Task PutCreditor([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/creditors/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putCreditor", request, client);

    [Function("getCreditor")]
    public Task GetCreditor([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/creditors/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getCreditor", request, client);

    [Function("putLedger")]
    public Task PutLedger([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/creditors/{id}/ledger")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putLedger", request, client);

    [Function("putCreditorSending")]
    public Task PutCreditorSending([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/creditors/{id}/sending")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putCreditorSending", request, client);

    [Function("getSending")]
    public Task GetSending([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/sending")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getSending", request, client);

    [Function("putSending")]
    public Task PutSending([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/sending")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putSending", request, client);

    [Function("listPolicies")]
    public Task ListPolicies([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/policies")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listPolicies", request, client);

    [Function("getPolicy")]
    public Task GetPolicy([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/policies/{name}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getPolicy", request, client);

    [Function("putPolicy")]
    public Task PutPolicy([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/policies/{name}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putPolicy", request, client);

    [Function("listKeys")]
    public Task ListKeys([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/keys")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listKeys", request, client);

    [Function("addKey")]
    public Task AddKey([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/keys")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("addKey", request, client);

    [Function("revokeKey")]
    public Task RevokeKey([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/keys/{id}/revoke")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("revokeKey", request, client);
}
