using System.Globalization;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Folding;
using Dunning.Service.Webhooks.Reading;

namespace Dunning.Service.Links;

/// <summary>
/// GoCardless: a billing request asks for one payment, and a flow is the address where it is authorised. A flow lasts seven days; a later message opens another for
/// the same request. https://developer.gocardless.com/api-reference/#billing-requests
/// </summary>
public sealed class GoCardlessLinks(ProviderHttp http, ProviderAddresses addresses) : IPaymentProvider
{
    private const string Version = "2015-07-06";
    private const string Sandbox = "sandbox_";
    private const int DaysAwaited = 10;

    public string Provider => "gocardless";

    public async Task<MadeLink> Make(string apiKey, LinkOrder order, CancellationToken ct)
    {
        var request = order.Existing ?? await Request(apiKey, order, ct);
        var flow = await Send(apiKey, HttpMethod.Post, "/billing_request_flows", new { billing_request_flows = new { redirect_uri = order.ReturnUrl, links = new { billing_request = request } } }, null, ct);
        if (flow.Status >= 300)
            throw Refusal(flow);
        var made = flow.Body.At("billing_request_flows");
        return made.At("authorisation_url").Word() is { } url ? new(request, url, made.At("expires_at").Instant() ?? flow.At.AddDays(7)) : throw new ProviderRefused("gocardless made a flow without an address");
    }

    public async Task Revoke(string apiKey, string linkId, CancellationToken ct)
    {
        var answer = await Send(apiKey, HttpMethod.Post, $"/billing_requests/{Uri.EscapeDataString(linkId)}/actions/cancel", new { data = new { } }, null, ct);
        // Fulfilled or cancelled before: nobody can pay by it any more.
        if (answer.Status >= 300 && !answer.IsGone && answer.Body.At("error", "type").Word() != "invalid_state")
            throw Refusal(answer);
    }

    public async Task<IReadOnlyList<Telling>> Ask(string apiKey, string objectId, CancellationToken ct)
    {
        if (await PaymentOf(apiKey, objectId, ct) is not { } payment)
            return [];
        var answer = await Send(apiKey, HttpMethod.Get, $"/payments/{Uri.EscapeDataString(payment)}", null, null, ct);
        return answer.Found(Provider)?.At("payments") is { ValueKind: JsonValueKind.Object } found && Read(found, answer.At) is { } telling ? [telling] : [];
    }

    private async Task<string?> PaymentOf(string apiKey, string objectId, CancellationToken ct)
    {
        if (objectId.StartsWith("PM", StringComparison.Ordinal))
            return objectId;
        var id = Uri.EscapeDataString(objectId);
        return objectId.StartsWith("RF", StringComparison.Ordinal)
            ? (await Send(apiKey, HttpMethod.Get, $"/refunds/{id}", null, null, ct)).Found(Provider)?.At("refunds", "links", "payment").Word()
            : (await Send(apiKey, HttpMethod.Get, $"/billing_requests/{id}", null, null, ct)).Found(Provider)?.At("billing_requests", "links", "payment_request_payment").Word();
    }

    // As its webhooks say it, but with the amounts they leave out. The status holds now, by the provider's clock, which its events are told by.
    private static Telling? Read(JsonElement payment, DateTimeOffset now)
    {
        if (payment.Id() is not { } id || Written.Minor(payment.At("amount"), payment.At("currency")) is not { } amount)
            return null;
        var on = payment.At("charge_date").Instant() is { } charged ? Written.Day(charged) : Written.Day(now);
        var awaited = new PartAwaited("debit", on.AddDays(DaysAwaited), amount, Failed: false);
        var received = new PartReceived("", amount, on);
        var refunded = new RefundsAt(now, Written.Minor(payment.At("amount_refunded"), payment.At("currency")) ?? Money.Zero(amount.Currency));
        ObjectMoney? money = payment.At("status").Word() switch
        {
            "pending_submission" or "submitted" => new() { Awaited = [awaited with { UnderWayAt = now }] },
            "confirmed" or "paid_out" => new() { Received = [received], WonAt = now, Refunded = refunded },
            // It may be tried again, and only its events say whether it will be: what they said holds.
            "failed" when payment.At("retry_if_possible").ValueKind != JsonValueKind.False => new() { LostAt = now },
            "failed" or "cancelled" or "customer_approval_denied" => new() { Awaited = [awaited with { FailedAt = now }], LostAt = now },
            "charged_back" => new() { Received = [received], LostAt = now, Refunded = refunded },
            _ => null,
        };
        return money is null ? null : new(id, money) { Invoice = payment.At("metadata", "invoice_id").Word(), Description = payment.At("description").Word() };
    }

    private async Task<string> Request(string apiKey, LinkOrder order, CancellationToken ct)
    {
        var metadata = new Dictionary<string, string> { ["invoice_id"] = order.CaseId, ["amount"] = order.Amount.Amount.ToString(CultureInfo.InvariantCulture), ["currency"] = order.Amount.Currency.Code };
        var answer = await Send(apiKey, HttpMethod.Post, "/billing_requests", new
        {
            billing_requests = new
            {
                metadata,
                payment_request = new { amount = order.Amount.Minor, currency = order.Amount.Currency.Code, description = order.Number, metadata },
            },
        }, order.Key("request"), ct);
        var id = answer.Status == 409
            ? answer.Body.At("error", "errors").Items().Select(e => e.At("links", "conflicting_resource_id").Word()).FirstOrDefault(i => i is not null)
            : answer.Status < 300 ? answer.Body.At("billing_requests", "id").Word() : null;
        return id ?? throw Refusal(answer);
    }

    private Task<ProviderAnswer> Send(string apiKey, HttpMethod method, string path, object? body, string? key, CancellationToken ct) =>
        http.Send(Provider, method, new(apiKey.StartsWith(Sandbox, StringComparison.Ordinal) ? addresses.GoCardlessSandbox : addresses.GoCardless, path), apiKey,
            ProviderJson.Content(body), key, ct, ("GoCardless-Version", Version));

    private static ProviderRefused Refusal(ProviderAnswer answer) => new($"gocardless answered {answer.Status} {answer.Body.At("error", "type").Word()}");
}
