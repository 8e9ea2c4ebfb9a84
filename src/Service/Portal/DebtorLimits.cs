using Dunning.Domain;

namespace Dunning.Service.Portal;

/// <summary>What a debtor may say of a case by themselves: within the policy's limits, and narrower than an operator may.</summary>
public static class DebtorLimits
{
    /// <summary>Days ahead a promise from the page may lie.</summary>
    public const int PromiseDays = 10;

    /// <summary>Words nobody has read yet: beyond them the debtor is asked to wait for an answer.</summary>
    public const int UnreadMessages = 3;

    private const int FirstInstalmentDays = 31;
    private const int MostListed = 24;

    /// <summary>The last day a promise may name; null where none is taken: after a formal notice, on a plan, or when promises were broken too often.</summary>
    public static DateOnly? PromiseUntil(CaseFile file, Policy policy, DateOnly today)
    {
        var silences = file.Silences;
        if (IsStill(file, policy) || WasPutInDefault(file) || silences.Plan is not null || silences.BrokenPromises >= policy.Promise.MaxBroken)
            return null;
        var (near, far) = (today.AddDays(PromiseDays), (silences.Promise?.ChainFrom ?? today).AddDays(policy.Promise.MaxDays));
        var last = near < far ? near : far;
        return last < today ? null : last;
    }

    /// <summary>How many instalments a plan may have, a month apart; 0 where none can be proposed.</summary>
    public static int MostInstalments(CaseFile file, Policy policy, DateOnly today)
    {
        if (IsStill(file, policy) || file.Silences is { Plan: not null } or { Disputes.Count: > 0 } || file.Tasks.Any(t => t.Kind == TaskKind.PlanProposal))
            return 0;
        var terms = policy.Plan;
        var most = Math.Min(terms.MaxInstalments, MostListed);
        if (terms.MinInstalment > 0)
            most = (int)Math.Min(most, file.Balance.Amount / terms.MinInstalment);
        while (most > 1 && today.AddMonths(most - 1) > today.AddDays(terms.MaxDays))
            most--;
        return most > 1 ? most : 0;
    }

    /// <summary>The last day the first of so many instalments may be due.</summary>
    public static DateOnly LatestFirst(Policy policy, int instalments, DateOnly today)
    {
        var latest = today.AddDays(FirstInstalmentDays);
        while (latest > today && latest.AddMonths(instalments - 1) > today.AddDays(policy.Plan.MaxDays))
            latest = latest.AddDays(-1);
        return latest;
    }

    /// <summary>As even as cents allow, the larger ones first, on the same day of each month.</summary>
    public static IReadOnlyList<Instalment> Split(Money balance, int instalments, DateOnly first)
    {
        var (each, over) = Math.DivRem(balance.Minor, instalments);
        return [.. Enumerable.Range(0, instalments).Select(i => new Instalment(first.AddMonths(i), Money.FromMinor(each + (i < over ? 1 : 0), balance.Currency)))];
    }

    /// <summary>One dispute from the page in the life of a case: the next word on it is a message.</summary>
    public static bool MayDispute(CaseFile file, Policy policy) =>
        !file.Applied.Contains(DebtorFacts.DisputeOf(file.Id)) && file.Silences.Insolvency is null && !Waiting.HasWholeDispute(file, policy);

    public static bool MayWrite(CaseFile file) => file.Silences.Replies.Count < UnreadMessages;

    // Money is on its way, or the whole is somebody's to decide: nothing is to be settled now.
    private static bool IsStill(CaseFile file, Policy policy) =>
        file.Silences.Insolvency is not null || file.Silences.Pending.Count > 0 || file.Account.HasSuspects || Waiting.HasWholeDispute(file, policy);

    private static bool WasPutInDefault(CaseFile file) => file.Steps.Any(s => (s.Formal || s.HandsOver) && s.Outcome != StepOutcome.Lapsed);
}
