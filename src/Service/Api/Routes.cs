namespace Dunning.Service.Api;

/// <summary>A part of the table of operations: of the API, or of one host alone.</summary>
public interface IRoutes
{
    IEnumerable<Operation> Operations { get; }
}

/// <summary>Every operation of the API, written once: hosts map this table, OpenAPI describes it.</summary>
public sealed class Routes(IEnumerable<IRoutes> parts)
{
    public IReadOnlyList<Operation> All =>
    [
        .. parts.SelectMany(p => p.Operations),
        new("openapi", "GET", "/openapi/v1.json", Role.Anonymous, "This description", _ => Task.FromResult(Answer.Ok(OpenApi.Describe(All)))) { Group = "Health" },
    ];
}
