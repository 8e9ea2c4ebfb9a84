namespace Dunning.Service.Console.Casework;

/// <summary>What is agreed with the debtor, disputed by it, or keeps the case silent.</summary>
internal static class AgreementActs
{
    private static readonly ActField Note = new("note", FieldKind.Lines, "Note", "Note");

    public static readonly IReadOnlyList<CaseAct> All =
    [
        new("promise", "addPromise", CaseActs.Agreement, "Noter une promesse", "Note a promise",
        [
            new("date", FieldKind.Date, "Payera le", "Will pay on") { Required = true },
            new("amount", FieldKind.Amount, "Montant promis", "Amount promised") { Hint = ("Vide\u00A0: le reste dû.", "Empty: the balance.") },
            new("override", FieldKind.Tick, "Accepter au-delà du délai que permet le scénario", "Accept beyond what the policy allows"),
        ]),
        new("plan", "addPlan", CaseActs.Agreement, "Convenir d’un échéancier", "Agree on a plan",
            [new("instalments", FieldKind.Instalments, "Échéances", "Instalments") { Required = true, Value = (view, on) => Proposals.Of(view, on) }])
        {
            Binds = true,
            On = view => CaseActs.IsOpen(view) ? [null, .. view.Tasks.Where(t => t.Kind == "planProposal").Select(t => t.Id)] : [],
        },
        new("plan-signed", "acceptPlan", CaseActs.Agreement, "L’échéancier est signé", "The plan was signed",
        [
            new("date", FieldKind.Date, "Signé le", "Signed on") { Required = true },
            new("by", FieldKind.Text, "Par", "By") { Required = true },
            new("evidence", FieldKind.Text, "Où est l’original", "Where the paper is"),
        ]) { About = "plan", On = view => view.Plan is { AcceptedOn: null } plan ? [plan.Id] : [] },
        new("dispute", "addDispute", CaseActs.Agreement, "Ouvrir un litige", "Open a dispute",
        [
            new("kind", FieldKind.Choice, "Nature", "Kind") { Required = true, Options = (ui, _) => [("commercial", ui.Say("Commercial", "Commercial")), ("technical", ui.Say("Technique", "Technical"))] },
            new("code", FieldKind.Choice, "Motif", "Cause")
            {
                Options = (ui, _) =>
                [
                    ("other", ui.Say("Autre", "Other")), ("missingPurchaseOrder", ui.Say("Bon de commande manquant", "Missing purchase order")), ("notReceived", ui.Say("Facture ou livraison non reçue", "Not received")),
                    ("wrongRecipient", ui.Say("Mauvais destinataire", "Wrong recipient")), ("wrongAmount", ui.Say("Montant contesté", "Wrong amount")), ("quality", ui.Say("Qualité", "Quality")),
                ],
            },
            new("amount", FieldKind.Amount, "Montant contesté", "Amount disputed") { Hint = ("Vide\u00A0: toute la facture.", "Empty: the whole invoice.") },
            Note,
        ]),
        new("resolve", "resolveDispute", CaseActs.Agreement, "Trancher le litige", "Resolve the dispute",
        [
            new("outcome", FieldKind.Choice, "Issue", "Outcome")
            {
                Required = true,
                Options = (ui, _) =>
                [
                    ("rejected", ui.Say("Le débiteur avait tort\u00A0: les relances reprennent", "The debtor was wrong: reminders resume")),
                    ("upheld", ui.Say("Le débiteur avait raison\u00A0: la part contestée est créditée", "The debtor was right: what it disputes is credited")),
                    ("credited", ui.Say("Un avoir du montant ci-dessous le règle", "A credit note of the amount below settles it")),
                ],
            },
            new("amount", FieldKind.Amount, "Montant de l’avoir", "Amount credited"),
        ]) { About = "dispute", Binds = true, On = view => view.Disputes.Select(d => d.Id) },
        new("hold", "hold", CaseActs.Agreement, "Suspendre", "Put on hold",
        [
            new("reason", FieldKind.Lines, "Raison", "Reason") { Required = true },
            new("until", FieldKind.Date, "Jusqu’au, ce jour compris", "Until, that day included") { Hint = ("Vide\u00A0: jusqu’à ce qu’on la lève, avec une revue tous les 30\u00A0jours.", "Empty: until it is released, reviewed every 30\u00A0days.") },
        ]) { Binds = true, On = _ => [null] },
        new("release", "release", CaseActs.Agreement, "Lever la suspension", "Release the hold", []) { On = view => view.Silences.Any(s => s.Kind == "hold") ? [null] : [] },
        new("reply", "addReply", CaseActs.Agreement, "Noter une réponse du débiteur", "Note an answer of the debtor",
        [
            new("channel", FieldKind.Choice, "Reçue par", "Received by")
            {
                Options = (ui, _) => [("email", ui.Say("E-mail", "E-mail")), ("phone", ui.Say("Téléphone", "Telephone")), ("sms", "SMS"), ("letter", ui.Say("Courrier", "Letter")), ("other", ui.Say("Autre", "Other"))],
            },
            new("from", FieldKind.Text, "De", "From"),
            new("text", FieldKind.Lines, "Texte", "Text"),
        ]),
        new("classify", "classifyReply", CaseActs.Agreement, "Classer la réponse", "Say what the reply means",
        [
            new("meaning", FieldKind.Choice, "Elle veut dire", "It means")
            {
                Required = true,
                Options = (ui, _) =>
                [
                    ("promise", ui.Say("Une promesse de paiement", "A promise to pay")), ("paid", ui.Say("Un paiement déjà fait", "A payment already made")), ("dispute", ui.Say("Un litige", "A dispute")),
                    ("question", ui.Say("Une question", "A question")), ("plan", ui.Say("Une demande d’échéancier", "A request for a plan")), ("wrongContact", ui.Say("Un mauvais interlocuteur", "The wrong person")),
                    ("nothing", ui.Say("Rien à faire", "Nothing to do")),
                ],
                Hint = ("La classer la sort des silences\u00A0; ce qu’elle promet ou conteste s’enregistre par son propre acte.", "Reading it ends its silence; what it promises or disputes is recorded by its own act."),
            },
        ]) { About = "reply", OfTask = true, On = view => view.Silences.Where(s => s.Kind is "reply" or "replyUnread").Select(s => s.Id) },
    ];
}
