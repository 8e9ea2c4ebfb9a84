using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Texts. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class TextFunctions(ApiFunction api)
{
    [Function("listTexts")]
    public Task ListTexts([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/creditors/{creditor}/texts")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listTexts", request, client);

    [Function("getText")]
    public Task GetText([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/creditors/{creditor}/texts/{language}/{name}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getText", request, client);

    [Function("putText")]
    public Task PutText([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/creditors/{creditor}/texts/{language}/{name}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("putText", request, client);

    [Function("deleteText")]
    public Task DeleteText([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/creditors/{creditor}/texts/{language}/{name}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("deleteText", request, client);

    [Function("previewTemplate")]
    public Task PreviewTemplate([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/templates/preview")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("previewTemplate", request, client);
}
