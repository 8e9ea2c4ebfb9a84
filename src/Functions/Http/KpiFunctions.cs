using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Figures, and the trial of two policies. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class KpiFunctions(ApiFunction api)
{
    [Function("getKpis")]
    public Task GetKpis([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/kpis")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getKpis", request, client);

    [Function("getFigure")]
    public Task GetFigure([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/kpis/{figure}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getFigure", request, client);

    [Function("putPolicySplit")]
    public Task PutPolicySplit([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/creditors/{creditor}/policy-split")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putPolicySplit", request, client);

    [Function("getPolicySplit")]
    public Task GetPolicySplit([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/creditors/{creditor}/policy-split")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getPolicySplit", request, client);

    [Function("endPolicySplit")]
    public Task EndPolicySplit([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/creditors/{creditor}/policy-split/end")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("endPolicySplit", request, client);
}
