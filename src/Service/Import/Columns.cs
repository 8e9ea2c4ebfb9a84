namespace Dunning.Service.Import;

/// <summary>What a ledger's column tells.</summary>
internal enum Column
{
    Number, IssueDate, DueDate, Name, Kind, Country, Amount,
    Currency, Language, DebtorId, Siren, Email, Phone, Line1, Line2, PostalCode, City,
    Paid, PaidOn, Outstanding, AlreadySent, PurchaseOrder, PaymentUrl, SentAt,
}

/// <summary>Where each column is in one file.</summary>
internal sealed class Columns
{
    public const int Max = 100;

    /// <summary>
    /// The headings known for each column, folded as by <see cref="Words.Fold(string)"/>. Where a file has two of them, the one named first
    /// here counts. The columns up to Amount are mandatory. The first heading is the one suggested when a column is missing.
    /// </summary>
    private static readonly (Column Column, string Field, string Suggested, string Headings)[] Known =
    [
        (Column.Number, "number", "N° facture", "nfacture nofacture numfacture numerofacture numerodefacture ndefacture nodefacture "
            + "facture numero npiece numeropiece numerodepiece invoicenumber invoiceno invoice number"),
        (Column.IssueDate, "issueDate", "Date", "datefacture datedefacture datedefacturation dateemission datedemission datepiece "
            + "date issuedate invoicedate issuedon"),
        (Column.DueDate, "dueDate", "Échéance", "echeance dateecheance datedecheance datelimitedepaiement duedate dueon due"),
        (Column.Name, "debtor.name", "Client", "client nomclient nomduclient raisonsociale nom debiteur tiers customer customername "
            + "debtorname debtor name"),
        (Column.Kind, "debtor.kind", "Type", "type typeclient typedeclient typeclientele debtorkind debtortype customertype kind"),
        (Column.Country, "debtor.country", "Pays", "pays codepays paysclient country countrycode debtorcountry"),
        (Column.Amount, "amount", "Montant TTC", "montantttc totalttc ttc montanttotalttc montanttoutestaxescomprises amountinclvat "
            + "amountincludingvat totalinclvat grossamount montant amount total"),
        (Column.Currency, "currency", "Devise", "devise codedevise monnaie currency currencycode"),
        (Column.Language, "debtor.language", "Langue", "langue languageclient langueclient language debtorlanguage"),
        (Column.DebtorId, "debtor.id", "Code client", "codeclient nclient noclient numclient numeroclient numerodeclient codetiers comptetiers "
            + "compteclient customerid customercode customernumber debtorid"),
        (Column.Siren, "debtor.siren", "SIREN", "siren nsiren numerosiren siret nsiret numerosiret companynumber"),
        (Column.Email, "debtor.email", "E-mail", "email courriel mail adressemail adresseemail emailaddress debtoremail"),
        (Column.Phone, "debtor.phone", "Téléphone", "telephone tel mobile portable telephonemobile numerodetelephone "
            + "phone phonenumber debtorphone"),
        (Column.Line1, "debtor.address.line1", "Adresse", "adresse adresse1 adresseligne1 rue address address1 addressline1 street line1"),
        (Column.Line2, "debtor.address.line2", "Complément d'adresse", "complementdadresse complementadresse adresse2 adresseligne2 address2 "
            + "addressline2 line2"),
        (Column.PostalCode, "debtor.address.postalCode", "Code postal", "codepostal cp postalcode postcode zip zipcode"),
        (Column.City, "debtor.address.city", "Ville", "ville commune localite city town"),
        (Column.Paid, "payments", "Réglé", "regle montantregle dejaregle paye montantpaye dejapaye acompte amountpaid paidamount paid"),
        (Column.PaidOn, "payments", "Date règlement", "datereglement datedereglement reglele datepaiement datedepaiement payele paymentdate "
            + "datepaid paidon"),
        (Column.Outstanding, "payments", "Reste dû", "restedu resteapayer restantdu soldedu solde balancedue balance outstanding amountdue"),
        (Column.AlreadySent, "alreadySent", "Relances déjà envoyées", "relancesdejaenvoyees relancesenvoyees nombrederelances nbrelances "
            + "relances niveauderelance niveaurelance alreadysent reminderssent"),
        (Column.PurchaseOrder, "purchaseOrder", "Commande", "commande ncommande nocommande numerocommande numerodecommande boncommande "
            + "bondecommande refcommande referencecommande purchaseorder purchaseordernumber ponumber po"),
        (Column.PaymentUrl, "paymentUrl", "Lien de paiement", "liendepaiement lienpaiement urlpaiement paymenturl paymentlink"),
        (Column.SentAt, "sentAt", "Date d'envoi", "datedenvoi dateenvoi envoyeele sentat senton sentdate"),
    ];

    private readonly int[] places = new int[Known.Length];

    private Columns(IReadOnlyList<string> headings)
    {
        Headings = headings;
        var folded = headings.Select(Words.Fold).ToArray();
        foreach (var (column, _, _, known) in Known)
            places[(int)column] = known.Split(' ').Select(heading => Array.IndexOf(folded, heading)).FirstOrDefault(place => place >= 0, -1);
    }

    public IReadOnlyList<string> Headings { get; }

    /// <summary>The place of a column in the line; -1 when the file has none.</summary>
    public int this[Column column] => places[(int)column];

    public bool Has(Column column) => this[column] >= 0;

    /// <summary>The heading as the file writes it.</summary>
    public string Heading(Column column) => Has(column) ? Headings[this[column]].Trim() : Known[(int)column].Suggested;

    /// <exception cref="LedgerRefused">More than <see cref="Max"/> columns, or mandatory ones missing: all of them are named.</exception>
    public static Columns Parse(IReadOnlyList<string> headings)
    {
        if (headings.Count > Max)
            throw new LedgerRefused("tooManyColumns", $"The header has {headings.Count} columns; at most {Max} are read.");
        var columns = new Columns(headings);
        var missing = Known
            .Where(known => known.Column <= Column.Amount && !columns.Has(known.Column))
            .Select(known => new Fault(known.Field, "missingColumn", $"The header has no column for {known.Field}: call it \"{known.Suggested}\"."))
            .ToArray();
        return missing.Length == 0 ? columns : throw new LedgerRefused(missing);
    }
}
