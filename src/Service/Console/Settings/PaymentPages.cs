using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Console.Forms;

namespace Dunning.Service.Console.Settings;

/// <summary>How debtors pay online, and what providers sign with. Keys and secrets go in, and only their fingerprints come out.</summary>
internal static class PaymentPages
{
    /// <summary>Whose deliveries are judged by a secret.</summary>
    public static readonly IReadOnlyList<string> Providers = ["stripe", "gocardless", "mollie", "adyen", "paypal", "standard", "twilio", "email", "mail"];

    public static IEnumerable<Page> Pages =>
    [
        new("GET", "settings/creditors/{id}/payments", r => Payments(r, null)),
        new("POST", "settings/creditors/{id}/payments", SavePayments),
        new("GET", "settings/creditors/{id}/webhooks/{provider}", r => Webhook(r, null)),
        new("POST", "settings/creditors/{id}/webhooks/{provider}", SaveWebhook),
    ];

    public static async Task<IReadOnlyList<(string Provider, WebhookSettingsView? Set)>> Webhooks(PageRequest r, string creditor)
    {
        var all = new List<(string, WebhookSettingsView?)>();
        foreach (var provider in Providers)
            all.Add((provider, await r.Api.Get<WebhookSettingsView>("getWebhook", SettingsPages.Route(("creditor", creditor), ("provider", provider)))));
        return all;
    }

    private static async Task<PageAnswer> Payments(PageRequest r, Problem? refusal)
    {
        if (!r.Ui.IsAdmin || await CreditorPages.Find(r) is not { } creditor)
            return new PageAnswer.NotFound();
        var known = await r.Api.Get<PaymentSettingsView>("getPaymentSettings", SettingsPages.Route(("creditor", creditor.Id)));
        return PageAnswer.Of<PaymentsPage>(r.Ui.Say("Paiement en ligne", "Paying online"), ("Creditor", creditor), ("Known", known), ("Etag", known is null ? null : ApiPipeline.Etag(known)), ("Form", r.Form), ("Refusal", refusal))
            with
        { Status = refusal?.Status ?? 200 };
    }

    private static async Task<PageAnswer> SavePayments(PageRequest r)
    {
        var (id, back) = (r.Route["id"], $"{CreditorPages.Of(r.Route["id"])}/payments");
        if (!r.Ui.IsAdmin)
            return new PageAnswer.NotFound();
        var body = new JsonObject().Text(r, "provider").Text(r, "apiKey").Text(r, "urlTemplate").Text(r, "returnUrl");
        if (r.Field("forget") == "true")
        {
            if (r.Field("confirm") != "yes")
                return ConfirmPage.Of(r, r.Ui.Say("Oublier les clés\u00A0?", "Forget the keys?"), r.Ui.Say("Oublier", "Forget"), back,
                    [r.Ui.Say("Les liens déjà envoyés ne pourront plus être révoqués ni suivis, et aucun nouveau ne sera fait.", "Links already sent can no longer be revoked or asked after, and no new one is made.")], grave: true);
            body["apiKey"] = null;
        }
        var answer = await r.Api.Change("putPaymentSettings", SettingsPages.Route(("creditor", id)), body, r.Field("etag"));
        return answer.Body is Problem problem ? await Payments(r, problem) : new PageAnswer.SeeOther(CreditorPages.Of(id), r.Ui.Say("C’est enregistré.", "Saved."));
    }

    private static async Task<PageAnswer> Webhook(PageRequest r, Problem? refusal)
    {
        var provider = r.Route["provider"];
        if (!r.Ui.IsAdmin || !Providers.Contains(provider) || await CreditorPages.Find(r) is not { } creditor)
            return new PageAnswer.NotFound();
        var known = await r.Api.Get<WebhookSettingsView>("getWebhook", SettingsPages.Route(("creditor", creditor.Id), ("provider", provider)));
        return PageAnswer.Of<WebhookPage>(provider, ("Creditor", creditor), ("Provider", provider), ("Known", known), ("Etag", known is null ? null : ApiPipeline.Etag(known)), ("Refusal", refusal))
            with
        { Status = refusal?.Status ?? 200 };
    }

    private static async Task<PageAnswer> SaveWebhook(PageRequest r)
    {
        if (!r.Ui.IsAdmin)
            return new PageAnswer.NotFound();
        var body = new JsonObject { ["keep"] = new JsonArray([.. r.Form["keep"].OfType<string>().Select(k => (JsonNode)k)]) }.Text(r, "webhookId").Text(r, "subscription");
        if (r.Field("secret") is { } secret)
            body["secrets"] = new JsonArray(secret);
        if (r.Route["provider"] == "adyen")
            body["manualCapture"] = r.Field("manualCapture") == "true";
        var answer = await r.Api.Change("putWebhook", SettingsPages.Route(("creditor", r.Route["id"]), ("provider", r.Route["provider"])), body, r.Field("etag"));
        return answer.Body is Problem problem ? await Webhook(r, problem) : new PageAnswer.SeeOther(CreditorPages.Of(r.Route["id"]), r.Ui.Say("C’est enregistré.", "Saved."));
    }
}
