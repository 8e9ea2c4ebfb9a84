using Dunning.Service.Api.Operations;
using Dunning.Service.Simulation;

namespace Dunning.Service.Api.Routing;

/// <summary>Simulations, and whether the service is well.</summary>
public sealed class OtherRoutes(SimulationOperation simulation, HealthOperations health) : IRoutes
{
    public IEnumerable<Operation> Operations =>
    [
        new("simulate", "POST", "/api/simulations", Role.Read, "What will happen to an invoice", simulation.Simulate)
        {
            Group = "Simulations", Example = Examples.Simulation, Response = typeof(SimulationView),
        },
        new("health", "GET", "/healthz", Role.Anonymous, "The process is alive", HealthOperations.Live) { Group = "Health" },
        new("ready", "GET", "/readyz", Role.Anonymous, "The store answers", health.Ready) { Group = "Health" },
    ];
}
