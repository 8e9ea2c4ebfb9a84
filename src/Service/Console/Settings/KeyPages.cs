using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Console.Audit;

namespace Dunning.Service.Console.Settings;

/// <summary>API keys. A secret is shown once, on the page that answers its making, and stands nowhere else: no address, no flash, no log.</summary>
public sealed class KeyPages : IConsolePages
{
    private const string Place = "/console/settings/keys";

    public IEnumerable<Page> Pages => [new("GET", "settings/keys", r => List(r, null)), new("POST", "settings/keys", Make), new("POST", "settings/keys/{id}/revoke", Revoke)];

    private static async Task<PageAnswer> List(PageRequest r, Problem? refusal)
    {
        if (!r.Ui.IsAdmin)
            return new PageAnswer.NotFound();
        var page = await r.Api.Get<PageView<KeyView>>("listKeys", null, ("limit", "200"), ("cursor", r.Query("cursor")));
        return PageAnswer.Of<KeysPage>(r.Ui.Say("Clés", "Keys"), ("Keys", page?.Items ?? []), ("More", page?.NextCursor), ("Creditors", await SeenCreditors.Of(r)), ("Form", r.Form), ("Refusal", refusal),
            ("Acts", await LastActs.On(r, "/api/keys", null)));
    }

    private static async Task<bool> IsLast(PageRequest r, string id)
    {
        string? cursor = null;
        var admins = new List<string>();
        do
        {
            var page = await r.Api.Get<PageView<KeyView>>("listKeys", null, ("limit", "200"), ("cursor", cursor));
            admins.AddRange((page?.Items ?? []).Where(k => k is { Role: "admin", Creditors: null, Revoked: false }).Select(k => k.Id));
            cursor = page?.NextCursor;
        }
        while (cursor is not null && admins.Count < 2);
        return admins is [var only] && only == id;
    }

    private static async Task<PageAnswer> Make(PageRequest r)
    {
        var body = new JsonObject { ["name"] = r.Field("name"), ["role"] = r.Field("role") };
        if (r.Form["creditors"].OfType<string>().Where(c => c.Length > 0).ToList() is { Count: > 0 } creditors)
            body["creditors"] = new JsonArray([.. creditors.Select(c => (JsonNode)c)]);
        var answer = await r.Api.Once(r.Field("once")).Call("addKey", null, body);
        if (answer.Body is Problem refusal)
            return refusal.Status == 403 ? new PageAnswer.NotFound() : await List(r, refusal);
        if (answer.Body is null)
            return new PageAnswer.SeeOther(Place, r.Ui.Say("Ce formulaire a déjà fait sa clé\u00A0: il n’en fait qu’une, dont le secret n’est montré qu’une fois.", "This form has made its key already: it makes one key, whose secret is shown once."));
        r.Http.Response.Headers.CacheControl = "no-store";
        return PageAnswer.Of<NewKeyPage>(r.Ui.Say("Nouvelle clé", "New key"), ("Key", answer.Body));
    }

    private static async Task<PageAnswer> Revoke(PageRequest r)
    {
        if (!r.Ui.IsAdmin)
            return new PageAnswer.NotFound();
        var id = r.Route["id"];
        if (r.Field("confirm") != "yes")
        {
            var consequences = new List<string>
            {
                r.Ui.Say($"La clé «\u00A0{r.Field("name") ?? id}\u00A0» n’ouvre plus rien, tout de suite et pour toujours.", $"The key “{r.Field("name") ?? id}” opens nothing any more, at once and for ever."),
                r.Ui.Say("Les programmes qui s’en servent sont refusés jusqu’à ce qu’on leur en donne une autre.", "Programs that use it are refused until they are given another."),
            };
            if (id == r.Ui.Caller.KeyId)
                consequences.Add(r.Ui.Say("C’est la vôtre\u00A0: vous serez déconnecté.", "It is your own: you will be signed out."));
            if (await IsLast(r, id))
                consequences.Add(r.Ui.Say("C’est la dernière clé d’administration de tous les créanciers\u00A0: sans une autre, personne ne fera plus de clé avant que l’hébergement soit relancé avec une clé neuve.", "It is the last admin key for every creditor: without another, nobody makes a key again until the host is started with a new one."));
            return ConfirmPage.Of(r, r.Ui.Say("Révoquer cette clé\u00A0?", "Revoke this key?"), r.Ui.Say("Révoquer", "Revoke"), Place, consequences, grave: true);
        }
        var answer = await r.Api.Call("revokeKey", r.Route);
        return answer.Body is Problem problem ? RefusedPage.Of(r, problem, Place) : new PageAnswer.SeeOther(Place, r.Ui.Say("La clé est révoquée.", "The key is revoked."));
    }
}
