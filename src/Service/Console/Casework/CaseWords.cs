using System.Globalization;
using Dunning.Service.Rendering;

namespace Dunning.Service.Console.Casework;

/// <summary>The words of a case: its events, its days and hours. What nobody has put into words is shown as it is.</summary>
public static class CaseWords
{
    private static readonly string[] FrenchDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    private static readonly Dictionary<string, (string French, string English)> Events = new(StringComparer.Ordinal)
    {
        ["registered"] = ("Facture enregistrée", "Invoice registered"),
        ["paymentReceived"] = ("Paiement reçu", "Payment received"),
        ["paymentReversed"] = ("Paiement revenu impayé", "Payment reversed"),
        ["paymentPending"] = ("Paiement annoncé", "Payment on its way"),
        ["pendingPaymentFailed"] = ("Paiement annoncé non arrivé", "The announced payment did not arrive"),
        ["creditNoteIssued"] = ("Avoir émis", "Credit note issued"),
        ["duplicateConfirmed"] = ("Doublon tranché", "Duplicate judged"),
        ["invoiceAmended"] = ("Montant corrigé", "Amount amended"),
        ["invoiceSent"] = ("Facture envoyée", "Invoice sent"),
        ["promiseMade"] = ("Promesse de paiement", "Promise to pay"),
        ["promiseKept"] = ("Promesse tenue", "Promise kept"),
        ["promiseBroken"] = ("Promesse non tenue", "Promise broken"),
        ["disputeOpened"] = ("Litige ouvert", "Dispute opened"),
        ["disputeResolved"] = ("Litige tranché", "Dispute resolved"),
        ["planProposed"] = ("Échéancier proposé", "Plan proposed"),
        ["planAgreed"] = ("Échéancier convenu", "Plan agreed"),
        ["planAccepted"] = ("Échéancier signé", "Plan signed"),
        ["debitNoteIssued"] = ("Note de débit émise", "Debit note issued"),
        ["held"] = ("Suspendu", "Put on hold"),
        ["released"] = ("Suspension levée", "Hold released"),
        ["replyReceived"] = ("Réponse reçue", "Reply received"),
        ["replyClassified"] = ("Réponse lue", "Reply read"),
        ["contactChanged"] = ("Coordonnées changées", "Contact changed"),
        ["dueDateChanged"] = ("Échéance changée", "Due date changed"),
        ["sendingStopped"] = ("Envois arrêtés", "Sending stopped"),
        ["sendingResumed"] = ("Envois repris", "Sending resumed"),
        ["insolvencyOpened"] = ("Procédure collective ouverte", "Insolvency opened"),
        ["cancelled"] = ("Dossier annulé", "Case cancelled"),
        ["writtenOff"] = ("Passé en perte", "Written off"),
        ["callLogged"] = ("Appel passé", "Call made"),
        ["stepApproved"] = ("Étape approuvée", "Step approved"),
        ["stepRejected"] = ("Étape refusée", "Step rejected"),
        ["stepHastened"] = ("Envoi demandé sans attendre", "Asked to leave at once"),
        ["stepLapsed"] = ("Étape passée", "Step passed over"),
        ["policyMoved"] = ("Scénario changé", "Policy changed"),
        ["messageDelivered"] = ("Message remis", "Message delivered"),
        ["messageBounced"] = ("Message revenu", "Message bounced"),
        ["messageRefused"] = ("Message refusé", "Message refused"),
        ["messageUncertain"] = ("Envoi incertain", "Message uncertain"),
        ["messageDeferred"] = ("Envoi remis à plus tard", "Message deferred"),
        ["letterPosted"] = ("Lettre postée", "Letter posted"),
        ["letterReturned"] = ("Lettre revenue", "Letter returned"),
        ["procedureRecorded"] = ("Procédure", "Court procedure"),
        ["resendAsked"] = ("Nouvel envoi demandé", "Asked to be sent again"),
        ["taskDone"] = ("Tâche faite", "Task done"),
        ["eventSetAside"] = ("Événement mis de côté", "Event set aside"),
    };

    private static readonly Dictionary<string, (string French, string English)> Silences = new(StringComparer.Ordinal)
    {
        ["insolvency"] = ("Procédure collective", "Insolvency"),
        ["hold"] = ("Suspension", "Hold"),
        ["debtorHold"] = ("Suspension du débiteur", "Hold of the debtor"),
        ["dispute"] = ("Litige", "Dispute"),
        ["partialDispute"] = ("Litige partiel", "Partial dispute"),
        ["plan"] = ("Échéancier", "Plan"),
        ["promise"] = ("Promesse", "Promise"),
        ["promiseNoted"] = ("Promesse notée, sans effet", "Promise noted, without effect"),
        ["pendingPayment"] = ("Paiement annoncé", "Payment on its way"),
        ["reply"] = ("Réponse à lire", "Reply to read"),
        ["replyUnread"] = ("Réponse toujours non lue", "Reply still unread"),
        ["possibleDuplicate"] = ("Doublon possible", "Possible duplicate"),
    };

    private static readonly Dictionary<string, (string French, string English)> Fates = new(StringComparer.Ordinal)
    {
        ["issued"] = ("à partir", "to leave"),
        ["claimed"] = ("en cours d’envoi", "being sent"),
        ["accepted"] = ("pris en charge", "accepted"),
        ["delivered"] = ("remis", "delivered"),
        ["bounced"] = ("revenu", "bounced"),
        ["refused"] = ("refusé", "refused"),
        ["tasked"] = ("confié à une personne", "given to a person"),
        ["uncertain"] = ("incertain", "uncertain"),
        ["withdrawn"] = ("retiré", "withdrawn"),
        ["underway"] = ("en cours", "under way"),
        ["happened"] = ("fait", "done"),
        ["lapsed"] = ("passé", "passed over"),
        ["elsewhere"] = ("fait ailleurs", "done elsewhere"),
        ["counted"] = ("compté", "counted"),
        ["possibleDuplicate"] = ("doublon possible", "possible duplicate"),
        ["duplicate"] = ("doublon", "duplicate"),
        ["met"] = ("passée", "past"),
        ["next"] = ("prochaine", "next"),
        ["ahead"] = ("à venir", "ahead"),
    };

    public static IReadOnlyCollection<string> AllEvents => Events.Keys;

    public static string Event(this Ui ui, string type) => Of(ui, Events, type);

    public static string Silence(this Ui ui, string kind) => Of(ui, Silences, kind);

    public static string Fate(this Ui ui, string fate) => Of(ui, Fates, fate);

    /// <summary>« mardi 3 novembre 2026 », "Tuesday 3 November 2026".</summary>
    public static string LongDate(this Ui ui, DateOnly date)
    {
        var day = ui.IsFrench ? FrenchDays[(int)date.DayOfWeek] : date.DayOfWeek.ToString();
        return $"{day} {Wording.Date(date, ui.Language)}";
    }

    /// <summary>« mardi 3 novembre 2026 à 9 h 30 », "Tuesday 3 November 2026 at 09:30".</summary>
    public static string LongInstant(this Ui ui, DateTimeOffset at)
    {
        var hour = !ui.IsFrench ? at.ToString("HH':'mm", CultureInfo.InvariantCulture)
            : at.Minute == 0 ? $"{at.Hour}\u00A0h" : string.Create(CultureInfo.InvariantCulture, $"{at.Hour}\u00A0h\u00A0{at.Minute:00}");
        return ui.LongDate(DateOnly.FromDateTime(at.DateTime)) + ui.Say(" à ", " at ") + hour;
    }

    /// <summary>An end as people say it: a silence that ends at midnight lasts until the day before, that day included.</summary>
    public static string Until(this Ui ui, DateTimeOffset end) => end.TimeOfDay == TimeSpan.Zero
        ? ui.Say($"{ui.Date(DateOnly.FromDateTime(end.DateTime).AddDays(-1))} compris", $"{ui.Date(DateOnly.FromDateTime(end.DateTime).AddDays(-1))}, included")
        : ui.Instant(end);

    /// <summary>Who acted: the engine, a key by its name, or what the log says.</summary>
    public static string Who(this Ui ui, string? by, string? name) => by switch
    {
        null => "",
        "engine" => ui.Say("le moteur", "the engine"),
        _ when by == ui.Caller.KeyId => ui.Say("vous", "you"),
        _ => name ?? by,
    };

    private static string Of(Ui ui, Dictionary<string, (string French, string English)> words, string word) => words.TryGetValue(word, out var known) ? ui.Say(known.French, known.English) : word;
}
