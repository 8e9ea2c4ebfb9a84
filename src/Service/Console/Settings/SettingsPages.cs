using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Register;

namespace Dunning.Service.Console.Settings;

/// <summary>What is set, at a glance; and the switch that stops everything.</summary>
public sealed class SettingsPages : IConsolePages
{
    public IEnumerable<Page> Pages => [new("GET", "settings", Overview), new("POST", "settings/sending", Sending)];

    /// <summary>The creditor in the address, else the first there is.</summary>
    internal static string? Chosen(PageRequest r, IReadOnlyList<CreditorView> creditors) => r.Query("creditor") ?? (creditors.Count > 0 ? creditors[0].Id : null);

    internal static Dictionary<string, string> Route(params (string Name, string Value)[] parts) => parts.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);

    internal static string At(string text) => Uri.EscapeDataString(text);

    private static async Task<PageAnswer> Overview(PageRequest r)
    {
        var creditors = await SeenCreditors.Of(r);
        var creditor = Chosen(r, creditors);
        var policies = (await r.Api.Get<PageView<JsonObject>>("listPolicies", null, ("creditor", creditor)))?.Items ?? [];
        var texts = creditor is null ? [] : (await r.Api.Get<PageView<TextView>>("listTexts", Route(("creditor", creditor))))?.Items ?? [];
        var keys = r.Ui.IsAdmin ? (await r.Api.Get<PageView<KeyView>>("listKeys", null, ("limit", "500")))?.Items : null;
        return PageAnswer.Of<OverviewPage>(r.Ui.Say("Réglages", "Settings"), ("Creditors", creditors), ("Policies", policies.Select(p => (string)p["name"]!).Distinct().Count()),
            ("OwnTexts", texts.Count(t => t.Own)), ("Keys", keys?.Count(k => !k.Revoked)), ("Switch", await r.Api.Get<SendingSwitch>("getSending")));
    }

    private static async Task<PageAnswer> Sending(PageRequest r)
    {
        var stop = r.Field("stopped") == "true";
        if (r.Field("confirm") != "yes")
            return ConfirmPage.Of(r, stop ? r.Ui.Say("Tout arrêter\u00A0?", "Stop everything?") : r.Ui.Say("Tout reprendre\u00A0?", "Resume everything?"),
                stop ? r.Ui.Say("Arrêter tous les envois", "Stop all sending") : r.Ui.Say("Reprendre tous les envois", "Resume all sending"), "/console/settings",
                stop
                    ? [r.Ui.Say("Plus aucun message ne part, pour aucun créancier, jusqu’à la reprise.", "No message leaves any more, of any creditor, until sending resumes."),
                       r.Ui.Say("Rien n’est perdu\u00A0: à la reprise, chaque dossier continue où il en était.", "Nothing is lost: when sending resumes, each case goes on where it was.")]
                    : [r.Ui.Say("Les messages dus depuis l’arrêt partent aux prochaines heures d’envoi de leur scénario.", "What has come due since the stop leaves at the next sending hours of its policy."),
                       r.Ui.Say("Un créancier arrêté par son propre interrupteur le reste.", "A creditor stopped by its own switch stays so.")], grave: stop);
        var answer = await r.Api.Call("putSending", null, new() { ["stopped"] = stop, ["reason"] = r.Field("reason") });
        return answer.Body is Problem problem ? RefusedPage.Of(r, problem, "/console/settings")
            : new PageAnswer.SeeOther("/console/settings", stop ? r.Ui.Say("Tous les envois sont arrêtés.", "All sending is stopped.") : r.Ui.Say("Les envois reprennent.", "Sending resumes."));
    }
}
