using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>What was sent. One function for each operation; callers authenticate with the API's own keys.</summary>
public sealed class MessageFunctions(ApiFunction api)
{
    [Function("getMessage")]
    public Task GetMessage([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}/messages/{step}/{channel}/{sending}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getMessage", request, client);

    [Function("tellOutcome")]
    public Task TellOutcome([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/messages/{step}/{channel}/{sending}/outcome")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("tellOutcome", request, client);

    [Function("resend")]
    public Task Resend([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/messages/{step}/{channel}/{sending}/resend")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("resend", request, client);

    [Function("linkLetter")]
    public Task LinkLetter([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}/messages/{step}/{channel}/{sending}/link")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("linkLetter", request, client);

    [Function("getMessageByKey")]
    public Task GetMessageByKey([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/invoices/{id}/messages/{key}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("getMessageByKey", request, client);

    [Function("tellOutcomeByKey")]
    public Task TellOutcomeByKey([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/messages/{key}/outcome")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("tellOutcomeByKey", request, client);

    [Function("resendByKey")]
    public Task ResendByKey([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/invoices/{id}/messages/{key}/resend")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Run("resendByKey", request, client);
}
