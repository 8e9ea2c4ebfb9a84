using System.Globalization;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Folding;
using Dunning.Service.Webhooks.Reading;

namespace Dunning.Service.Links;

/// <summary>
/// Mollie payment links, which do not end by themselves and can be paid once. Its webhooks name the link rather than a payment, so everything is told of the link.
/// https://docs.mollie.com/reference/payment-links-api
/// </summary>
public sealed class MollieLinks(ProviderHttp http, ProviderAddresses addresses) : IPaymentProvider
{
    private const int DaysAwaited = 12;

    public string Provider => "mollie";

    public async Task<MadeLink> Make(string apiKey, LinkOrder order, CancellationToken ct)
    {
        var amount = new { currency = order.Amount.Currency.Code, value = order.Amount.Amount.ToString($"F{order.Amount.Currency.MinorUnits}", CultureInfo.InvariantCulture) };
        var answer = await Send(apiKey, HttpMethod.Post, "/v2/payment-links", new { amount, description = order.Number, redirectUrl = order.ReturnUrl, reusable = false }, order.Key("link"), ct);
        if (answer.Status >= 300)
            throw Refusal(answer);
        return answer.Body.At("id").Word() is { } id && answer.Body.At("_links", "paymentLink", "href").Word() is { } url
            ? new(id, url, answer.Body.At("expiresAt").Instant())
            : throw new ProviderRefused("mollie made a link without an address");
    }

    public async Task Revoke(string apiKey, string linkId, CancellationToken ct)
    {
        var answer = await Send(apiKey, HttpMethod.Patch, Link(linkId), new { archived = true }, null, ct);
        if (answer.Status >= 300 && !answer.IsGone)
            throw Refusal(answer);
    }

    public async Task<IReadOnlyList<Telling>> Ask(string apiKey, string objectId, CancellationToken ct)
    {
        if (!objectId.StartsWith("pl_", StringComparison.Ordinal))
            return [];
        var answer = await Send(apiKey, HttpMethod.Get, $"{Link(objectId)}/payments?limit=250", null, null, ct);
        var payments = answer.Found(Provider)?.At("_embedded", "payments").Items().ToList() ?? [];
        return payments.Count == 0 ? [] : [new(objectId, Read(payments, answer.At))];
    }

    // The webhook tells the first payment as that of the link; a second one, should there ever be any, is money of its own. A refund or a chargeback leaves the status
    // as it is.
    private static ObjectMoney Read(List<JsonElement> payments, DateTimeOffset now)
    {
        var money = new ObjectMoney();
        var paid = payments.Where(p => p.At("status").Word() == "paid").OrderBy(p => p.At("paidAt").Instant() ?? now).ThenBy(p => p.Id(), StringComparer.Ordinal).ToList();
        foreach (var payment in payments)
            if (payment.Id() is { } id && Amount(payment.At("amount")) is { } amount)
                money = money.Join(payment.At("status").Word() switch
                {
                    "paid" => new() { Received = [new(paid[0].Id() == id ? "" : id, amount, Written.Day(payment.At("paidAt").Instant() ?? now))], Returns = Returned(payment, id) },
                    "pending" or "authorized" => new() { Awaited = [Awaited(payment, id, amount, now, failed: false)] },
                    "failed" or "canceled" or "expired" => new() { Awaited = [Awaited(payment, id, amount, now, failed: true)] },
                    _ => new(),
                });
        // A refund that failed is no longer counted: what it says now holds, whatever it said before.
        return money.In is not { } received ? money
            : money with { Refunded = new(now, paid.Select(p => Amount(p.At("amountRefunded"))).OfType<Money>().Where(a => a.Currency == received.Currency).Aggregate(Money.Zero(received.Currency), (sum, a) => sum + a)) };
    }

    private static IReadOnlyList<PartReturned> Returned(JsonElement payment, string id) =>
        Amount(payment.At("amountChargedBack")) is { } back ? [new($"{id}:chargeback", back, 1, IsGone: true, IsDispute: true)] : [];

    private static PartAwaited Awaited(JsonElement payment, string id, Money amount, DateTimeOffset now, bool failed) =>
        new(id, Written.Day(payment.At("createdAt").Instant() ?? now).AddDays(DaysAwaited), amount, failed);

    private static Money? Amount(JsonElement amount) => Written.Decimal(amount.At("value"), amount.At("currency"));

    private static string Link(string id) => $"/v2/payment-links/{Uri.EscapeDataString(id)}";

    private Task<ProviderAnswer> Send(string apiKey, HttpMethod method, string path, object? body, string? key, CancellationToken ct) =>
        http.Send(Provider, method, new(addresses.Mollie, path), apiKey, ProviderJson.Content(body), key, ct);

    private static ProviderRefused Refusal(ProviderAnswer answer) => new($"mollie answered {answer.Status} {answer.Body.At("field").Word()}");
}
