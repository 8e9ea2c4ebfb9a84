using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Json;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Folding;
using Dunning.Service.Webhooks.Reading;

namespace Dunning.Service.Tests.Webhooks;

/// <summary>Whatever the order, however often: the facts that follow add up to the same (P11).</summary>
public sealed class FoldingTests
{
    private static readonly DateOnly Today = new(2026, 11, 1);
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("stripe: refunded in part twice, told by charge and by refund", "95.00", new[] { "charge:2", "charge:5", "refund:re_1:2:succeeded", "refund:re_2:3:succeeded", "succeeded:100" })]
    [InlineData("stripe: a refund that failed", "100.00", new[] { "succeeded:100", "refund:re_1:40:pending", "refund:re_1:40:succeeded", "refund:re_1:40:failed" })]
    [InlineData("stripe: a refund that failed, counted by its charge before", "100.00", new[] { "succeeded:100", "charge:100", "refund:re_1:100:pending", "refund:re_1:100:failed" })]
    [InlineData("stripe: one refund failed, the other did not", "60.00", new[] { "succeeded:100", "charge:40", "charge:70", "refund:re_1:30:failed", "refund:re_2:40:succeeded" })]
    [InlineData("stripe: a chargeback lost", "0.00", new[] { "succeeded:100", "dispute:dp_1:100:created:needs_response", "dispute:dp_1:100:funds_withdrawn:under_review", "dispute:dp_1:100:closed:lost" })]
    [InlineData("stripe: a chargeback won back", "100.00", new[] { "succeeded:100", "dispute:dp_1:100:created:needs_response", "dispute:dp_1:100:funds_withdrawn:under_review", "dispute:dp_1:100:closed:won", "dispute:dp_1:100:funds_reinstated:won" })]
    [InlineData("stripe: won back, then refunded", "0.00", new[] { "succeeded:100", "dispute:dp_1:100:created:needs_response", "dispute:dp_1:100:closed:won", "refund:re_1:100:succeeded" })]
    [InlineData("stripe: an inquiry takes nothing", "100.00", new[] { "succeeded:100", "dispute:dp_1:100:created:warning_needs_response", "dispute:dp_1:100:closed:warning_closed" })]
    [InlineData("stripe: a debit, told twice, by two objects", "100.00", new[] { "processing:ch_1", "succeeded:100", "succeeded:100", "session:paid", "session:unpaid" })]
    [InlineData("stripe: a debit that failed", "none", new[] { "processing:ch_1", "failed:ch_1", "processing:ch_1" })]
    public void Stripes_events_add_up_in_every_order(string story, string net, string[] events) =>
        Everywhere(story, net, "stripe", events.Select(Stripe).ToList());

    [Theory]
    [InlineData("returned eight weeks later", "0.00", new[] { "submitted:01", "confirmed:03", "paid_out:05", "charged_back:58" })]
    [InlineData("failed, then collected", "100.00", new[] { "submitted:01", "failed-retry:03", "resubmission_requested:04", "confirmed:08" })]
    [InlineData("confirmed, then failed late", "0.00", new[] { "submitted:01", "confirmed:03", "failed:07", "late_failure_settled:09" })]
    [InlineData("a chargeback cancelled", "100.00", new[] { "confirmed:03", "charged_back:30", "chargeback_cancelled:40" })]
    public void GoCardlesses_events_add_up_in_every_order(string story, string net, string[] events) =>
        Everywhere(story, net, "gocardless", events.Select(GoCardless).ToList());

    [Theory]
    [InlineData("refused", "none", new[] { "AUTHORISATION:P1::false" })]
    [InlineData("authorised and captured", "100.00", new[] { "AUTHORISATION:P1::true", "CAPTURE:P2:P1:true" })]
    [InlineData("refunded", "0.00", new[] { "AUTHORISATION:P1::true", "REFUND:P3:P1:true" })]
    [InlineData("a refund that failed", "100.00", new[] { "AUTHORISATION:P1::true", "REFUND:P3:P1:true", "REFUND_FAILED:P3:P1:true" })]
    [InlineData("cancelled or refunded, whichever was possible", "0.00", new[] { "AUTHORISATION:P1::true", "CANCEL_OR_REFUND:P3:P1:true" })]
    [InlineData("neither cancelled nor refunded", "100.00", new[] { "AUTHORISATION:P1::true", "CANCEL_OR_REFUND:P3:P1:false" })]
    [InlineData("charged back, won, charged back", "0.00", new[] { "AUTHORISATION:P1::true", "CHARGEBACK:P4:P1:true", "CHARGEBACK_REVERSED:P4:P1:true", "SECOND_CHARGEBACK:P4:P1:true" })]
    [InlineData("charged back and won", "100.00", new[] { "AUTHORISATION:P1::true", "CHARGEBACK:P4:P1:true", "CHARGEBACK_REVERSED:P4:P1:true" })]
    public void Adyens_events_add_up_in_every_order(string story, string net, string[] events) =>
        Everywhere(story, net, "adyen", events.Select(Adyen).ToList());

    [Theory]
    [InlineData("refunded in two parts", "60.00", new[] { "COMPLETED:CAP1:100", "REFUNDED:R1:30", "REFUNDED:R2:10" })]
    [InlineData("pending, then there", "100.00", new[] { "PENDING:CAP1:100", "COMPLETED:CAP1:100" })]
    [InlineData("denied", "none", new[] { "PENDING:CAP1:100", "DENIED:CAP1:100" })]
    [InlineData("reversed", "0.00", new[] { "COMPLETED:CAP1:100", "REVERSED:RV1:100" })]
    public void PayPals_events_add_up_in_every_order(string story, string net, string[] events) =>
        Everywhere(story, net, "paypal", events.Select(PayPal).ToList());

    [Fact]
    public void Nobody_is_told_to_wait_for_money_that_is_there()
    {
        var succeeded = Hear("stripe", [Stripe("succeeded:100"), Stripe("processing:ch_1")]);
        Assert.Equal([PlannedKind.Received], succeeded.Facts.Select(f => f.Kind));
        var failed = Hear("stripe", [Stripe("processing:ch_1"), Stripe("failed:ch_1"), Stripe("processing:ch_2"), Stripe("succeeded:100")]);
        Assert.Equal([PlannedKind.Pending, PlannedKind.PendingFailed, PlannedKind.Pending, PlannedKind.Received], failed.Facts.Select(f => f.Kind));
    }

    [Theory]
    [InlineData("on its way", "2026-09-11", new[] { "submitted:00" })]
    [InlineData("failed, and tried again by itself", "2026-09-19", new[] { "submitted:00", "failed-retry:08" })]
    [InlineData("failed for good", "none", new[] { "submitted:00", "failed:08" })]
    [InlineData("failed for good, then tried again by a person", "2026-10-02", new[] { "submitted:00", "failed:08", "resubmission_requested:20", "submitted:21" })]
    [InlineData("and failed again", "none", new[] { "submitted:00", "failed:08", "submitted:21", "failed:25" })]
    [InlineData("collected at the second attempt", "none", new[] { "submitted:00", "failed-retry:08", "submitted:09", "confirmed:12" })]
    [InlineData("confirmed, failed late, and tried again", "2026-09-18", new[] { "submitted:00", "confirmed:03", "failed-retry:07" })]
    [InlineData("charged back: nothing is on its way", "none", new[] { "submitted:00", "confirmed:03", "charged_back:07" })]
    public void Whether_a_debit_is_waited_for_depends_on_what_was_told_and_not_on_when(string story, string until, string[] events)
    {
        foreach (var order in Orders(events.ToList()))
            foreach (var told in (IEnumerable<string>[])[order, [.. order, .. order]])
            {
                var silence = Silence(Hear("gocardless", told.Select(GoCardless)))?.ToString("O", System.Globalization.CultureInfo.InvariantCulture) ?? "none";
                Assert.True(silence == until, $"{story}: {silence}, by {string.Join(", ", told)}");
            }
    }

    [Theory]
    [InlineData("CANCELLATION", "")]
    [InlineData("TECHNICAL_CANCEL", "")]
    [InlineData("CANCEL_OR_REFUND", ",\"additionalData\":{\"modification.action\":\"cancel\"}")]
    public void An_authorisation_that_was_cancelled_before_its_capture_is_waited_for_no_more(string code, string more)
    {
        Telling Told(string word, string original, string extra) => new AdyenReader().Read(
            JsonElement.Parse($$$"""{"eventCode":"{{{word}}}","pspReference":"P{{{word.Length}}}","originalReference":"{{{original}}}","success":"true","amount":{"value":10000,"currency":"EUR"}{{{extra}}}}"""),
            "evt_1", new("demo", "adyen") { ManualCapture = true }, Now)!;
        var (authorised, cancelled) = (Told("AUTHORISATION", "P1", ""), Told(code, "P1", more));
        Assert.NotNull(Silence(Hear("adyen", [authorised])));
        Assert.Null(Silence(Hear("adyen", [authorised, cancelled])));
        Assert.Null(Silence(Hear("adyen", [cancelled, authorised])));
    }

    [Fact]
    public void Two_currencies_told_of_one_payment_are_no_amount_in_any_order()
    {
        foreach (var order in Orders<string>(["succeeded:100", "session:paid:usd", "charge:5", "refund:re_1:5:succeeded", "processing:ch_1", "session:unpaid:usd"]))
        {
            var money = Hear("stripe", order.Select(Stripe)).Money;
            Assert.Equal((true, null, null), (money.IsReceived, money.In, money.Net));
        }
    }

    [Fact]
    public void What_a_person_said_of_two_currencies_holds()
    {
        var payment = Hear("stripe", [Stripe("session:paid:usd"), Stripe("succeeded:100")]);
        payment = Planning(payment with { Money = payment.Money.Say(Dunning.Domain.Money.Parse("90.00 EUR")) });
        Assert.Equal("90.00 EUR", payment.Facts.Last(f => f.Kind == PlannedKind.Received).Amount.ToString());
        Assert.Equal("85.00 EUR", Planning(payment.Hear(Stripe("refund:re_1:5:succeeded"))).Money.Net.ToString());
    }

    [Fact]
    public void A_payment_without_an_id_is_one_of_its_own()
    {
        Telling? Told(string id, string type) => new StandardReader().Read(JsonElement.Parse($$$"""{"type":"{{{type}}}","data":{"invoiceId":"F-1","amount":"50.00","currency":"EUR"}}"""), id, new("demo", "standard"), Now);
        Assert.NotEqual(Told("msg_1", "payment.received")!.PaymentId, Told("msg_2", "payment.received")!.PaymentId);
        Assert.Equal(Told("msg_1", "payment.received")!.PaymentId, Told("msg_1", "payment.received")!.PaymentId);
        // An invoice is paid once.
        Assert.Equal(Told("msg_1", "invoice.paid")!.PaymentId, Told("msg_2", "invoice.paid")!.PaymentId);
    }

    [Fact]
    public void Two_reversals_without_an_id_are_two()
    {
        Telling Told(string id, string type, string amount) =>
            new StandardReader().Read(JsonElement.Parse($$$"""{"type":"{{{type}}}","data":{"paymentId":"p1","amount":"{{{amount}}}","currency":"EUR"}}"""), id, new("demo", "standard"), Now)!;
        Everywhere("two refunds", "70.00", "standard", [Told("msg_1", "payment.received", "100.00"), Told("msg_2", "payment.reversed", "20.00"), Told("msg_3", "payment.refunded", "10.00")]);
    }

    [Fact]
    public void A_fact_planned_is_never_changed()
    {
        var payment = Hear("stripe", [Stripe("charge:2"), Stripe("succeeded:100")]);
        var more = Planning(payment.Hear(Stripe("charge:5")));
        Assert.Equal(payment.Facts, more.Facts.Take(payment.Facts.Count));
        Assert.Equal("3.00 EUR", more.Facts[^1].Amount.ToString());
    }

    [Fact]
    public void Payouts_and_unknown_types_say_nothing_of_money()
    {
        foreach (var type in (string[])["payout.failed", "payout.paid", "customer.created", "charge.failed", "invoice.overdue", ""])
            Assert.Null(Read("stripe", $$$$"""{"type":"{{{{type}}}}","data":{"object":{"id":"po_1","amount":100,"currency":"eur"}}}"""));
        Assert.Null(Read("gocardless", """{"resource_type":"payouts","action":"paid","links":{"payout":"PO1"}}"""));
        Assert.Null(Read("paypal", """{"event_type":"CUSTOMER.DISPUTE.CREATED","resource":{"id":"D1"}}"""));
        Assert.Null(Read("mollie", """{"type":"payout.completed","entityId":"po_1"}"""));
        Assert.Null(Read("adyen", """{"eventCode":"REPORT_AVAILABLE","pspReference":"P1","success":"true","amount":{"value":1,"currency":"EUR"}}"""));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("12.5")]
    [InlineData("1e400")]
    [InlineData("99999999999999999999")]
    [InlineData("\"100\"")]
    [InlineData("null")]
    public void An_amount_that_is_none_is_not_guessed(string amount)
    {
        var telling = Read("stripe", $$$$"""{"type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","amount_received":{{{{amount}}}},"currency":"eur"}}}""")!;
        // Nothing, or less than nothing, is no money at all.
        Assert.Equal(amount is not ("-5" or "0"), telling.Money.IsReceived);
        Assert.Null(telling.Money.In);
    }

    [Theory]
    [InlineData("jpy", 500, "500 JPY")]
    [InlineData("isk", 500, "5 ISK")]
    [InlineData("kwd", 5000, "5.000 KWD")]
    public void Amounts_have_the_decimals_of_their_currency(string currency, int minor, string money)
    {
        var telling = Read("stripe", $$$$"""{"type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","amount_received":{{{{minor}}}},"currency":"{{{{currency}}}}"}}}""")!;
        Assert.Equal(money, telling.Money.In.ToString());
    }

    private static void Everywhere(string story, string net, string provider, List<Telling> tellings)
    {
        foreach (var order in Orders(tellings))
            foreach (var events in (IEnumerable<Telling>[])[order, [.. order, .. order], order.SelectMany(t => new[] { t, t })])
            {
                var payment = Hear(provider, events);
                var sum = payment.Facts.Where(f => f.Kind is PlannedKind.Received or PlannedKind.Reversed)
                    .Aggregate((Money?)null, (s, f) => (s ?? Money.Zero(f.Amount!.Value.Currency)) + (f.Kind == PlannedKind.Received ? f.Amount!.Value : -f.Amount!.Value));
                Assert.True((sum?.ToString() ?? "none") == (net == "none" ? net : $"{net} EUR"), $"{story}: {sum}, by {string.Join(", ", order.Select(o => JsonSerializer.Serialize(o.Money)))}");
                Assert.Equal(payment.Facts.Count, payment.Facts.Select(f => f.Id).Distinct().Count());
                // What a payment has left is never less than nothing: a reversal beyond it would be lost.
                foreach (var paid in payment.Facts.Where(f => f.Kind == PlannedKind.Received))
                    Assert.True(payment.Facts.Where(f => f.Kind == PlannedKind.Reversed && f.Of == paid.Id).Aggregate(paid.Amount!.Value, (l, f) => l - f.Amount!.Value) >= Money.Zero(paid.Amount!.Value.Currency));
            }
    }

    // Until when a case is silent that heard these facts, as it hears them: money that is there, and a failure, end what they name.
    private static DateOnly? Silence(ProviderPayment payment)
    {
        var pending = new Dictionary<string, DateOnly>();
        foreach (var fact in payment.Facts)
            if (fact.Kind == PlannedKind.Pending)
                pending.Add(fact.Id, fact.On);
            else if (fact.Kind == PlannedKind.Received)
                pending.Clear();
            else if (fact.Kind == PlannedKind.PendingFailed)
                pending.Remove(fact.Of!);
        return pending.Count == 0 ? null : pending.Values.Max();
    }

    // As it is in the store between two events.
    private static ProviderPayment Hear(string provider, IEnumerable<Telling> events) => events.Aggregate(
        new ProviderPayment("demo", provider, "x"), (p, t) => DomainJson.Read<ProviderPayment>(DomainJson.Write(Planning(p.Hear(t)))));

    private static ProviderPayment Planning(ProviderPayment payment) => Dunning.Service.Webhooks.Folding.Planning.Plan(payment, Today);

    private static IEnumerable<List<T>> Orders<T>(List<T> items)
    {
        if (items.Count <= 1)
            yield return items;
        else
            for (var i = 0; i < items.Count; i++)
                foreach (var rest in Orders(items.Where((_, j) => j != i).ToList()))
                    yield return [items[i], .. rest];
    }

    private static Telling Stripe(string word)
    {
        var part = word.Split(':');
        return Read("stripe", part[0] switch
        {
            "succeeded" => $$$$"""{"type":"payment_intent.succeeded","created":1790000000,"data":{"object":{"id":"pi_1","amount_received":{{{{part[1]}}}}00,"currency":"eur"}}}""",
            "processing" => $$$$"""{"type":"payment_intent.processing","created":1790000000,"data":{"object":{"id":"pi_1","amount":10000,"currency":"eur","latest_charge":"{{{{part[1]}}}}"}}}""",
            "failed" => $$$$"""{"type":"payment_intent.payment_failed","created":1790000000,"data":{"object":{"id":"pi_1","amount":10000,"currency":"eur","latest_charge":"{{{{part[1]}}}}"}}}""",
            "charge" => $$$$"""{"type":"charge.refunded","data":{"object":{"id":"ch_1","payment_intent":"pi_1","status":"succeeded","captured":true,"amount":10000,"amount_captured":10000,"amount_refunded":{{{{part[1]}}}}00,"currency":"eur"}}}""",
            "refund" => $$$$"""{"type":"refund.updated","data":{"object":{"id":"{{{{part[1]}}}}","payment_intent":"pi_1","amount":{{{{part[2]}}}}00,"currency":"eur","status":"{{{{part[3]}}}}"}}}""",
            "dispute" => $$$$"""{"type":"charge.dispute.{{{{part[3]}}}}","data":{"object":{"id":"{{{{part[1]}}}}","charge":"ch_1","payment_intent":"pi_1","amount":{{{{part[2]}}}}00,"currency":"eur","status":"{{{{part[4]}}}}"}}}""",
            _ => $$$$"""{"type":"checkout.session.completed","created":1790000000,"data":{"object":{"id":"cs_1","payment_intent":"pi_1","amount_total":10000,"currency":"{{{{(part.Length > 2 ? part[2] : "eur")}}}}","payment_status":"{{{{part[1]}}}}"}}}""",
        })!;
    }

    private static Telling GoCardless(string word)
    {
        var (action, day) = (word.Split(':')[0], int.Parse(word.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
        var at = new DateTime(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        return Read("gocardless", $$$$"""
            {"id":"EV1","created_at":"{{{{at}}}}","resource_type":"payments","action":"{{{{action.Split('-')[0]}}}}","links":{"payment":"PM1"},
            "details":{"will_attempt_retry":{{{{(action == "failed-retry" ? "true" : "false")}}}}},"resource_metadata":{"invoice_id":"F-1","amount":"100.00","currency":"EUR"}}
            """)!;
    }

    private static Telling Adyen(string word)
    {
        var part = word.Split(':');
        return Read("adyen", $$$$"""{"eventCode":"{{{{part[0]}}}}","pspReference":"{{{{part[1]}}}}","originalReference":"{{{{part[2]}}}}","success":"{{{{part[3]}}}}","merchantReference":"F-1","amount":{"value":10000,"currency":"EUR"}}""")!;
    }

    private static Telling PayPal(string word)
    {
        var part = word.Split(':');
        var up = part[0] is "REFUNDED" or "REVERSED" ? ""","links":[{"rel":"self","href":"x"},{"rel":"up","href":"https://api.paypal.com/v2/payments/captures/CAP1"}]""" : "";
        return Read("paypal", $$$$"""{"id":"WH-1","event_type":"PAYMENT.CAPTURE.{{{{part[0]}}}}","resource":{"id":"{{{{part[1]}}}}","custom_id":"F-1","amount":{"value":"{{{{part[2]}}}}.00","currency_code":"EUR"}{{{{up}}}}}}""")!;
    }

    private static Telling? Read(string provider, string json)
    {
        IProviderReader reader = provider switch
        {
            "stripe" => new StripeReader(),
            "gocardless" => new GoCardlessReader(),
            "adyen" => new AdyenReader(),
            "mollie" => new MollieReader(),
            _ => new PayPalReader(),
        };
        return reader.Read(JsonElement.Parse(json), "evt_1", new("demo", provider), Now);
    }
}
