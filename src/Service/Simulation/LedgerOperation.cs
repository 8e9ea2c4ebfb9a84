using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Policies;
using Dunning.Service.Register;

namespace Dunning.Service.Simulation;

/// <summary>POST /api/simulations/ledger: one or two policies tried on the cases of a creditor that fell due in a period.</summary>
public sealed class LedgerOperation(LedgerReplay replay, ReplayGate gate, PolicyBook policies, Registry registry)
{
    private const int MostPolicies = 2;
    private const int MostDays = 366 * 2;

    // What the longest takes, more or less.
    public const string RetryAfterSeconds = "30";

    public const string Busy = "replayRunning";

    /// <summary><c>{creditor, policies: [name], from, to}</c>, both days included.</summary>
    public async Task<Answer> Simulate(ApiRequest r)
    {
        var body = r.Body;
        var creditor = PartyBody.Id(body, "creditor") ?? r.Caller.OnlyCreditor;
        if (creditor is null && body.Faults.Count == 0)
            body.Add("creditor", "required", "is required with a key that is not scoped to one creditor.");
        var (from, to) = (body.Date("from", required: true), body.Date("to", required: true));
        if (to < from)
            body.Add("to", "beforeFrom", "must not be before from.");
        if (to?.DayNumber - from?.DayNumber >= MostDays)
            body.Add("to", "tooFar", "must lie within two years of from.");
        var found = creditor is not null && r.Caller.Sees(creditor) ? await registry.Creditors.Get(creditor, r.Ct) : null;
        if (creditor is not null && found is null)
            body.Add("creditor", "unknownCreditor", $"'{creditor}' is not registered.");
        var tried = await Tried(body, found?.Value.Id, r.Ct);
        if (body.Faults.Count > 0)
            return Answer.Invalid(body.Faults);
        using var turn = gate.Enter();
        if (turn is not null)
            return Answer.Ok(await replay.Run(found!.Value, from!.Value, to!.Value, tried, r.Now, r.Ct));
        r.Http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Answer.Refuse(429, Busy, "Another ledger is being replayed; one at a time, so that sending goes on. Try again in half a minute.");
    }

    private async Task<IReadOnlyList<Policy>> Tried(BodyReader body, string? creditor, CancellationToken ct)
    {
        var names = body.Strings("policies", required: true, max: MostPolicies) ?? [];
        var tried = new List<Policy>();
        if (names.Count == 0 && !body.Faults.Exists(f => f.Field == "policies"))
            body.Add("policies", "required", "must name at least one.");
        foreach (var (name, i) in creditor is null ? [] : names.Select((n, i) => (n, i)))
            if (await policies.Find(creditor!, name, null, ct) is { } known)
                tried.Add(await policies.Get(known, ct));
            else
                body.Add($"policies[{i}]", "unknownPolicy", $"there is no policy '{name}'.");
        return tried;
    }
}
