using Dunning.Domain;

namespace Dunning.Service.Register;

/// <summary>Who is owed: a tenant. Mode "test" never sends: its messages are kept to be looked at.</summary>
public sealed record Creditor(string Id, string Name)
{
    public string? Email { get; init; }

    public string? Phone { get; init; }

    public PostalAddress? Address { get; init; }

    public string? Country { get; init; }

    /// <summary>Whoever collects in its own name for this creditor; null while the creditor writes itself.</summary>
    public Collector? Collector { get; init; }

    public string? Siren { get; init; }

    public string? EnterpriseNumber { get; init; }

    /// <summary>Canonical, see <see cref="Domain.Iban"/>.</summary>
    public string? Iban { get; init; }

    /// <summary>Of the bank that keeps the account; within the euro area it goes without saying.</summary>
    public string? Bic { get; init; }

    /// <summary>Texts name the cheque among the means of payment.</summary>
    public bool AcceptsCheques { get; init; }

    /// <summary>Its debtors are given no page of their own.</summary>
    public bool WithoutDebtorPage { get; init; }

    public string Language { get; init; } = "fr";

    /// <summary>The policies for each kind of debtor when neither the invoice nor the debtor names one.</summary>
    public string? Policy { get; init; }

    public string? ConsumerPolicy { get; init; }

    public string? PublicPolicy { get; init; }

    public bool TestMode { get; init; }

    /// <summary>Each invoice is reminded of by itself: nothing is joined.</summary>
    public bool EachAlone { get; init; }

    public bool SendingStopped { get; init; }

    /// <summary>The date up to which the creditor's books are known to us.</summary>
    public DateOnly? LedgerAsOf { get; init; }

    public IReadOnlyList<Sender> Senders { get; init; } = [];
}

/// <summary>The person who signs, from a step on; null FromStep signs from the start.</summary>
public sealed record Sender(string Name, string? Role, string? Phone, string? Email, string? FromStep);

/// <summary>
/// A mandated collector (CPCE, L124-1): what its letters need is checked when they are written, not here. Without MandateOf it acts for the creditor as it is registered.
/// </summary>
public sealed record Collector(string? Name, PostalAddress? Address, Mandator? MandateOf);

/// <summary>For whom a collector acts.</summary>
public sealed record Mandator(string? Name, PostalAddress? Address);

/// <summary>What is known of a debtor beside its cases. The hold and the insolvency also reach the invoices registered later.</summary>
public sealed record DebtorProfile(string Creditor, Debtor Debtor)
{
    public string? Policy { get; init; }

    public string? Risk { get; init; }

    public DebtorHold? Hold { get; init; }

    public DebtorInsolvency? Insolvency { get; init; }
}

public sealed record DebtorHold(string Id, string Reason, DateOnly? Until);

public sealed record DebtorInsolvency(string Id, DateOnly JudgmentOn, DateOnly DeclareBy);

/// <summary>The global stop switch.</summary>
public sealed record SendingSwitch(bool Stopped, string? Reason, string? By, DateTimeOffset? At);

/// <summary>An API key: only the hash of its secret is kept. Creditors null is every creditor.</summary>
public sealed record ApiKey(string Id, string Name, string Role, string Hash, DateTimeOffset CreatedAt)
{
    public IReadOnlyList<string>? Creditors { get; init; }

    public bool Revoked { get; init; }
}
