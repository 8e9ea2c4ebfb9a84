namespace Dunning.Domain;

/// <summary>
/// How invoices were paid that were paid in full in a period, and how those that fell due in it fared. Days are calendar days; whoever pays early is late by a negative
/// number. What was credited nobody had to pay: an invoice credited whole is none of them, one credited in part counts for the rest. Null where there was nothing to count.
/// </summary>
public sealed record PaymentBehaviour(int Paid, decimal? DaysToPay, decimal? DaysLate, int FellDue, decimal? LateByCount, decimal? LateByAmount)
{
    /// <summary>The days to pay of each euro rather than of each invoice.</summary>
    public decimal? DaysToPayByAmount { get; init; }

    /// <summary>How many of those that fell due were not paid in full by the end of that day.</summary>
    public int Late { get; init; }

    public int PromisesKept { get; init; }

    public int PromisesBroken { get; init; }

    /// <summary>In percent.</summary>
    public decimal? PromisesKeptRate => PromisesKept + PromisesBroken == 0 ? null : 100m * PromisesKept / (PromisesKept + PromisesBroken);

    /// <param name="over">The last day that is over.</param>
    public static PaymentBehaviour Of(IReadOnlyCollection<LedgerLine> lines, DateOnly from, DateOnly to, DateOnly over)
    {
        var (paid, due, late) = (new Days(), new Days(), new Days());
        decimal lateMinor = 0, toPay = 0, daysLate = 0;
        var (kept, broken) = (0, 0);
        foreach (var line in lines)
        {
            if (line.PaidOn is { } on && from <= on && on <= to)
            {
                paid.Add(line.Collectible, on.DayNumber - line.IssuedOn.DayNumber);
                toPay += on.DayNumber - line.IssuedOn.DayNumber;
                daysLate += on.DayNumber - line.DueOn.DayNumber;
            }
            // On its last day an invoice may still be paid in time: it counts once that day is over.
            if (from <= line.DueOn && line.DueOn <= to && line.DueOn <= over && line.HadToBePaid)
            {
                due.Add(line.Collectible, 0);
                if (line.UnpaidOn(line.DueOn) is { IsZero: false } owed)
                {
                    late.Add(owed, 0);
                    lateMinor += owed.Minor;
                }
            }
            foreach (var promise in line.Promises)
                if (from <= promise.On && promise.On <= to)
                    (kept, broken) = promise.Kept ? (kept + 1, broken) : (kept, broken + 1);
        }
        return new(paid.Count, paid.Mean(toPay), paid.Mean(daysLate), due.Count, due.Mean(100m * late.Count), due.Minor == 0 ? null : 100m * lateMinor / due.Minor)
        {
            DaysToPayByAmount = paid.Minor == 0 ? null : paid.MinorDays / paid.Minor,
            Late = late.Count,
            PromisesKept = kept,
            PromisesBroken = broken,
        };
    }

    private sealed class Days
    {
        public int Count { get; private set; }

        public decimal Minor { get; private set; }

        public decimal MinorDays { get; private set; }

        public void Add(Money amount, int days) => (Count, Minor, MinorDays) = (Count + 1, Minor + amount.Minor, MinorDays + (decimal)amount.Minor * days);

        public decimal? Mean(decimal sum) => Count == 0 ? null : sum / Count;
    }
}
