using Dunning.Service.Api.Operations;
using Dunning.Service.Figures;

namespace Dunning.Service.Api.Routing;

/// <summary>Figures, and what is tried to better them.</summary>
public sealed class KpiRoutes(KpiOperations kpis, PolicySplitOperations splits) : IRoutes
{
    private static readonly string[] Asked = ["creditor", "from", "to", "asOf", "currency", "withinDays"];

    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Split(string name, string method, string route, Role role, string summary, Func<ApiRequest, Task<Answer>> handle) =>
                new(name, method, "/api/creditors/{creditor}/policy-split" + route, role, summary, handle) { Group = "Figures", Response = typeof(PolicySplitView) };
            yield return new("getKpis", "GET", "/api/kpis", Role.Read, "The figures of a creditor in one currency, for a period and as of a day", kpis.All) { Group = "Figures", Response = typeof(KpiView), Query = Asked };
            yield return new("getFigure", "GET", "/api/kpis/{figure}", Role.Read, "The data of one figure as CSV; its name may end in .csv", kpis.Csv) { Group = "Figures", Produces = "text/csv", Query = Asked };
            yield return Split("putPolicySplit", "PUT", "", Role.Admin, "Try two policies side by side on debtors divided by their ids", splits.Put) with { Example = new { a = "fr-b2b", b = "fr-b2b-fast", percentB = 50 }, SuccessStatus = 201 };
            yield return Split("getPolicySplit", "GET", "", Role.Read, "The trial of two policies, running or ended", splits.Get);
            yield return Split("endPolicySplit", "POST", "/end", Role.Admin, "Divide new invoices no more", splits.End) with { BodyOptional = true };
        }
    }
}
