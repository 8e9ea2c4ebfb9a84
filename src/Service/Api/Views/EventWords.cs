using Dunning.Domain;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api.Views;

/// <summary>What an event says for itself: why it happened, the money and the day it names. Null where it says none.</summary>
internal static class EventWords
{
    public static string? Why(CaseEvent @event) => @event switch
    {
        EventSetAside e => $"event {e.Seq}: {e.Reason}",
        Held e => e.Reason,
        Cancelled e => e.Reason,
        WrittenOff e => e.Reason,
        InvoiceAmended e => e.Reason,
        StepRejected e => Of(e.Step, e.Reason),
        StepApproved e => e.Step,
        StepHastened e => e.Step,
        PolicyMoved e => e.To.ToString(),
        PaymentReceived e => Of(e.Source, e.Reference),
        PaymentPending e => e.Reference,
        PaymentReversed e => Of(e.PaymentId, e.Reason),
        PendingPaymentFailed e => Of(e.PendingId, e.Reason),
        CreditNoteIssued e => e.Reference,
        DuplicateConfirmed e => Of(e.PaymentId, e.SameMoney ? "the same money" : "money of its own"),
        DisputeOpened e => Of($"{ApiJson.Name(e.Kind)}, {ApiJson.Name(e.Code)}", e.Note),
        DisputeResolved e => ApiJson.Name(e.Outcome),
        ReplyReceived e => e.From is { } from ? Of(from, e.Text) : e.Text,
        ReplyClassified e => e.Meaning,
        CallLogged e => Of(e.Outcome, e.Note),
        TaskDone e => e.Note,
        PlanAccepted e => Of(e.By, e.Evidence),
        ProcedureRecorded e => Of($"{ApiJson.Name(e.Procedure)}, {ApiJson.Name(e.Stage)}", e.Reference),
        SendingStopped e => ApiJson.Name(e.Cause),
        MessageBounced e => e.Reason,
        MessageRefused e => e.Reason,
        MessageUncertain e => e.Reason,
        MessageDeferred e => e.Reason,
        LetterReturned e => ApiJson.Name(e.Because),
        LetterPosted e => e.Tracking,
        DebitNoteIssued e => e.Number,
        _ => null,
    };

    public static Money? Amount(CaseEvent @event) => @event switch
    {
        PaymentReceived e => e.Amount,
        PaymentReversed e => e.Amount,
        PaymentPending e => e.Amount,
        CreditNoteIssued e => e.Amount,
        InvoiceAmended e => e.Amount,
        PromiseMade e => e.Amount,
        DisputeOpened e => e.Amount,
        DisputeResolved e => e.Amount,
        _ => null,
    };

    public static DateOnly? Date(CaseEvent @event) => @event switch
    {
        PaymentReceived e => e.Date,
        PaymentPending e => e.ExpectedOn,
        CreditNoteIssued e => e.Date,
        PromiseMade e => e.Date,
        PlanAgreed { Instalments: [.., var last] } => last.Date,
        PlanProposed { Instalments: [.., var last] } => last.Date,
        PlanAccepted e => e.On,
        Held e => e.Until,
        DueDateChanged e => e.DueDate,
        InsolvencyOpened e => e.JudgmentOn,
        ProcedureRecorded e => e.On,
        LetterPosted e => e.On,
        LetterReturned e => e.On,
        DebitNoteIssued e => e.On,
        _ => null,
    };

    private static string Of(string what, string? more) => more is null ? what : $"{what}: {more}";
}
