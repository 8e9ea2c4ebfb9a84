using System.Text.Json;
using Dunning.Service.Webhooks.Folding;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Webhooks.Reading;

/// <summary>
/// Mollie's next-generation events: a payment link or a sales invoice was paid. The amount is in the embedded entity; a simple payload has none, and the money waits
/// for a person. Links carry no metadata: the case is known from when the link was made.
/// </summary>
public sealed class MollieReader : IProviderReader
{
    public string Provider => "mollie";

    public IEnumerable<(string? Id, JsonElement Event)> Split(JsonElement body, IHeaderDictionary headers) => [(body.At("id").Word(), body)];

    public string? FailedPayout(JsonElement @event) => @event.At("type").Word() == "payout.failed" ? Written.Payout(@event.At("entityId"), default) : null;

    public Telling? Read(JsonElement @event, string eventId, WebhookSettings settings, DateTimeOffset receivedAt)
    {
        var entity = @event.At("_embedded", "entity");
        if (@event.At("type").Word() is not ("payment-link.paid" or "sales-invoice.paid") || (@event.At("entityId").Word() ?? entity.Id()) is not { } id)
            return null;
        var amount = entity.At("amount").ValueKind == JsonValueKind.Object ? entity.At("amount") : entity.At("totalAmount");
        var at = entity.At("paidAt").Instant() ?? @event.At("createdAt").Instant() ?? receivedAt;
        return new(id, new() { Received = Written.Received(Written.Decimal(amount.At("value"), amount.At("currency")), amount.At("value"), Written.Day(at)) })
        {
            Invoice = entity.At("metadata", "invoice_id").Word() ?? entity.At("invoiceNumber").Word(),
            Description = entity.At("description").Word(),
        };
    }
}
