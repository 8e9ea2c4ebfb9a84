namespace Dunning.Service.Api;

/// <summary>What a key may do; each role includes those before it.</summary>
public enum Role
{
    Anonymous,
    Read,
    Ingest,
    Operator,
    Admin,
}

/// <summary>
/// One operation of the API: hosts map it, OpenAPI describes it. Request and Response are the shapes of the bodies; a route's parameters are in
/// braces. RawBody operations read the body themselves.
/// </summary>
public sealed record Operation(string Name, string Method, string Route, Role Role, string Summary, Func<ApiRequest, Task<Answer>> Handle)
{
    public string Group { get; init; } = "";

    public Type? Request { get; init; }

    public Type? Response { get; init; }

    /// <summary>The media type of an answer that is a file.</summary>
    public string? Produces { get; init; }

    public object? Example { get; init; }

    public int SuccessStatus { get; init; } = 200;

    public bool RawBody { get; init; }

    public bool BodyOptional { get; init; }

    /// <summary>Done twice it is the same, and its answer holds what is stored nowhere: none is kept under an Idempotency-Key.</summary>
    public bool KeepsNoAnswer { get; init; }

    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>With <c>dryRun=true</c> it answers what it would do, of this type, and does nothing; null where it cannot.</summary>
    public Type? Foresees { get; init; }

    public bool CanForesee => Foresees is not null;
}
