namespace Dunning.Service.Rendering;

/// <summary>
/// What a text may name. Each with the longest value one may reasonably meet, as an SMS would carry it: texts are measured with these.
/// All values come ready to print. <c>balance</c> is what is asked for now, so without <c>disputedAmount</c>; <c>daysLate</c> carries
/// its unit; <c>documentNote</c> is there only when the invoice is really attached; <c>legalNote</c> is the market's own sentence.
/// </summary>
internal static class TextValues
{
    public static IReadOnlyDictionary<string, string?> Longest { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["creditor.name"] = "Menuiserie Vandenbroucke et Associes SRL",
        ["creditor.email"] = "comptabilite.clients@menuiserie-vandenbroucke.example",
        ["creditor.phone"] = "+33 1 23 45 67 89",
        ["creditor.iban"] = "FR76 3000 6000 0112 3456 7890 189",
        ["creditor.city"] = "Woluwe-Saint-Lambert",
        ["sender.name"] = "Marie-Antoinette Vandenbroucke",
        ["sender.role"] = "Responsable du service clients",
        ["debtor.name"] = "Boulangerie Patisserie Martin et Fils",
        ["debtor.address"] = "12 bis avenue du General de Gaulle, 59000 Lille",
        ["invoice.number"] = "FAC-2026-00012345",
        ["invoice.issueDate"] = "30 septembre 2026",
        ["invoice.dueDate"] = "30 septembre 2026",
        ["invoice.amount"] = "123456,78 EUR",
        ["invoice.purchaseOrder"] = "BC-2026-00012345",
        ["balance"] = "123456,78 EUR",
        ["disputedAmount"] = "12345,67 EUR",
        ["currency"] = "EUR",
        ["daysLate"] = "120 jours",
        ["deadline"] = "30 septembre 2026",
        ["paymentUrl"] = "https://payer.dunning.example/p/3f9c1e7ab24d46f0a1b2c3d4",
        ["documentNote"] = "La facture est jointe.",
        ["today"] = "30 septembre 2026",
        ["legalNote"] = "Des interets de retard sont dus de plein droit.",
        ["reference"] = "RF18 5390 0754 7034",
    };

    /// <summary>The values that tell an amount: none on a lock screen, be it a subject or the opening of an SMS.</summary>
    public static IReadOnlySet<string> Amounts { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "balance", "invoice.amount", "disputedAmount" };
}
