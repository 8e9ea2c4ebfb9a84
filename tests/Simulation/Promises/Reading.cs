using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Simulation;

/// <summary>
/// A case as its acknowledged facts alone tell it, in cents and local dates. It shares nothing with the decider; where the contract
/// leaves room it reads the weaker silence, so that what it calls silent is silent beyond dispute.
/// </summary>
internal sealed class Reading
{
    private readonly Policy _policy;
    private readonly HashSet<string> _heard = [];
    private readonly HashSet<MessageKey> _uncertain = [];
    private readonly HashSet<string> _unread = [];
    private readonly Dictionary<string, DateOnly> _replies = [];
    private readonly Dictionary<string, (DateOnly Ends, string? Reference)> _pending = [];
    private readonly Dictionary<string, long?> _disputes = [];
    private readonly Dictionary<HoldScope, DateOnly?> _holds = [];
    private (DateOnly Ends, DateOnly MadeOn, long Cents, long Before, bool Silencing)? _promise;
    private (IReadOnlyList<Instalment> Parts, long Before, int Checked)? _plan;
    private int _broken;
    private bool _ended;
    private bool _insolvent;

    private Reading(Policy policy) => _policy = policy;

    public Books Books { get; } = new();

    public DateOnly DueDate { get; private set; }

    public bool IsOpen => !_ended && Books.Balance > Tolerance;

    public bool SpeaksFormally => _disputes.Count == 0 && _unread.Count == 0;

    private long Tolerance => (long)decimal.Floor(_policy.Tolerance * 100);

    public static Reading Of(IEnumerable<LoggedEvent> log, Policy policy, DateTimeOffset at)
    {
        var reading = new Reading(policy);
        foreach (var logged in log)
            reading.Take(logged.Event, logged.At);
        reading.LetTimePass(at, atOnce: true);
        return reading;
    }

    /// <summary>Why nothing may leave at an instant; null when something may.</summary>
    public (string Promise, string Why)? Silence(DateTimeOffset at)
    {
        var today = Today(at);
        return Books.Balance <= Tolerance ? ("P3", "it was paid")
            : _ended ? ("P3", "it was cancelled or written off")
            : _insolvent ? ("P8", "the debtor is insolvent")
            : _holds.Values.Any(until => until is null || today < until) ? ("P8", "it was on hold")
            : WholeDispute ? ("P8", "the whole was disputed")
            : _plan is not null ? ("P8", "a plan was agreed")
            : _promise is { Silencing: true } ? ("P7", "a promise was running")
            : _pending.Values.Any(p => today < p.Ends) ? ("P8", "a payment was pending")
            : _replies.Values.Any(ends => today < ends) ? ("P8", "a reply was unread")
            : Books.HasSuspects ? ("P8", "a payment was a possible duplicate")
            : _uncertain.Count > 0 ? ("P2", "a message's fate was unknown")
            : null;
    }

    private bool WholeDispute => _disputes.Count > 0
        && (_disputes.Values.Any(d => d is null) || Undisputed == 0 || Undisputed < Tolerance);

    private long Undisputed => Books.Balance - Math.Min(Books.Balance, _disputes.Values.Sum(d => d ?? Books.Balance));

    private DateOnly Today(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _policy.Zone).Date);

    private void Take(CaseEvent fact, DateTimeOffset at)
    {
        if (fact.Id.Length > 0 && !_heard.Add(fact.Id))
            return;
        LetTimePass(at, atOnce: false);
        Books.Enter(fact, Today(at));
        TakeAlways(fact, at);
        if (IsOpen)
            TakeOpen(fact, at);
        if (!IsOpen)
            (_promise, _plan) = (null, null);
        LetTimePass(at, atOnce: true);
    }

    private void TakeAlways(CaseEvent fact, DateTimeOffset at)
    {
        switch (fact)
        {
            case Registered registered: DueDate = registered.Invoice.DueDate; break;
            case DueDateChanged changed: DueDate = changed.DueDate; break;
            case PaymentReceived or DuplicateConfirmed: Receive(fact as PaymentReceived); break;
            case PendingPaymentFailed failed: _pending.Remove(failed.PendingId); break;
            case Held held: _holds[held.Scope] = held.Until?.AddDays(1); break;
            case Released released: _holds.Remove(released.Scope); break;
            case InsolvencyOpened: _insolvent = true; break;
            case Cancelled or WrittenOff: _ended = true; break;
            case DisputeResolved resolved: Resolve(resolved); break;
            case ReplyClassified classified: (_, _) = (_replies.Remove(classified.ReplyId), _unread.Remove(classified.ReplyId)); break;
            case MessageUncertain { Key: var key }: _uncertain.Add(key); break;
            case MessageAccepted { Key: var key }: _uncertain.Remove(key); break;
            case MessageDelivered { Key: var key }: _uncertain.Remove(key); break;
            case MessageBounced { Key: var key }: _uncertain.Remove(key); break;
            case MessageRefused { Key: var key }: _uncertain.Remove(key); break;
            case MessageDeferred { Key: var key }: _uncertain.Remove(key); break;
        }
    }

    private void TakeOpen(CaseEvent fact, DateTimeOffset at)
    {
        var today = Today(at);
        switch (fact)
        {
            case PromiseMade made:
                var graceEnds = made.Date.AddDays(_policy.Promise.GraceDays);
                var (cents, before) = (made.Amount?.Minor ?? Books.Balance, Books.PaidBetween(today, graceEnds));
                _promise = (graceEnds.AddDays(1), today, cents, before, _broken < _policy.Promise.MaxBroken);
                break;
            case PlanAgreed agreed: _plan = (agreed.Instalments, Books.Settled, 0); break;
            case PaymentPending pending: _pending[pending.Id] = (pending.ExpectedOn.AddDays(_policy.Promise.GraceDays + 1), pending.Reference); break;
            // Three business days are at least three days.
            case ReplyReceived reply: (_replies[reply.Id], _) = (today.AddDays(4), _unread.Add(reply.Id)); break;
            case DisputeOpened opened:
                _disputes[opened.Id] = opened.Amount?.Minor;
                _promise = WholeDispute ? null : _promise;
                break;
        }
    }

    private void Receive(PaymentReceived? received)
    {
        if (received is not null)
            foreach (var (id, pending) in _pending)
                if (received.Reference is { } reference && (reference == id || reference == pending.Reference))
                    _pending.Remove(id);
        if (_promise is { } promise && Books.PaidBetween(promise.MadeOn, promise.Ends.AddDays(-1)) - promise.Before >= promise.Cents - Tolerance)
            _promise = null;
    }

    private void Resolve(DisputeResolved resolved)
    {
        // A closed case does not listen: its dispute stands should it open again.
        if (!IsOpen || !_disputes.Remove(resolved.DisputeId, out var cents))
            return;
        Books.Credit(resolved.Outcome switch
        {
            DisputeOutcome.Upheld => Math.Min(cents ?? Books.Balance, Books.Balance),
            DisputeOutcome.Credited => resolved.Amount?.Minor ?? 0,
            _ => 0,
        });
    }

    // At one instant facts come before the ends of silences.
    private void LetTimePass(DateTimeOffset at, bool atOnce)
    {
        var local = TimeZoneInfo.ConvertTime(at, _policy.Zone).DateTime;
        bool Over(DateOnly ends) => atOnce ? local >= ends.ToDateTime(default) : local > ends.ToDateTime(default);
        if (_promise is { } promise && Over(promise.Ends))
            (_promise, _broken) = (null, _broken + 1);
        while (_plan is { } plan && Over(plan.Parts[plan.Checked].Date.AddDays(_policy.Plan.GraceDays + 1)))
        {
            var due = plan.Parts.Take(plan.Checked + 1).Sum(p => p.Amount.Minor);
            var broken = due - (Books.Settled - plan.Before) > Tolerance;
            _plan = broken || plan.Checked + 1 == plan.Parts.Count ? null : plan with { Checked = plan.Checked + 1 };
        }
    }
}
