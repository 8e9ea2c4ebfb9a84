using System.Text.Json;

namespace Dunning.Service.Api;

/// <summary>What an operation answers. A body that is a <see cref="Problem"/> is problem+json (RFC 9457).</summary>
public sealed record Answer(int Status, object? Body)
{
    public string? Location { get; init; }

    public string? ContentType { get; init; }

    /// <summary>What a file is saved as: plain ASCII without quotes.</summary>
    public string? FileName { get; init; }

    /// <summary>An answer given before, byte for byte.</summary>
    public string? Text { get; init; }

    public static Answer Ok(object body) => new(200, body);

    public static Answer Accepted(object body) => new(202, body);

    public static Answer Invalid(IReadOnlyList<Fault> faults) => Refuse(400, "invalidRequest", "The request cannot be read as it is.", faults);

    public static Answer Unprocessable(params Fault[] faults) => Refuse(422, "ruleBroken", "The request is well formed, but a rule forbids it.", faults);

    public static Answer NotFound(string what) => Refuse(404, "notFound", $"There is no such {what}.");

    public static Answer Conflict(string code, string detail, params Fault[] faults) => Refuse(409, code, detail, faults);

    public static Answer Refuse(int status, string code, string detail, IReadOnlyList<Fault>? faults = null) =>
        new(status, new Problem(code, detail, status, faults ?? []));

    public bool IsRefusal => Body is Problem;

    public string Json() => Text ?? JsonSerializer.Serialize(Body, Body?.GetType() ?? typeof(object), ApiJson.Options);
}

/// <summary>RFC 9457. The code is stable; the faults name each field that is wrong.</summary>
public sealed record Problem(string Code, string Detail, int Status, IReadOnlyList<Fault> Faults)
{
    public string Type => $"urn:dunning:problem:{Code}";

    public string Title => Status switch
    {
        400 => "Bad request",
        401 => "Not authenticated",
        403 => "Not allowed",
        404 => "Not found",
        409 => "Conflict",
        412 => "Precondition failed",
        413 => "Too large",
        415 => "Unsupported media type",
        422 => "Rule broken",
        429 => "Too many requests",
        503 => "Unavailable",
        _ => "Failed",
    };

    public string? TraceId { get; init; }
}
