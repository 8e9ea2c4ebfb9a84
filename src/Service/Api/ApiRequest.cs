using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Service.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dunning.Service.Api;

/// <summary>One request as operations see it: who asks, the body with its faults, and what makes a retry the same request.</summary>
public sealed class ApiRequest(HttpContext http, Operation operation, Caller caller, BodyReader body, byte[] bytes, DateTimeOffset now)
{
    public const string DryRun = "dryRun";

    public HttpContext Http => http;

    public Caller Caller => caller;

    public BodyReader Body => body;

    public DateTimeOffset Now => now;

    public CancellationToken Ct => http.RequestAborted;

    public bool HasCondition => http.Request.Headers.IfMatch.Count > 0 || http.Request.Headers.IfNoneMatch.Count > 0;

    /// <summary>Whoever asks wants to know what would happen, and nothing to happen.</summary>
    public bool IsForesight => (operation.CanForesee || operation.Query.Contains(DryRun)) && Query(DryRun) == "true";

    /// <summary>Bare or quoted, as the draft and as most clients write it. Nothing happens in a foresight, so nothing is kept of it.</summary>
    public string? IdempotencyKey => IsForesight ? null : http.Request.Headers["Idempotency-Key"].FirstOrDefault()?.Trim().Trim('"') is { Length: > 0 } key ? key : null;

    /// <summary>An operator may allow what a rule would refuse, by saying so: <c>"override": true</c>.</summary>
    public bool OperatorSaysSo => body.Flag("override") == true && caller.Role >= Role.Operator;

    public string Scope => $"{caller.KeyId} {operation.Method} {http.Request.Path}";

    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The same words about the same thing: a fact told again is known by it whatever its defaults would be today.</summary>
    public string FactFingerprint => Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{http.Request.Path}\n"), .. bytes]));

    /// <summary>Not null: a foresight was asked for where there is none, and acting instead would be the worst of answers.</summary>
    public Answer? NoForesight => Query(DryRun) is not { } asked || HttpMethods.IsGet(operation.Method) || operation.Query.Contains(DryRun) ? null
        : !operation.CanForesee ? Answer.Invalid([new(DryRun, "notForeseeable", "cannot be asked of this operation.")])
        : asked is "true" or "false" ? null : Answer.Invalid([new(DryRun, "unknownValue", "must be true or false.")]);

    /// <summary>A route parameter. Servers decode all but the slash, which would have split the path.</summary>
    public string Route(string name) => (http.GetRouteValue(name)?.ToString() ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public string? Query(string name) => http.Request.Query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    public Receipt? Receipt(Answer answer) => IdempotencyKey is { } key
        ? new(Scope, key, Fingerprint, answer.Status, Finish(answer).Json(), now, answer.Location)
        : null;

    /// <summary>412 when If-Match or If-None-Match forbids a change of what has this ETag; null stands for what does not exist yet.</summary>
    public Answer? Precondition(string? etag)
    {
        var (match, none) = (Tags(http.Request.Headers.IfMatch), Tags(http.Request.Headers.IfNoneMatch));
        var holds = (match.Count == 0 || (etag is not null && (match.Contains("*") || match.Contains(etag))))
            && (etag is null || !(none.Contains("*") || none.Contains(etag)));
        return holds ? null : Answer.Refuse(412, "preconditionFailed", "It has changed since it was read, or is there already.");
    }

    /// <summary>The ETags a condition names; weak ones count as the strong ones they stand for.</summary>
    public static IReadOnlyList<string> Tags(Microsoft.Extensions.Primitives.StringValues header) =>
        [.. header.SelectMany(h => (h ?? "").Split(',')).Select(t => t.Trim()).Select(t => t.StartsWith("W/", StringComparison.Ordinal) ? t[2..] : t).Where(t => t.Length > 0)];

    /// <summary>The answer as it leaves: a misspelt member of the request does not go unnoticed.</summary>
    public Answer Finish(Answer answer)
    {
        if (answer is not { Status: < 300, Text: null, Body: not (null or byte[] or Delegate) } || body.Unasked.Distinct().ToList() is not { Count: > 0 } unasked
            || JsonSerializer.SerializeToNode(answer.Body, answer.Body.GetType(), ApiJson.Options) is not JsonObject json)
            return answer;
        if (json["warnings"] is not JsonArray warnings)
            json["warnings"] = warnings = [];
        foreach (var name in unasked)
            warnings.Add($"'{name}' is not a member of this request; it was ignored.");
        return answer with { Text = json.ToJsonString(ApiJson.Options) };
    }

    /// <summary>
    /// The id of a fact: its own, else derived from the Idempotency-Key, else new. A fact told again under either is the same fact.
    /// </summary>
    public string FactId()
    {
        if (body.Text("id", max: 100) is { } id)
            return id;
        return RequestName is { } name ? $"idem-{name}" : NewId("fact", now);
    }

    /// <summary>Stands for a request that carries an Idempotency-Key; null for one that does not.</summary>
    public string? RequestName => IdempotencyKey is { } key ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Scope}\n{key}")))[..32] : null;

    /// <summary>An id for what nobody named.</summary>
    public static string NewId(string kind, DateTimeOffset now) => $"{kind}-{Guid.CreateVersion7(now):N}";

    /// <summary>A query parameter read as a JSON member would be, faults included.</summary>
    public BodyReader QueryAsBody()
    {
        var members = http.Request.Query.ToDictionary(q => q.Key, q => q.Value.FirstOrDefault(), StringComparer.Ordinal);
        using var document = JsonSerializer.SerializeToDocument(members);
        return new BodyReader(document.RootElement.Clone(), "", body.Faults);
    }
}
