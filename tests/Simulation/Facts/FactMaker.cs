using Dunning.Domain;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Simulation;

/// <summary>What platforms, banks, debtors and operators come up with, at random, as the API would let it through.</summary>
internal sealed class FactMaker(Chance luck)
{
    private static readonly string[] Steps =
    [
        "first", "second", "daily", "daily.2", "notice", "formal-notice", "last", "approved", "agency", "hand-over", "big-only",
    ];

    private static readonly (int Weight, Func<FactMaker, CaseFile, DateOnly, CaseEvent?> Make)[] Kinds =
    [
        (6, (f, c, today) => f.Pay(f.Part(c.Balance), today)),
        (4, (f, c, today) => f.Pay(c.Balance, today)),
        (1, (f, c, today) => f.Pay(c.Balance + Cents(f._chance.Between(1, 90_000)), today)),
        (4, (f, c, _) => f.Reverse(c)),
        (3, (f, c, today) => new CreditNoteIssued(f.Part(c.Balance), today)),
        (3, (f, c, today) => new PaymentPending(today.AddDays(f._chance.Between(0, 8))) { Reference = f._chance.OneIn(2) ? "DD-1" : null }),
        (1, (f, c, _) => c.Silences.Pending is { Count: > 0 } pending ? new PendingPaymentFailed(f._chance.Of(pending).Id) : null),
        (6, (f, c, today) => new PromiseMade(today.AddDays(f._chance.Between(0, 15)), f._chance.OneIn(2) ? f.Part(c.Balance) : null)),
        (2, (_, _, _) => new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality)),
        (2, (f, c, _) => new DisputeOpened(DisputeKind.Technical, DisputeCode.WrongAmount, f.Part(c.Balance))),
        (2, (f, c, _) => f.Resolve(c)),
        (3, (f, _, today) => new Held("asked", f._chance.OneIn(3) ? null : today.AddDays(f._chance.Between(0, 20)), f.Scope())),
        (2, (f, _, _) => new Released(f.Scope())),
        (3, (f, c, today) => f.Plan(c, today) is { Count: > 0 } parts ? new PlanAgreed(parts) : null),
        (1, (f, c, today) => f.Plan(c, today) is { Count: > 0 } parts ? new PlanProposed(parts) : null),
        (3, (_, _, _) => new ReplyReceived("email", "we shall see")),
        (2, (f, c, _) => c.Silences.Replies is { Count: > 0 } replies ? new ReplyClassified(f._chance.Of(replies).Id, "other") : null),
        (2, (f, c, _) => new ContactChanged(Cast.Readdressed(f._chance, c.Debtor))),
        (2, (f, c, _) => f.MoveDueDate(c)),
        (1, (f, _, today) => f._chance.OneIn(3) ? new InsolvencyOpened(today, today.AddDays(60)) : null),
        (1, (f, _, _) => f._chance.OneIn(3) ? new Cancelled("by mistake") : null),
        (1, (f, _, _) => f._chance.OneIn(3) ? new WrittenOff("too small") : null),
        (1, (f, c, today) => f.Twin(c)),
        (1, (f, c, _) => new InvoiceAmended(c.Invoice.Amount + Cents(f._chance.Between(-3_000, 3_000)), "typo")),
        (2, (f, _, _) => new StepApproved(f._chance.Of(Steps))),
        (1, (f, _, _) => new StepHastened(f._chance.Of(Steps))),
        (1, (f, _, _) => new StepRejected(f._chance.Of(Steps))),
        (1, (f, c, _) => f.Resend(c)),
        (1, (f, _, _) => new CallLogged(null, "spoke")),
    ];

    private static readonly int Weights = Kinds.Sum(k => k.Weight);

    private readonly Chance _chance = luck;

    private int _made;

    public CaseEvent Named(CaseEvent fact) => fact with { Id = $"fact-{++_made}" };

    /// <summary>Null when what was thought of makes no sense for the case today.</summary>
    public CaseEvent? Next(CaseFile file, DateOnly today)
    {
        var drawn = _chance.Below(Weights);
        foreach (var (weight, make) in Kinds)
            if ((drawn -= weight) < 0)
                return make(this, file, today) is { } fact ? Named(fact) : null;
        return null;
    }

    public CaseEvent PayInFull(CaseFile file, DateOnly today) => Named(Pay(file.Balance, today));

    private PaymentReceived Pay(Money amount, DateOnly today) =>
        new(amount, today.AddDays(-_chance.Below(3)), "bank") { Reference = _chance.OneIn(4) ? "DD-1" : null };

    private HoldScope Scope() => _chance.OneIn(3) ? HoldScope.Debtor : HoldScope.Case;

    private Money Part(Money of) => Cents(1 + _chance.Below((int)Math.Max(of.Minor, 1)));

    private PaymentReversed Reverse(CaseFile file) => file.Account.Payments is { Count: > 0 } paid
        ? new PaymentReversed(_chance.Of(paid).Id, _chance.OneIn(2) ? null : Part(paid[0].Amount))
        // Some banks tell of the return before the payment.
        : new PaymentReversed($"fact-{_made + _chance.Between(2, 4)}");

    private DisputeResolved? Resolve(CaseFile file) =>
        file.Silences.Disputes is { Count: > 0 } disputes ? Resolved(_chance.Of(disputes), file) : null;

    public DisputeResolved Resolved(Dispute dispute, CaseFile file) => _chance.Below(4) switch
    {
        0 => new(dispute.Id, DisputeOutcome.Upheld),
        1 => new(dispute.Id, DisputeOutcome.Credited, Part(file.Balance)),
        _ => new(dispute.Id, DisputeOutcome.Rejected),
    };

    public IReadOnlyList<Instalment> Plan(CaseFile file, DateOnly today)
    {
        var count = _chance.Between(1, 4);
        if (file.Balance.Minor < count)
            return [];
        var parts = new List<Instalment>();
        var (date, left) = (today, file.Balance.Minor);
        for (var i = 1; i <= count; i++)
        {
            var part = i == count ? left : left / (count - i + 1);
            parts.Add(new(date = date.AddDays(_chance.Between(1, 20)), Cents(part)));
            left -= part;
        }
        return parts;
    }

    private DueDateChanged? MoveDueDate(CaseFile file)
    {
        var moved = file.Invoice.DueDate.AddDays(_chance.Between(-10, 20));
        return moved < file.Invoice.IssueDate ? null : new(moved);
    }

    // The same money told by a second source: at most one per case.
    private PaymentReceived? Twin(CaseFile file) => file.Account.Payments is { Count: > 0 } paid && paid.All(p => p.Source == "bank")
        ? new(paid[0].Amount, paid[0].Date.AddDays(_chance.Between(0, 6)), "stripe")
        : null;

    private ResendAsked? Resend(CaseFile file)
    {
        var legs = file.Steps.SelectMany(s => s.Legs, (s, l) => new MessageKey(file.Id, s.Id, l.Channel, l.Sending))
            .Where(k => k.Channel < Channel.Call).ToList();
        return legs.Count == 0 ? null : new(_chance.Of(legs));
    }

    private static Money Cents(long cents) => Money.FromMinor(cents, Currency.Euro);
}
