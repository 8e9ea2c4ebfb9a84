using Dunning.Domain;
using Dunning.Service.Rendering;
using static Dunning.Domain.RouteGround;

namespace Dunning.Service.HandOver;

/// <summary>Routes in words, French or English: what they are called, why they are open or closed, what a file lacks.</summary>
internal static class RouteWords
{
    private static readonly Dictionary<Procedure, (string French, string English)> Procedures = new()
    {
        [Procedure.SmallClaim] = ("Procédure simplifiée de recouvrement des petites créances", "Simplified procedure for small claims (procédure simplifiée)"),
        [Procedure.PaymentOrder] = ("Injonction de payer", "Order for payment (injonction de payer)"),
        [Procedure.InterimPayment] = ("Référé-provision", "Interim payment (référé-provision)"),
        [Procedure.Lawsuit] = ("Action au fond", "Ordinary action"),
        [Procedure.EuropeanOrder] = ("Injonction de payer européenne", "European order for payment"),
        [Procedure.UncontestedDebt] = ("Recouvrement de dettes d’argent non contestées", "Recovery of uncontested debts (Belgium)"),
        [Procedure.PublicBuyer] = ("Recours contre un acheteur public", "Claim against a public buyer"),
    };

    private static readonly Dictionary<RouteGround, (string French, string English)> Grounds = new()
    {
        [WithinSmallClaims] = ("Le principal et les intérêts ne dépassent pas 5\u202F000\u00A0€.", "Principal and interest do not exceed €5,000."),
        [BeyondSmallClaims] = ("Le principal et les intérêts dépassent 5\u202F000\u00A0€.", "Principal and interest exceed €5,000."),
        [DebtorMustAgree] = ("Le débiteur doit donner son accord dans le mois de l’invitation\u00A0; les frais restent à la charge du créancier.", "The debtor must agree within a month of the invitation; the creditor bears the costs."),
        [IndemnityBeyondSmallClaims] = ("Avec l’indemnité, le total dépasse 5\u202F000\u00A0€\u00A0: à vérifier par une personne.", "With the indemnity the total exceeds €5,000: a person must check."),
        [FixedContractualAmount] = ("La créance est contractuelle et son montant déterminé.", "The claim is contractual and its amount fixed."),
        [CourtOfDebtorsHome] = ("La juridiction du lieu où demeure le débiteur est obligatoire.", "The court of the debtor’s home is mandatory."),
        [NotSeriouslyDisputable] = ("L’obligation ne doit pas être sérieusement contestable.", "The obligation must not be seriously disputable."),
        [Disputed] = ("La facture est contestée\u00A0: il faut d’abord régler la contestation, ou agir au fond.", "The invoice is disputed: settle the dispute first, or bring an ordinary action."),
        [OpenToAnyClaim] = ("Ouverte à toute créance, même contestée.", "Open to any claim, disputed or not."),
        [AmicableAttemptFirst] = ("Jusqu’à 5\u202F000\u00A0€, une tentative amiable préalable est exigée\u00A0; l’échec d’une procédure simplifiée en tient lieu.", "Up to €5,000 an amicable attempt is required first; a simplified procedure that failed is one."),
        [BetweenTraders] = ("Entre commerçants\u00A0: vérifier que le débiteur en est un.", "Between traders: check that the debtor is one."),
        [AcrossBorder] = ("Le créancier et le débiteur sont dans deux États de l’Union\u00A0: à vérifier par une personne.", "Creditor and debtor are in two Member States: a person must check."),
        [UncontestedBetweenBusinesses] = ("Dette d’argent non contestée entre entreprises\u00A0: conditions à vérifier par une personne.", "An uncontested debt between businesses: a person must check the conditions."),
        [DebtorIsConsumer] = ("Réservée aux entreprises.", "Between businesses only."),
        [RouteGround.PublicBuyer] = ("Les voies ouvertes contre un acheteur public n’ont pas été vérifiées\u00A0: une personne doit s’en charger.", "What may be done against a public buyer has not been checked: a person must."),
        [LawOfDebtorsCountry] = ("La juridiction et la forme relèvent du droit du pays du débiteur\u00A0: une personne doit les vérifier.", "Court and form follow the law of the debtor’s country: a person must check them."),
        [Insolvent] = ("Une procédure collective est ouverte\u00A0: la créance se déclare, elle ne se recouvre pas autrement.", "Insolvency proceedings are open: the claim is declared, and not recovered otherwise."),
        [MayHaveLapsed] = ("La prescription peut être acquise, sauf interruption dont il faut la preuve.", "The claim may have lapsed, unless something interrupted the time, of which proof is needed."),
        [NotInEuros] = ("Les seuils sont en euros, la facture ne l’est pas\u00A0: à vérifier par une personne.", "The limits are in euros and the invoice is not: a person must check."),
    };

    private static readonly Dictionary<RouteGap, (string French, string English)> Gaps = new()
    {
        [RouteGap.FormalNotice] = ("une mise en demeure reçue", "a formal notice that arrived"),
        [RouteGap.Invoice] = ("la facture en PDF", "the invoice as PDF"),
        [RouteGap.DebtorAddress] = ("l’adresse postale du débiteur", "the debtor’s postal address"),
        [RouteGap.AmicableAttempt] = ("une tentative amiable (conciliation, médiation, procédure participative)", "an amicable attempt (conciliation, mediation)"),
        [RouteGap.ProofOfInterruption] = ("la preuve de ce qui a interrompu la prescription (Code civil, art. 2240 à 2244)", "proof of what interrupted the limitation (Code civil, 2240 to 2244)"),
    };

    private static readonly Dictionary<Forum, (string French, string English)> Forums = new()
    {
        [Forum.CommissaireDeJustice] = ("commissaire de justice", "commissaire de justice"),
        [Forum.CommercialCourt] = ("tribunal de commerce (ou tribunal des activités économiques)", "tribunal de commerce (commercial court)"),
        [Forum.JudicialCourt] = ("tribunal judiciaire", "tribunal judiciaire (civil court)"),
        [Forum.AdministrativeCourt] = ("tribunal administratif", "tribunal administratif (administrative court)"),
        [Forum.BelgianBailiff] = ("huissier de justice", "huissier de justice (bailiff)"),
        [Forum.CourtOfDebtorsCountry] = ("juridiction du pays du débiteur", "court of the debtor’s country"),
    };

    public static string Of(Procedure procedure, string language) => In(language, Procedures[procedure]);

    public static string Of(RouteGround ground, string language) => In(language, Grounds[ground]);

    public static string Of(RouteGap gap, string language) => In(language, Gaps[gap]);

    public static string Of(Forum forum, string language) => In(language, Forums[forum]);

    private static string In(string language, (string French, string English) words) => language == TextLanguage.French ? words.French : words.English;
}
