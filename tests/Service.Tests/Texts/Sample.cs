using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

/// <summary>Values as a caller would give them.</summary>
internal static class Sample
{
    public static IReadOnlyDictionary<string, string?> CertainValues(string language) => new Dictionary<string, string?>
    {
        ["creditor.name"] = "Menuiserie Dupont",
        ["debtor.name"] = "Boulangerie Martin",
        ["invoice.number"] = "F-2026-17",
        ["invoice.issueDate"] = Wording.Date(new(2026, 9, 1), language),
        ["invoice.dueDate"] = Wording.Date(new(2026, 10, 1), language),
        ["invoice.amount"] = Wording.Amount(1500m, "EUR", 2, language),
        ["balance"] = Wording.Amount(1234.5m, "EUR", 2, language),
        ["daysLate"] = Wording.Days(31, language),
        ["deadline"] = Wording.Date(new(2026, 11, 9), language),
        ["today"] = Wording.Date(new(2026, 11, 1), language),
        ["currency"] = "EUR",
    };

    public static IReadOnlyDictionary<string, string?> Values(string language) => new Dictionary<string, string?>(CertainValues(language))
    {
        ["creditor.email"] = "compta@dupont.example",
        ["creditor.phone"] = "01 23 45 67 89",
        ["creditor.iban"] = "FR76 3000 6000 0112 3456 7890 189",
        ["creditor.city"] = "Lille",
        ["sender.name"] = "Hélène Dupont",
        ["sender.role"] = "Gérante",
        ["debtor.address"] = "12 rue des Lices\n59000 Lille",
        ["invoice.purchaseOrder"] = "BC-9",
        ["disputedAmount"] = Wording.Amount(100m, "EUR", 2, language),
        ["paymentUrl"] = "https://pay.example/1",
        ["documentNote"] = "La facture est jointe.",
        ["legalNote"] = "Sentence of the law.",
        ["reference"] = "RF18 5390 0754 7034",
    };

    /// <summary>The shortest names, which bring an amount nearest to the opening of a message.</summary>
    public static IReadOnlyDictionary<string, string?> ShortValues(string language) => new Dictionary<string, string?>(CertainValues(language))
    {
        ["creditor.name"] = "A",
        ["invoice.number"] = "1",
        ["invoice.issueDate"] = "1",
        ["invoice.dueDate"] = "2",
        ["invoice.amount"] = "9,99 €",
        ["balance"] = "9,99 €",
    };
}
