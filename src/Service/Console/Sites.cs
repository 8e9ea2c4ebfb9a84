using Dunning.Service.Api;
using Dunning.Service.Portal;
using Dunning.Service.Upcoming;

namespace Dunning.Service.Console;

/// <summary>What people see, beside the API: hosts map these as they map its routes; OpenAPI says nothing of them.</summary>
public sealed class Sites(ConsoleSite console, PortalSite portal, NoticeSite notices)
{
    public IReadOnlyList<Operation> All => [.. console.Operations, .. portal.Operations, .. notices.Operations];
}
