using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api;

/// <summary>What an act would do to one case. Event null: nothing to do, or Why says why not.</summary>
public sealed record BulkVerdict(string CaseId, string Number, CaseEvent? Event, string? Why, NextView? Before = null, NextView? After = null)
{
    /// <summary>The policy it would move to, or has.</summary>
    public PinnedPolicy? Policy { get; init; }
}

/// <summary>Judges an act case by case, by the rules each of them would meet alone.</summary>
public sealed class BulkJudge(Acknowledger acknowledger, PolicyBook policies)
{
    public async Task<BulkVerdict> Judge(Caller caller, BulkAct act, string caseId, DateTimeOffset now, bool foresee, CancellationToken ct)
    {
        if (await acknowledger.Find(caller, caseId, ct) is not { } folded)
            return new(caseId, caseId, null, "There is no such invoice.");
        var number = folded.File.Invoice.Number;
        if (folded.State is not DunningCase.Open)
            return new(caseId, number, null, $"The case is {ApiJson.Name(Standing.Status(folded.State, folded.Policy))}: nothing is chased any more.");
        var (@event, why, policy) = await Event(act, folded, ct);
        var pinned = policy is null ? null : new PinnedPolicy(folded.File.Creditor, policy);
        if (@event is not null && FactRules.Check(folded, @event, now)?.Body is Problem problem)
            (@event, why) = (null, problem.Faults is [{ Message: var message }, ..] ? $"{problem.Faults[0].Field} {message}" : problem.Detail);
        if (@event is null || !foresee)
            return new(caseId, number, @event, why) { Policy = pinned };
        var after = await ((IPolicyBook)policies).Apply(folded, @event, now, ct);
        return new(caseId, number, @event, null, NextView.Of(folded.State, folded.Policy), NextView.Of(after.State, after.Policy)) { Policy = pinned };
    }

    /// <summary>It is silent for as long, or longer: a hold by many lessens none.</summary>
    public static bool IsHeld(BulkAct act, CaseFile file) => file.Silences.HoldOf(HoldScope.Case)?.Covers(act.Until) == true;

    // Neither an event nor a reason: it is so already.
    private async Task<(CaseEvent? Event, string? Why, PolicyRef? Policy)> Event(BulkAct act, FoldedCase folded, CancellationToken ct)
    {
        var (file, id) = (folded.File, Inheritance.IdIn(folded.File.Id, act.Id));
        switch (act.Kind)
        {
            case "hold":
                return IsHeld(act, file) ? (null, null, null) : (new Held(act.Reason, act.Until) { Id = id }, null, null);
            case "release":
                return file.Silences.HoldOf(HoldScope.Case) is null ? (null, null, null) : (new Released() { Id = id }, null, null);
            default:
                // The newest version when it is shown; that one, whatever is written since, when it is done.
                var meant = act.Preview is null ? await policies.Find(file.Creditor, act.Policy!, null, ct) : act.Policies.FirstOrDefault(p => p.Creditor == file.Creditor)?.Policy;
                if (meant is not { } found)
                    return (null, act.Preview is null ? $"There is no policy '{act.Policy}'." : $"No policy '{act.Policy}' was shown for it; choose it again.", null);
                if (found == file.Policy)
                    return (null, null, found);
                var policy = await policies.Get(found, ct);
                return PolicyRules.Fits(policy.Regime, file.Debtor)
                    ? (new PolicyMoved(found) { Id = id }, null, found)
                    : (null, $"'{act.Policy}' follows {policy.Regime}, which does not fit this debtor.", found);
        }
    }
}
