using Dunning.Service.Api.Operations;

namespace Dunning.Service.Api.Routing;

/// <summary>The hand-over and the ways to a title.</summary>
public sealed class HandOverRoutes(HandOverOperations handOver) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            yield return new("getHandOverFile", "GET", "/api/invoices/{id}/hand-over-file", Role.Operator, "All that a collection agency, a lawyer or the court registry needs, as one ZIP; part=request is the drafted request alone, part=summary the summary", handOver.File)
            {
                Group = "Recovery",
                Produces = "application/zip",
                Query = ["part", "procedure"],
            };
            yield return new("getRecoveryRoutes", "GET", "/api/invoices/{id}/recovery-routes", Role.Read, "Which ways to a title are open, and what is missing; a person decides", handOver.Routes)
            {
                Group = "Recovery",
                Response = typeof(HandOver.RecoveryRoutesView),
            };
        }
    }
}
