using Dunning.Service.Receipts;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Events;

/// <summary>Facts that were told and meant something: one that a case had already, or could not use, is no news.</summary>
internal static class FactNews
{
    public static void Say(Saying s)
    {
        if (s.After.Applied.Count == s.Before.Applied.Count && s.Change.Logged.Event.Id.Length > 0)
            return;
        switch (s.Change.Logged.Event)
        {
            case PaymentReceived f:
                s.Say(EventTypes.PaymentReceived, ("paymentId", f.Id), ("amount", f.Amount), ("date", f.Date), ("source", f.Source), ("balance", s.After.Balance));
                break;
            case PaymentReversed f:
                s.Say(EventTypes.PaymentReversed, ("reversalId", f.Id), ("paymentId", f.PaymentId), ("amount", f.Amount), ("balance", s.After.Balance));
                break;
            case PaymentPending f:
                s.Say(EventTypes.PaymentPending, ("pendingId", f.Id), ("amount", f.Amount), ("expectedOn", f.ExpectedOn));
                break;
            // What a person decided about money in the queue is told by the payment, not as one that failed.
            case PendingPaymentFailed { Reason: not Unmatched.Decided } f:
                s.Say(EventTypes.PaymentFailed, ("pendingId", f.PendingId));
                break;
            case PromiseMade f:
                s.Say(EventTypes.PromiseMade, ("promiseId", f.Id), ("date", f.Date), ("amount", s.After.Silences.Promise is { } made && made.Id == f.Id ? made.Amount : f.Amount));
                break;
            case PlanProposed f:
                s.Say(EventTypes.PlanProposed, ("planId", f.Id), ("count", f.Instalments.Count), ("instalments", f.Instalments));
                break;
            case PlanAgreed f:
                s.Say(EventTypes.PlanAgreed, ("planId", f.Id), ("count", f.Instalments.Count), ("instalments", f.Instalments));
                break;
            case PlanAccepted f:
                s.Say(EventTypes.PlanAccepted, ("planId", f.PlanId), ("date", f.On));
                break;
            case DisputeOpened f:
                s.Say(EventTypes.DisputeOpened, ("disputeId", f.Id), ("kind", f.Kind), ("code", f.Code), ("amount", f.Amount));
                break;
            case DisputeResolved f:
                s.Say(EventTypes.DisputeResolved, ("disputeId", f.DisputeId), ("outcome", f.Outcome), ("balance", s.After.Balance));
                break;
            case ReplyReceived f:
                s.Say(EventTypes.ReplyReceived, ("replyId", f.Id), ("channel", f.Channel));
                break;
            case ContactChanged when s.After.Debtor != s.Before.Debtor:
                s.Say(EventTypes.ContactChanged, ("debtor", s.After.Debtor.Id));
                break;
            case LetterPosted f:
                s.Say(EventTypes.LetterPosted, ("message", f.Key.ToString()), ("date", f.On), ("tracking", f.Tracking));
                break;
            case LetterReturned f:
                s.Say(EventTypes.LetterReturned, ("message", f.Key.ToString()), ("because", f.Because), ("date", f.On));
                break;
            case ProcedureRecorded f:
                s.Say(EventTypes.ProcedureRecorded, ("procedure", f.Procedure), ("stage", f.Stage), ("date", f.On), ("reference", f.Reference));
                break;
        }
    }
}
