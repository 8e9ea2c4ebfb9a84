namespace Dunning.Service.Rendering;

/// <summary>This value tells an amount: it stands neither in a subject nor in what a locked screen shows of an SMS.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TellsAmountAttribute : Attribute;

/// <summary>
/// Everything a text may name, as <c>{{invoice.dueDate}}</c>. All values come ready to print, in the text's language and for its channel. What is
/// nullable may be absent: a text names it inside an <c>{{#if}}</c>, or is not written without it. The table for authors is docs/texts.md.
/// </summary>
public sealed record TextValues
{
    public required CreditorValues Creditor { get; init; }

    /// <summary>The person who signs.</summary>
    public SenderValues? Sender { get; init; }

    /// <summary>Where an answer reaches somebody: the signing person's address and number, else the creditor's.</summary>
    public required ContactValues Contact { get; init; }

    public required DebtorValues Debtor { get; init; }

    public required InvoiceValues Invoice { get; init; }

    /// <summary>What is asked for now: without what is disputed.</summary>
    [TellsAmount]
    public required string Balance { get; init; }

    /// <summary>Demanded in all: the claim's total where there is a claim, else the balance. The payment QR code carries it.</summary>
    [TellsAmount]
    public required string TotalDue { get; init; }

    [TellsAmount]
    public string? DisputedAmount { get; init; }

    public required string Currency { get; init; }

    /// <summary>With its unit: "31 jours". Absent until the due date has passed.</summary>
    public string? DaysLate { get; init; }

    /// <summary>The date a formal notice gives.</summary>
    public string? Deadline { get; init; }

    public required string Today { get; init; }

    public ClaimValues? Claim { get; init; }

    /// <summary>Belgian consumers: what the contract lets the creditor claim once the fourteen days of the first reminder are over.</summary>
    public AnnouncedValues? Announced { get; init; }

    public required LegalValues Legal { get; init; }

    public required PaymentValues Payment { get; init; }

    /// <summary>The invoice really travels with this message.</summary>
    public bool DocumentAttached { get; init; }

    /// <summary>The agreement on the plan, to be signed, travels with this message.</summary>
    public bool AgreementAttached { get; init; }

    /// <summary>The debtor's own page.</summary>
    public string? PortalUrl { get; init; }

    public PlanValues? Plan { get; init; }

    public PromiseValues? Promise { get; init; }

    public CallValues? Call { get; init; }

    public DebitNoteValues? DebitNote { get; init; }

    /// <summary>The invoices of a message that speaks of several; balance and totalDue are then those of all.</summary>
    public StatementValues? Statement { get; init; }
}

/// <summary>Registration names the register and the number: "SIREN 123 456 789", "numéro d’entreprise 0123.456.789".</summary>
public sealed record CreditorValues(string Name)
{
    public string? City { get; init; }

    /// <summary>On one line.</summary>
    public string? Address { get; init; }

    public string? Registration { get; init; }
}

public sealed record SenderValues(string Name)
{
    public string? Role { get; init; }
}

public sealed record ContactValues
{
    public string? Email { get; init; }

    public string? Phone { get; init; }
}

public sealed record DebtorValues(string Name);

public sealed record InvoiceValues(string Number, string IssueDate, string DueDate)
{
    [TellsAmount]
    public required string Amount { get; init; }

    /// <summary>Payments and credit notes so far; absent when there are none.</summary>
    [TellsAmount]
    public string? Settled { get; init; }

    public string? PurchaseOrder { get; init; }

    /// <summary>What was delivered or done.</summary>
    public string? Description { get; init; }
}

/// <summary>What is owed at a date. Provisional: a rate of it is not published yet.</summary>
public sealed record ClaimValues(string AsOf)
{
    [TellsAmount]
    public required string Principal { get; init; }

    [TellsAmount]
    public string? Interest { get; init; }

    [TellsAmount]
    public string? Indemnity { get; init; }

    [TellsAmount]
    public required string Total { get; init; }

    public bool Provisional { get; init; }

    public IReadOnlyList<InterestValues> Rows { get; init; } = [];
}

/// <summary>Interest of one period at one rate: base × rate × days ÷ 365.</summary>
public sealed record InterestValues(string From, string To, string Days, string Rate)
{
    [TellsAmount]
    public required string Base { get; init; }

    [TellsAmount]
    public required string Amount { get; init; }
}

public sealed record AnnouncedValues
{
    [TellsAmount]
    public string? Indemnity { get; init; }

    public string? Rate { get; init; }
}

/// <summary>
/// Note is the market's own sentence; Procedure names what a creditor usually asks a court for; Basis lists the articles a formal notice rests on; Recognition
/// names the article by which a recognised debt can be sued for anew.
/// </summary>
public sealed record LegalValues
{
    public string? Note { get; init; }

    public string? Procedure { get; init; }

    public IReadOnlyList<string> Basis { get; init; } = [];

    public string? Recognition { get; init; }
}

public sealed record PaymentValues(string Reference)
{
    /// <summary>Whom the transfer goes to.</summary>
    public required string Beneficiary { get; init; }

    public string? Iban { get; init; }

    public string? Bic { get; init; }

    /// <summary>Where to pay online.</summary>
    public string? Link { get; init; }

    /// <summary>There is a payment QR code: <c>![…](qr:payment)</c> shows it.</summary>
    public bool Code { get; init; }

    /// <summary>The creditor accepts cheques.</summary>
    public bool Cheque { get; init; }
}

public sealed record PlanValues
{
    public required IReadOnlyList<InstalmentValues> Instalments { get; init; }
}

public sealed record InstalmentValues(string Date)
{
    [TellsAmount]
    public required string Amount { get; init; }
}

public sealed record PromiseValues(string Date)
{
    [TellsAmount]
    public required string Amount { get; init; }
}

/// <summary>
/// What a debit note charges. Accrued and Earlier: all the interest up to that day, and what earlier notes charged of it. Total is absent when the indemnity is
/// in another currency.
/// </summary>
public sealed record DebitNoteValues(string Number, string IssuedOn, string AsOf)
{
    [TellsAmount]
    public string? Interest { get; init; }

    [TellsAmount]
    public string? Indemnity { get; init; }

    [TellsAmount]
    public string? Total { get; init; }

    [TellsAmount]
    public string? Accrued { get; init; }

    [TellsAmount]
    public string? Earlier { get; init; }

    public bool Provisional { get; init; }

    public IReadOnlyList<InterestValues> Rows { get; init; } = [];

    public IReadOnlyList<string> Basis { get; init; } = [];
}

public sealed record CallValues(string Date)
{
    public string? Note { get; init; }
}

/// <summary>
/// Several invoices in one message. Exactly one tone holds, the firmest among them. Numbers is absent when they are too many for a line; Links: at least one can be
/// paid online.
/// </summary>
public sealed record StatementValues(string Count)
{
    public string? Numbers { get; init; }

    public bool Courtesy { get; init; }

    public bool First { get; init; }

    public bool Firm { get; init; }

    public bool Final { get; init; }

    public bool Links { get; init; }

    public bool Pages { get; init; }

    public required IReadOnlyList<StatementRowValues> Rows { get; init; }
}

/// <summary>One invoice of a statement, with the tone of its own step. Disputed is not part of its balance.</summary>
public sealed record StatementRowValues(string Number, string DueDate)
{
    [TellsAmount]
    public required string Amount { get; init; }

    [TellsAmount]
    public required string Balance { get; init; }

    [TellsAmount]
    public string? Disputed { get; init; }

    public bool Courtesy { get; init; }

    public bool First { get; init; }

    public bool Firm { get; init; }

    public bool Final { get; init; }

    public string? Link { get; init; }

    public string? Page { get; init; }
}
