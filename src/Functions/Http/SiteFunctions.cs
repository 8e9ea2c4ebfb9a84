using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>What people see.</summary>
public sealed class SiteFunctions(ApiFunction api)
{
    [Function("console")]
    public Task Console([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/{*page}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("console", request, client);

    [Function("consoleAct")]
    public Task ConsoleAct([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/{*page}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("consoleAct", request, client);

    [Function("noticeLink")]
    public Task NoticeLink([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "c/{token}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("noticeLink", request, client);

    [Function("noticeLinkAct")]
    public Task NoticeLinkAct([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "c/{token}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("noticeLinkAct", request, client);
}
