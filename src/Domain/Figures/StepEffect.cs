namespace Dunning.Domain;

/// <summary>
/// What followed a step: of what was owed when it was taken, how much came in within so many days and before the next step. It says what followed, not what it caused.
/// </summary>
/// <param name="Taken">How often it was taken.</param>
/// <param name="PaidInFull">How many of these were paid in full before the next step, within the days.</param>
public sealed record StepEffect(string Policy, string Step, int Taken, int PaidInFull, Money Owed, Money Collected)
{
    public const int Days = 14;

    public decimal PercentOfInvoices => Taken == 0 ? 0 : 100m * PaidInFull / Taken;

    public decimal PercentOfAmount => Owed.IsZero ? 0 : 100m * Collected.Minor / Owed.Minor;

    /// <summary>By policy and version, each with its steps in the order of the first time they were taken. Steps whose days are not over are left out.</summary>
    public static IReadOnlyList<StepEffect> ByStep(IEnumerable<LedgerLine> lines, Currency currency, DateOnly asOf) =>
        [.. Followed(lines, asOf).GroupBy(f => (f.Line.Policy, f.Step.Id)).Select(g => Of($"{g.Key.Policy.Name} v{g.Key.Policy.Version}", g.Key.Id, [.. g], currency)).OrderBy(e => e.Policy, StringComparer.Ordinal)];

    /// <summary>The same by what it was sent by: "email", "email, sms".</summary>
    public static IReadOnlyList<StepEffect> ByChannels(IEnumerable<LedgerLine> lines, Currency currency, DateOnly asOf) =>
        [.. Followed(lines, asOf).GroupBy(f => string.Join(", ", f.Step.Channels.Order().Select(c => c.ToString().ToLowerInvariant()))).Select(g => Of("", g.Key, [.. g], currency)).OrderBy(e => e.Step, StringComparer.Ordinal)];

    private static StepEffect Of(string policy, string step, List<(LedgerLine Line, StepTaken Step, DateOnly Until)> followed, Currency currency)
    {
        var (owed, collected, inFull) = (Money.Zero(currency), Money.Zero(currency), 0);
        foreach (var (line, taken, until) in followed)
        {
            // What came in on the day itself may have come before it.
            var due = line.OwedOn(taken.On);
            owed += due;
            collected += Money.Min(line.PaidBetween(taken.On.AddDays(1), until), due);
            inFull += !due.IsZero && line.OwedOn(until).IsZero && line.WrittenOffOn is null ? 1 : 0;
        }
        return new(policy, step, followed.Count, inFull, owed, collected);
    }

    private static IEnumerable<(LedgerLine Line, StepTaken Step, DateOnly Until)> Followed(IEnumerable<LedgerLine> lines, DateOnly asOf)
    {
        foreach (var line in lines)
            for (var i = 0; i < line.Steps.Count; i++)
            {
                var until = line.Steps[i].On.AddDays(Days);
                if (i + 1 < line.Steps.Count && line.Steps[i + 1].On < until)
                    until = line.Steps[i + 1].On;
                if (line.Steps[i].On.AddDays(Days) <= asOf || i + 1 < line.Steps.Count)
                    yield return (line, line.Steps[i], until);
            }
    }
}
