using System.Text.RegularExpressions;

namespace Dunning.Domain;

/// <summary>What makes a policy valid. Every fault is reported at once, each with its path.</summary>
public static partial class PolicyRules
{
    public const int MaxSteps = 50;
    public const int MaxOffset = 1000;
    public const int MaxAmount = 1_000_000_000;

    private static readonly Dictionary<string, DebtorKind> Regimes = new(StringComparer.Ordinal)
    {
        ["fr-b2b"] = DebtorKind.Business,
        ["fr-b2c"] = DebtorKind.Consumer,
        ["fr-public"] = DebtorKind.Public,
        ["be-b2b"] = DebtorKind.Business,
        ["be-b2c"] = DebtorKind.Consumer,
    };

    public static IReadOnlyCollection<string> RegimeNames => Regimes.Keys;

    /// <summary>A business regime never chases a consumer, nor the reverse; a Belgian public buyer is chased as a business.</summary>
    public static bool Fits(string regime, Debtor debtor) =>
        Regimes.TryGetValue(regime, out var kind)
        && (kind == debtor.Kind || (regime == "be-b2b" && debtor.Kind == DebtorKind.Public));

    /// <summary>Returns the policy, or null and everything that is wrong with the draft.</summary>
    public static Policy? Validate(PolicyDraft draft, out IReadOnlyList<PolicyFault> faults)
    {
        var found = new List<PolicyFault>();
        void Check(bool holds, string path, string why)
        {
            if (!holds)
                found.Add(new(path, why));
        }

        Check(draft.Name is not null && IdPattern().IsMatch(draft.Name), "name", "must be 1 to 60 of a-z, 0-9 and '-'.");
        Check(draft.Version is >= 1 and <= 1_000_000, "version", "must be a whole number from 1.");
        Check(draft.Regime is not null && Regimes.ContainsKey(draft.Regime), "regime", $"must be one of {string.Join(", ", Regimes.Keys)}.");
        Check(draft.Calendar is not null && BusinessCalendar.Ships(draft.Calendar), "calendar", $"must be one of {string.Join(", ", BusinessCalendar.Codes)}.");
        TimeZoneInfo? zone = null;
        Check(draft.TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(draft.TimeZone, out zone), "timeZone", "must be an IANA time zone such as Europe/Paris.");
        CheckWindow(draft, Check);
        Check(draft.MinimumGapDays is >= 1 and <= 365, "minimumGapDays", "must be from 1 to 365.");
        Check(draft.Tolerance is >= 0 and <= 1000, "tolerance", "must be from 0 to 1000.");
        CheckTerms(draft, Check);
        CheckSteps(draft.Steps, Check);
        faults = found;
        return found.Count == 0 ? new Policy(draft, Zone.Of(zone!)) : null;
    }

    private static void CheckWindow(PolicyDraft draft, Action<bool, string, string> check)
    {
        check(draft.SendAt is not null, "sendAt", "must be a time such as 09:00.");
        check(draft.WindowFrom is not null && draft.WindowTo is not null, "sendWindow", "must be two times such as [\"08:30\", \"18:00\"].");
        if (draft is not { SendAt: { } at, WindowFrom: { } from, WindowTo: { } to })
            return;
        check(from < to, "sendWindow", "must end after it starts, on the same day.");
        check(from <= at && at <= to, "sendAt", "must lie in the send window.");
    }

    private static void CheckTerms(PolicyDraft draft, Action<bool, string, string> check)
    {
        check(draft.Promise.GraceDays is >= 0 and <= 60, "promise.graceDays", "must be from 0 to 60.");
        check(draft.Promise.MaxBroken is >= 0 and <= 100, "promise.maxBroken", "must be from 0 to 100.");
        check(draft.Promise.MaxDays is >= 1 and <= 365, "promise.maxDays", "must be from 1 to 365.");
        check(draft.Plan.MaxInstalments is >= 1 and <= 60, "plan.maxInstalments", "must be from 1 to 60.");
        check(draft.Plan.MaxDays is >= 1 and <= 1826, "plan.maxDays", "must be from 1 to 1826.");
        check(draft.Plan.MinInstalment is >= 0 and <= MaxAmount, "plan.minInstalment", $"must be from 0 to {MaxAmount}.");
        check(draft.Plan.GraceDays is >= 0 and <= 60, "plan.graceDays", "must be from 0 to 60.");
        check(draft.Accessories.WhenPrincipalPaid is "task" or "drop" or "chase", "accessories.whenPrincipalPaid", "must be task, drop or chase.");
        check(draft.Accessories.ContractualRate is null or (> 0 and <= 100), "accessories.contractualRate", "must be more than 0 and at most 100 percent a year.");
        check(draft.Accessories.ContractualRate is null || draft.Regime is not (Regime.FrenchConsumer or Regime.FrenchPublic), "accessories.contractualRate", $"has no place in {draft.Regime}: the law sets the rate.");
        check(!draft.Accessories.Clause || draft.Regime == Regime.BelgianConsumer, "accessories.clause", "is for Belgian consumers only.");
        check(draft.MaxLedgerAgeDays is null or (>= 1 and <= 365), "maxLedgerAgeDays", "must be from 1 to 365.");
        for (var i = 0; i < draft.Confirmations.Count; i++)
            check(Confirming.All.Contains(draft.Confirmations[i]) && !draft.Confirmations.Take(i).Contains(draft.Confirmations[i]), $"confirmations[{i}]", "must be promise, plan or call, each once.");
        for (var i = 0; i < draft.QuietPeriods.Count; i++)
        {
            var (from, to) = draft.QuietPeriods[i];
            check(from <= to, $"quietPeriods[{i}]", "must end on or after its first day.");
            check(to.DayNumber - from.DayNumber <= 120, $"quietPeriods[{i}]", "must not last more than 120 days.");
        }
    }

    private static void CheckSteps(IReadOnlyList<PolicyStep> steps, Action<bool, string, string> check)
    {
        check(steps.Count is >= 1 and <= MaxSteps, "steps", $"must be from 1 to {MaxSteps} steps.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        int? last = null;
        var noticeAt = -1;
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, path) = (steps[i], $"steps[{i}]");
            check(IdPattern().IsMatch(step.Id), $"{path}.id", "must be 1 to 60 of a-z, 0-9 and '-'.");
            check(names.Add(step.Id), $"{path}.id", "is used twice.");
            check(step.Offset is >= -MaxOffset and <= MaxOffset, $"{path}.offset", $"must be from {-MaxOffset} to {MaxOffset} days.");
            check(last is null || step.Offset > last, $"{path}.offset", $"must be after the step before it (J{last:+0;-0;+0}).");
            last = step.Offset + (step.Repeat is { EveryDays: >= 1 and <= 365, Times: >= 1 and <= 50 } r ? r.EveryDays * r.Times : 0);
            CheckStep(step, path, check);
            check(noticeAt < 0 || step.IsFormalNotice || !step.Speaks, path, "comes after a formal notice and would speak more mildly.");
            if (step.IsFormalNotice)
                noticeAt = i;
            check(i == steps.Count - 1 || !step.IsHandOver, path, "hands the case over, so it must be the last step.");
        }
    }

    private static void CheckStep(PolicyStep step, string path, Action<bool, string, string> check)
    {
        check(step.Channels.Count >= 1, $"{path}.channels", "must name at least one channel.");
        check(step.Channels.Distinct().Count() == step.Channels.Count, $"{path}.channels", "names a channel twice.");
        var speaks = step.Speaks;
        check(!speaks || !string.IsNullOrEmpty(step.Template), $"{path}.template", "is needed by a step that sends a message.");
        check(step.DeadlineDays is null or (>= 1 and <= 90), $"{path}.deadlineDays", "must be from 1 to 90.");
        check(step.DeadlineDays is null || (step.Offset >= 0 && speaks), path, "with a deadline is a formal notice: it comes on or after the due date and sends a message.");
        check(step.Template != "formal-notice" || step.DeadlineDays is not null, $"{path}.deadlineDays", "is needed by a formal notice.");
        check(step.Registered is null || step.Channels.Contains(Channel.Letter), $"{path}.letter", "is only for a step that sends a letter.");
        check(step.MinBalance is null or (>= 0 and <= MaxAmount), $"{path}.minBalance", $"must be from 0 to {MaxAmount}.");
        check(!step.IsHandOver || step.Offset >= 0, $"{path}.offset", "must not hand over before the due date.");
        if (step.Repeat is not { } repeat)
            return;
        check(repeat.EveryDays is >= 1 and <= 365, $"{path}.repeat.everyDays", "must be from 1 to 365.");
        check(repeat.Times is >= 1 and <= 50, $"{path}.repeat.times", "must be from 1 to 50.");
        check(step.Offset >= 0 && !step.IsFormalNotice && !step.IsHandOver, $"{path}.repeat", "is only for reminders after the due date.");
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
