namespace Dunning.Domain;

/// <summary>
/// How invoices were paid that were paid in full in a period, and how those that fell due in it fared. Days are calendar days; whoever pays early is late by a negative
/// number. Null where there was nothing to count.
/// </summary>
public sealed record PaymentBehaviour(int Paid, decimal? DaysToPay, decimal? DaysLate, int FellDue, decimal? LateByCount, decimal? LateByAmount)
{
    /// <summary>The days to pay of each euro rather than of each invoice.</summary>
    public decimal? DaysToPayByAmount { get; init; }

    public int PromisesKept { get; init; }

    public int PromisesBroken { get; init; }

    /// <summary>In percent.</summary>
    public decimal? PromisesKeptRate => PromisesKept + PromisesBroken == 0 ? null : 100m * PromisesKept / (PromisesKept + PromisesBroken);

    public static PaymentBehaviour Of(IReadOnlyCollection<LedgerLine> lines, DateOnly from, DateOnly to)
    {
        var paid = lines.Where(l => l.PaidOn is { } on && from <= on && on <= to).ToList();
        // On its last day an invoice may still be paid in time.
        var due = lines.Where(l => from <= l.DueOn && l.DueOn <= to).ToList();
        var late = due.Where(l => !l.OwedOn(l.DueOn).IsZero).ToList();
        return new(paid.Count, Mean(paid, l => l.PaidOn!.Value.DayNumber - l.IssuedOn.DayNumber), Mean(paid, l => l.PaidOn!.Value.DayNumber - l.DueOn.DayNumber),
            due.Count, due.Count == 0 ? null : 100m * late.Count / due.Count, due.Count == 0 ? null : 100m * late.Sum(l => (decimal)l.OwedOn(l.DueOn).Minor) / due.Sum(l => (decimal)l.Amount.Minor))
        {
            DaysToPayByAmount = paid.Count == 0 ? null : paid.Sum(l => (decimal)l.Amount.Minor * (l.PaidOn!.Value.DayNumber - l.IssuedOn.DayNumber)) / paid.Sum(l => (decimal)l.Amount.Minor),
            PromisesKept = lines.Sum(l => l.PromisesKept),
            PromisesBroken = lines.Sum(l => l.PromisesBroken),
        };
    }

    private static decimal? Mean(List<LedgerLine> lines, Func<LedgerLine, int> days) => lines.Count == 0 ? null : lines.Average(l => (decimal)days(l));
}
