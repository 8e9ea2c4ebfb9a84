using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Api.Routing;

/// <summary>Who owes.</summary>
public sealed class DebtorRoutes(DebtorOperations debtors) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Of(string name, string method, string route, Role role, string summary, Func<ApiRequest, Task<Answer>> handle, object? example) =>
                new(name, method, "/api/debtors/{id}" + route, role, summary, handle) { Group = "Debtors", Example = example, BodyOptional = method == "POST", Query = ["creditor"] };
            yield return new("listDebtors", "GET", "/api/debtors", Role.Read, "Who owes, by any part of a name or an id; sort is -balance or name", debtors.List)
            {
                Group = "Debtors",
                Response = typeof(PageView<DebtorSummary>),
                Query = ["creditor", "name", "sort", "cursor", "limit"],
            };
            yield return Of("putDebtor", "PUT", "", Role.Ingest, "Who a debtor is", debtors.Put, Examples.Debtor) with { Response = typeof(DebtorPage) };
            yield return Of("getDebtor", "GET", "", Role.Read, "A debtor, all its invoices, one statement", debtors.Get, null) with { Response = typeof(DebtorPage) };
            yield return Of("holdDebtor", "POST", "/hold", Role.Operator, "Silence every case of a debtor, and those to come", debtors.Hold, new { reason = "Key account" }) with { Response = typeof(DebtorFact), SuccessStatus = 202, Foresees = typeof(DebtorConsequenceView) };
            yield return Of("releaseDebtor", "POST", "/release", Role.Operator, "End the hold", debtors.Release, new { }) with { Response = typeof(DebtorFact), SuccessStatus = 202, Foresees = typeof(DebtorConsequenceView) };
            yield return Of("openInsolvency", "POST", "/insolvency", Role.Operator, "A judgment opened insolvency proceedings", debtors.Insolvency, new { judgmentDate = "2026-11-02", publishedOn = "2026-11-10" }) with
            {
                Response = typeof(DebtorFact),
                SuccessStatus = 202,
                BodyOptional = false,
                Foresees = typeof(DebtorConsequenceView),
            };
        }
    }
}
