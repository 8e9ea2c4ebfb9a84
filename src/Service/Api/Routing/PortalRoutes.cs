using Dunning.Service.Api.Operations;

namespace Dunning.Service.Api.Routing;

/// <summary>The debtor's own page, for operators.</summary>
public sealed class PortalRoutes(PortalOperations portal) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Of(string name, string route, string summary, Func<ApiRequest, Task<Answer>> handle, Type response) =>
                new(name, "POST", $"/api/invoices/{{id}}/{route}", Role.Operator, summary, handle) { Group = "Acts", Example = new { }, Response = response, BodyOptional = true };
            yield return Of("makePortalLink", "portal-link", "The address of the debtor's own page, to give by telephone", portal.Link, typeof(PortalLinkView)) with { KeepsNoAnswer = true };
            yield return Of("revokePortalLinks", "portal-link/revoke", "No address sent so far opens the debtor's page any more", portal.Revoke, typeof(RevokedPortalLinksView));
        }
    }
}
