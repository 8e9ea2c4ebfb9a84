using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dunning.Service.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dunning.Service.Api;

/// <summary>One request as operations see it: who asks, the body with its faults, and what makes a retry the same request.</summary>
public sealed class ApiRequest(HttpContext http, Operation operation, Caller caller, BodyReader body, byte[] bytes, DateTimeOffset now)
{
    public HttpContext Http => http;

    public Caller Caller => caller;

    public BodyReader Body => body;

    public DateTimeOffset Now => now;

    public CancellationToken Ct => http.RequestAborted;

    public string? IfMatch => http.Request.Headers.IfMatch.FirstOrDefault() is { Length: > 0 } etag && etag != "*" ? etag : null;

    /// <summary>Bare or quoted, as the draft and as most clients write it.</summary>
    public string? IdempotencyKey => http.Request.Headers["Idempotency-Key"].FirstOrDefault()?.Trim().Trim('"') is { Length: > 0 } key ? key : null;

    public string Scope => $"{caller.KeyId} {operation.Method} {http.Request.Path}";

    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>A route parameter, decoded.</summary>
    public string Route(string name) => Uri.UnescapeDataString(http.GetRouteValue(name)?.ToString() ?? "");

    public string? Query(string name) => http.Request.Query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    public Receipt? Receipt(Answer answer) => IdempotencyKey is { } key
        ? new(Scope, key, Fingerprint, answer.Status, answer.Json(), now, answer.Location)
        : null;

    /// <summary>
    /// The id of a fact: its own, else derived from the Idempotency-Key, else new. A fact told again under either is the same fact.
    /// </summary>
    public string FactId()
    {
        if (body.Text("id", max: 100) is { } id)
            return id;
        return IdempotencyKey is { } key
            ? "idem-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Scope}\n{key}")))[..32]
            : "fact-" + Guid.CreateVersion7(now).ToString("N");
    }

    /// <summary>A query parameter read as a JSON member would be, faults included.</summary>
    public BodyReader QueryAsBody()
    {
        var members = http.Request.Query.ToDictionary(q => q.Key, q => q.Value.FirstOrDefault(), StringComparer.Ordinal);
        using var document = JsonSerializer.SerializeToDocument(members);
        return new BodyReader(document.RootElement.Clone(), "", body.Faults);
    }
}
