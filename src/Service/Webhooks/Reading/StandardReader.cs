using System.Globalization;
using System.Text.Json;
using Dunning.Service.Webhooks.Folding;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Webhooks.Reading;

/// <summary>
/// Anybody else, by Standard Webhooks: <c>payment.received | pending | failed | reversed</c> (or <c>invoice.paid</c>) with
/// <c>data {paymentId, invoiceId, amount, currency, date?, expectedOn?, reversalId?}</c>, amounts in decimals.
/// </summary>
public sealed class StandardReader : IProviderReader
{
    private const int DaysAwaited = 10;

    public string Provider => "standard";

    public IEnumerable<(string? Id, JsonElement Event)> Split(JsonElement body, IHeaderDictionary headers) => [(headers["webhook-id"].ToString(), body)];

    public Telling? Read(JsonElement @event, string eventId, WebhookSettings settings, DateTimeOffset receivedAt)
    {
        var data = @event.At("data");
        var invoice = data.At("invoiceId").Word() ?? data.At("invoice_id").Word();
        var type = @event.At("type").Word();
        // One invoice may be paid by many payments: those that come without an id are told apart by the deliveries.
        var unnamed = type is "payment.received" or "payment.succeeded" ? $"event-{eventId}" : $"invoice-{invoice}";
        if ((data.At("paymentId").Word() ?? data.At("payment_id").Word() ?? (invoice is null ? null : unnamed)) is not { } payment)
            return null;
        var on = Day(data.At("date")) ?? Written.Day(@event.At("timestamp").Instant() ?? receivedAt);
        var amount = Written.Decimal(data.At("amount"), data.At("currency"));
        PartAwaited Awaited(bool failed) => new("payment", Day(data.At("expectedOn")) ?? on.AddDays(DaysAwaited), amount, failed);
        ObjectMoney? money = type switch
        {
            "payment.received" or "payment.succeeded" or "invoice.paid" => new() { Received = Written.Received(amount, data.At("amount"), on) },
            "payment.pending" => new() { Awaited = [Awaited(failed: false)] },
            "payment.failed" => new() { Awaited = [Awaited(failed: true)] },
            "payment.reversed" or "payment.refunded" when amount is { } back => new() { Returns = [new(data.At("reversalId").Word() ?? $"event-{eventId}", back, 0, IsGone: true, IsDispute: false)] },
            _ => null,
        };
        return money is null ? null : new(payment, money) { Invoice = invoice, PayerName = data.At("payer").Word() };
    }

    private static DateOnly? Day(JsonElement text) =>
        DateOnly.TryParseExact(text.Word(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2099 ? day : null;
}
