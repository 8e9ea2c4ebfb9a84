using System.Text.Json;
using Dunning.Service.Webhooks.Folding;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Webhooks.Reading;

/// <summary>
/// Stripe: everything about a payment leads to its PaymentIntent. Two events for one occurrence, or a charge beside its intent, say the same of the same object.
/// A session completed while unpaid is money on its way; payouts say nothing of any invoice.
/// </summary>
public sealed class StripeReader : IProviderReader
{
    // Direct debits take up to fourteen days.
    private const int DaysAwaited = 14;

    // https://docs.stripe.com/currencies: written in hundredths for compatibility.
    private static readonly string[] InHundredths = ["ISK", "UGX"];

    public string Provider => "stripe";

    public IEnumerable<(string? Id, JsonElement Event)> Split(JsonElement body, IHeaderDictionary headers) => [(body.At("id").Word(), body)];

    public Telling? Read(JsonElement @event, string eventId, WebhookSettings settings, DateTimeOffset receivedAt)
    {
        var (type, thing) = (@event.At("type").Word() ?? "", @event.At("data", "object"));
        var at = @event.At("created").Instant() ?? receivedAt;
        return type.Split('.') switch
        {
            ["payment_intent", var what] => Intent(thing, what, at),
            ["charge", "succeeded" or "captured" or "refunded" or "updated"] => Charge(thing, at),
            ["checkout", "session", var what] => Session(thing, what, at),
            ["invoice", "paid"] => Invoice(thing, at),
            ["invoice_payment", "paid"] => InvoicePayment(thing, at),
            ["refund", _] or ["charge", "refund", _] => Refund(thing),
            ["charge", "dispute", var what] => Dispute(thing, what),
            _ => null,
        };
    }

    public string? FailedPayout(JsonElement @event) =>
        @event.At("type").Word() == "payout.failed" ? Written.Payout(@event.At("data", "object", "id"), @event.At("data", "object", "failure_code")) : null;

    internal static Telling? Intent(JsonElement intent, string what, DateTimeOffset at)
    {
        if (intent.Id() is not { } id)
            return null;
        var attempt = intent.At("latest_charge").Id() ?? intent.At("last_payment_error", "charge").Id() ?? "debit";
        ObjectMoney? money = what switch
        {
            "succeeded" => In(intent.At("amount_received"), intent.At("currency"), at),
            "processing" => new() { Awaited = [Awaited(attempt, intent.At("amount"), intent.At("currency"), at, failed: false)] },
            "payment_failed" or "canceled" => new() { Awaited = [Awaited(attempt, intent.At("amount"), intent.At("currency"), at, failed: true)] },
            _ => null,
        };
        return money is null ? null : Of(intent, id, money) with { From = Ids(intent.At("invoice")) };
    }

    internal static Telling? Charge(JsonElement charge, DateTimeOffset at)
    {
        if ((charge.At("payment_intent").Id() ?? charge.Id()) is not { } id || charge.At("status").Word() is "failed" or "pending")
            return null;
        var money = charge.At("captured").ValueKind == JsonValueKind.True
            ? In(charge.At("amount_captured") is { ValueKind: JsonValueKind.Number } captured ? captured : charge.At("amount"), charge.At("currency"), charge.At("created").Instant() ?? at)
            : new ObjectMoney();
        return Of(charge, id, money with { RefundedInAll = Amount(charge.At("amount_refunded"), charge.At("currency")) });
    }

    private static Telling? Session(JsonElement session, string what, DateTimeOffset at)
    {
        if ((session.At("payment_intent").Id() ?? session.At("invoice").Id() ?? session.Id()) is not { } id)
            return null;
        var (amount, currency) = (session.At("amount_total"), session.At("currency"));
        ObjectMoney? money = (what, session.At("payment_status").Word()) switch
        {
            ("completed", "paid") or ("async_payment_succeeded", _) => In(amount, currency, at),
            ("completed", "unpaid") => new() { Awaited = [Awaited("session", amount, currency, at, failed: false)] },
            ("async_payment_failed", _) => new() { Awaited = [Awaited("session", amount, currency, at, failed: true)] },
            _ => null,
        };
        return money is null ? null : Of(session, id, money) with
        {
            Invoice = session.At("metadata", "invoice_id").Word() ?? session.At("client_reference_id").Word(),
            From = [.. Ids(session), .. Ids(session.At("payment_link"))],
            PayerName = session.At("customer_details", "name").Word(),
        };
    }

    // Newer versions of the API do not say which intent paid an invoice: told under its own id, the same amount told by the intent is a possible duplicate.
    private static Telling? Invoice(JsonElement invoice, DateTimeOffset at)
    {
        var intent = invoice.At("payment_intent").Id();
        return (intent ?? invoice.Id()) is not { } id || Amount(invoice.At("amount_paid"), invoice.At("currency")) is null ? null
            : Of(invoice, id, In(invoice.At("amount_paid"), invoice.At("currency"), at)) with
            {
                Invoice = invoice.At("metadata", "invoice_id").Word() ?? invoice.At("number").Word(),
                From = Ids(invoice),
                Source = intent is null ? "stripe invoice" : null,
                PayerName = invoice.At("customer_name").Word(),
            };
    }

    private static Telling? InvoicePayment(JsonElement payment, DateTimeOffset at) => payment.At("payment", "payment_intent").Id() is not { } id ? null
        : new(id, In(payment.At("amount_paid"), payment.At("currency"), at)) { From = Ids(payment.At("invoice")) };

    internal static Telling? Refund(JsonElement refund)
    {
        if ((refund.At("payment_intent").Id() ?? refund.At("charge").Id()) is not { } payment || refund.Id() is not { } id || Amount(refund.At("amount"), refund.At("currency")) is not { } amount)
            return null;
        var (rank, gone) = refund.At("status").Word() switch
        {
            "failed" or "canceled" => (2, false),
            "succeeded" => (1, true),
            _ => (0, true),
        };
        return new(payment, new() { Returns = [new(id, amount, rank, gone, IsDispute: false)] });
    }

    // An inquiry (warning_…) takes no money; from needs_response on it is gone until the dispute is won.
    internal static Telling? Dispute(JsonElement dispute, string what)
    {
        if ((dispute.At("payment_intent").Id() ?? dispute.At("charge").Id()) is not { } payment || dispute.Id() is not { } id || Amount(dispute.At("amount"), dispute.At("currency")) is not { } amount)
            return null;
        (int, bool)? word = (what, dispute.At("status").Word() ?? "") switch
        {
            ("funds_reinstated", _) or (_, "won") => (3, false),
            (_, "lost") => (2, true),
            (_, var status) when status.StartsWith("warning_", StringComparison.Ordinal) => (0, false),
            _ => (1, true),
        };
        return word is not var (rank, gone) ? null : new(payment, new() { Returns = [new(id, amount, rank, gone, IsDispute: true)] });
    }

    private static Telling Of(JsonElement thing, string id, ObjectMoney money) => new(id, money)
    {
        Invoice = thing.At("metadata", "invoice_id").Word(),
        Description = thing.At("description").Word(),
    };

    private static ObjectMoney In(JsonElement amount, JsonElement currency, DateTimeOffset at) => new() { Received = Written.Received(Amount(amount, currency), amount, Written.Day(at)) };

    private static PartAwaited Awaited(string attempt, JsonElement amount, JsonElement currency, DateTimeOffset at, bool failed) =>
        new(attempt, Written.Day(at).AddDays(DaysAwaited), Amount(amount, currency), failed);

    private static Domain.Money? Amount(JsonElement amount, JsonElement currency) => Written.Minor(amount, currency, InHundredths);

    /// <summary>An amount as Stripe is told it.</summary>
    internal static long Minor(Domain.Money amount) => InHundredths.Contains(amount.Currency.Code) && amount.Currency.MinorUnits == 0 ? amount.Minor * 100 : amount.Minor;

    private static IReadOnlyList<string> Ids(JsonElement thing) => thing.Id() is { } id ? [id] : [];
}
