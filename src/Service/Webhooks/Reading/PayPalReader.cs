using System.Text.Json;
using Dunning.Service.Webhooks.Folding;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Webhooks.Reading;

/// <summary>
/// PayPal: everything leads to the capture. A refund names it in a link only. A dispute moves no money by itself: what it takes is told as a refund or a reversal.
/// </summary>
public sealed class PayPalReader : IProviderReader
{
    private const int DaysAwaited = 10;

    public string Provider => "paypal";

    public IEnumerable<(string? Id, JsonElement Event)> Split(JsonElement body, IHeaderDictionary headers) => [(body.At("id").Word(), body)];

    public string? FailedPayout(JsonElement @event) =>
        @event.At("event_type").Word() is "PAYMENT.PAYOUTSBATCH.DENIED" or "PAYMENT.PAYOUTS-ITEM.FAILED" or "PAYMENT.PAYOUTS-ITEM.DENIED" or "PAYMENT.PAYOUTS-ITEM.BLOCKED"
            or "PAYMENT.PAYOUTS-ITEM.RETURNED" or "PAYMENT.PAYOUTS-ITEM.CANCELED" or "PAYMENT.PAYOUTS-ITEM.UNCLAIMED"
            ? Written.Payout(@event.At("resource", "payout_item_id"), @event.At("resource", "errors", "name"))
            : null;

    public Telling? Read(JsonElement @event, string eventId, WebhookSettings settings, DateTimeOffset receivedAt)
    {
        var (type, resource) = (@event.At("event_type").Word() ?? "", @event.At("resource"));
        if (!type.StartsWith("PAYMENT.CAPTURE.", StringComparison.Ordinal) || resource.Id() is not { } id)
            return null;
        var at = resource.At("create_time").Instant() ?? @event.At("create_time").Instant() ?? receivedAt;
        var amount = Written.Decimal(resource.At("amount", "value"), resource.At("amount", "currency_code"));
        PartAwaited Awaited(bool failed) => new("capture", Written.Day(at).AddDays(DaysAwaited), amount, failed);
        return type["PAYMENT.CAPTURE.".Length..] switch
        {
            "COMPLETED" => Of(resource, id, new() { Received = Written.Received(amount, resource.At("amount", "value"), Written.Day(at)) }),
            "PENDING" => Of(resource, id, new() { Awaited = [Awaited(failed: false)] }),
            "DECLINED" or "DENIED" => Of(resource, id, new() { Awaited = [Awaited(failed: true)] }),
            "REFUNDED" or "REVERSED" when amount is { } back => Back(resource, id, back),
            _ => null,
        };
    }

    private static Telling Back(JsonElement resource, string id, Domain.Money amount)
    {
        var failed = resource.At("status").Word() is "FAILED" or "CANCELLED";
        var capture = Capture(resource);
        // A reversal may be the capture itself, gone as a whole.
        return new(capture ?? id, new() { Returns = [new(capture is null ? "reversed" : id, amount, failed ? 1 : 0, !failed, IsDispute: false)] });
    }

    // https://api.paypal.com/v2/payments/captures/CAP0001
    private static string? Capture(JsonElement refund)
    {
        if (refund.At("supplementary_data", "related_ids", "capture_id").Word() is { } related)
            return related;
        foreach (var link in refund.At("links").Items())
            if (link.At("rel").Word() == "up" && link.At("href").Word() is { } href && href.Split("/captures/") is [_, var capture])
                return capture.Split('/', '?')[0];
        return null;
    }

    private static Telling Of(JsonElement capture, string id, ObjectMoney money) => new(id, money)
    {
        Invoice = capture.At("custom_id").Word() ?? capture.At("invoice_id").Word(),
        From = capture.At("supplementary_data", "related_ids", "order_id").Word() is { } order ? [order] : [],
    };
}
