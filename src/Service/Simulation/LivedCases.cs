using Dunning.Service.Api;
using Dunning.Service.Engine;

namespace Dunning.Service.Simulation;

/// <summary>The cases of a host, to be lived again. A program that keeps none simulates without them.</summary>
public sealed class LivedCases(Acknowledger cases, ICaseLists lists)
{
    /// <summary>Null when there is no such case, or it is not the caller's.</summary>
    public Task<FoldedCase?> Find(ApiRequest r, string id) => cases.Find(r.Caller, id, r.Ct);

    /// <summary>What it was told; null when its registration cannot be read.</summary>
    public async Task<CaseFacts?> Facts(string id, CancellationToken ct) => CaseFacts.Of([.. (await lists.Log(id, 0, int.MaxValue, ct)).Select(e => e.Logged)]);
}
