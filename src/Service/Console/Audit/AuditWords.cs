using Dunning.Service.Audit;
using Dunning.Service.Console.Casework;
using Dunning.Service.Engine;
using Dunning.Service.Portal;
using Dunning.Service.Upcoming;

namespace Dunning.Service.Console.Audit;

/// <summary>The record in words: acts beside the cases, the events a case's own page has no need of, and those who act that are no key.</summary>
public static class AuditWords
{
    private static readonly Dictionary<string, (string French, string English)> Acts = new(StringComparer.Ordinal)
    {
        ["addKey"] = ("Clé créée", "Key made"),
        ["revokeKey"] = ("Clé révoquée", "Key revoked"),
        ["putCreditor"] = ("Créancier enregistré", "Creditor saved"),
        ["putCreditorSending"] = ("Interrupteur du créancier", "Switch of the creditor"),
        ["putSending"] = ("Interrupteur général", "The global switch"),
        ["putLedger"] = ("Date des comptes notée", "Date of the books noted"),
        ["putCreditorNotice"] = ("Avis des prochains envois réglé", "Notice of tomorrow’s post set"),
        ["putPaymentSettings"] = ("Paiement en ligne réglé", "Online payment set"),
        ["putWebhook"] = ("Signatures d’un prestataire réglées", "What a provider signs with set"),
        ["putPolicy"] = ("Version de scénario écrite", "Version of a policy written"),
        ["putPolicySplit"] = ("Essai de deux scénarios commencé", "Trial of two policies begun"),
        ["endPolicySplit"] = ("Essai de deux scénarios terminé", "Trial of two policies ended"),
        ["putText"] = ("Texte enregistré", "Text saved"),
        ["deleteText"] = ("Retour au texte livré", "Back to the shipped text"),
        ["putRate"] = ("Taux saisi", "Rate entered"),
        ["holdDebtor"] = ("Débiteur suspendu", "Debtor put on hold"),
        ["releaseDebtor"] = ("Suspension du débiteur levée", "Hold of the debtor released"),
        ["openInsolvency"] = ("Procédure collective notée", "Insolvency noted"),
        ["exportDebtor"] = ("Données du débiteur remises", "Data of the debtor handed out"),
        ["eraseDebtor"] = ("Données du débiteur effacées", "Data of the debtor erased"),
        ["eraseDebtorRefused"] = ("Effacement interrompu\u00A0: un dossier s’est rouvert", "Erasure cut short: a case opened again"),
        ["eraseDebtorFailed"] = ("Effacement interrompu par une panne, à refaire", "Erasure cut short by a failure, to be done again"),
        ["retention"] = ("Durée de conservation échue\u00A0: données effacées", "Kept long enough: data erased"),
        ["applyBulk"] = ("Action groupée appliquée", "Act on many cases done"),
        ["assignUnmatched"] = ("Paiement attribué ou écarté", "Money assigned or dismissed"),
        ["assignUnmatchedReply"] = ("Réponse rattachée ou écartée", "Reply assigned or dismissed"),
        ["processInboundDelivery"] = ("Avis d’un prestataire retraité", "Delivery of a provider processed again"),
        ["seeToInboundDelivery"] = ("Avis d’un prestataire classé", "Delivery of a provider seen to"),
        ["makePortalLink"] = ("Adresse de la page du débiteur remise", "Address of the debtor’s page given"),
        ["revokePortalLinks"] = ("Adresses de la page du débiteur révoquées", "Addresses of the debtor’s page revoked"),
        ["addWebhookEndpoint"] = ("Destinataire ajouté", "Endpoint added"),
        ["putWebhookEndpoint"] = ("Destinataire modifié", "Endpoint changed"),
        ["deleteWebhookEndpoint"] = ("Destinataire retiré", "Endpoint taken away"),
        ["rotateWebhookSecret"] = ("Secret d’un destinataire changé", "Secret of an endpoint changed"),
        ["testWebhookEndpoint"] = ("Destinataire essayé", "Endpoint tested"),
        ["replayDelivery"] = ("Événement remis à nouveau", "Event delivered again"),
        ["replayDeadDeliveries"] = ("Événements perdus remis à nouveau", "Dead events delivered again"),
        ["dismissPassedOver"] = ("Événement passé outre, classé", "Passed over event dismissed"),
    };

    private static readonly Dictionary<string, (string French, string English)> Quiet = new(StringComparer.Ordinal)
    {
        ["wokeUp"] = ("Dossier examiné à son heure", "Case looked at in its time"),
        ["messageClaimed"] = ("Message écrit", "Message written"),
        ["messageAccepted"] = ("Message pris en charge", "Message accepted"),
    };

    private static readonly Dictionary<string, (string French, string English)> Others = new(StringComparer.Ordinal)
    {
        ["engine"] = ("le moteur", "the engine"),
        ["retention"] = ("la durée de conservation", "retention"),
        ["lifecycle"] = ("la plateforme de facturation", "the invoicing platform"),
        [DebtorFacts.Debtor] = ("le débiteur, sur sa page", "the debtor, on its page"),
        [NoticeSite.By] = ("le créancier, par un lien d’avis", "the creditor, by a link of a notice"),
    };

    /// <summary>Why retention erased: which of its periods was over.</summary>
    private static readonly Dictionary<string, (string French, string English)> Periods = new(StringComparer.Ordinal)
    {
        ["contact"] = ("coordonnées et notes", "contacts and notes"),
        ["messages"] = ("messages", "messages"),
    };

    /// <summary>Acts in the order their words are read, to choose from.</summary>
    public static IEnumerable<(string Value, string Text)> Kinds(this Ui ui) =>
        Acts.Keys.Concat(CaseWords.AllEvents).Concat(Quiet.Keys).Select(k => (k, ui.What(k))).OrderBy(k => SearchWords.Fold(k.Item2), StringComparer.Ordinal);

    public static string What(this Ui ui, string what) =>
        Acts.TryGetValue(what, out var act) || Quiet.TryGetValue(what, out act) ? ui.Say(act.French, act.English) : CaseWords.Event(ui, what);

    /// <summary>Whoever has a name by it, and says "you" to whoever reads.</summary>
    public static string Actor(this Ui ui, string by, string? name) => Others.TryGetValue(by, out var other) ? ui.Say(other.French, other.English) : ui.Who(by, name);

    public static string Why(this Ui ui, string what, string? why) => why is null ? ""
        : why == PersonalData.Mark ? ui.Say("(effacé)", "(erased)")
        : what == "retention" && Periods.TryGetValue(why, out var period) ? ui.Say(period.French, period.English)
        : why;
}
