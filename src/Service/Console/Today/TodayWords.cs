namespace Dunning.Service.Console.Today;

/// <summary>The words of what needs a person, and where each is dealt with.</summary>
public static class TodayWords
{
    public static string Group(this Ui ui, string id) => id switch
    {
        WorkOfToday.Promises => ui.Say("Promesses échues ou du jour", "Promises due"),
        WorkOfToday.Disputes => ui.Say("Litiges ouverts", "Open disputes"),
        WorkOfToday.Money => ui.Say("Argent à attribuer", "Unmatched money"),
        WorkOfToday.Payouts => ui.Say("Versements qu’un prestataire n’a pas pu faire", "Payouts a provider could not make"),
        WorkOfToday.Deliveries => ui.Say("Avis de prestataires non traités", "Deliveries of providers that failed"),
        WorkOfToday.Replies => ui.Say("Réponses à rattacher", "Unmatched replies"),
        _ => ui.TaskKind(id),
    };

    /// <summary>What can be dealt with by saying that it is done; the rest is a question with an act of its own.</summary>
    public static bool IsDone(string kind) => kind is not ("approval" or "uncertainMessage" or "possibleDuplicate" or "reply" or "unpostedLetter");

    /// <summary>The page on which a task is dealt with.</summary>
    public static string Act(string kind, string caseId) => kind switch
    {
        "call" => $"/console/cases/{caseId}/acts/call",
        "refusedMessage" or "bouncedMessage" or "undeliverableMessage" or "missingAddress" => $"/console/cases/{caseId}/acts/contact",
        "disputeReview" => $"/console/cases/{caseId}/acts/resolve",
        "planProposal" or "planBroken" => $"/console/cases/{caseId}/acts/plan",
        "holdReview" => $"/console/cases/{caseId}/acts/release",
        _ => $"/console/cases/{caseId}",
    };

    public static string Act(this Ui ui, string kind) => kind switch
    {
        "call" => ui.Say("Noter l’appel", "Log the call"),
        "refusedMessage" or "bouncedMessage" or "undeliverableMessage" or "missingAddress" => ui.Say("Corriger l’adresse", "Mend the address"),
        "disputeReview" => ui.Say("Trancher le litige", "Resolve the dispute"),
        "planProposal" => ui.Say("Accorder l’échéancier", "Agree to the plan"),
        "planBroken" => ui.Say("Nouvel échéancier", "Another plan"),
        "holdReview" => ui.Say("Lever la suspension", "Release"),
        _ => ui.Say("Ouvrir le dossier", "Open the case"),
    };
}
