using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Letters for the post. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class LetterFunctions(ApiFunction api)
{
    [Function("listLetters")]
    public Task ListLetters([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/letters")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listLetters", request, client);

    [Function("exportLetters")]
    public Task ExportLetters([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/letters/export")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("exportLetters", request, client);

    [Function("postLetters")]
    public Task PostLetters([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/letters/postings")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("postLetters", request, client);
}
