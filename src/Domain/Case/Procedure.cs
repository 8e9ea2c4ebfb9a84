namespace Dunning.Domain;

/// <summary>The ways to a title: what a creditor may do once reminding has failed.</summary>
public enum Procedure
{
    /// <summary>Procédure simplifiée de recouvrement des petites créances: CPCE L125-1 and R125-1 ff.</summary>
    SmallClaim,

    /// <summary>Injonction de payer: CPC 1405 to 1425.</summary>
    PaymentOrder,

    /// <summary>Référé-provision: CPC 835 (tribunal judiciaire) and 873 al. 2 (tribunal de commerce).</summary>
    InterimPayment,

    /// <summary>Assignation au fond.</summary>
    Lawsuit,

    /// <summary>European order for payment, across a border: Regulation (EC) No 1896/2006.</summary>
    EuropeanOrder,

    /// <summary>Belgium, between businesses, by a bailiff and without a court: Code judiciaire, 1394/20 ff.</summary>
    UncontestedDebt,

    /// <summary>Whatever there is against a public buyer: its accountant first, the administrative courts then.</summary>
    PublicBuyer,
}

public enum ProcedureStage
{
    /// <summary>The request was lodged, or the debtor invited to agree.</summary>
    Filed,

    /// <summary>The judge made an order.</summary>
    Ordered,

    /// <summary>The order was served on the debtor (signification).</summary>
    Served,

    /// <summary>The debtor opposed it.</summary>
    Opposed,

    /// <summary>The debtor agreed, or did not oppose: there is a title.</summary>
    Enforceable,

    /// <summary>Rejected, withdrawn or out of time.</summary>
    Ended,
}

/// <summary>One entry of what happened. Term is the last day of what it started, if anything; WarnAt is when a person is told, null once done.</summary>
public sealed record ProcedureEntry(string Id, Procedure Procedure, ProcedureStage Stage, DateOnly On, string? Reference)
{
    public DateOnly? Term { get; init; }

    public DateTimeOffset? WarnAt { get; init; }
}
