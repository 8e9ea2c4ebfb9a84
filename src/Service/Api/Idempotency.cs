using Dunning.Service.Engine;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Api;

/// <summary>The rule of the Idempotency-Key draft: the same key with the same payload gets the first answer again, with another payload a refusal.</summary>
public static class Idempotency
{
    /// <summary>Null when the request carries no key, or one not used yet.</summary>
    public static async Task<Answer?> Replay(this IDocuments documents, ApiRequest request)
    {
        if (request.IdempotencyKey is not { } key || HttpMethods.IsGet(request.Http.Request.Method)
            || await documents.FindReceipt(request.Scope, key, request.Ct) is not { } receipt)
            return null;
        return receipt.Fingerprint == request.Fingerprint
            ? new Answer(receipt.Status, null) { Text = receipt.Body, Location = receipt.Location }
            : Answer.Refuse(422, "idempotencyKeyReused", "This Idempotency-Key was used with another payload.");
    }
}
