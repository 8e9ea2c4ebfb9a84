using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;
using Dunning.Service.Console.Forms;

namespace Dunning.Service.Console.Settings;

/// <summary>Where a creditor's platform is told what happens. A new secret is shown once, on the page that answers its making.</summary>
internal static class EndpointPages
{
    private const string Pattern = "settings/creditors/{id}/endpoints";

    public static IEnumerable<Page> Pages =>
    [
        new("GET", Pattern, r => List(r, null, null)),
        new("POST", Pattern, Add),
        new("POST", Pattern + "/{endpoint}/{act}", Act),
    ];

    private static async Task<PageAnswer> List(PageRequest r, Problem? refusal, WebhookEndpointView? made)
    {
        if (!r.Ui.MayAct || await CreditorPages.Find(r) is not { } creditor)
            return new PageAnswer.NotFound();
        var page = await r.Api.Get<PageView<WebhookEndpointView>>("listWebhookEndpoints", null, ("creditor", creditor.Id));
        return PageAnswer.Of<EndpointsPage>(r.Ui.Say("Qui est prévenu", "Who is told"), ("Creditor", creditor), ("Endpoints", page?.Items ?? []), ("Form", r.Form), ("Made", made), ("Refusal", refusal))
            with
        { Status = refusal?.Status ?? 200 };
    }

    private static async Task<PageAnswer> Add(PageRequest r)
    {
        var body = new JsonObject { ["creditor"] = r.Route["id"] }.Text(r, "url").Text(r, "description");
        if (r.Field("types") is { } types)
            body["types"] = new JsonArray([.. types.Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(t => (JsonNode)t)]);
        return await Shown(r, await r.Api.Once(r.Field("once")).Call("addWebhookEndpoint", null, body));
    }

    private static async Task<PageAnswer> Act(PageRequest r)
    {
        var (route, back) = (SettingsPages.Route(("id", r.Route["endpoint"])), $"{CreditorPages.Of(r.Route["id"])}/endpoints");
        if (r.Route["act"] is "delete" or "rotate" && r.Field("confirm") != "yes")
            return r.Route["act"] == "delete"
                ? ConfirmPage.Of(r, r.Ui.Say("Ne plus prévenir cette adresse\u00A0?", "Tell this address no more?"), r.Ui.Say("Ne plus prévenir", "Tell it no more"), back,
                    [r.Ui.Say("Ce qui n’était pas encore remis ne le sera pas.", "What was not delivered yet will not be.")], grave: true)
                : ConfirmPage.Of(r, r.Ui.Say("Changer de secret\u00A0?", "Change the secret?"), r.Ui.Say("Faire un nouveau secret", "Make a new secret"), back,
                    [r.Ui.Say("L’ancien signe encore à côté du nouveau pendant un jour.", "The old one still signs beside the new one for a day.")]);
        return r.Route["act"] switch
        {
            "rotate" => await Shown(r, await r.Api.Once(r.Field("once")).Call("rotateWebhookSecret", route)),
            "delete" => Done(r, back, await r.Api.Call("deleteWebhookEndpoint", route), r.Ui.Say("Cette adresse n’est plus prévenue.", "This address is told no more.")),
            "test" => await r.Api.Call("testWebhookEndpoint", route) is { Body: TestCallView test } tested
                ? Done(r, back, tested, test.Delivered ? r.Ui.Say($"L’essai est arrivé ({test.Status}).", $"The test arrived ({test.Status}).") : r.Ui.Say($"L’essai n’est pas arrivé\u00A0: {test.Status} {test.Error}", $"The test did not arrive: {test.Status} {test.Error}"))
                : new PageAnswer.NotFound(),
            _ => new PageAnswer.NotFound(),
        };
    }

    private static PageAnswer Done(PageRequest r, string back, Answer answer, string said) => answer.Body is Problem problem ? RefusedPage.Of(r, problem, back) : new PageAnswer.SeeOther(back, said);

    // The secret stands in this answer alone.
    private static async Task<PageAnswer> Shown(PageRequest r, Answer answer)
    {
        if (answer.Body is null)
            return new PageAnswer.SeeOther($"{CreditorPages.Of(r.Route["id"])}/endpoints", r.Ui.Say("Ce formulaire a déjà été pris\u00A0: le secret n’est montré qu’une fois.", "This form was taken already: a secret is shown once."));
        r.Http.Response.Headers.CacheControl = "no-store";
        return await List(r, answer.Body as Problem, answer.Body as WebhookEndpointView);
    }
}
