namespace Dunning.Domain;

/// <summary>Before whom a claim is brought. Which one, among those of a kind, follows from where the debtor is.</summary>
public enum Forum
{
    CommissaireDeJustice,

    /// <summary>Tribunal de commerce, or tribunal des activités économiques where there is one.</summary>
    CommercialCourt,
    JudicialCourt,
    AdministrativeCourt,

    /// <summary>Belgium: huissier de justice.</summary>
    BelgianBailiff,

    /// <summary>The courts of the debtor's country: which of them, a person checks.</summary>
    CourtOfDebtorsCountry,
}

/// <summary>Why a route is open or closed.</summary>
public enum RouteGround
{
    /// <summary>Principal and interest do not go beyond 5,000 €.</summary>
    WithinSmallClaims,
    BeyondSmallClaims,
    DebtorMustAgree,

    /// <summary>With the indemnity the total goes beyond 5,000 €, though principal and interest do not.</summary>
    IndemnityBeyondSmallClaims,
    FixedContractualAmount,
    CourtOfDebtorsHome,
    NotSeriouslyDisputable,
    Disputed,
    OpenToAnyClaim,
    AmicableAttemptFirst,

    /// <summary>The commercial court judges between traders: that both are, the case does not tell.</summary>
    BetweenTraders,
    AcrossBorder,
    UncontestedBetweenBusinesses,
    DebtorIsConsumer,
    PublicBuyer,
    LawOfDebtorsCountry,

    /// <summary>Proceedings are open: the claim is declared, nothing is asked for elsewhere.</summary>
    Insolvent,

    /// <summary>The earliest day the debt could lapse is over: only what interrupted the time since keeps it alive.</summary>
    MayHaveLapsed,

    /// <summary>The limits are in euros and the invoice is not.</summary>
    NotInEuros,
}

/// <summary>What a file still lacks before it is brought.</summary>
public enum RouteGap
{
    FormalNotice,
    Invoice,
    DebtorAddress,
    AmicableAttempt,

    /// <summary>A recognition of the debt, a claim in court or an act of enforcement (Code civil, 2240 to 2244).</summary>
    ProofOfInterruption,
}

/// <summary>Article is null where no article is at stake, or none has been checked.</summary>
public sealed record RouteReason(RouteGround Ground, string? Article = null);

/// <summary>
/// One way to a title and whether it is open. Lawyer is null where nobody has checked. What is ToCheck rests on law a person must confirm before relying on it.
/// LimitationOn is the earliest day the debt may lapse, where known.
/// </summary>
public sealed record RecoveryRoute(Procedure Procedure, bool Applies)
{
    public Items<RouteReason> Reasons { get; init; }

    public Forum? Forum { get; init; }

    /// <summary>Postcode and town of the debtor; null when its address is not known.</summary>
    public string? Place { get; init; }

    public bool? Lawyer { get; init; }

    public Items<RouteGap> Missing { get; init; }

    public bool ToCheck { get; init; }

    public DateOnly? LimitationOn { get; init; }
}
