using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Simulation;

/// <summary>A fact as it was told: when, by whom.</summary>
public sealed record ToldFact(DateTimeOffset At, string By, CaseEvent Event);

/// <summary>
/// What a case was told from outside, without what was done about it: money, promises, disputes, holds, addresses stay as they were; messages, approvals, stops and changes
/// of policy are ours, and another policy would have had its own.
/// </summary>
public sealed record CaseFacts(Registered Registered, DateTimeOffset At, IReadOnlyList<ToldFact> Told)
{
    /// <summary>Null for a log whose registration cannot be read.</summary>
    public static CaseFacts? Of(IReadOnlyList<LoggedEvent> log)
    {
        var aside = log.Select(l => l.Event).OfType<EventSetAside>().Select(e => e.Seq).ToHashSet();
        var heard = log.Where(l => !aside.Contains(l.Seq)).ToList();
        return heard.Find(l => l.Event is Registered) is not { Event: Registered registered } first ? null
            : new(registered, first.At, [.. heard.Where(l => IsTold(l.Event)).Select(l => new ToldFact(l.At, l.By, l.Event))]);
    }

    /// <summary>
    /// The facts at the instants they counted from. An invoice that was settled before we were told of it is history: it is taken as known from its issue date, and its money
    /// from the date it bears. Of every other, each fact counts from when we were told, as it did.
    /// </summary>
    /// <param name="settledOn">The value date from which nothing was owed; null while something is.</param>
    public CaseFacts AsItHappened(Zone zone, DateOnly? settledOn)
    {
        if (settledOn is not { } settled || settled > zone.LocalDate(At))
            return this;
        var noon = new TimeOnly(12, 0);
        var from = Earlier(At, zone.At(Registered.Invoice.IssueDate, noon));
        DateTimeOffset Happened(ToldFact fact) => fact.Event switch
        {
            PaymentReceived e => Later(from, Earlier(fact.At, zone.At(e.Date, noon))),
            CreditNoteIssued e => Later(from, Earlier(fact.At, zone.At(e.Date, noon))),
            _ => fact.At,
        };
        return new(Registered, from, [.. Told.Select(f => f with { At = Happened(f) })]);
    }

    /// <summary>To be lived again: facts are not judged twice.</summary>
    public IEnumerable<PlannedEvent> Planned() => Told.Select((f, i) => new PlannedEvent(f.At, $"facts[{i}]", true, (_, _) => (f.Event, null)) { IsFact = true, By = f.By });

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static bool IsTold(CaseEvent @event) => @event is PaymentReceived or PaymentReversed or PaymentPending or PendingPaymentFailed or CreditNoteIssued or DuplicateConfirmed
        or InvoiceAmended or InvoiceSent or PromiseMade or DisputeOpened or DisputeResolved or PlanAgreed or PlanAccepted or Held or Released or ReplyReceived or ReplyClassified
        or ContactChanged or DueDateChanged or InsolvencyOpened or Cancelled or WrittenOff or ProcedureRecorded;
}
