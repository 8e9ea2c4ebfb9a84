namespace Dunning.Local.Commands;

/// <summary>The API's words as operators say them, by name. The tests hold every list complete.</summary>
internal static class Terms
{
    public static IReadOnlyDictionary<string, Said> Statuses { get; } = new Dictionary<string, Said>
    {
        ["scheduled"] = new("scheduled", "programmé"),
        ["reminding"] = new("reminding", "en relance"),
        ["formalNotice"] = new("formal notice", "mise en demeure"),
        ["handedOver"] = new("handed over", "au contentieux"),
        ["promised"] = new("promised", "promesse"),
        ["onPlan"] = new("on a plan", "échéancier"),
        ["disputed"] = new("disputed", "en litige"),
        ["held"] = new("held", "suspendu"),
        ["insolvent"] = new("insolvent", "procédure collective"),
        ["writtenOff"] = new("written off", "passé en perte"),
        ["cancelled"] = new("cancelled", "annulé"),
        ["paid"] = new("paid", "payé"),
    };

    /// <summary>What a case waits for; after "waits for" and "attend".</summary>
    public static IReadOnlyDictionary<string, Said> Waits { get; } = new Dictionary<string, Said>
    {
        ["insolvency"] = new("the insolvency proceedings", "la procédure collective"),
        ["hold"] = new("the end of the hold", "la fin de la suspension"),
        ["dispute"] = new("the dispute to be settled", "l’issue du litige"),
        ["plan"] = new("the instalments", "les échéances du plan"),
        ["promise"] = new("the promised payment", "le paiement promis"),
        ["pendingPayment"] = new("a payment on its way", "un paiement en cours"),
        ["possibleDuplicate"] = new("a word on a possible duplicate payment", "un avis sur un possible double paiement"),
        ["reply"] = new("the reply to be read", "la lecture de la réponse"),
        ["uncertainMessage"] = new("a word on a message that may have left", "un avis sur un message peut-être parti"),
        ["sendingStopped"] = new("sending to be resumed", "la reprise des envois"),
        ["ledger"] = new("fresher books", "des comptes plus récents"),
        ["bouncedNotice"] = new("the formal notice to be heard", "que la mise en demeure soit reçue"),
        ["posting"] = new("the letter to be posted", "la mise à la poste"),
        ["invoiceNotSent"] = new("the invoice to be sent", "l’envoi de la facture"),
        ["approval"] = new("an approval", "un accord"),
        ["person"] = new("a person to decide", "la décision d’une personne"),
    };

    /// <summary>Which rule set the instant of a step.</summary>
    public static IReadOnlyDictionary<string, Said> Becauses { get; } = new Dictionary<string, Said>
    {
        ["nominal"] = new("its date in the policy", "sa date dans le scénario"),
        ["gap"] = new("the gap after the step before", "l’écart après la relance précédente"),
        ["paymentGap"] = new("the gap after a payment", "l’écart après un paiement"),
        ["deadline"] = new("the deadline of the formal notice", "le délai de la mise en demeure"),
        ["unblocked"] = new("the first moment it may", "le premier instant possible"),
        ["window"] = new("the hours messages leave in", "les heures d’envoi"),
    };

    public static IReadOnlyDictionary<string, Said> Tasks { get; } = new Dictionary<string, Said>
    {
        ["call"] = new("call", "appel"),
        ["handOver"] = new("hand over", "passage au contentieux"),
        ["missingAddress"] = new("address missing", "adresse manquante"),
        ["invoiceNotSent"] = new("invoice not sent", "facture non envoyée"),
        ["approval"] = new("approve", "accord à donner"),
        ["uncertainMessage"] = new("did it leave?", "est-il parti\u202F?"),
        ["refusedMessage"] = new("message refused", "message refusé"),
        ["bouncedMessage"] = new("message bounced", "message revenu"),
        ["undeliverableMessage"] = new("message undeliverable", "message impossible à remettre"),
        ["unpostedLetter"] = new("letter not posted", "lettre non postée"),
        ["holdReview"] = new("review the hold", "suspension à revoir"),
        ["disputeReview"] = new("review the dispute", "litige à revoir"),
        ["reply"] = new("read the reply", "réponse à lire"),
        ["planProposal"] = new("plan proposed", "échéancier proposé"),
        ["planBroken"] = new("plan broken", "échéancier rompu"),
        ["possibleDuplicate"] = new("paid twice?", "payé deux fois\u202F?"),
        ["declareClaim"] = new("declare the claim", "créance à déclarer"),
        ["whatNow"] = new("what now?", "et maintenant\u202F?"),
        ["insurerDeclaration"] = new("tell the insurer", "déclaration à l’assureur"),
        ["procedureTerm"] = new("term of a procedure", "terme d’une procédure"),
        ["accessoriesOwed"] = new("interest and indemnity owed", "intérêts et indemnité dus"),
        ["eventSetAside"] = new("event set aside", "événement mis de côté"),
        ["limitation"] = new("the debt may lapse", "prescription proche"),
    };

    public static IReadOnlyDictionary<string, Said> Channels { get; } = new Dictionary<string, Said>
    {
        ["email"] = new("e-mail", "e-mail"),
        ["sms"] = new("SMS", "SMS"),
        ["letter"] = new("letter", "lettre"),
        ["call"] = new("call", "appel"),
        ["handover"] = new("hand-over", "contentieux"),
        ["declaration"] = new("declaration", "déclaration"),
    };

    public static IReadOnlyDictionary<string, Said> Silences { get; } = new Dictionary<string, Said>
    {
        ["insolvency"] = new("insolvency", "procédure collective"),
        ["hold"] = new("hold", "suspension"),
        ["debtorHold"] = new("hold of the debtor", "suspension du débiteur"),
        ["dispute"] = new("dispute", "litige"),
        ["partialDispute"] = new("dispute in part", "litige partiel"),
        ["plan"] = new("plan", "échéancier"),
        ["promise"] = new("promise", "promesse"),
        ["promiseNoted"] = new("promise, noted only", "promesse, pour mémoire"),
        ["pendingPayment"] = new("payment on its way", "paiement en cours"),
        ["reply"] = new("reply", "réponse"),
        ["replyUnread"] = new("reply not read yet", "réponse encore à lire"),
        ["possibleDuplicate"] = new("paid twice?", "payé deux fois\u202F?"),
    };

    /// <summary>A word of one of the lists; one that came with a newer host is shown as it is.</summary>
    public static string Of(this Words words, IReadOnlyDictionary<string, Said> terms, string? name) =>
        name is null ? "" : terms.TryGetValue(name, out var said) ? words.Say(said) : name;
}
