using Dunning.Service.Api.Views;
using Dunning.Service.Rendering;

namespace Dunning.Service.Console;

/// <summary>What the API says in one word, as people say it. A word nobody has put into words yet is shown as it is.</summary>
public static class Labels
{
    private static readonly Dictionary<string, (string French, string English)> Statuses = new(StringComparer.Ordinal)
    {
        ["scheduled"] = ("À venir", "Scheduled"),
        ["reminding"] = ("En relance", "Reminding"),
        ["formalNotice"] = ("Mise en demeure", "Formal notice"),
        ["handedOver"] = ("Au contentieux", "Handed over"),
        ["promised"] = ("Promesse en cours", "Promised"),
        ["onPlan"] = ("Échéancier", "On a plan"),
        ["disputed"] = ("En litige", "Disputed"),
        ["held"] = ("Suspendu", "On hold"),
        ["insolvent"] = ("Procédure collective", "Insolvent"),
        ["writtenOff"] = ("Passé en perte", "Written off"),
        ["cancelled"] = ("Annulé", "Cancelled"),
        ["paid"] = ("Payé", "Paid"),
    };

    private static readonly Dictionary<string, (string French, string English)> Tasks = new(StringComparer.Ordinal)
    {
        ["call"] = ("Appel à passer", "Call to make"),
        ["handOver"] = ("Passage au contentieux", "Hand-over"),
        ["missingAddress"] = ("Adresse manquante", "Missing address"),
        ["invoiceNotSent"] = ("Facture non envoyée", "Invoice not sent"),
        ["approval"] = ("À approuver", "To approve"),
        ["uncertainMessage"] = ("Envoi incertain", "Uncertain message"),
        ["refusedMessage"] = ("Message refusé", "Refused message"),
        ["bouncedMessage"] = ("Message revenu", "Bounced message"),
        ["undeliverableMessage"] = ("Message non remis", "Undeliverable message"),
        ["unpostedLetter"] = ("Lettre à poster", "Letter to post"),
        ["holdReview"] = ("Suspension à revoir", "Hold to review"),
        ["disputeReview"] = ("Litige à revoir", "Dispute to review"),
        ["reply"] = ("Réponse à lire", "Reply to read"),
        ["planProposal"] = ("Échéancier proposé", "Plan proposed"),
        ["planBroken"] = ("Échéancier rompu", "Broken plan"),
        ["possibleDuplicate"] = ("Doublon possible", "Possible duplicate"),
        ["declareClaim"] = ("Créance à déclarer", "Claim to declare"),
        ["whatNow"] = ("Et maintenant\u00A0?", "What now?"),
        ["insurerDeclaration"] = ("Assureur à prévenir", "Insurer to tell"),
        ["procedureTerm"] = ("Délai de procédure", "Term of a procedure"),
        ["accessoriesOwed"] = ("Intérêts et indemnité dus", "Interest and indemnity owed"),
        ["eventSetAside"] = ("Événement mis de côté", "Event set aside"),
        ["limitation"] = ("Prescription proche", "Limitation near"),
    };

    private static readonly Dictionary<string, (string French, string English)> Waits = new(StringComparer.Ordinal)
    {
        ["insolvency"] = ("une procédure collective", "an insolvency"),
        ["hold"] = ("la fin d’une suspension", "the end of a hold"),
        ["dispute"] = ("l’issue d’un litige", "the outcome of a dispute"),
        ["plan"] = ("un échéancier", "a plan"),
        ["promise"] = ("une promesse", "a promise"),
        ["pendingPayment"] = ("un paiement en cours", "a payment on its way"),
        ["possibleDuplicate"] = ("un doublon possible à trancher", "a word on a possible duplicate"),
        ["reply"] = ("une réponse à lire", "a reply to be read"),
        ["uncertainMessage"] = ("une décision sur un envoi incertain", "a decision on an uncertain message"),
        ["sendingStopped"] = ("la reprise des envois", "sending to resume"),
        ["ledger"] = ("des comptes à jour", "the books to be up to date"),
        ["bouncedNotice"] = ("une adresse pour la mise en demeure", "an address for the formal notice"),
        ["posting"] = ("le dépôt d’une lettre", "a letter to be posted"),
        ["invoiceNotSent"] = ("l’envoi de la facture", "the invoice to be sent"),
        ["approval"] = ("une approbation", "an approval"),
        ["person"] = ("une décision", "a person’s decision"),
    };

    private static readonly Dictionary<string, (string French, string English)> Channels = new(StringComparer.Ordinal)
    {
        ["email"] = ("e-mail", "e-mail"),
        ["sms"] = ("SMS", "SMS"),
        ["letter"] = ("lettre", "letter"),
        ["call"] = ("appel", "call"),
        ["handover"] = ("contentieux", "hand-over"),
        ["declaration"] = ("déclaration à l’assureur", "declaration to the insurer"),
    };

    private static readonly Dictionary<string, (string French, string English)> Languages = new(StringComparer.Ordinal)
    {
        [TextLanguage.French] = ("français", "French"),
        [TextLanguage.Dutch] = ("néerlandais", "Dutch"),
        [TextLanguage.English] = ("anglais", "English"),
        [TextLanguage.German] = ("allemand", "German"),
    };

    public static IReadOnlyCollection<string> AllStatuses => Statuses.Keys;

    public static string Status(this Ui ui, string status) => Of(ui, Statuses, status);

    public static string TaskKind(this Ui ui, string kind) => Of(ui, Tasks, kind);

    /// <summary>The kind of a task and what it is about; a hand-over is about a hand-over.</summary>
    public static string TaskTitle(this Ui ui, string kind, string? step)
    {
        var name = ui.TaskKind(kind);
        return step is null || ui.StepName(step) == name ? name : $"{name} — {ui.StepName(step)}";
    }

    public static string PolicyName(this Ui ui, PolicyView policy) => $"{policy.Name} v{policy.Version}{(policy.Creditor is null ? "" : ui.Say(", propre au créancier", ", the creditor’s own"))}";

    public static string LanguageName(this Ui ui, string language) => Of(ui, Languages, language);

    /// <summary>The languages debtors are written to, to choose from.</summary>
    public static IEnumerable<(string Value, string Text)> LanguageChoices(this Ui ui) => Languages.Keys.Select(l => (l, ui.LanguageName(l)));

    public static string WaitsFor(this Ui ui, string reason) => Of(ui, Waits, reason);

    public static string Channel(this Ui ui, string channel) => Of(ui, Channels, channel);

    private static string Of(Ui ui, Dictionary<string, (string French, string English)> words, string word) => words.TryGetValue(word, out var known) ? ui.Say(known.French, known.English) : word;
}
