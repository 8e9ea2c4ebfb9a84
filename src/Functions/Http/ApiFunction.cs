using Dunning.Functions.Orchestration;
using Dunning.Service.Api;
using Dunning.Service.Console;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Http;

/// <summary>Runs one operation of the API, the same for every function: the table of operations and the pipeline are those of the embedded host.</summary>
public sealed class ApiFunction(ApiPipeline pipeline, Routes routes, Sites sites, Nudges nudges, WebhookArrivals arrivals)
{
    private readonly Dictionary<string, Operation> _operations = routes.All.Concat(sites.All).ToDictionary(o => o.Name, StringComparer.Ordinal);

    /// <summary>Writes the answer to the response of the request, then tells the orchestrations of the cases it concerns.</summary>
    public Task Run(string operation, HttpRequest request, DurableTaskClient client)
    {
        request.HttpContext.Items[typeof(DurableTaskClient)] = client;
        return nudges.Around(client, async () =>
        {
            await pipeline.Run(request.HttpContext, _operations[operation]);
            await arrivals.Process(request.HttpContext);
        });
    }
}
