using Dunning.Domain;

namespace Dunning.Service.Portal;

/// <summary>What a plan asks: an amount, and the instalment it completes. Not IsNow: all that is due by the next instalment has come, and this is the one after it.</summary>
public sealed record PlanDue(Money Amount, DateOnly Date, bool IsNow)
{
    /// <summary>
    /// All that is due by the next instalment's day, those before it included, less what was settled since the agreement; as the plan itself is judged. Null when the
    /// whole plan is settled.
    /// </summary>
    /// <param name="most">Nobody is asked for more.</param>
    public static PlanDue? Of(Plan plan, Account account, Money most, DateOnly today)
    {
        var (due, settled, isNow) = (Money.Zero(most.Currency), account.Settled - plan.SettledBefore, true);
        for (var i = 0; i < plan.Instalments.Count; i++)
        {
            var (date, amount) = (plan.Instalments[i].Date, plan.Instalments[i].Amount);
            due += amount;
            if (date < today && i < plan.Instalments.Count - 1)
                continue;
            if (due - settled > Money.Zero(most.Currency))
                return new(Money.Min(due - settled, most), date, isNow);
            isNow = false;
        }
        return null;
    }
}
