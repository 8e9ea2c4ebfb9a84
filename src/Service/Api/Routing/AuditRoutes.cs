using Dunning.Service.Api.Operations;

namespace Dunning.Service.Api.Routing;

/// <summary>Who did what, and the rights of debtors to what is kept of them.</summary>
public sealed class AuditRoutes(AuditOperations audit) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Of(string name, string method, string route, Role role, string summary, Func<ApiRequest, Task<Answer>> handle) =>
                new(name, method, route, role, summary, handle) { Group = "Audit", BodyOptional = true };
            yield return Of("listAudit", "GET", "/api/audit", Role.Operator, "Who did what, when and why, the newest first", audit.List) with
            {
                Response = typeof(PageView<AuditView>),
                Query = ["creditor", "case", "debtor", "actor", "kind", "subject", "from", "to", "cursor", "limit"],
            };
            yield return Of("listDigests", "GET", "/api/audit/digests", Role.Operator, "The signed digests of each day", audit.ListDigests) with { Response = typeof(PageView<DigestView>), Query = ["cursor", "limit"] };
            yield return Of("exportDebtor", "GET", "/api/debtors/{id}/export", Role.Operator, "All that is kept of a debtor (GDPR, art. 15)", audit.Export) with { Produces = "application/json", Query = ["creditor"] };
            yield return Of("eraseDebtor", "POST", "/api/debtors/{id}/erase", Role.Operator, "Erase who a debtor is, once nothing is claimed of it (GDPR, art. 17); accounts stay", audit.Erase) with
            {
                Response = typeof(ErasedView),
                Query = ["creditor"],
            };
        }
    }
}
