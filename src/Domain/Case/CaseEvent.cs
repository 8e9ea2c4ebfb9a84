namespace Dunning.Domain;

public enum HoldScope
{
    Case,
    Debtor,
}

public enum DisputeKind
{
    Technical,
    Commercial,
}

public enum DisputeCode
{
    MissingPurchaseOrder,
    NotReceived,
    WrongRecipient,
    WrongAmount,
    Quality,
    Other,
}

public enum DisputeOutcome
{
    /// <summary>The debtor was right: the disputed amount is credited.</summary>
    Upheld,

    /// <summary>A credit note of a given amount settles it.</summary>
    Credited,

    /// <summary>The debtor was wrong: the ladder resumes.</summary>
    Rejected,
}

/// <summary>Why sending is stopped without the case being silent.</summary>
public enum StopCause
{
    /// <summary>The stop switch, global or the creditor's.</summary>
    Switch,

    /// <summary>The creditor's books are older than the policy allows.</summary>
    Ledger,
}

/// <summary>Why the post gave a registered letter back.</summary>
public enum LetterReturn
{
    /// <summary>The addressee would not take it: it counts as notified.</summary>
    Refused,

    /// <summary>« Non réclamé »: it counts as notified (Cass. 1re civ., 20 January 2021, n° 19-20.680).</summary>
    Unclaimed,

    /// <summary>Nobody of that name lives there: it does not count.</summary>
    UnknownAddress,
}

public sealed record Instalment(DateOnly Date, Money Amount);

/// <summary>
/// What happened to a case. An event is a fact: it was acknowledged and cannot be refused any more; one that no longer means
/// anything changes nothing. The id is the fact's own, unique in its creditor; one already applied changes nothing.
/// Wake-ups and the fate of messages carry no id: applied twice they say the same.
/// </summary>
public abstract record CaseEvent
{
    private CaseEvent()
    {
    }

    public string Id { get; init; } = "";

    /// <summary>AlreadySent is how many reminders the debtor received before we knew of the invoice.</summary>
    public sealed record Registered(string Case, string Creditor, Invoice Invoice, Debtor Debtor, PolicyRef Policy) : CaseEvent
    {
        public int AlreadySent { get; init; }

        /// <summary>The earliest day the debt may lapse; null where it is not known, and in registrations from before it was told.</summary>
        public DateOnly? LimitationOn { get; init; }
    }

    public sealed record WokeUp : CaseEvent;

    /// <summary>Date is the value date; Source tells who says so (platform, bank, stripe…).</summary>
    public sealed record PaymentReceived(Money Amount, DateOnly Date, string Source, string? Reference = null) : CaseEvent;

    /// <summary>Money that came back. Without an amount the whole payment did.</summary>
    public sealed record PaymentReversed(string PaymentId, Money? Amount = null, string? Reason = null) : CaseEvent;

    public sealed record PaymentPending(DateOnly ExpectedOn, Money? Amount = null, string? Reference = null) : CaseEvent;

    public sealed record PendingPaymentFailed(string PendingId, string? Reason = null) : CaseEvent;

    public sealed record CreditNoteIssued(Money Amount, DateOnly Date, string? Reference = null) : CaseEvent;

    /// <summary>A person's word on a possible duplicate: the same money told twice, or money of its own.</summary>
    public sealed record DuplicateConfirmed(string PaymentId, bool SameMoney) : CaseEvent;

    public sealed record InvoiceAmended(Money Amount, string Reason) : CaseEvent;

    public sealed record InvoiceSent(DateTimeOffset SentAt) : CaseEvent;

    public sealed record PromiseMade(DateOnly Date, Money? Amount = null) : CaseEvent;

    public sealed record DisputeOpened(DisputeKind Kind, DisputeCode Code, Money? Amount = null, string? Note = null) : CaseEvent;

    public sealed record DisputeResolved(string DisputeId, DisputeOutcome Outcome, Money? Amount = null) : CaseEvent;

    public sealed record PlanProposed(IReadOnlyList<Instalment> Instalments) : CaseEvent;

    public sealed record PlanAgreed(IReadOnlyList<Instalment> Instalments) : CaseEvent;

    /// <summary>The debtor signed a plan, and with it recognised the debt. By names who signed, Evidence where the paper is.</summary>
    public sealed record PlanAccepted(string PlanId, DateOnly On, string By, string? Evidence = null) : CaseEvent;

    /// <summary>Interest and indemnity were charged on a numbered document of the day On, for what had run by the end of AsOf.</summary>
    public sealed record DebitNoteIssued(string Number, Money Interest, Money Indemnity, DateOnly On, DateOnly AsOf) : CaseEvent
    {
        /// <summary>How all the interest up to that day was computed; what earlier notes charged of it is not charged again.</summary>
        public Items<ChargedInterest> Lines { get; init; }

        public Items<string> LegalBasis { get; init; }
    }

    public sealed record Held(string Reason, DateOnly? Until = null, HoldScope Scope = HoldScope.Case) : CaseEvent;

    public sealed record Released(HoldScope Scope = HoldScope.Case) : CaseEvent;

    public sealed record ReplyReceived(string Channel, string? Text = null) : CaseEvent
    {
        /// <summary>Who answered: an address, a number, a name.</summary>
        public string? From { get; init; }

        /// <summary>When they wrote it, as they say; the silence counts from when it was acknowledged.</summary>
        public DateTimeOffset? At { get; init; }
    }

    public sealed record ReplyClassified(string ReplyId, string Meaning) : CaseEvent;

    public sealed record ContactChanged(Debtor Debtor) : CaseEvent;

    public sealed record DueDateChanged(DateOnly DueDate) : CaseEvent;

    public sealed record SendingStopped(StopCause Cause) : CaseEvent;

    public sealed record SendingResumed : CaseEvent;

    /// <summary>DeclareBy is the last day to declare the claim (France: two months from publication, R622-24 C. com.).</summary>
    public sealed record InsolvencyOpened(DateOnly JudgmentOn, DateOnly DeclareBy) : CaseEvent;

    public sealed record Cancelled(string Reason) : CaseEvent;

    public sealed record WrittenOff(string Reason) : CaseEvent;

    public sealed record CallLogged(string? Step, string Outcome, string? Note = null) : CaseEvent;

    public sealed record StepApproved(string Step) : CaseEvent;

    public sealed record StepRejected(string Step, string? Reason = null) : CaseEvent;

    /// <summary>An operator wants the step as soon as every rule but its nominal date allows.</summary>
    public sealed record StepHastened(string Step) : CaseEvent;

    public sealed record PolicyMoved(PolicyRef To) : CaseEvent;

    /// <summary>The claim: from here on the message may be at the provider's.</summary>
    public sealed record MessageClaimed(MessageKey Key) : CaseEvent
    {
        /// <summary>What the message demands beside the principal; null when it demands nothing else.</summary>
        public Demand? Demanded { get; init; }

        /// <summary>The joined message it leaves in, with others of the debtor's; null when it leaves alone.</summary>
        public string? Joined { get; init; }
    }

    public sealed record MessageAccepted(MessageKey Key, string? Reference = null) : CaseEvent;

    public sealed record MessageDelivered(MessageKey Key) : CaseEvent;

    public sealed record MessageBounced(MessageKey Key, string Reason) : CaseEvent;

    public sealed record MessageRefused(MessageKey Key, string Reason) : CaseEvent;

    public sealed record MessageUncertain(MessageKey Key, string Reason) : CaseEvent;

    /// <summary>Surely not taken by the provider; to be tried again.</summary>
    public sealed record MessageDeferred(MessageKey Key, DateTimeOffset RetryAt, string Reason) : CaseEvent;

    /// <summary>Tracking is the number the post gave it.</summary>
    public sealed record LetterPosted(MessageKey Key, DateOnly On, string? Tracking = null) : CaseEvent;

    /// <summary>What the post brought back instead of a signature.</summary>
    public sealed record LetterReturned(MessageKey Key, LetterReturn Because, DateOnly On) : CaseEvent;

    /// <summary>What happened in court, or on the way to it. Reference is the court's or the bailiff's.</summary>
    public sealed record ProcedureRecorded(Procedure Procedure, ProcedureStage Stage, DateOnly On, string? Reference = null) : CaseEvent;

    public sealed record ResendAsked(MessageKey Key) : CaseEvent;

    public sealed record TaskDone(string TaskId, string? Note = null) : CaseEvent;

    /// <summary>The event at a place of the log cannot be read or applied: it stays there, changes nothing, and a person can see why.</summary>
    public sealed record EventSetAside(long Seq, string Reason) : CaseEvent;
}
