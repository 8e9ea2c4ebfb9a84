using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

/// <summary>Values as a caller would give them.</summary>
internal static class Sample
{
    /// <summary>The longest name people really have, made of everything that could break a page.</summary>
    public static readonly string WildName = "<b>*x*</b> _y_ [z](https://evil.example) | `c` {{balance}} 1. # 😀 مخبز النور " + string.Concat(Enumerable.Repeat("Société d’Étanchéité & Fils ", 10)).Trim();

    public static TextValues CertainValues(string language) => new()
    {
        Creditor = new("Menuiserie Dupont") { Registration = "SIREN 732 829 320" },
        Contact = new(),
        Debtor = new("Boulangerie Martin"),
        Invoice = new("F-2026-17", Wording.Date(new(2026, 9, 1), language), Wording.Date(new(2026, 10, 1), language)) { Amount = Amount(1500m, language) },
        Balance = Amount(1234.5m, language),
        TotalDue = Amount(1234.5m, language),
        Currency = "EUR",
        DaysLate = Wording.Days(31, language),
        Deadline = Wording.Date(new(2026, 11, 9), language),
        Today = Wording.Date(new(2026, 11, 1), language),
        Legal = new() { Note = "Sentence of the law." },
        Payment = new("F-2026-17") { Beneficiary = "Menuiserie Dupont" },
        Plan = new() { Instalments = [new(Wording.Date(new(2026, 12, 1), language)) { Amount = Amount(617.25m, language) }, new(Wording.Date(new(2027, 1, 1), language)) { Amount = Amount(617.25m, language) }] },
        Promise = new(Wording.Date(new(2026, 11, 20), language)) { Amount = Amount(1234.5m, language) },
        Call = new(Wording.Date(new(2026, 11, 3), language)),
        DebitNote = new("ND-2026-0001", Wording.Date(new(2026, 11, 3), language), Wording.Date(new(2026, 11, 1), language)),
        Statement = new("2")
        {
            Firm = true,
            Numbers = "F-2026-17, F-2026-18",
            Rows =
            [
                new("F-2026-17", Wording.ShortDate(new(2026, 10, 1), language)) { Amount = Amount(1500m, language), Balance = Amount(1234.5m, language), Firm = true },
                new("F-2026-18", Wording.ShortDate(new(2026, 11, 4), language)) { Amount = Amount(80m, language), Balance = Amount(80m, language), Courtesy = true },
            ],
        },
    };

    public static TextValues Values(string language) => CertainValues(language) with
    {
        Creditor = new("Menuiserie Dupont") { City = "Lille", Address = "12 rue des Lices, 59000 Lille", Registration = "SIREN 732 829 320" },
        Sender = new("Hélène Dupont") { Role = "Gérante" },
        Contact = new() { Email = "compta@dupont.example", Phone = "01 23 45 67 89" },
        Invoice = CertainValues(language).Invoice with { PurchaseOrder = "BC-9", Description = "Volets", Settled = Amount(165.5m, language) },
        DisputedAmount = Amount(100m, language),
        TotalDue = Amount(1287.33m, language),
        Claim = Claim(language),
        Announced = new() { Indemnity = Amount(101.73m, language), Rate = Wording.Rate(10.5m, language) },
        Legal = new() { Note = "Sentence of the law.", Procedure = "court procedure", Basis = ["Article 1", "Article 2"], Recognition = "article 2240" },
        Payment = new("RF18 5390 0754 7034") { Beneficiary = "Menuiserie Dupont", Iban = "FR76 3000 6000 0112 3456 7890 189", Bic = "AGRIFRPP", Link = "https://pay.example/1?a=1&b=2", Code = true, Cheque = true },
        DocumentAttached = true,
        AgreementAttached = true,
        DebitNote = CertainValues(language).DebitNote! with
        {
            Interest = Amount(12.83m, language),
            Indemnity = Amount(40m, language),
            Total = Amount(52.83m, language),
            Accrued = Amount(20m, language),
            Earlier = Amount(7.17m, language),
            Provisional = true,
            Rows = Claim(language).Rows,
            Basis = ["Article 1", "Article 2"],
        },
        PortalUrl = "https://pay.example/d/1",
        Call = new(Wording.Date(new(2026, 11, 3), language)) { Note = "Paiement vendredi." },
    };

    private static ClaimValues Claim(string language) => new(Wording.Date(new(2026, 11, 1), language))
    {
        Principal = Amount(1234.5m, language),
        Interest = Amount(12.83m, language),
        Indemnity = Amount(40m, language),
        Total = Amount(1287.33m, language),
        Provisional = true,
        Rows = [new("02/10/2026", "01/11/2026", "31", Wording.Rate(12.15m, language)) { Base = Amount(1234.5m, language), Amount = Amount(12.83m, language) }],
    };

    private static string Amount(decimal amount, string language) => Wording.Amount(amount, "EUR", 2, language);
}
