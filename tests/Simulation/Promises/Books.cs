using Dunning.Domain;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Simulation;

/// <summary>The ledger of one case kept a second time, in cents, from the facts alone: what P9 is checked against.</summary>
internal sealed class Books
{
    private sealed record Paid(string Id, long Cents, DateOnly Date, string Source, DateOnly Arrived);

    private readonly List<Paid> _payments = [];
    private readonly List<(string Payment, long? Cents)> _reversals = [];
    private readonly Dictionary<string, bool> _sameMoney = [];
    private long _credited;
    private long _invoiced;

    public long Settled => Counted().Sum(Net) + _credited;

    public long Balance => Math.Max(0, _invoiced - Settled);

    public bool HasSuspects => Counted().Count < _payments.Count(p => !_sameMoney.GetValueOrDefault(p.Id));

    public DateOnly? LastArrival => Counted().Where(p => Net(p) > 0).Select(p => (DateOnly?)p.Arrived).Max();

    public void Enter(CaseEvent fact, DateOnly today)
    {
        switch (fact)
        {
            case Registered registered: _invoiced = registered.Invoice.Amount.Minor; break;
            case InvoiceAmended amended: _invoiced = amended.Amount.Minor; break;
            case PaymentReceived paid: _payments.Add(new(paid.Id, paid.Amount.Minor, paid.Date, paid.Source, today)); break;
            case PaymentReversed back: _reversals.Add((back.PaymentId, back.Amount?.Minor)); break;
            case CreditNoteIssued note: Credit(note.Amount.Minor); break;
            case DuplicateConfirmed verdict: _sameMoney.TryAdd(verdict.PaymentId, verdict.SameMoney); break;
        }
    }

    public void Credit(long cents) => _credited += cents;

    public long PaidBetween(DateOnly from, DateOnly to) => Counted().Where(p => from <= p.Date && p.Date <= to).Sum(Net);

    private long Net(Paid payment)
    {
        var back = _reversals.Where(r => r.Payment == payment.Id).Sum(r => r.Cents ?? payment.Cents);
        return payment.Cents - Math.Min(back, payment.Cents);
    }

    private List<Paid> Counted()
    {
        if (_payments.Count == 1 && _sameMoney.Count == 0)
            return _payments;
        var counted = new List<Paid>();
        var twins = new HashSet<(string, string)>();
        foreach (var payment in _payments.OrderBy(p => p.Date).ThenBy(p => p.Id, StringComparer.Ordinal))
        {
            if (_sameMoney.TryGetValue(payment.Id, out var same))
            {
                if (!same)
                    counted.Add(payment);
                continue;
            }
            var twin = Net(payment) == 0 ? null : counted.Find(c => c.Cents == payment.Cents && c.Source != payment.Source && Net(c) > 0
                && payment.Date.DayNumber - c.Date.DayNumber <= 5 && !twins.Contains((c.Id, payment.Source)));
            if (twin is null)
                counted.Add(payment);
            else
                twins.Add((twin.Id, payment.Source));
        }
        return counted;
    }
}
