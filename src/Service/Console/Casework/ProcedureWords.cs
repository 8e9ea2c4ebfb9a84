using Dunning.Domain;
using Dunning.Service.Api;

namespace Dunning.Service.Console.Casework;

internal static class ProcedureWords
{
    private static readonly Dictionary<string, (string French, string English)> Words = new(StringComparer.Ordinal)
    {
        ["paymentOrder"] = ("Injonction de payer", "Payment order"),
        ["smallClaim"] = ("Procédure simplifiée (petites créances)", "Small claim"),
        ["interimPayment"] = ("Référé-provision", "Interim payment"),
        ["lawsuit"] = ("Assignation au fond", "Lawsuit"),
        ["europeanOrder"] = ("Injonction de payer européenne", "European order for payment"),
        ["uncontestedDebt"] = ("Recouvrement de dettes incontestées (Belgique)", "Uncontested debt (Belgium)"),
        ["publicBuyer"] = ("Acheteur public", "Public buyer"),
        ["filed"] = ("Déposée", "Filed"),
        ["ordered"] = ("Ordonnance rendue", "Ordered"),
        ["served"] = ("Signifiée", "Served"),
        ["opposed"] = ("Opposition", "Opposed"),
        ["enforceable"] = ("Exécutoire", "Enforceable"),
        ["ended"] = ("Terminée", "Ended"),
    };

    public static IEnumerable<(string Value, string Text)> Procedures(Ui ui) => Enum.GetValues<Procedure>().Select(p => (ApiJson.Name(p), Of(ui, ApiJson.Name(p))));

    public static IEnumerable<(string Value, string Text)> Stages(Ui ui) => Enum.GetValues<ProcedureStage>().Select(s => (ApiJson.Name(s), Of(ui, ApiJson.Name(s))));

    /// <summary>A procedure or a stage of one, by its name in the API.</summary>
    public static string Of(Ui ui, string name) => Words.TryGetValue(name, out var known) ? ui.Say(known.French, known.English) : name;
}
