using Dunning.Domain;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Events;

/// <summary>What money or time alone made of promises, plans and holds, and the insolvency of the debtor.</summary>
internal static class SilenceNews
{
    public static void Say(Saying s)
    {
        var (before, after) = (s.Before.Silences, s.After.Silences);
        if (ReferenceEquals(before, after))
            return;
        // One may be told and kept at once: then it is the one of this very event.
        var promise = before.Promise?.Id ?? (s.Change.Logged.Event as PromiseMade)?.Id;
        if (after.KeptPromises > before.KeptPromises)
            s.Say(EventTypes.PromiseKept, ("promiseId", promise), ("balance", s.After.Balance));
        if (after.BrokenPromises > before.BrokenPromises)
            s.Say(EventTypes.PromiseBroken, ("promiseId", promise), ("balance", s.After.Balance));
        if (before.Plan is { } plan && after.Plan?.Id != plan.Id && TaskNews.Opened(s).Any(t => t.Kind == TaskKind.PlanBroken))
            s.Say(EventTypes.PlanBroken, ("planId", plan.Id), ("balance", s.After.Balance));
        foreach (var scope in (HoldScope[])[HoldScope.Case, HoldScope.Debtor])
            Say(s, before.HoldOf(scope), after.HoldOf(scope));
        if (before.Insolvency is null && after.Insolvency is { } insolvency)
            s.Say(EventTypes.InsolvencyOpened, ("judgmentOn", insolvency.JudgmentOn), ("declareBy", insolvency.DeclareBy));
    }

    private static void Say(Saying s, Hold? before, Hold? after)
    {
        if (after is not null && (before is null || before.Since != after.Since || before.Until != after.Until))
            s.Say(EventTypes.HoldPlaced, ("scope", after.Scope), ("until", after.Until));
        if (before is not null && after is null)
            s.Say(EventTypes.HoldReleased, ("scope", before.Scope));
    }
}
