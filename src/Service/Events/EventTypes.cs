using System.Reflection;

namespace Dunning.Service.Events;

/// <summary>Every type of event a platform can be told; docs/events.md shows one of each.</summary>
public static class EventTypes
{
    public const string MessageAccepted = "message.accepted";
    public const string MessageDelivered = "message.delivered";
    public const string MessageBounced = "message.bounced";
    public const string MessageRefused = "message.refused";
    public const string MessageUncertain = "message.uncertain";
    public const string LetterPosted = "letter.posted";
    public const string LetterReturned = "letter.returned";
    public const string FormalNoticeIssued = "formalNotice.issued";
    public const string PaymentReceived = "payment.received";
    public const string PaymentReversed = "payment.reversed";
    public const string PaymentPossibleDuplicate = "payment.possibleDuplicate";
    public const string PaymentPending = "payment.pending";
    public const string PaymentFailed = "payment.failed";
    public const string CreditNoteRecorded = "creditNote.recorded";
    public const string DebitNoteIssued = "debitNote.issued";
    public const string PromiseMade = "promise.made";
    public const string PromiseKept = "promise.kept";
    public const string PromiseBroken = "promise.broken";
    public const string PlanProposed = "plan.proposed";
    public const string PlanAgreed = "plan.agreed";
    public const string PlanAccepted = "plan.accepted";
    public const string PlanBroken = "plan.broken";
    public const string DisputeOpened = "dispute.opened";
    public const string DisputeResolved = "dispute.resolved";
    public const string ReplyReceived = "reply.received";
    public const string HoldPlaced = "hold.placed";
    public const string HoldReleased = "hold.released";
    public const string InsolvencyOpened = "insolvency.opened";
    public const string ContactChanged = "contact.changed";
    public const string ProcedureRecorded = "procedure.recorded";
    public const string HandOverRequested = "handOver.requested";
    public const string TaskOpened = "task.opened";
    public const string TaskClosed = "task.closed";
    public const string InvoicePaid = "invoice.paid";
    public const string InvoiceReopened = "invoice.reopened";
    public const string InvoiceCancelled = "invoice.cancelled";
    public const string InvoiceWrittenOff = "invoice.writtenOff";
    public const string InvoiceStatusChanged = "invoice.statusChanged";
    public const string InvoiceDueDateChanged = "invoice.dueDateChanged";
    public const string InvoiceAmended = "invoice.amended";

    /// <summary>Sent to try an endpoint out; nothing happened.</summary>
    public const string Test = "test";

    public static readonly IReadOnlyList<string> All =
        [.. typeof(EventTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];

    /// <summary>What an endpoint or a reader of the feed can ask for.</summary>
    public static readonly IReadOnlyList<string> OfCases = [.. All.Where(t => t != Test)];
}
