using Dunning.Domain;
using Dunning.Service.Policies;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

public sealed record PolicySplitView(string Creditor, string A, int VersionA, string B, int VersionB, int PercentB, DateOnly Since, DateOnly? EndedOn)
{
    public static PolicySplitView Of(string creditor, PolicySplit s) => new(creditor, s.A.Name, s.A.Version, s.B.Name, s.B.Version, s.PercentB, s.Since, s.EndedOn);
}

/// <summary>Two policies tried side by side: which debtors of a creditor get B where they would get A by default.</summary>
public sealed class PolicySplitOperations(Registry registry, PolicyBook policies)
{
    public async Task<Answer> Get(ApiRequest r) =>
        r.Caller.Sees(r.Route("creditor")) && await registry.PolicySplits.Get(r.Route("creditor"), r.Ct) is { } found ? Answer.Ok(PolicySplitView.Of(r.Route("creditor"), found.Value)) : Answer.NotFound("trial");

    /// <summary><c>{a, b, percentB?}</c>. The versions of today are kept for the whole trial, so that both sides stay what they are.</summary>
    public async Task<Answer> Put(ApiRequest r)
    {
        var creditor = r.Route("creditor");
        if (!r.Caller.Sees(creditor) || await registry.Creditors.Get(creditor, r.Ct) is null)
            return Answer.NotFound("creditor");
        var (a, b, percent) = (await Policy(r, creditor, "a"), await Policy(r, creditor, "b"), r.Body.Whole("percentB") ?? 50);
        if (percent is < 1 or > 99)
            r.Body.Add("percentB", "outOfRange", "must be from 1 to 99.");
        if (a is not null && b is not null && a.Value.Ref.Name == b.Value.Ref.Name)
            r.Body.Add("b", "contradiction", "must be another policy than a.");
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        var (first, second) = (a!.Value, b!.Value);
        if (first.Policy.Regime != second.Policy.Regime)
            return Answer.Unprocessable(new Fault("b", "regimeDoesNotFit", $"follows {second.Policy.Regime}, and a follows {first.Policy.Regime}: both must fit the same debtors."));
        var known = await registry.PolicySplits.Get(creditor, r.Ct);
        if (r.Precondition(known is null ? null : ApiPipeline.Etag(PolicySplitView.Of(creditor, known.Value))) is { } moved)
            return moved;
        var split = new PolicySplit(first.Ref, second.Ref, percent, first.Policy.Zone.LocalDate(r.Now));
        if (known?.Value is { IsRunning: true } running)
            return running with { Since = split.Since } == split ? Answer.Ok(PolicySplitView.Of(creditor, running)) : Answer.Conflict("trialRunning", "Another trial is running; end it first. Only the figures of the latest trial are shown.");
        return await Keep(r, creditor, split, known?.Version ?? 0, known is null ? 201 : 200);
    }

    /// <summary>New invoices are divided no more; those of the trial keep their policies, and are followed to their end.</summary>
    public async Task<Answer> End(ApiRequest r)
    {
        var creditor = r.Route("creditor");
        if (!r.Caller.Sees(creditor) || await registry.PolicySplits.Get(creditor, r.Ct) is not { } found)
            return Answer.NotFound("trial");
        if (!found.Value.IsRunning)
            return Answer.Ok(PolicySplitView.Of(creditor, found.Value));
        var zone = (await policies.Get(found.Value.A, r.Ct)).Zone;
        return await Keep(r, creditor, found.Value with { EndedOn = zone.LocalDate(r.Now) }, found.Version, 200);
    }

    private async Task<Answer> Keep(ApiRequest r, string creditor, PolicySplit split, long version, int status)
    {
        var answer = new Answer(status, PolicySplitView.Of(creditor, split));
        return await registry.PolicySplits.Put(creditor, creditor, split, version, r.Receipt(answer), r.Ct)
            ? answer
            : await registry.Documents.Replay(r) ?? Answer.Conflict("changedMeanwhile", "It changed at the same time; read it and try again.");
    }

    private async Task<(PolicyRef Ref, Policy Policy)?> Policy(ApiRequest r, string creditor, string field)
    {
        if (r.Body.Text(field, required: true, max: 60) is not { } name)
            return null;
        if (await policies.Find(creditor, name, null, r.Ct) is { } found)
            return (found, await policies.Get(found, r.Ct));
        r.Body.Add(field, "unknownPolicy", $"there is no policy '{name}'.");
        return null;
    }
}
