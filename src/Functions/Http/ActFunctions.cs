using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>What operators do to a case. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class ActFunctions(ApiFunction api)
{
    [Function("hold")]
    public Task Hold([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/hold")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("hold", request, client);

    [Function("release")]
    public Task Release([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/release")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("release", request, client);

    [Function("cancel")]
    public Task Cancel([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/cancel")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("cancel", request, client);

    [Function("writeOff")]
    public Task WriteOff([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/write-off")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("writeOff", request, client);

    [Function("recordProcedure")]
    public Task RecordProcedure([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/procedure")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("recordProcedure", request, client);

    [Function("logCall")]
    public Task LogCall([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/calls")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("logCall", request, client);

    [Function("changeContact")]
    public Task ChangeContact([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/contact")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("changeContact", request, client);

    [Function("changeDueDate")]
    public Task ChangeDueDate([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/due-date")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("changeDueDate", request, client);

    [Function("amend")]
    public Task Amend([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/amend")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("amend", request, client);

    [Function("markSent")]
    public Task MarkSent([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/sent")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("markSent", request, client);

    [Function("movePolicy")]
    public Task MovePolicy([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/policy")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("movePolicy", request, client);

    [Function("approveStep")]
    public Task ApproveStep([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/steps/{step}/approve")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("approveStep", request, client);

    [Function("rejectStep")]
    public Task RejectStep([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/steps/{step}/reject")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("rejectStep", request, client);

    [Function("sendNow")]
    public Task SendNow([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/steps/{step}/send-now")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("sendNow", request, client);

    [Function("previewStep")]
    public Task PreviewStep([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}/steps/{step}/preview")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("previewStep", request, client);

    [Function("previewStepPost")]
    public Task PreviewStepPost([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/steps/{step}/preview")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("previewStepPost", request, client);
}
