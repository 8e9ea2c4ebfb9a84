using Dunning.Service.Letters;

namespace Dunning.Service.Tests.Letters;

/// <summary>Letters as they are sent in the field.</summary>
public static class SampleLetters
{
    public const string PaymentCode = "BCD\n002\n1\nSCT\nAGRIFRPP\nMenuiserie Lefèvre & Fils\nFR7630006000011234567890189\nEUR7842.61\n\n\nDOSSIER 2026-0412\n";

    /// <summary>A formal notice between businesses: three invoices, what is owed for being late, how to pay, what follows.</summary>
    public static Letter FormalNotice => new()
    {
        Language = "fr",
        Title = "Mise en demeure de payer – dossier 2026-0412",
        WrittenOn = new(2026, 11, 23),
        From = ["Menuiserie Lefèvre & Fils", "14 rue de l’Ébénisterie", "69007 Lyon", "compta@lefevre-menuiserie.example", "04 72 00 00 00"],
        To = ["Société Bâti-Rhône", "Service comptabilité fournisseurs", "ZI des Gravières", "128 avenue du Général-Leclerc", "38200 VIENNE", "FRANCE"],
        PlaceAndDate = "Lyon, le 23 novembre 2026",
        References = ["Lettre recommandée avec avis de réception", "Nos références : dossier 2026-0412"],
        Subject = "MISE EN DEMEURE DE PAYER",
        PaymentCode = PaymentCode,
        Footer =
        [
            "Menuiserie Lefèvre & Fils – SARL au capital de 30 000 € – 14 rue de l’Ébénisterie, 69007 Lyon – SIREN 732 829 320 – RCS Lyon – TVA FR44732829320",
            "IBAN FR76 3000 6000 0112 3456 7890 189 – BIC AGRIFRPP",
        ],
        Body = """
            Madame, Monsieur,

            Sauf erreur de notre part, et malgré nos relances des 12 octobre, 20 octobre et 3 novembre 2026, les factures suivantes ne sont pas réglées à ce jour.

            | Facture | Émise le | Échéance | Montant TTC | Réglé | Reste dû |
            |:--|:--|:--|--:|--:|--:|
            | F-2026-0287 | 31 août 2026 | 30 septembre 2026 | 4 820,40 € | 1 500,00 € | 3 320,40 € |
            | F-2026-0301 | 11 septembre 2026 | 11 octobre 2026 | 2 964,00 € | 0,00 € | 2 964,00 € |
            | F-2026-0312 | 18 septembre 2026 | 18 octobre 2026 | 1 356,00 € | 0,00 € | 1 356,00 € |
            | **Total** | | | **9 140,40 €** | **1 500,00 €** | **7 640,40 €** |

            Ces factures correspondent à la fourniture et à la pose des menuiseries du chantier « Les Terrasses de l’Isère », selon votre commande n° BR-5571 du 2 juin 2026.

            Par la présente, nous vous **mettons en demeure** de nous payer la somme de **7 842,61 €** au plus tard le **1er décembre 2026**. Elle se décompose ainsi :

            | Ce qui est dû au 23 novembre 2026 | Calcul | Montant |
            |:--|:--|--:|
            | Principal | trois factures, toutes taxes comprises | 7 640,40 € |
            | Pénalités de retard (art. L441-10 du Code de commerce) | 12,15 % l’an ; 3 320,40 € × 54 jours ÷ 365, 2 964,00 € × 43 jours ÷ 365, 1 356,00 € × 36 jours ÷ 365 | 82,21 € |
            | Indemnité forfaitaire pour frais de recouvrement (art. D441-5) | 3 × 40,00 € | 120,00 € |
            | **Total à payer** | | **7 842,61 €** |

            Les pénalités continuent de courir jusqu’au paiement complet, sans qu’un rappel soit nécessaire.

            ## Comment payer

            ![Code QR du virement](qr:payment) Par virement, en indiquant la référence **DOSSIER 2026-0412** :\
            IBAN **FR76 3000 6000 0112 3456 7890 189**\
            BIC AGRIFRPP, titulaire Menuiserie Lefèvre & Fils\
            Montant **7 842,61 €**\
            Ce code QR remplit le virement dans votre application bancaire.

            ## Ce qui suivrait

            À défaut de paiement complet à cette date, nous saisirons la justice sans autre avis, notamment par une requête en injonction de payer devant le tribunal de commerce de Vienne. La présente vaut mise en demeure au sens des articles 1344 et 1344-1 du Code civil ; elle fait courir les intérêts moratoires de l’article 1231-6.

            Si vous contestez tout ou partie de ces sommes, nous vous remercions de nous en indiquer les raisons par écrit avant cette date :

            - la facture concernée et le montant contesté ;
            - le motif, avec vos pièces ;
            - la personne que nous pouvons joindre.

            Si votre règlement est déjà parti, merci de nous en communiquer la date et la référence.

            Veuillez agréer, Madame, Monsieur, nos salutations distinguées.

            **Hélène Lefèvre**\
            Responsable administrative et financière
            """.Replace(" €", "\u00A0€"),
    };

    /// <summary>A Belgian reminder in Dutch, for an envelope with its window at the left.</summary>
    public static Letter BelgianReminder => new()
    {
        Language = "nl-BE",
        Title = "Herinnering factuur 2026/0088",
        WrittenOn = new(2026, 11, 23),
        Window = WindowSide.Left,
        From = ["Drukkerij De Schelde bv", "Kaaistraat 12", "2000 Antwerpen", "boekhouding@deschelde.example", "+32 3 000 00 00"],
        To = ["Mevrouw Zoë Van den Bossche", "Onze-Lieve-Vrouwestraat 45 bus 3", "9000 GENT"],
        PlaceAndDate = "Antwerpen, 23 november 2026",
        Subject = "Herinnering: factuur 2026/0088",
        PaymentCode = "BCD\n002\n1\nSCT\nKREDBEBB\nDrukkerij De Schelde bv\nBE68539007547034\nEUR318.25\n\n\nRF18539007547034\n",
        Footer = ["Drukkerij De Schelde bv – Kaaistraat 12, 2000 Antwerpen – ondernemingsnummer 0403.170.701 – RPR Antwerpen – IBAN BE68 5390 0754 7034"],
        Body = """
            Geachte mevrouw Van den Bossche,

            Wij hebben de betaling van onze factuur nog niet ontvangen. Deze eerste herinnering is kosteloos.

            | Factuur | Datum | Vervaldag | Bedrag | Saldo |
            |---|---|---|--:|--:|
            | 2026/0088 | 9 oktober 2026 | 8 november 2026 | € 318,25 | € 318,25 |

            Mogen wij u vragen het saldo van **€ 318,25** te betalen binnen veertien kalenderdagen, die ingaan op de derde werkdag na de verzending van deze brief? Zonder betaling binnen die termijn kan een schadevergoeding van ten hoogste *20 euro vermeerderd met 10 %* worden gevraagd.

            ![QR-code voor de overschrijving](qr:payment) IBAN **BE68 5390 0754 7034**\
            Mededeling **RF18 5390 0754 7034**

            Kunt u niet in één keer betalen, of is er iets mis met de factuur? Bel of schrijf ons gerust.

            Met vriendelijke groeten,

            **Jeroen Claes**\
            Klantenboekhouding
            """,
    };

    /// <summary>A company, a street and a sender of 300 characters, an address of nine lines and forty invoices.</summary>
    public static Letter Longest => FormalNotice with
    {
        From = [Words("Groupement d’intérêt économique des artisans menuisiers", 300), new string('W', 300), "69007 Lyon"],
        To =
        [
            Words("Société civile immobilière et de gestion patrimoniale", 300), "À l’attention de Madame Éléonore de La Rochefoucauld-Montbéliard",
            "Direction des achats", "Service comptabilité fournisseurs", "Bâtiment C, escalier 4, 3e étage", "Résidence Les Terrasses",
            "128 avenue du Général-Leclerc", "BP 40127", "38209 VIENNE CEDEX",
        ],
        References = ["Lettre recommandée avec avis de réception", Words("Dossier", 200)],
        Body = $"""
            {new string('x', 300)}

            > {Words("Les frais de recouvrement entrepris sans titre exécutoire restent à la charge du créancier", 500)}

            | Facture | Libellé | Adresse | Montant |
            |---|---|---|--:|
            {string.Join('\n', Enumerable.Range(1, 40).Select(i => $"| F-2026-{i:D4} | {Words("Lot", 20 + 9 * i)} | {new string('m', 10 * i)} | {i} 234,50 € |"))}

            {Words("La présente vaut mise en demeure", 1500)}

            1. Premier
            2. {Words("Second", 900)}
               - dedans

            ---

            Fin de la lettre.
            """,
    };

    private static string Words(string words, int length) => string.Concat(Enumerable.Repeat(words + " ", length / words.Length + 1))[..length].TrimEnd();
}
