namespace Dunning.Service.Console.Casework;

/// <summary>Acts about money: what came in, what came back, what was credited.</summary>
internal static class MoneyActs
{
    private static readonly ActField Reference = new("reference", FieldKind.Text, "Référence", "Reference");
    private static readonly ActField Reason = new("reason", FieldKind.Lines, "Raison", "Reason");

    public static readonly IReadOnlyList<CaseAct> All =
    [
        new("payment", "addPayment", CaseActs.Money, "Enregistrer un paiement", "Record a payment",
        [
            new("amount", FieldKind.Amount, "Montant", "Amount") { Required = true, Value = (view, _) => CaseActs.Plain(view.Balance) },
            new("date", FieldKind.Date, "Date de valeur", "Value date") { Hint = ("Vide\u00A0: aujourd’hui.", "Empty: today.") },
            new("source", FieldKind.Choice, "Moyen", "Means")
            {
                Options = (ui, _) =>
                [
                    ("bank", ui.Say("Virement ou prélèvement", "Bank transfer or debit")), ("cheque", ui.Say("Chèque", "Cheque")), ("card", ui.Say("Carte", "Card")),
                    ("cash", ui.Say("Espèces", "Cash")), ("other", ui.Say("Autre", "Other")),
                ],
            },
            Reference,
        ]) { On = _ => [null] },
        new("reversal", "addReversal", CaseActs.Money, "Enregistrer un impayé", "Record a reversal",
        [
            new("paymentId", FieldKind.Choice, "Paiement revenu", "Payment that came back")
            {
                Required = true,
                Options = (ui, view) => view.Payments.Where(p => p.Reversed < p.Amount).Select(p => (p.Id, $"{ui.Date(p.Date)} — {ui.Amount(p.Amount, view.Currency)} {p.Reference}")),
            },
            new("amount", FieldKind.Amount, "Montant revenu", "Amount that came back") { Hint = ("Vide\u00A0: tout le paiement.", "Empty: the whole payment.") },
            Reason,
        ]) { On = view => view.Payments.Any(p => p.Reversed < p.Amount) ? [null] : [] },
        new("pending", "addPendingPayment", CaseActs.Money, "Annoncer un paiement en cours", "Announce a payment on its way",
        [
            new("expectedOn", FieldKind.Date, "Attendu le", "Expected on") { Required = true, Hint = ("Le dossier se tait jusque-là.", "The case is silent until then.") },
            new("amount", FieldKind.Amount, "Montant", "Amount") { Hint = ("Vide\u00A0: le reste dû.", "Empty: the balance.") },
            Reference,
        ]),
        new("pending-failed", "failPendingPayment", CaseActs.Money, "Le paiement annoncé n’est pas arrivé", "The announced payment did not arrive", [Reason])
        {
            About = "pending",
            On = view => view.PendingPayments.Select(p => p.Id),
        },
        new("credit-note", "addCreditNote", CaseActs.Money, "Enregistrer un avoir", "Record a credit note",
        [
            new("amount", FieldKind.Amount, "Montant de l’avoir", "Amount credited") { Required = true },
            new("date", FieldKind.Date, "Date", "Date") { Hint = ("Vide\u00A0: aujourd’hui.", "Empty: today.") },
            Reference,
        ]) { On = _ => [null], Binds = true },
        new("duplicate", "judgeDuplicate", CaseActs.Money, "Trancher un doublon possible", "Judge a possible duplicate",
            [new("sameMoney", FieldKind.YesNo, "Ce paiement", "This payment") { Required = true, Options = (ui, _) => [("true", ui.Say("est le même argent, compté deux fois", "is the same money, told twice")), ("false", ui.Say("est un autre paiement", "is money of its own"))] }])
        {
            About = "payment",
            OfTask = true,
            On = view => view.Payments.Where(p => p.Standing == "possibleDuplicate").Select(p => p.Id),
        },
    ];
}
