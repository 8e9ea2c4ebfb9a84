namespace Dunning.Domain;

/// <summary>Money that arrived: Date is its value date, ArrivedOn the policy's local date we learned of it.</summary>
public sealed record Payment(string Id, Money Amount, DateOnly Date, string Source, DateOnly ArrivedOn, string? Reference = null);

public sealed record Reversal(string Id, string PaymentId, Money? Amount);

public sealed record CreditNote(string Id, Money Amount, DateOnly Date, string? Reference = null);

/// <summary>A numbered document that charged interest and indemnity, the indemnity in euros. It changes nothing of what is owed: it books it.</summary>
public sealed record DebitNote(string Number, Money Interest, Money Indemnity, DateOnly On, DateOnly AsOf);

/// <summary>A person's word on a possible duplicate.</summary>
public sealed record DuplicateVerdict(string PaymentId, bool SameMoney);

/// <summary>
/// What a message demanded beside the principal, in the currency of the case: late-payment interest as of that day, and the recovery indemnity.
/// </summary>
public sealed record Demand(DateOnly On, Money Interest, Money Indemnity)
{
    public Money Total => Interest + Indemnity;
}

/// <summary>
/// The money side of a case, as sets of facts. Every figure is computed from the sets, never kept beside them, so the order in
/// which the facts arrived cannot matter (P11).
/// </summary>
public sealed record Account(Money Invoiced)
{
    public const int DuplicateWindowDays = 5;

    public Items<Payment> Payments { get; init; }

    public Items<Reversal> Reversals { get; init; }

    public Items<CreditNote> CreditNotes { get; init; }

    public Items<DuplicateVerdict> Verdicts { get; init; }

    /// <summary>In the order they were issued.</summary>
    public Items<DebitNote> DebitNotes { get; init; }

    /// <summary>What the last message that demanded accessories demanded; null while none was claimed.</summary>
    public Demand? Demanded { get; init; }

    /// <summary>invoice − payments − credit notes + reversals, never below zero (P9).</summary>
    public Money Balance => Money.Max(Remainder, Money.Zero(Invoiced.Currency));

    /// <summary>What came in beyond the principal.</summary>
    public Money Excess => Money.Max(-Remainder, Money.Zero(Invoiced.Currency));

    /// <summary>What came in beyond the balance and the accessories that were claimed.</summary>
    public Money Overpaid => Excess - PaidBeyondPrincipal;

    /// <summary>What is left to pay of the accessories that were claimed: money beyond the balance pays the interest first, then the indemnity.</summary>
    public Money AccessoriesOwed => Claimed - PaidBeyondPrincipal;

    /// <summary>The part of the claimed interest that has been paid.</summary>
    public Money InterestPaid => Demanded is { } demand ? Money.Min(Excess, demand.Interest) : Money.Zero(Invoiced.Currency);

    /// <summary>The part of the claimed indemnity that has been paid.</summary>
    public Money IndemnityPaid => PaidBeyondPrincipal - InterestPaid;

    /// <summary>Payments that count, net of reversals, and credit notes.</summary>
    public Money Settled
    {
        get
        {
            var sum = Money.Zero(Invoiced.Currency);
            foreach (var payment in Counted)
                sum += NetOf(payment);
            foreach (var note in CreditNotes)
                sum += note.Amount;
            return sum;
        }
    }

    public bool HasSuspects => Payments.Count > 1 && Suspects.Count > 0;

    /// <summary>
    /// Payments that look like one already counted: the same amount from another source within five days. They reduce nothing until a
    /// person has spoken.
    /// </summary>
    public Items<Payment> Suspects => Sort().Suspects;

    public Items<Payment> Counted => Payments.Count == 0 || (Payments.Count == 1 && Verdicts.Count == 0) ? Payments : Sort().Counted;

    private Money Remainder => Invoiced - Settled;

    private Money Claimed => Demanded?.Total ?? Money.Zero(Invoiced.Currency);

    private Money PaidBeyondPrincipal => Money.Min(Excess, Claimed);

    /// <summary>What is left of a payment once its reversals, capped by it, are taken off.</summary>
    public Money NetOf(Payment payment)
    {
        var net = payment.Amount;
        foreach (var reversal in Reversals)
            if (reversal.PaymentId == payment.Id)
                net -= Money.Min(net, reversal.Amount ?? payment.Amount);
        return net;
    }

    /// <summary>The local date the last payment that still counts arrived; payments reversed in full are as if they never came.</summary>
    public DateOnly? LastArrival
    {
        get
        {
            DateOnly? last = null;
            foreach (var payment in Counted)
                if (!NetOf(payment).IsZero && (last is null || payment.ArrivedOn > last))
                    last = payment.ArrivedOn;
            return last;
        }
    }

    /// <summary>Payments that count, value-dated in an interval, both days included.</summary>
    public Money PaidBetween(DateOnly from, DateOnly to)
    {
        var sum = Money.Zero(Invoiced.Currency);
        foreach (var payment in Counted)
            if (from <= payment.Date && payment.Date <= to)
                sum += NetOf(payment);
        return sum;
    }

    // Facts are weighed in an order of their own (value date, then id), so that the first to arrive has no privilege.
    private (Items<Payment> Counted, Items<Payment> Suspects) Sort()
    {
        var (counted, suspects) = (new List<Payment>(Payments.Count), new List<Payment>());
        var matched = new HashSet<(string Counted, string Source)>();
        foreach (var payment in Payments.OrderBy(p => p.Date).ThenBy(p => p.Id, StringComparer.Ordinal))
        {
            var verdict = Verdicts.FirstOrDefault(v => v.PaymentId == payment.Id);
            if (verdict is { SameMoney: true })
                continue;
            var twin = verdict is null && !NetOf(payment).IsZero ? TwinOf(payment, counted, matched) : null;
            if (twin is null)
            {
                counted.Add(payment);
                continue;
            }
            matched.Add((twin.Id, payment.Source));
            suspects.Add(payment);
        }
        return ([.. counted], [.. suspects]);
    }

    private Payment? TwinOf(Payment payment, List<Payment> counted, HashSet<(string Counted, string Source)> matched)
    {
        foreach (var other in counted)
            if (other.Amount == payment.Amount && other.Source != payment.Source
                && payment.Date.DayNumber - other.Date.DayNumber <= DuplicateWindowDays
                && !matched.Contains((other.Id, payment.Source)) && !NetOf(other).IsZero)
                return other;
        return null;
    }
}
