namespace Dunning.Service.Rendering;

/// <summary>The values texts are measured with before they are used: the longest one may reasonably meet as an SMS carries them, and the least there can be.</summary>
internal static class TextSamples
{
    /// <summary>Stands for an amount where one would be seen too early.</summary>
    public const string AmountMark = "¤";

    public static TextValues Longest { get; } = new()
    {
        Creditor = new("Menuiserie Vandenbroucke et Associes SRL") { City = "Woluwe-Saint-Lambert", Address = "12 bis avenue du General de Gaulle, 59000 Lille", Registration = "SIREN 123 456 789" },
        Sender = new("Marie-Antoinette Vandenbroucke") { Role = "Responsable du service clients" },
        Contact = new() { Email = "comptabilite.clients@menuiserie-vandenbroucke.example", Phone = "+33 1 23 45 67 89" },
        Debtor = new("Boulangerie Patisserie Martin et Fils"),
        Invoice = new("FAC-2026-00012345", "30 septembre 2026", "30 septembre 2026")
        {
            Amount = "123456,78 EUR",
            Settled = "12345,67 EUR",
            PurchaseOrder = "BC-2026-00012345",
            Description = "Fourniture et pose de douze fenetres",
        },
        Balance = "123456,78 EUR",
        TotalDue = "123456,78 EUR",
        DisputedAmount = "12345,67 EUR",
        Currency = "EUR",
        DaysLate = "120 jours",
        Deadline = "30 septembre 2026",
        Today = "30 septembre 2026",
        Claim = new("30 septembre 2026")
        {
            Principal = "123456,78 EUR",
            Interest = "12345,67 EUR",
            Indemnity = "40,00 EUR",
            Total = "135842,45 EUR",
            Provisional = true,
            Rows = [new("01/01/2026", "30/06/2026", "181", "12,15 %") { Base = "123456,78 EUR", Amount = "7438,36 EUR" }],
        },
        Announced = new() { Indemnity = "2000,00 EUR", Rate = "10,50 %" },
        Legal = new() { Note = "Des interets de retard sont dus de plein droit.", Procedure = "injonction de payer", Basis = ["Article 1344 du Code civil"] },
        Payment = new("RF18 5390 0754 7034") { Beneficiary = "Menuiserie Vandenbroucke et Associes SRL", Iban = "FR76 3000 6000 0112 3456 7890 189", Bic = "AGRIFRPP", Link = "https://payer.dunning.example/p/3f9c1e7ab24d46f0a1b2c3d4", Code = true, Cheque = true },
        DocumentAttached = true,
        PortalUrl = "https://payer.dunning.example/p/3f9c1e7ab24d46f0a1b2c3",
        Plan = new() { Instalments = [new("30 septembre 2026") { Amount = "12345,67 EUR" }] },
        Promise = new("30 septembre 2026") { Amount = "12345,67 EUR" },
        Call = new("30 septembre 2026") { Note = "Rappeler vendredi." },
        AgreementAttached = true,
        DebitNote = new("ND-2026-0001", "30 septembre 2026", "30 septembre 2026") { Interest = "12345,67 EUR", Indemnity = "40,00 EUR", Total = "12385,67 EUR" },
        Statement = new("12")
        {
            Final = true,
            Numbers = "FAC-2026-00012345, FAC-2026-00012346",
            Links = true,
            Pages = true,
            Rows = [new("FAC-2026-00012345", "30/09/2026") { Amount = "123456,78 EUR", Balance = "123456,78 EUR", Disputed = "12345,67 EUR", Final = true, Link = "https://payer.dunning.example/pay/3f9c1e7ab24d46f0a1b2c3d4", Page = "https://payer.dunning.example/p/3f9c1e7ab24d46f0a1b2c3" }],
        },
    };

    /// <summary>Only what is always known.</summary>
    public static TextValues Least { get; } = new()
    {
        Creditor = new("Dupont"),
        Contact = new(),
        Debtor = new("Martin"),
        Invoice = new("1", "1er mai 2026", "1er juin 2026") { Amount = "9,99 EUR" },
        Balance = "9,99 EUR",
        TotalDue = "9,99 EUR",
        Currency = "EUR",
        Today = "8 juin 2026",
        DaysLate = "7 jours",
        Deadline = "16 juin 2026",
        Legal = new(),
        Payment = new("1") { Beneficiary = "Dupont" },
        Statement = new("2") { Courtesy = true, Rows = [new("1", "01/06/2026") { Amount = "9,99 EUR", Balance = "9,99 EUR", Courtesy = true }] },
    };

    /// <summary>With the least a name can take, which brings an amount nearest to the opening, and amounts as a mark that shows.</summary>
    public static TextValues Shortest(TextValues values) => values with
    {
        Creditor = values.Creditor with { Name = "x" },
        Debtor = new("x"),
        Invoice = values.Invoice with { Number = "x", IssueDate = "x", DueDate = "x", Amount = AmountMark, Settled = AmountMark },
        Balance = AmountMark,
        TotalDue = AmountMark,
        DisputedAmount = values.DisputedAmount is null ? null : AmountMark,
        Deadline = "x",
        Today = "x",
        Contact = values.Contact with { Phone = values.Contact.Phone is null ? null : "x" },
        Payment = values.Payment with { Link = values.Payment.Link is null ? null : "x" },
        PortalUrl = values.PortalUrl is null ? null : "x",
        Claim = values.Claim is { } claim ? claim with { Principal = AmountMark, Total = AmountMark, Interest = AmountMark, Indemnity = AmountMark } : null,
    };
}
