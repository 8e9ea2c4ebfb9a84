using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Audit;
using Dunning.Service.Upcoming;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Console;

/// <summary>
/// The API as the console calls it, in the name of whoever is signed in: the same operations with the same roles, the same rules, the same sight of creditors and the same
/// entry on the record, so that a page can do nothing a key could not.
/// </summary>
public sealed class ConsoleApi(IReadOnlyDictionary<string, Operation> operations, ActsOnRecord acts, HttpContext http, Caller caller, LocalToday days, TimeProvider clock)
{
    private string? _ifMatch;
    private string? _once;

    /// <summary>The same, for one act on what has this ETag and on nothing else.</summary>
    public ConsoleApi If(string etag) => new(operations, acts, http, caller, days, clock) { _ifMatch = etag, _once = _once };

    /// <summary>When it is, for whoever is asked.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Which day it is for a creditor; without one, for whoever is signed in.</summary>
    public Task<DateOnly> Today(string? creditor = null) => days.Of(creditor, caller, clock.GetUtcNow(), http.RequestAborted);

    /// <summary>The same, for an act that this form does once: sent again with the same words, the answer has no body. Another form, or other words, is another act.</summary>
    public ConsoleApi Once(string? form) => new(operations, acts, http, caller, days, clock) { _ifMatch = _ifMatch, _once = form };

    /// <summary>Whether an operation can tell what it would do (dryRun=true).</summary>
    public bool CanForesee(string operation) => operations[operation].CanForesee;

    /// <summary>Whether whoever is signed in may ask for an operation.</summary>
    public bool Allows(string operation) => caller.Role >= operations[operation].Role;

    /// <summary>What an operation shows; null when it is not there, or not the caller's.</summary>
    public async Task<T?> Get<T>(string operation, IReadOnlyDictionary<string, string>? route = null, params (string Name, string? Value)[] query)
        where T : class => (await Call(operation, route, null, query)).Body as T;

    /// <summary>Refused, the body of the answer is a <see cref="Problem"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such operation.</exception>
    public Task<Answer> Call(string operation, IReadOnlyDictionary<string, string>? route = null, JsonObject? body = null, params (string Name, string? Value)[] query) =>
        Run(operation, route, body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString()), null, query);

    /// <summary>Changes what was read before: refused with 412 when it has changed since. IfMatch null asks for nothing.</summary>
    public Task<Answer> Change(string operation, IReadOnlyDictionary<string, string> route, JsonObject body, string? ifMatch, params (string Name, string? Value)[] query) =>
        Run(operation, route, Encoding.UTF8.GetBytes(body.ToJsonString()), ifMatch, query);

    /// <summary>The same for a body that is a text, or nothing.</summary>
    public Task<Answer> Change(string operation, IReadOnlyDictionary<string, string> route, string text, string? ifMatch) => Run(operation, route, Encoding.UTF8.GetBytes(text), ifMatch, []);

    private async Task<Answer> Run(string operation, IReadOnlyDictionary<string, string>? route, byte[] bytes, string? ifMatch, (string Name, string? Value)[] query)
    {
        var called = operations[operation];
        if (caller.Role < called.Role)
            return Answer.Refuse(403, "notAllowed", $"This needs the role {ApiJson.Name(called.Role)}.");
        var context = new DefaultHttpContext { RequestServices = http.RequestServices, RequestAborted = http.RequestAborted };
        foreach (var (key, item) in http.Items)
            context.Items[key] = item;
        context.Request.Method = called.Method;
        context.Request.Path = route is null ? called.Route : route.Aggregate(called.Route, (path, r) => path.Replace($"{{{r.Key}}}", r.Value.Replace("/", "%2F", StringComparison.Ordinal), StringComparison.Ordinal));
        context.Request.QueryString = QueryString.Create(query.Where(q => q.Value is not null).Select(q => KeyValuePair.Create(q.Name, q.Value)));
        if ((ifMatch ?? _ifMatch) is { } version)
            context.Request.Headers.IfMatch = version;
        if (_once is not null)
            context.Request.Headers["Idempotency-Key"] = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{_once}\n"), .. bytes]));
        foreach (var (name, value) in route ?? new Dictionary<string, string>())
            context.Request.RouteValues[name] = value;
        if (called.RawBody)
            context.Request.Body = new MemoryStream(bytes);
        using var document = JsonDocument.Parse(called.RawBody || bytes.Length == 0 ? "{}"u8.ToArray() : bytes, BodyReader.Strict);
        var request = new ApiRequest(context, called, caller, new(document.RootElement.Clone()), bytes, clock.GetUtcNow());
        return request.NoForesight ?? await acts.Keep(called, request, await called.Handle(request));
    }
}
