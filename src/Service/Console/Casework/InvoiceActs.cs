namespace Dunning.Service.Console.Casework;

/// <summary>Acts on the invoice itself and whom it is sent to.</summary>
internal static class InvoiceActs
{
    public static readonly IReadOnlyList<CaseAct> All =
    [
        new("contact", "changeContact", CaseActs.Invoice, "Changer les coordonnées", "Change the contact",
        [
            new("name", FieldKind.Text, "Nom", "Name") { Value = (view, _) => view.Debtor.Name },
            new("email", FieldKind.Text, "E-mail", "E-mail") { Value = (view, _) => view.Debtor.Email, Clears = true },
            new("phone", FieldKind.Text, "Téléphone", "Telephone") { Value = (view, _) => view.Debtor.Phone, Clears = true, Hint = ("International, comme +33600000000.", "International, such as +33600000000.") },
            new("language", FieldKind.Choice, "Langue", "Language")
            {
                Value = (view, _) => view.Debtor.Language,
                Options = (ui, _) => [.. ui.LanguageChoices()],
            },
            new("address.line1", FieldKind.Text, "Adresse", "Address") { Value = (view, _) => view.Debtor.Address?.Line1, Clears = true },
            new("address.line2", FieldKind.Text, "Complément", "Second line") { Value = (view, _) => view.Debtor.Address?.Line2 },
            new("address.postalCode", FieldKind.Text, "Code postal", "Postal code") { Value = (view, _) => view.Debtor.Address?.PostalCode },
            new("address.city", FieldKind.Text, "Ville", "City") { Value = (view, _) => view.Debtor.Address?.City },
        ]) { On = _ => [null] },
        new("due-date", "changeDueDate", CaseActs.Invoice, "Changer l’échéance", "Change the due date",
            [new("dueDate", FieldKind.Date, "Échéance", "Due date") { Required = true, Value = (view, _) => CaseActs.Plain(view.DueDate) }]) { Binds = true, On = _ => [null] },
        new("amend", "amend", CaseActs.Invoice, "Corriger le montant", "Amend the amount",
        [
            new("amount", FieldKind.Amount, "Montant de la facture, TVA comprise", "Amount of the invoice, VAT included") { Required = true, Value = (view, _) => CaseActs.Plain(view.Amount) },
            new("reason", FieldKind.Lines, "Raison", "Reason") { Required = true },
        ]) { Binds = true, On = _ => [null] },
        new("sent", "markSent", CaseActs.Invoice, "Le débiteur a la facture", "The debtor has the invoice", [])
        {
            On = view => view.Tasks.Any(t => t.Kind == "invoiceNotSent") ? [null] : [],
            OfTask = true,
        },
    ];
}
