using System.Text.Json;
using Dunning.Service.Webhooks.Folding;
using Dunning.Service.Webhooks.Verifying;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Webhooks.Reading;

/// <summary>
/// Adyen's standard webhooks: everything about a payment names its pspReference, later events as originalReference. What is refused (success is false) is no money. They
/// have no id: what happened, to what, and how it ended make one.
/// </summary>
public sealed class AdyenReader : IProviderReader
{
    private const int DaysAwaited = 14;

    public string Provider => "adyen";

    public IEnumerable<(string? Id, JsonElement Event)> Split(JsonElement body, IHeaderDictionary headers)
    {
        if (!AdyenItems.TryRead(body, out var items))
            return [(null, body)];
        return items.Select(i => ((string?)$"{i.At("eventCode").Text()}:{i.At("pspReference").Text()}:{i.At("success").Text()}", i));
    }

    public string? FailedPayout(JsonElement @event) => (@event.At("eventCode").Word(), @event.At("success").Text()) is ("PAYOUT_DECLINE" or "PAYOUT_EXPIRE" or "PAIDOUT_REVERSED", "true")
        ? Written.Payout(@event.At("pspReference"), @event.At("eventCode"))
        : null;

    public Telling? Read(JsonElement @event, string eventId, WebhookSettings settings, DateTimeOffset receivedAt)
    {
        var (psp, original) = (@event.At("pspReference").Word(), @event.At("originalReference").Word());
        if ((original ?? psp) is not { } payment || psp is null)
            return null;
        var (succeeded, on) = (@event.At("success").Text() == "true", Written.Day(@event.At("eventDate").Instant() ?? receivedAt));
        var amount = Written.Minor(@event.At("amount", "value"), @event.At("amount", "currency"));
        var undone = @event.At("eventCode").Word() is not "CANCEL_OR_REFUND" ? null : @event.At("additionalData", "modification.action").Word();
        PartAwaited Awaited(bool failed) => new("payment", on.AddDays(DaysAwaited), amount, failed);
        ObjectMoney? money = (@event.At("eventCode").Word(), succeeded) switch
        {
            ("AUTHORISATION", true) => settings.ManualCapture ? new() { Awaited = [Awaited(failed: false)] } : new() { Received = Written.Received(amount, @event.At("amount", "value"), on) },
            ("AUTHORISATION" or "PENDING" or "OFFER_CLOSED", false) => new() { Awaited = [Awaited(failed: true)] },
            ("PENDING", true) => new() { Awaited = [Awaited(failed: false)] },
            ("CAPTURE", true) => new() { Received = Written.Received(amount, @event.At("amount", "value"), on, settings.ManualCapture ? psp : "") },
            // Before its capture nothing came in, and nothing will.
            ("CANCELLATION" or "TECHNICAL_CANCEL", true) when settings.ManualCapture => new() { Awaited = [Awaited(failed: true)] },
            ("CANCEL_OR_REFUND", true) when settings.ManualCapture && undone != "refund" => new() { Awaited = [Awaited(failed: true)], Returns = undone == "cancel" ? [] : Back(psp, 0, gone: true) },
            ("CANCELLATION" or "TECHNICAL_CANCEL", true) => new() { Returns = Back("cancelled", 0, gone: true) },
            ("CAPTURE_FAILED", true) => new() { Returns = Back($"capture-{psp}", 0, gone: true) },
            ("REFUND" or "CANCEL_OR_REFUND", true) => new() { Returns = Back(psp, 0, gone: true) },
            ("REFUND" or "CANCEL_OR_REFUND", false) or ("REFUND_FAILED" or "REFUNDED_REVERSED", true) => new() { Returns = Back(psp, 1, gone: false) },
            ("CHARGEBACK", true) => new() { Returns = Back(psp, 0, gone: true, dispute: true) },
            ("CHARGEBACK_REVERSED", true) => new() { Returns = Back(psp, 1, gone: false, dispute: true) },
            ("SECOND_CHARGEBACK", true) => new() { Returns = Back(psp, 2, gone: true, dispute: true) },
            _ => null,
        };
        return money is null or { Received: [], Awaited: [], Returns: [] } ? null : new(payment, money) { Invoice = @event.At("merchantReference").Word() };

        IReadOnlyList<PartReturned> Back(string id, int rank, bool gone, bool dispute = false) => amount is { } back ? [new(id, back, rank, gone, dispute)] : [];
    }
}
