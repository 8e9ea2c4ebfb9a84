using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>What carriers, debtors and platforms tell of what was sent. One function for each operation; callers authenticate with the API's own keys, or as their door asks.</summary>
public sealed class ReplyFunctions(ApiFunction api)
{
    [Function("receiveTwilio")]
    public Task ReceiveTwilio([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/twilio/{creditor}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("receiveTwilio", request, client);

    [Function("receiveEmailReport")]
    public Task ReceiveEmailReport([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/email/{creditor}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("receiveEmailReport", request, client);

    [Function("allowEmailReport")]
    public Task AllowEmailReport([HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = "api/webhooks/email/{creditor}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("allowEmailReport", request, client);

    [Function("receiveMail")]
    public Task ReceiveMail([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/mail/{creditor}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("receiveMail", request, client);

    [Function("getReplyMail")]
    public Task GetReplyMail([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}/replies/{reply}/mail")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getReplyMail", request, client);

    [Function("listUnmatchedReplies")]
    public Task ListUnmatchedReplies([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/unmatched-replies")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("listUnmatchedReplies", request, client);

    [Function("assignUnmatchedReply")]
    public Task AssignUnmatchedReply([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/unmatched-replies/{id}/assign")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("assignUnmatchedReply", request, client);

    [Function("tellLifecycle")]
    public Task TellLifecycle([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/lifecycle")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("tellLifecycle", request, client);
}
