using Dunning.Service.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Dunning.Functions.Http;

/// <summary>
/// Events are processed by the invocation that stored them, after its answer is written: a function that has returned must leave nothing running behind it. What
/// it does not get to, the sweep does.
/// </summary>
public sealed class WebhookArrivals(WebhookWork work) : IArrivals
{
    public void Arrived(HttpContext request, IReadOnlyList<string> eventIds) => request.Items[typeof(WebhookArrivals)] = eventIds;

    /// <summary>Not cancelled with the request: the provider has its answer and may be gone.</summary>
    public async Task Process(HttpContext request)
    {
        if (request.Items[typeof(WebhookArrivals)] is IReadOnlyList<string> eventIds)
            foreach (var id in eventIds)
                await work.Process(id, CancellationToken.None);
    }
}
