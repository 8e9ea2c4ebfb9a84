namespace Dunning.Domain;

/// <summary>The rules of law a claim follows; a policy names one.</summary>
public static class Regime
{
    /// <summary>France between businesses: Code de commerce, L441-10 II and D441-5.</summary>
    public const string FrenchBusiness = "fr-b2b";

    /// <summary>France, a consumer owes: Code civil, 1231-6 and 1344-1.</summary>
    public const string FrenchConsumer = "fr-b2c";

    /// <summary>France, a public buyer owes: Code de la commande publique, L2192-13 ff.</summary>
    public const string FrenchPublic = "fr-public";

    /// <summary>Belgium between businesses: law of 2 August 2002.</summary>
    public const string BelgianBusiness = "be-b2b";

    /// <summary>Belgium, a consumer owes: Code de droit économique, book XIX.</summary>
    public const string BelgianConsumer = "be-b2c";
}

/// <summary>What a partial payment pays first.</summary>
public enum Allocation
{
    /// <summary>Principal, then interest, then the indemnity: the commercial usage.</summary>
    PrincipalFirst,

    /// <summary>Accrued interest, then principal, the indemnity last (Code civil, 1343-1, unless otherwise agreed).</summary>
    InterestFirst,
}

/// <summary>On whom the French legal rate depends: the creditor, not the debtor (CMF, L313-2).</summary>
public enum CreditorQuality
{
    Professional,
    Private,
}

/// <summary>Money that moved on a day: a payment or a credit note.</summary>
public readonly record struct DatedAmount(DateOnly Date, Money Amount);

/// <summary>The reminder that starts the fourteen days of a Belgian consumer: the day it was sent, by letter or electronically (e-mail, SMS).</summary>
public sealed record FirstReminder(DateOnly SentOn, Channel Channel);

/// <summary>
/// All that a claim depends on besides the rates. The amount includes VAT. What a regime has no use for is ignored, and said in the claim's notes.
/// </summary>
public sealed record ClaimTerms(string Regime, Money Amount, DateOnly DueDate, DateOnly AsOf)
{
    /// <summary>In any order; those after AsOf are ignored.</summary>
    public Items<DatedAmount> Payments { get; init; }

    public Items<DatedAmount> CreditNotes { get; init; }

    /// <summary>Percent a year; null is the legal default.</summary>
    public decimal? ContractualRate { get; init; }

    /// <summary>A contractual rate under the legal floor counts as the floor, instead of being refused: agreed before the floor rose above it.</summary>
    public bool RaisedToFloor { get; init; }

    public Allocation Allocation { get; init; }

    public CreditorQuality CreditorQuality { get; init; }

    /// <summary>When a French consumer was put in default: interest begins the day after.</summary>
    public DateOnly? FormalNoticeOn { get; init; }

    /// <summary>When the judgment was served: two months later the French legal rate rises by five points (CMF, L313-3).</summary>
    public DateOnly? JudgmentServedOn { get; init; }

    public FirstReminder? Reminder { get; init; }

    /// <summary>An indemnity clause was expressly agreed with a Belgian consumer.</summary>
    public bool Clause { get; init; }

    /// <summary>The last day that bears interest: insolvency proceedings opened then (C. com., L622-28).</summary>
    public DateOnly? FrozenOn { get; init; }

    internal DateOnly LastDay => FrozenOn is { } frozen && frozen < AsOf ? frozen : AsOf;
}

/// <summary>What forbids a claim, and where: the path of a member of a request.</summary>
public sealed record ClaimFault(string Path, string Code, string Why);
