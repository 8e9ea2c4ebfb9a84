using static Dunning.Domain.RouteGround;

namespace Dunning.Domain;

/// <summary>What routes depend on besides the case and its claim. The creditor's country is ISO 3166-1 alpha-2.</summary>
public sealed record RouteTerms(DateOnly Today, string CreditorCountry, bool HasInvoice);

/// <summary>
/// Which ways to a title are open, the one to begin with first: by amount, debtor, regime and dates. It proposes; a person decides. What is not sourced is marked
/// to be checked, and no fee is ever told.
/// </summary>
public static class RecoveryRoutes
{
    /// <summary>Euros. Principal and interest of a simplified procedure (CPCE, R125-1); the whole of a claim that must be tried amicably first (CPC, 750-1).</summary>
    public const decimal SmallClaim = 5_000m;

    /// <summary>Euros. Above it a lawyer is required where there is a hearing.</summary>
    public const decimal WithoutLawyer = 10_000m;

    // Regulation 1896/2006 does not bind Denmark.
    private static readonly string[] OrderCountries =
        ["AT", "BE", "BG", "CY", "CZ", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"];

    /// <summary>Empty when nothing is owed.</summary>
    public static IReadOnlyList<RecoveryRoute> Propose(CaseFile file, Policy policy, Claim claim, RouteTerms terms)
    {
        if (claim.Total.IsZero)
            return [];
        var debtor = file.Debtor;
        IEnumerable<RecoveryRoute> routes = debtor switch
        {
            { Kind: DebtorKind.Public } => [PublicRoute()],
            { Country: "FR" } => [SmallClaimRoute(claim), OrderRoute(debtor), InterimRoute(debtor), LawsuitRoute(file, claim), .. EuropeanRoute(debtor, terms)],
            { Country: "BE" } => [.. EuropeanRoute(debtor, terms), UncontestedRoute(debtor), ForeignRoute()],
            _ => [.. EuropeanRoute(debtor, terms), ForeignRoute()],
        };
        return [.. routes.Select(route => WithLimits(route, file, policy, claim, terms))];
    }

    private static RecoveryRoute SmallClaimRoute(Claim claim)
    {
        const string limit = "Code des procédures civiles d’exécution, art. L125-1 et R125-1";
        var euros = claim.Principal.Currency == Currency.Euro;
        var within = euros && (claim.Principal + claim.Interest).Amount <= SmallClaim;
        var route = new RecoveryRoute(Procedure.SmallClaim, within) { Forum = Forum.CommissaireDeJustice, Lawyer = false };
        if (!within)
            return euros ? route with { Reasons = [new(BeyondSmallClaims, limit)] } : route;
        return claim.Total.Amount > SmallClaim
            ? route with { Reasons = [new(WithinSmallClaims, limit), new(IndemnityBeyondSmallClaims), MustAgree], ToCheck = true }
            : route with { Reasons = [new(WithinSmallClaims, limit), MustAgree] };
    }

    private static RouteReason MustAgree => new(DebtorMustAgree, "Code des procédures civiles d’exécution, art. L125-1 et R125-2");

    private static RecoveryRoute OrderRoute(Debtor debtor) => InCourt(new(Procedure.PaymentOrder, true)
    {
        Lawyer = false,
        Reasons = [new(FixedContractualAmount, "Code de procédure civile, art. 1405"), new(CourtOfDebtorsHome, "Code de procédure civile, art. 1406")],
    }, debtor);

    private static RecoveryRoute InterimRoute(Debtor debtor) => InCourt(new(Procedure.InterimPayment, true)
    {
        Reasons = [new(NotSeriouslyDisputable, debtor.Kind == DebtorKind.Business ? "Code de procédure civile, art. 873 al. 2" : "Code de procédure civile, art. 835")],
    }, debtor);

    // A simplified procedure that failed is such an attempt.
    private static RecoveryRoute LawsuitRoute(CaseFile file, Claim claim)
    {
        var route = InCourt(new(Procedure.Lawsuit, true) { Reasons = [new(OpenToAnyClaim)] }, file.Debtor);
        if (route.Forum != Forum.JudicialCourt || claim.Total.Currency != Currency.Euro || claim.Total.Amount > SmallClaim)
            return route;
        var tried = file.Procedure.Any(p => p is { Procedure: Procedure.SmallClaim, Stage: ProcedureStage.Ended });
        return route with { Reasons = route.Reasons.And(new(AmicableAttemptFirst, "Code de procédure civile, art. 750-1")), Missing = tried ? [] : [RouteGap.AmicableAttempt] };
    }

    private static RecoveryRoute InCourt(RecoveryRoute route, Debtor debtor) => debtor.Kind == DebtorKind.Business
        ? route with { Forum = Forum.CommercialCourt, Reasons = route.Reasons.And(new(BetweenTraders)) }
        : route with { Forum = Forum.JudicialCourt };

    private static IEnumerable<RecoveryRoute> EuropeanRoute(Debtor debtor, RouteTerms terms) =>
        debtor.Country != terms.CreditorCountry && OrderCountries.Contains(debtor.Country) && OrderCountries.Contains(terms.CreditorCountry)
            ? [new(Procedure.EuropeanOrder, true) { Forum = Forum.CourtOfDebtorsCountry, ToCheck = true, Reasons = [new(AcrossBorder, "Règlement (CE) n° 1896/2006")] }]
            : [];

    private static RecoveryRoute UncontestedRoute(Debtor debtor) => new(Procedure.UncontestedDebt, debtor.Kind == DebtorKind.Business)
    {
        Forum = Forum.BelgianBailiff,
        ToCheck = true,
        Reasons = [new(debtor.Kind == DebtorKind.Business ? UncontestedBetweenBusinesses : DebtorIsConsumer, "Code judiciaire belge, art. 1394/20")],
    };

    private static RecoveryRoute ForeignRoute() => new(Procedure.Lawsuit, true) { Forum = Forum.CourtOfDebtorsCountry, ToCheck = true, Reasons = [new(LawOfDebtorsCountry)] };

    private static RecoveryRoute PublicRoute() => new(Procedure.PublicBuyer, true) { Forum = Forum.AdministrativeCourt, ToCheck = true, Reasons = [new(RouteGround.PublicBuyer)] };

    // What is the same for every route: disputes, insolvency, limitation, currency, and what the file lacks.
    private static RecoveryRoute WithLimits(RecoveryRoute route, CaseFile file, Policy policy, Claim claim, RouteTerms terms)
    {
        var limitation = Limitation.Of(policy.Regime, file.Invoice);
        var (applies, reasons, check, missing) = (route.Applies, route.Reasons, route.ToCheck, Gaps(file, terms));
        if (file.Silences.Disputes.Count > 0 && route.Procedure is not (Procedure.Lawsuit or Procedure.PublicBuyer))
            (applies, reasons) = (false, reasons.And(new(Disputed)));
        if (claim.Principal.Currency != Currency.Euro)
            (check, reasons) = (true, reasons.And(new(NotInEuros)));
        if (limitation < terms.Today)
            (check, reasons, missing) = (true, reasons.And(new(MayHaveLapsed, LimitationArticle(policy.Regime))), missing.And(RouteGap.ProofOfInterruption));
        if (file.Silences.Insolvency is not null)
            (applies, reasons) = (false, reasons.And(new(Insolvent, policy.Regime[..2] == "fr" ? "Code de commerce, art. L622-24" : null)));
        foreach (var gap in route.Missing)
            missing = missing.And(gap);
        return route with
        {
            Applies = applies,
            Reasons = reasons,
            ToCheck = check,
            Missing = missing,
            LimitationOn = limitation,
            Place = file.Debtor.Address is { } address ? $"{address.PostalCode} {address.City}" : null,
            Lawyer = route.Lawyer ?? (route.Procedure is Procedure.InterimPayment or Procedure.Lawsuit && route.Forum is Forum.CommercialCourt or Forum.JudicialCourt && claim.Total.Currency == Currency.Euro
                ? claim.Total.Amount > WithoutLawyer : null),
        };
    }

    private static Items<RouteGap> Gaps(CaseFile file, RouteTerms terms)
    {
        Items<RouteGap> gaps = [];
        if (!file.Steps.Any(s => s.Formal && s.Legs.Any(l => l.WasHeard && (!l.Registered || l.PostedOn is not null))))
            gaps = gaps.And(RouteGap.FormalNotice);
        if (!terms.HasInvoice)
            gaps = gaps.And(RouteGap.Invoice);
        return file.Debtor.Address is null ? gaps.And(RouteGap.DebtorAddress) : gaps;
    }

    private static string LimitationArticle(string regime) => regime == Regime.FrenchConsumer ? "Code de la consommation, art. L218-2" : "Code de commerce, art. L110-4";
}
