using System.Text;
using Dunning.Service.Bank;

namespace Dunning.Service.Tests.Bank;

/// <summary>The CSV exports of banks, by profile or by header.</summary>
public sealed class CsvStatementTests
{
    private static readonly (string Profile, string File)[] Exports =
    [
        ("generic", "Date;Date valeur;Libellé;Montant;Devise;Nom;IBAN\n05/10/2026;06/10/2026;VIR F-2026-0042;1 200,50;EUR;Martin;FR14 2004 1010 0505 0001 3M02 606\n07/10/2026;;PRLV EDF;-80,00;EUR;;\n"),
        ("credit-agricole", "Téléchargement du 08/10/2026;\n\nCompte courant n° 123;\nSolde au 08/10/2026 12,00 €\n\nDate;Libellé;Débit Euros;Crédit Euros;\n05/10/2026;\"VIREMENT EN VOTRE FAVEUR\nF-2026-0042 \";;\"1 200,50\";\n07/10/2026;\"PRELEVEMENT\nEDF\";80,00;;\n"),
        ("bnp-paribas", "Compte courant;Compte;****1234;08/10/2026;;12,00\nDate operation;Categorie operation;Libelle operation;Montant operation\n05/10/2026;Virement;VIR SEPA F-2026-0042;1200,50\n07/10/2026;Prélèvement;EDF;-80,00\n"),
        ("societe-generale", "=\"0300300000\";01/10/2026;08/10/2026;\nDate de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise\n05/10/2026;VIR RECU;F-2026-0042;1200,50;EUR\n07/10/2026;PRELEVEMENT;EDF;-80,00;EUR\n"),
        ("la-banque-postale", "Numéro Compte   ;1234567A033\nType            ;CCP\n\nDate;Libellé;Montant(EUROS)\n05/10/2026;VIREMENT F-2026-0042;1200,50\n07/10/2026;PRELEVEMENT EDF;-80,00\n"),
        ("kbc", "Numéro de compte;Nom de la rubrique;Nom;Devise;Numéro de l'extrait;Date;Description;Valeur;Montant;Solde;crédit;débit;numéro de compte contrepartie;BIC contrepartie;Nom contrepartie;Adresse contrepartie;communication structurée;Communication libre\nBE68539007547034;;Moi;EUR;1;05/10/2026;VIREMENT EN EUROS;06/10/2026;1200,50;1300,00;1200,50;;BE71096123456769;X;Martin;;;F-2026-0042\nBE68539007547034;;Moi;EUR;1;07/10/2026;DOMICILIATION;07/10/2026;-80,00;1220,00;;80,00;;;;;;EDF\n"),
        ("bnp-paribas-fortis", "Nº de séquence;Date d'exécution;Date valeur;Montant;Devise du compte;Numéro de compte;Type de transaction;Contrepartie;Nom de la contrepartie;Communication;Détails;Statut;Motif du refus\n2026-00012;05/10/2026;06/10/2026;1200,50;EUR;BE68539007547034;Virement en euros;BE71096123456769;Martin;F-2026-0042;REFERENCE BANQUE : 1;Accepté;\n2026-00013;07/10/2026;07/10/2026;-80,00;EUR;BE68539007547034;Domiciliation;;EDF;;;Accepté;\n"),
        ("ing-belgium", "Numéro de compte;Nom du compte;Compte partie adverse;Numéro de mouvement;Date comptable;Date valeur;Montant;Devise;Libellés;Détails du mouvement;Message\nBE68539007547034;Moi;BE71096123456769;12;05/10/2026;06/10/2026;1200,50;EUR;Virement en euros;Martin;F-2026-0042\nBE68539007547034;Moi;;13;07/10/2026;07/10/2026;-80,00;EUR;Domiciliation;EDF;\n"),
        ("belfius", "Date de comptabilisation à partir de;01/10/2026\nCompte;BE68 5390 0754 7034\n\nCompte;Date de comptabilisation;Numéro d'extrait;Numéro de transaction;Compte contrepartie;Nom contrepartie contient;Rue et numéro;Code postal et localité;Transaction;Date valeur;Montant;Devise;BIC;Code pays;Communications\nBE68 5390 0754 7034;05/10/2026;1;12;BE71 0961 2345 6769;Martin;;;VIREMENT;06/10/2026;1200,50;EUR;X;BE;F-2026-0042\nBE68 5390 0754 7034;07/10/2026;1;13;;EDF;;;DOMICILIATION;07/10/2026;-80,00;EUR;;;\n"),
    ];

    public static TheoryData<string, bool, bool> Files => new(from e in Exports from named in new[] { true, false } from latin in new[] { true, false } select (e.Profile, named, latin));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_bank_s_export_is_read_by_its_name_and_by_its_header_in_utf_8_and_windows_1252(string profile, bool named, bool latin)
    {
        var file = Exports.Single(e => e.Profile == profile).File;
        var (parts, refused) = await Read(latin ? Encoding.Latin1.GetBytes(file.Replace("€", "E", StringComparison.Ordinal)) : Encoding.UTF8.GetBytes(file), named ? profile : null);
        Assert.Null(refused);
        var lines = parts.OfType<StatementPart.Read>().Select(p => p.Line).ToList();
        Assert.Equal(["Credit 1200.50 EUR", "Other 80.00 EUR"], lines.Select(l => $"{l.Movement} {l.Amount}"));
        Assert.Contains("F-2026-0042", lines[0].Text, StringComparison.Ordinal);
        Assert.Equal((new(2026, 10, 5), file.Contains("06/10", StringComparison.Ordinal) ? new(2026, 10, 6) : new DateOnly(2026, 10, 5)), (lines[0].BookedOn!.Value, lines[0].Date!.Value));
        Assert.Equal(new DateOnly(2026, 10, 7), Assert.IsType<StatementPart.Ended>(parts[^1]).AsOf);
        if (file.Contains("BE71", StringComparison.Ordinal))
            Assert.Equal(("BE68539007547034", "BE71096123456769"), (lines[0].Account, lines[0].PayerIban));
    }

    [Fact]
    public void Every_shipped_profile_has_an_export_here() => Assert.Equal(CsvProfiles.Load(CsvProfiles.ShippedFolder).All.Select(p => p.Name).Order(), Exports.Select(e => e.Profile).Order());

    [Fact]
    public async Task A_line_that_cannot_be_read_is_refused_with_every_fault_and_the_others_stand()
    {
        var (parts, _) = await Read("Date;Libellé;Montant;Devise\n31/02/2026;X;1.234;EUR\n05/10/2026;Y;0,00;EUR\n;Z;5,00;QQQ\n05/10/2026\n05/10/2026;OK;5,00;\n"u8.ToArray());
        Assert.Equal(["2 unreadableAmount unreadableDate", "3 notPositive", "4 required unknownCurrency", "5 columnCount"],
            parts.OfType<StatementPart.Broken>().Select(b => $"{b.Line} {string.Join(' ', b.Faults.Select(f => f.Code).Order())}"));
        Assert.Equal("5.00 EUR", Assert.Single(parts.OfType<StatementPart.Read>()).Line.Amount.ToString());
    }

    [Theory]
    [InlineData("hello\nworld\n", "noHeader")]
    [InlineData("Date;Libellé\n05/10/2026;X\n", "noHeader")]
    [InlineData("\u0000\u0001\u0002", "binaryFile")]
    public async Task What_is_no_export_of_a_bank_is_told_so(string file, string code) => Assert.Equal(code, (await Read(Encoding.UTF8.GetBytes(file))).Refused!.Code);

    [Fact]
    public async Task A_quote_nobody_closes_is_one_error_and_what_came_before_it_was_read()
    {
        var file = "Date;Libellé;Montant\n05/10/2026;X;5,00\n05/10/2026;\"open;6,00\n" + string.Concat(Enumerable.Repeat("05/10/2026;Y;7,00\n", 10_000));
        var (parts, refused) = await Read(Encoding.UTF8.GetBytes(file));
        Assert.True(refused is { Code: "brokenCsv", Line: > 1 }, $"{refused?.Code} after {parts.Count}");
        Assert.Equal("5.00 EUR", Assert.Single(parts.OfType<StatementPart.Read>()).Line.Amount.ToString());
    }

    private static Task<(List<StatementPart> Parts, StatementRefused? Refused)> Read(byte[] file, string? profile = null) => CamtReaderTests.ReadUntilRefused(new MemoryStream(file), profile);
}
