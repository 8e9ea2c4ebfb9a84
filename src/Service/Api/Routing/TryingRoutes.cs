using Dunning.Service.Api.Operations;
using Dunning.Service.Simulation;

namespace Dunning.Service.Api.Routing;

/// <summary>What a change would do, before anybody makes it.</summary>
public sealed class TryingRoutes(LedgerOperation ledger, RunningCaseOperations running, TextDraftOperation drafts) : IRoutes
{
    public IEnumerable<Operation> Operations =>
    [
        new("simulateLedger", "POST", "/api/simulations/ledger", Role.Operator, "What would have left under other policies, for the cases that fell due in a period", ledger.Simulate)
        {
            Group = "Simulations", Example = new { creditor = "demo", policies = new[] { "fr-b2b", "fr-b2b-fast" }, from = "2026-01-01", to = "2026-12-31" }, Response = typeof(LedgerReplayView),
        },
        new("getPolicyUse", "GET", "/api/policies/{name}/use", Role.Read, "How many running cases keep which version", running.PolicyUse)
        {
            Group = "Settings", Query = ["creditor"], Response = typeof(PolicyUseView),
        },
        new("getCreditorSending", "GET", "/api/creditors/{id}/sending", Role.Read, "The stop switch, and what waits behind it or is about to leave", running.Sending)
        {
            Group = "Settings", Response = typeof(SendingStateView),
        },
        new("previewText", "POST", "/api/creditors/{creditor}/texts/{language}/{name}/preview", Role.Read, "A text being written, with usual values, the longest or the least; it is not kept", drafts.Preview)
        {
            Group = "Texts", Response = typeof(TextPreview), BodyOptional = true,
        },
    ];
}
