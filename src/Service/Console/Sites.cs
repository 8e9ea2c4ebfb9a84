using Dunning.Service.Api;
using Dunning.Service.Portal;

namespace Dunning.Service.Console;

/// <summary>What people see, beside the API: hosts map these as they map its routes; OpenAPI says nothing of them.</summary>
public sealed class Sites(ConsoleSite console, PortalSite portal)
{
    public IReadOnlyList<Operation> All => [.. console.Operations, .. portal.Operations];
}
