using Dunning.Domain;
using Dunning.Service.Rendering;

namespace Dunning.Service.Console.Settings;

/// <summary>A policy as people tell it.</summary>
public static class PolicyWords
{
    /// <summary>The terms that are not steps, each with its name.</summary>
    public static IReadOnlyList<(string Name, string Words)> Terms(Ui ui, Policy policy)
    {
        var terms = new List<(string, string)>
        {
            (ui.Say("Pour", "For"), ui.Regime(policy.Regime)),
            (ui.Say("Heures d’envoi", "Sending hours"), ui.Say($"à {policy.SendAt:HH':'mm}, jamais avant {policy.WindowFrom:HH':'mm} ni après {policy.WindowTo:HH':'mm} ({policy.Zone.Id})", $"at {policy.SendAt:HH':'mm}, never before {policy.WindowFrom:HH':'mm} nor after {policy.WindowTo:HH':'mm} ({policy.Zone.Id})")),
            (ui.Say("Jours ouvrés", "Business days"), policy.Calendar),
            (ui.Say("Entre deux messages", "Between two messages"), ui.Say($"au moins {ui.Days(policy.MinimumGapDays)}", $"at least {ui.Days(policy.MinimumGapDays)}")),
            (ui.Say("Tenu pour payé", "Taken as paid"), ui.Say($"un solde jusqu’à {Number(ui, policy.Tolerance)}", $"a balance up to {Number(ui, policy.Tolerance)}")),
            (ui.Say("Promesses", "Promises"), ui.Say($"à {ui.Days(policy.Promise.MaxDays)} au plus, {ui.Days(policy.Promise.GraceDays)} de grâce, {policy.Promise.MaxBroken} manquées pardonnées", $"within {ui.Days(policy.Promise.MaxDays)}, {ui.Days(policy.Promise.GraceDays)} of grace, {policy.Promise.MaxBroken} broken ones forgiven")),
            (ui.Say("Échéanciers", "Plans"), ui.Say($"{policy.Plan.MaxInstalments} versements au plus d’au moins {Number(ui, policy.Plan.MinInstalment)}, en {ui.Days(policy.Plan.MaxDays)}", $"at most {policy.Plan.MaxInstalments} instalments of at least {Number(ui, policy.Plan.MinInstalment)}, within {ui.Days(policy.Plan.MaxDays)}")),
            (ui.Say("Intérêts et indemnité", "Interest and indemnity"), Accessories(ui, policy)),
        };
        if (policy.QuietPeriods.Count > 0)
            terms.Add((ui.Say("Périodes calmes", "Quiet periods"), string.Join(", ", policy.QuietPeriods.Select(q => ui.Say($"du {ui.Date(q.From)} au {ui.Date(q.To)}", $"from {ui.Date(q.From)} to {ui.Date(q.To)}")))));
        if (policy.MaxLedgerAgeDays is { } age)
            terms.Add((ui.Say("Comptes", "Books"), ui.Say($"rien ne part s’ils ont plus de {ui.Days(age)}", $"nothing leaves when they are older than {ui.Days(age)}")));
        if (policy.Confirmations.Count > 0)
            terms.Add((ui.Say("Confirmés par e-mail", "Confirmed by e-mail"), string.Join(", ", policy.Confirmations)));
        return terms;
    }

    /// <summary>What a step is and how it leaves; when stands beside it.</summary>
    public static string Step(Ui ui, PolicyStep step) => $"{ui.StepName(step.Id)} — {ui.Channels(step.Channels.Select(MessageKey.Name))}";

    public static IEnumerable<string> Conditions(Ui ui, PolicyStep step)
    {
        if (step.DeadlineDays is { } days)
            yield return ui.Say($"met en demeure de payer sous {ui.Days(days)}", $"gives notice to pay within {ui.Days(days)}");
        if (step.Channels.Contains(Channel.Letter))
            yield return step.SendsRegistered ? ui.Say("lettre recommandée", "registered letter") : ui.Say("lettre simple", "plain letter");
        if (step.Approval is { } approval)
            yield return approval ? ui.Say("attend une approbation", "waits for approval") : ui.Say("sans approbation", "without approval");
        if (step.MinBalance is { } least)
            yield return ui.Say($"seulement à partir de {Number(ui, least)}", $"only from {Number(ui, least)} on");
        if (step.Repeat is { } repeat)
            yield return ui.Say($"encore {repeat.Times} fois, tous les {ui.Days(repeat.EveryDays)}", $"{repeat.Times} more times, every {ui.Days(repeat.EveryDays)}");
        if (step.Template is { } template)
            yield return ui.Say($"texte «\u00A0{ui.Template(template)}\u00A0»", $"text “{ui.Template(template)}”");
    }

    private static string Accessories(Ui ui, Policy policy)
    {
        var from = policy.Rungs.FirstOrDefault(r => policy.ClaimsAccessoriesAt(r.Id)) is { } first ? ui.Say($"demandés dès {ui.Step(first.Id)}", $"claimed from {ui.Step(first.Id)} on") : ui.Say("jamais demandés", "never claimed");
        var rate = policy.Accessories.ContractualRate is { } agreed ? Wording.Rate(agreed, ui.Language) : ui.Say("taux légal", "legal rate");
        var after = policy.Accessories.Chased ? ui.Say("poursuivis une fois le principal payé", "chased once the principal is paid") : policy.Accessories.Dropped ? ui.Say("abandonnés une fois le principal payé", "dropped once the principal is paid") : ui.Say("une personne décide une fois le principal payé", "a person decides once the principal is paid");
        return $"{from}, {rate}, {after}";
    }

    private static string Number(Ui ui, decimal amount) => ui.IsFrench ? amount.ToString("0.00", new System.Globalization.NumberFormatInfo { NumberDecimalSeparator = "," }) : amount.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
