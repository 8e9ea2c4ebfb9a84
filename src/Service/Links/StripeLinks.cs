using System.Globalization;
using System.Text.Json;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Folding;
using Dunning.Service.Webhooks.Reading;

namespace Dunning.Service.Links;

/// <summary>
/// Stripe Payment Links: they live until they are revoked, where a Checkout Session ends after a day. A price is made first, since not every version of the API takes
/// one inline. https://docs.stripe.com/api/payment-link
/// </summary>
public sealed class StripeLinks(ProviderHttp http, ProviderAddresses addresses) : IPaymentProvider
{
    // What is read does not depend on the version an account was opened with.
    private const string Version = "2025-03-31.basil";

    public string Provider => "stripe";

    public async Task<MadeLink> Make(string apiKey, LinkOrder order, CancellationToken ct)
    {
        var price = await Post(apiKey, "/v1/prices", order.Key("price"), ct,
            ("currency", order.Amount.Currency.Code.ToLowerInvariant()), ("unit_amount", StripeReader.Minor(order.Amount).ToString(CultureInfo.InvariantCulture)), ("product_data[name]", order.Number));
        List<(string, string)> fields =
        [
            ("line_items[0][price]", price.At("id").Word() ?? throw new ProviderRefused("stripe made a price without an id")), ("line_items[0][quantity]", "1"),
            ("metadata[invoice_id]", order.CaseId), ("payment_intent_data[metadata][invoice_id]", order.CaseId), ("payment_intent_data[description]", order.Number),
            ("restrictions[completed_sessions][limit]", "1"),
        ];
        if (order.ReturnUrl is { } url)
            fields.AddRange([("after_completion[type]", "redirect"), ("after_completion[redirect][url]", url)]);
        var link = await Post(apiKey, "/v1/payment_links", order.Key("link"), ct, [.. fields]);
        return link.At("id").Word() is { } id && link.At("url").Word() is { } address ? new(id, address) : throw new ProviderRefused("stripe made a link without an address");
    }

    public async Task Revoke(string apiKey, string linkId, CancellationToken ct)
    {
        using var body = Form(("active", "false"));
        var answer = await Send(apiKey, HttpMethod.Post, $"/v1/payment_links/{Uri.EscapeDataString(linkId)}", body, null, ct);
        if (answer.Status >= 300 && !answer.IsGone)
            throw Refusal(answer);
    }

    public async Task<IReadOnlyList<Telling>> Ask(string apiKey, string objectId, CancellationToken ct)
    {
        if (!objectId.StartsWith("plink_", StringComparison.Ordinal))
            return objectId.StartsWith("pi_", StringComparison.Ordinal) && await Get(apiKey, $"/v1/payment_intents/{Uri.EscapeDataString(objectId)}?expand[]=latest_charge.refunds", ct) is var (intent, at)
                ? await Intent(apiKey, intent, at, ct) : [];
        var told = new List<Telling>();
        if (await Get(apiKey, $"/v1/checkout/sessions?payment_link={Uri.EscapeDataString(objectId)}&limit=100&expand[]=data.payment_intent.latest_charge.refunds", ct) is var (sessions, now))
            foreach (var session in sessions.At("data").Items())
                told.AddRange((await Intent(apiKey, session.At("payment_intent"), now, ct)).Select(t => t with { PayerName = session.At("customer_details", "name").Word() }));
        return told;
    }

    // The charge beside its intent tells what went back.
    private async Task<List<Telling>> Intent(string apiKey, JsonElement intent, DateTimeOffset now, CancellationToken ct)
    {
        var charge = intent.At("latest_charge");
        var at = charge.At("created").Instant() ?? intent.At("created").Instant() ?? now;
        var what = intent.At("status").Word() switch
        {
            "succeeded" => "succeeded",
            "processing" => "processing",
            "canceled" => "canceled",
            "requires_payment_method" when intent.At("last_payment_error").ValueKind == JsonValueKind.Object => "payment_failed",
            _ => "",
        };
        var told = new List<Telling?> { StripeReader.Intent(intent, what, at) };
        if (charge.ValueKind == JsonValueKind.Object && what == "succeeded")
            told.AddRange([StripeReader.Charge(charge, at), .. charge.At("refunds", "data").Items().Select(StripeReader.Refund)]);
        if (charge.At("disputed").ValueKind == JsonValueKind.True && intent.Id() is { } id && await Get(apiKey, $"/v1/disputes?payment_intent={Uri.EscapeDataString(id)}&limit=100", ct) is var (disputes, _))
            told.AddRange(disputes.At("data").Items().Select(d => StripeReader.Dispute(d, "updated")));
        return [.. told.OfType<Telling>()];
    }

    private async Task<(JsonElement Body, DateTimeOffset At)?> Get(string apiKey, string path, CancellationToken ct)
    {
        var answer = await Send(apiKey, HttpMethod.Get, path, null, null, ct);
        return answer.Found(Provider) is { } body ? (body, answer.At) : null;
    }

    private async Task<JsonElement> Post(string apiKey, string path, string key, CancellationToken ct, params (string Name, string Value)[] fields)
    {
        using var body = Form(fields);
        var answer = await Send(apiKey, HttpMethod.Post, path, body, key, ct);
        return answer.Status < 300 ? answer.Body : throw Refusal(answer);
    }

    private Task<ProviderAnswer> Send(string apiKey, HttpMethod method, string path, HttpContent? body, string? key, CancellationToken ct) =>
        http.Send(Provider, method, new(addresses.Stripe, path), apiKey, body, key, ct, ("Stripe-Version", Version));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static ProviderRefused Refusal(ProviderAnswer answer) => new($"stripe answered {answer.Status} {answer.Body.At("error", "code").Word() ?? answer.Body.At("error", "type").Word()}");
}
