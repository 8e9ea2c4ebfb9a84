using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;
using Dunning.Service.Console.Audit;
using Dunning.Service.Console.Forms;
using Dunning.Service.Console.WhatIf;

namespace Dunning.Service.Console.Settings;

/// <summary>Who is owed: identity, sending, books.</summary>
public sealed class CreditorPages : IConsolePages
{
    private const string Place = "/console/settings/creditors";
    private const string New = "new";

    public IEnumerable<Page> Pages =>
    [
        new("GET", "settings/creditors", List),
        new("GET", "settings/creditors/{id}", Show),
        new("GET", "settings/creditors/{id}/edit", Edit),
        new("POST", "settings/creditors/{id}/edit", Save),
        new("POST", "settings/creditors/{id}/sending", Sending),
        new("POST", "settings/creditors/{id}/ledger", Ledger),
        .. PaymentPages.Pages,
        .. EndpointPages.Pages,
    ];

    internal static string Of(string id) => $"{Place}/{SettingsPages.At(id)}";

    internal static Task<CreditorView?> Find(PageRequest r) => r.Api.Get<CreditorView>("getCreditor", SettingsPages.Route(("id", r.Route["id"])));

    private static async Task<PageAnswer> List(PageRequest r) =>
        PageAnswer.Of<CreditorsPage>(r.Ui.Say("Créanciers", "Creditors"), ("Creditors", await SeenCreditors.Of(r)));

    private static async Task<PageAnswer> Show(PageRequest r)
    {
        if (await Find(r) is not { } creditor)
            return new PageAnswer.NotFound();
        var route = SettingsPages.Route(("creditor", creditor.Id));
        return PageAnswer.Of<CreditorPage>(creditor.Name, ("Creditor", creditor), ("Sending", await r.Api.Get<SendingStateView>("getCreditorSending", SettingsPages.Route(("id", creditor.Id)))),
            ("Payments", await r.Api.Get<PaymentSettingsView>("getPaymentSettings", route)),
            ("Endpoints", (await r.Api.Get<PageView<WebhookEndpointView>>("listWebhookEndpoints", null, ("creditor", creditor.Id)))?.Items ?? []),
            ("Webhooks", r.Ui.IsAdmin ? await PaymentPages.Webhooks(r, creditor.Id) : []), ("Acts", await LastActs.On(r, $"/api/creditors/{creditor.Id}", creditor.Id)));
    }

    private static async Task<PageAnswer> Edit(PageRequest r)
    {
        if (!r.Ui.IsAdmin)
            return new PageAnswer.NotFound();
        if (r.Route["id"] == New)
            return await Form(r, null, new(), null, null);
        return await Find(r) is { } creditor ? await Form(r, creditor, CreditorForm.Of(creditor), ApiPipeline.Etag(creditor), null) : new PageAnswer.NotFound();
    }

    private static async Task<PageAnswer> Save(PageRequest r)
    {
        var (form, id) = (CreditorForm.Of(r), r.Route["id"] == New ? r.Field("id") ?? "" : r.Route["id"]);
        var known = r.Route["id"] == New ? null : await Find(r);
        if (!r.Ui.IsAdmin || (known is null && r.Route["id"] != New))
            return new PageAnswer.NotFound();
        if (known is not null && r.Field("confirm") != "yes")
        {
            var changes = CreditorChanges.Of(r.Ui, CreditorForm.Of(known), form);
            return changes.Count == 0
                ? new PageAnswer.SeeOther(Of(id), r.Ui.Say("Rien n’a changé.", "Nothing has changed."))
                : ConfirmPage.Of(r, r.Ui.Say($"Changer {known.Name}\u00A0?", $"Change {known.Name}?"), r.Ui.Say("Enregistrer", "Save"), $"{Of(id)}/edit", changes, CreditorChanges.AreGrave(CreditorForm.Of(known), form));
        }
        if (known is null && await r.Api.Get<CreditorView>("getCreditor", SettingsPages.Route(("id", id))) is not null)
            return await Form(r, known, form, null, Taken(r.Ui));
        var answer = await r.Api.Change("putCreditor", SettingsPages.Route(("id", id)), form.Json(), known is null ? null : r.Field("etag"));
        return answer.Body is Problem refusal ? await Form(r, known, form, r.Field("etag"), refusal)
            : new PageAnswer.SeeOther(Of(id), r.Ui.Say("C’est enregistré.", "Saved."));
    }

    private static Problem Taken(Ui ui) => new("invalidRequest", ui.Say("Ce créancier ne peut être ajouté.", "This creditor cannot be added."), 409, [new("id", "used", ui.Say("est déjà celui d’un créancier.", "is a creditor’s already."))]);

    private static async Task<PageAnswer> Form(PageRequest r, CreditorView? known, CreditorForm form, string? etag, Problem? refusal) =>
        PageAnswer.Of<CreditorEditPage>(known?.Name ?? r.Ui.Say("Nouveau créancier", "New creditor"), ("Known", known), ("Id", known?.Id ?? r.Field("id")), ("Form", form), ("Etag", etag),
            ("Policies", await PolicyChoices.Of(r, known?.Id)), ("Refusal", refusal)) with
        { Status = refusal?.Status ?? 200 };

    private static async Task<PageAnswer> Sending(PageRequest r)
    {
        var (id, stop) = (r.Route["id"], r.Field("stopped") == "true");
        if (!r.Ui.MayAct || await Find(r) is not { } creditor)
            return new PageAnswer.NotFound();
        if (r.Field("confirm") != "yes")
        {
            var state = await r.Api.Get<SendingStateView>("getCreditorSending", r.Route);
            return ConfirmPage.Of(r, stop ? r.Ui.Say($"Arrêter les envois de {creditor.Name}\u00A0?", $"Stop the sending of {creditor.Name}?") : r.Ui.Say($"Reprendre les envois de {creditor.Name}\u00A0?", $"Resume the sending of {creditor.Name}?"),
                stop ? r.Ui.Say("Arrêter les envois", "Stop sending") : r.Ui.Say("Reprendre les envois", "Resume sending"), Of(id), CreditorChanges.OfSending(r.Ui, stop, state), grave: stop);
        }
        var answer = await r.Api.Call("putCreditorSending", r.Route, new() { ["stopped"] = stop });
        return answer.Body is Problem problem ? RefusedPage.Of(r, problem, Of(id))
            : new PageAnswer.SeeOther(Of(id), stop ? r.Ui.Say("Les envois sont arrêtés.", "Sending is stopped.") : r.Ui.Say("Les envois reprennent.", "Sending resumes."));
    }

    private static async Task<PageAnswer> Ledger(PageRequest r)
    {
        var answer = await r.Api.Call("putLedger", r.Route, new JsonObject().Text(r, "asOf"));
        return answer.Body is Problem problem ? RefusedPage.Of(r, problem, Of(r.Route["id"])) : new PageAnswer.SeeOther(Of(r.Route["id"]), r.Ui.Say("La date des comptes est notée.", "The date of the books is noted."));
    }
}
