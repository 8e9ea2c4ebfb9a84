using System.Text.Json;
using Dunning.Service.Webhooks.Folding;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Webhooks.Reading;

/// <summary>
/// GoCardless delivers batches, and its events name a payment without saying how much: the amount is what we wrote into the payment's metadata beside our id
/// (<c>invoice_id, amount, currency</c>), or waits for a person. One payment may fail and be collected again: which came last is told by the times of the events.
/// </summary>
public sealed class GoCardlessReader : IProviderReader
{
    private const int DaysAwaited = 10;

    public string Provider => "gocardless";

    public IEnumerable<(string? Id, JsonElement Event)> Split(JsonElement body, IHeaderDictionary headers) =>
        body.At("events").Items().ToList() is { Count: > 0 } events ? events.Select(e => (e.At("id").Word(), e)) : [(body.At("meta", "webhook_id").Word(), body)];

    public string? FailedPayout(JsonElement @event) =>
        @event.At("resource_type").Word() == "payouts" && @event.At("action").Word() is ("failed" or "bounced" or "returned")
            ? Written.Payout(@event.At("links", "payout"), @event.At("details", "cause"))
            : null;

    public string? Unnamed(JsonElement @event) => @event.At("resource_type").Word() == "refunds" ? @event.At("links", "refund").Word() : null;

    public Telling? Read(JsonElement @event, string eventId, WebhookSettings settings, DateTimeOffset receivedAt)
    {
        if (@event.At("resource_type").Word() != "payments" || @event.At("links", "payment").Word() is not { } payment)
            return null;
        var (action, at) = (@event.At("action").Word(), @event.At("created_at").Instant() ?? receivedAt);
        var metadata = @event.At("resource_metadata");
        var amount = Written.Decimal(metadata.At("amount"), metadata.At("currency"));
        var awaited = new PartAwaited("debit", Written.Day(at).AddDays(DaysAwaited), amount, Failed: false);
        ObjectMoney? money = action switch
        {
            "created" or "submitted" or "resubmission_requested" => new() { Awaited = [awaited with { UnderWayAt = at }] },
            "confirmed" or "paid_out" => new() { Received = Written.Received(amount, metadata.At("amount"), Written.Day(at)), WonAt = at },
            // One that will be tried again is still on its way: no step leaves meanwhile.
            "failed" when @event.At("details", "will_attempt_retry").ValueKind == JsonValueKind.True => new() { Awaited = [awaited with { UnderWayAt = at }], LostAt = at },
            "failed" or "cancelled" or "customer_approval_denied" => new() { Awaited = [awaited with { FailedAt = at }], LostAt = at },
            "charged_back" or "late_failure_settled" => new() { LostAt = at },
            "chargeback_cancelled" => new() { WonAt = at },
            _ => null,
        };
        return money is null ? null : new(payment, money) { Invoice = metadata.At("invoice_id").Word() };
    }
}
