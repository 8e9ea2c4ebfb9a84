using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Webhooks;

/// <summary>Tells the host which events were stored: they are processed once the provider has its answer. What gets lost here is found by the next sweep.</summary>
public interface IArrivals
{
    void Arrived(HttpContext request, IReadOnlyList<string> eventIds);
}
