using System.Diagnostics;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Domain;

/// <summary>The new state, and what must be done in the world because of it.</summary>
public sealed record Decision(DunningCase State, Items<CaseCommand> Commands);

/// <summary>
/// All that dunning decides. Pure: the same state, event, policy and instant give the same decision, whenever and wherever it is taken.
/// At one instant facts come first, then the ends of silences, then steps; steps are climbed by <see cref="WokeUp"/> alone.
/// An event that means nothing any more returns the very same state.
/// </summary>
public static class Decider
{
    public static Decision Decide(DunningCase state, CaseEvent @event, Policy policy, DateTimeOffset now)
    {
        if (state is DunningCase.Unregistered)
            // A fact about a case nobody registered has nothing to apply to; the hosts never append one.
            return @event is Registered registered ? Registering.Register(registered, policy, now) : new(state, []);

        var turn = new Turn(state, policy, now);
        Alarms.RingBefore(turn, now);
        if (@event is not WokeUp && !IsKnown(turn.File, @event))
            turn.Step(now, Apply, @event);
        Alarms.RingUpTo(turn, now);
        if (@event is WokeUp && turn.IsOpen)
            turn.Step(now, static (turn, _) => Climbing.Climb(turn), @event);
        return turn.Decided();
    }

    /// <summary>When the case must be looked at again; null when it waits for a person or is closed. A restarted host needs only this.</summary>
    public static DateTimeOffset? WakeAt(DunningCase state, Policy policy) =>
        state is DunningCase.Open open ? Schedule.WakeAt(open.File, policy) : null;

    /// <summary>
    /// A closed case neither speaks nor listens: only money, the end itself, holds, stops, the address and the fate of what was already sent still
    /// mean something.
    /// </summary>
    public static bool NeedsOpenCase(CaseEvent @event) => @event is PromiseMade or DisputeOpened or DisputeResolved or PlanProposed or PlanAgreed
        or PaymentPending or ReplyReceived or ReplyClassified or StepApproved or StepRejected or StepHastened or PolicyMoved or CallLogged
        or MessageClaimed or ResendAsked;

    private static bool IsKnown(CaseFile file, CaseEvent @event)
    {
        if (@event.Id.Length > 0)
            foreach (var id in file.Applied)
                if (id == @event.Id)
                    return true;
        return false;
    }

    private static void Apply(Turn turn, CaseEvent @event)
    {
        var before = turn.File;
        if (turn.IsOpen)
            ApplyOpen(turn, @event);
        else
            ApplyClosed(turn, @event);
        if (@event.Id.Length > 0 && !ReferenceEquals(before, turn.File))
            turn.File = turn.File with { Applied = turn.File.Applied.And(@event.Id) };
    }

    private static void ApplyOpen(Turn turn, CaseEvent @event)
    {
        switch (@event)
        {
            case PromiseMade made: SilenceFacts.Promise(turn, made); break;
            case DisputeOpened opened: SilenceFacts.Dispute(turn, opened); break;
            case DisputeResolved resolved: SilenceFacts.Resolve(turn, resolved); break;
            case PlanProposed proposed: SilenceFacts.Propose(turn, proposed); break;
            case PlanAgreed agreed: SilenceFacts.Agree(turn, agreed); break;
            case PaymentPending pending: SilenceFacts.Await(turn, pending); break;
            case ReplyReceived reply: SilenceFacts.Hear(turn, reply); break;
            case ReplyClassified classified: SilenceFacts.Classify(turn, classified); break;
            case StepApproved approved: OperatorActs.Approve(turn, approved); break;
            case StepRejected rejected: OperatorActs.Reject(turn, rejected); break;
            case StepHastened hastened: OperatorActs.Hasten(turn, hastened); break;
            case PolicyMoved moved: OperatorActs.Move(turn, moved); break;
            case CallLogged logged: OperatorActs.LogCall(turn, logged); break;
            case MessageClaimed claimed: MessageFates.Claim(turn, claimed); break;
            case ResendAsked asked: MessageFates.Resend(turn, asked); break;
            default: ApplyAlways(turn, @event); break;
        }
    }

    private static void ApplyClosed(Turn turn, CaseEvent @event)
    {
        if (!NeedsOpenCase(@event))
            ApplyAlways(turn, @event);
    }

    private static void ApplyAlways(Turn turn, CaseEvent @event)
    {
        switch (@event)
        {
            case PaymentReceived received: MoneyFacts.Receive(turn, received); break;
            case PaymentReversed reversed: MoneyFacts.Reverse(turn, reversed); break;
            case CreditNoteIssued note: MoneyFacts.Credit(turn, note); break;
            case DuplicateConfirmed verdict: MoneyFacts.Judge(turn, verdict); break;
            case InvoiceAmended amended: MoneyFacts.Amend(turn, amended); break;
            case PendingPaymentFailed failed: SilenceFacts.Fail(turn, failed); break;
            case Held held: SilenceFacts.Hold(turn, held); break;
            case Released released: SilenceFacts.Release(turn, released); break;
            case InsolvencyOpened insolvency: SilenceFacts.Freeze(turn, insolvency); break;
            case SendingStopped stopped: SilenceFacts.Stop(turn, stopped); break;
            case SendingResumed: SilenceFacts.Resume(turn); break;
            case InvoiceSent sent: OperatorActs.MarkSent(turn, sent.SentAt); break;
            case ContactChanged contact: OperatorActs.ChangeContact(turn, contact); break;
            case DueDateChanged due: OperatorActs.ChangeDueDate(turn, due); break;
            case Cancelled: turn.File = turn.File with { IsCancelled = true }; break;
            case WrittenOff: turn.File = turn.File with { IsWrittenOff = true }; break;
            case PlanAccepted accepted: SilenceFacts.Accept(turn, accepted); break;
            case DebitNoteIssued issued: MoneyFacts.Charge(turn, issued); break;
            case ProcedureRecorded recorded: ProcedureFacts.Record(turn, recorded); break;
            case TaskDone done: OperatorActs.FinishTask(turn, done); break;
            case MessageAccepted accepted: MessageFates.Accept(turn, accepted.Key); break;
            case MessageDelivered delivered: MessageFates.Deliver(turn, delivered.Key); break;
            case MessageBounced bounced: MessageFates.Bounce(turn, bounced); break;
            case MessageRefused refused: MessageFates.Refuse(turn, refused); break;
            case MessageUncertain uncertain: MessageFates.Doubt(turn, uncertain); break;
            case MessageDeferred deferred: MessageFates.Defer(turn, deferred); break;
            case LetterPosted posted: MessageFates.Post(turn, posted); break;
            case LetterReturned returned: MessageFates.Return(turn, returned); break;
            case EventSetAside aside: OperatorActs.AskAbout(turn, aside); break;
            // A second registration is the same case.
            case Registered: break;
            default: throw new UnreachableException($"{(turn.IsOpen ? "Open" : "Closed")} x {@event.GetType().Name}");
        }
    }
}
