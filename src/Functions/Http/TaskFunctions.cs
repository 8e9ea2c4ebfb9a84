using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>What waits for a person. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class TaskFunctions(ApiFunction api)
{
    [Function("listTasks")]
    public Task ListTasks([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tasks")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listTasks", request, client);

    [Function("finishTask")]
    public Task FinishTask([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tasks/{task}/done")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("finishTask", request, client);
}
