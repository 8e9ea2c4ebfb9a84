using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api;

/// <summary>What an act would do to one case. Event null: nothing to do, or Why says why not.</summary>
public sealed record BulkVerdict(string CaseId, string Number, CaseEvent? Event, string? Why, NextView? Before = null, NextView? After = null);

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
        var (@event, why) = await Event(act, folded, ct);
        if (@event is not null && FactRules.Check(folded, @event, now)?.Body is Problem problem)
            (@event, why) = (null, problem.Faults is [{ Message: var message }, ..] ? $"{problem.Faults[0].Field} {message}" : problem.Detail);
        if (@event is null || !foresee)
            return new(caseId, number, @event, why);
        var after = await ((IPolicyBook)policies).Apply(folded, @event, now, ct);
        return new(caseId, number, @event, null, NextView.Of(folded.State, folded.Policy), NextView.Of(after.State, after.Policy));
    }

    // Neither an event nor a reason: it is so already.
    private async Task<(CaseEvent? Event, string? Why)> Event(BulkAct act, FoldedCase folded, CancellationToken ct)
    {
        var (file, held, id) = (folded.File, folded.File.Silences.HoldOf(HoldScope.Case), Inheritance.IdIn(folded.File.Id, act.Id));
        switch (act.Kind)
        {
            case "hold":
                return held is not null && held.Until == act.Until ? (null, null) : (new Held(act.Reason, act.Until) { Id = id }, null);
            case "release":
                return held is null ? (null, null) : (new Released() { Id = id }, null);
            default:
                if (await policies.Find(file.Creditor, act.Policy!, null, ct) is not { } found)
                    return (null, $"There is no policy '{act.Policy}'.");
                if (found == file.Policy)
                    return (null, null);
                var policy = await policies.Get(found, ct);
                return PolicyRules.Fits(policy.Regime, file.Debtor)
                    ? (new PolicyMoved(found) { Id = id }, null)
                    : (null, $"'{act.Policy}' follows {policy.Regime}, which does not fit this debtor.");
        }
    }
}
