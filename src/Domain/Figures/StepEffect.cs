namespace Dunning.Domain;

/// <summary>
/// What followed a step: of what was owed when it was taken, how much came in within so many days and before the next step. It says what followed, not what it caused.
/// </summary>
/// <param name="Policy">Name and version; empty when all are counted together, as Step is.</param>
/// <param name="Taken">How often it was taken.</param>
/// <param name="PaidInFull">How many of these were paid in full before the next step, within the days.</param>
public sealed record StepEffect(string Policy, string Step, int Taken, int PaidInFull, Money Owed, Money Collected)
{
    public const int UsualDays = 14;

    public decimal PercentOfInvoices => Taken == 0 ? 0 : 100m * PaidInFull / Taken;

    public decimal PercentOfAmount => Owed.IsZero ? 0 : 100m * Collected.Minor / Owed.Minor;

    /// <summary>
    /// By policy and version, each with its steps in the order of their offsets as far as it shows: the order in which most invoices met them.
    /// </summary>
    public static IReadOnlyList<StepEffect> ByStep(IReadOnlyList<StepFollowed> followed, Currency currency) =>
        [.. followed.GroupBy(f => (f.Line.Policy, f.Step.Id)).OrderBy(g => g.Key.Policy.ToString(), StringComparer.Ordinal).ThenBy(g => g.Average(f => (decimal)(f.Step.On.DayNumber - f.Line.DueOn.DayNumber)))
            .Select(g => Of(g.Key.Policy.ToString(), g.Key.Id, g, currency))];

    /// <summary>By what it was sent by: "email", "email, sms".</summary>
    public static IReadOnlyList<StepEffect> ByChannels(IReadOnlyList<StepFollowed> followed, Currency currency) =>
        [.. followed.GroupBy(f => string.Join(", ", f.Step.Channels.Order().Select(MessageKey.Name))).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Of("", g.Key, g, currency))];

    /// <summary>All steps of a policy and version together.</summary>
    public static IReadOnlyList<StepEffect> ByPolicy(IReadOnlyList<StepFollowed> followed, Currency currency) =>
        [.. followed.GroupBy(f => f.Line.Policy).Select(g => Of(g.Key.ToString(), "", g, currency)).OrderBy(e => e.Policy, StringComparer.Ordinal)];

    private static StepEffect Of(string policy, string step, IEnumerable<StepFollowed> followed, Currency currency)
    {
        var (taken, owed, collected, inFull) = (0, Money.Zero(currency), Money.Zero(currency), 0);
        foreach (var (line, at, until) in followed)
        {
            // What came in on the day itself may have come before it.
            var due = line.OwedOn(at.On);
            taken++;
            owed += due;
            collected += Money.Min(line.PaidBetween(at.On.AddDays(1), until), due);
            inFull += !due.IsZero && line.PaidOn > at.On && line.PaidOn <= until ? 1 : 0;
        }
        return new(policy, step, taken, inFull, owed, collected);
    }
}

/// <summary>A step of an invoice with the last day that counts for it.</summary>
public sealed record StepFollowed(LedgerLine Line, StepTaken Step, DateOnly Until)
{
    /// <summary>The steps taken between two days whose own days are over, by their number or by the next step.</summary>
    /// <param name="over">The last day that is over.</param>
    public static IReadOnlyList<StepFollowed> Of(IEnumerable<LedgerLine> lines, DateOnly from, DateOnly to, DateOnly over, int days = StepEffect.UsualDays)
    {
        var followed = new List<StepFollowed>();
        foreach (var line in lines)
            for (var i = 0; i < line.Steps.Count; i++)
            {
                var (step, next) = (line.Steps[i], i + 1 < line.Steps.Count ? line.Steps[i + 1].On : DateOnly.MaxValue);
                var until = step.On.AddDays(days) < next ? step.On.AddDays(days) : next;
                if (from <= step.On && step.On <= to && until <= over)
                    followed.Add(new(line, step, until));
            }
        return followed;
    }
}
