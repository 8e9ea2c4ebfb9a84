using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Api;

/// <summary>
/// What every operation has in common, on every host: the key, the size and shape of the body, idempotency, ETags, and problems. Nothing that
/// goes wrong inside is shown outside.
/// </summary>
public sealed class ApiPipeline(KeyRing keys, IDocuments documents, ActsOnRecord acts, INudge nudge, TimeProvider clock, ILogger<ApiPipeline> log)
{
    public const int MaxBody = 1024 * 1024;

    public async Task Run(HttpContext http, Operation operation)
    {
        Answer answer;
        try
        {
            answer = await Answer(http, operation);
        }
        catch (StoreUnavailable failure)
        {
            log.LogError(failure, "The store is unavailable");
            http.Response.Headers.RetryAfter = "10";
            answer = Api.Answer.Refuse(503, "storeUnavailable", "Nothing was stored; try again later.");
        }
        catch (BadHttpRequestException failure)
        {
            answer = Api.Answer.Refuse(failure.StatusCode, "badRequest", "The request could not be read.");
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            log.LogError(failure, "{Operation} failed", operation.Name);
            answer = Api.Answer.Refuse(500, "internalError", "Something went wrong on our side; the trace id helps us find it.");
        }
        await Write(http, operation, answer);
    }

    /// <summary>A problem for an answer without a body: a route nobody has, a method it does not take.</summary>
    public static Task Empty(HttpContext http) => Write(http, null, Api.Answer.Refuse(http.Response.StatusCode, http.Response.StatusCode switch
    {
        404 => "noSuchRoute",
        405 => "methodNotAllowed",
        _ => "refused",
    }, "There is nothing here; /openapi/v1.json tells what there is."));

    private async Task<Answer> Answer(HttpContext http, Operation operation)
    {
        var caller = await Authenticate(http);
        if (operation.Role != Role.Anonymous)
        {
            if (caller is null)
                return Api.Answer.Refuse(401, "notAuthenticated", "An API key is needed: Authorization: Bearer …");
            if (caller.Role < operation.Role)
                return Api.Answer.Refuse(403, "notAllowed", $"This needs a key of role {ApiJson.Name(operation.Role)}; this one is {ApiJson.Name(caller.Role)}.");
        }
        var bytes = Array.Empty<byte>();
        var body = new BodyReader(NoBody);
        if (!operation.RawBody && !HttpMethods.IsGet(operation.Method))
        {
            if (await ReadBody(http.Request) is not { } read)
                return Api.Answer.Refuse(413, "tooLarge", $"The body must not be larger than {MaxBody} bytes.");
            bytes = read;
            if (Parse(bytes, operation.BodyOptional, out body) is { } malformed)
                return malformed;
        }
        var request = new ApiRequest(http, operation, caller ?? Caller.Nobody, body, bytes, clock.GetUtcNow());
        if (request.IdempotencyKey is { Length: > 255 })
            return Api.Answer.Invalid([new("Idempotency-Key", "tooLong", "must not be longer than 255 characters.")]);
        if (request.NoForesight is { } unforeseeable)
            return unforeseeable;
        if (await documents.Replay(request) is { } replayed)
            return await acts.Keep(operation, request, replayed);
        var answer = await acts.Keep(operation, request, request.Finish(await Handle(operation, request)));
        // What has its effect in one transaction has kept its receipt there; the rest is the same when it is done twice.
        if (operation is { Role: > Role.Read, KeepsNoAnswer: false } && answer is { Status: < 300, Body: not Delegate } && request.Receipt(answer) is { } receipt)
            await documents.Keep(receipt, request.Ct);
        return answer;
    }

    private async Task<Answer> Handle(Operation operation, ApiRequest request)
    {
        using var together = nudge.Together();
        return await operation.Handle(request);
    }

    private static JsonElement NoBody => JsonElement.Parse("{}");

    private async Task<Caller?> Authenticate(HttpContext http)
    {
        const string scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && header.Length is > 7 and < 500
            ? await keys.Find(header[scheme.Length..].Trim(), http.RequestAborted)
            : null;
    }

    /// <summary>Null for a body larger than max bytes.</summary>
    public static async Task<byte[]?> ReadBody(HttpRequest request, int max = MaxBody)
    {
        if (request.ContentLength > max)
            return null;
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0;)
        {
            if (buffer.Length + read > max)
                return null;
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }

    private static Answer? Parse(byte[] bytes, bool optional, out BodyReader body)
    {
        body = new BodyReader(NoBody);
        if (bytes.Length == 0 && optional)
            return null;
        try
        {
            // Some programs begin UTF-8 with a byte order mark.
            var json = bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
            using var document = JsonDocument.Parse(json, BodyReader.Strict);
            ReadNames(document.RootElement);
            body = new BodyReader(document.RootElement.Clone());
            return body.IsObject ? null : Api.Answer.Invalid(body.Faults);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            var where = (error as JsonException)?.LineNumber is { } line ? $" (line {line + 1}, byte {((JsonException)error).BytePositionInLine + 1})" : "";
            return Api.Answer.Invalid([new("body", "notJson", $"must be JSON, at most 32 levels deep, without duplicate keys{where}.")]);
        }
    }

    /// <exception cref="InvalidOperationException">A name holds half a character: it would throw later, whoever reads it.</exception>
    private static void ReadNames(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
            foreach (var element in json.EnumerateArray())
                ReadNames(element);
        if (json.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in json.EnumerateObject())
        {
            _ = member.Name;
            ReadNames(member.Value);
        }
    }

    private static async Task Write(HttpContext http, Operation? operation, Answer answer)
    {
        var response = http.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        if (answer.Location is { } location)
            response.Headers.Location = location;
        if (answer.FileName is { } name)
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        if (answer.Body is Problem problem)
            answer = answer with { Body = problem with { TraceId = Activity.Current?.Id ?? http.TraceIdentifier }, ContentType = "application/problem+json" };
        if (answer.Status == 401)
            response.Headers.WWWAuthenticate = "Bearer";
        response.StatusCode = answer.Status;
        if (answer.Body is Func<Stream, CancellationToken, Task> stream)
        {
            response.ContentType = answer.ContentType ?? "application/x-ndjson";
            await stream(response.Body, http.RequestAborted);
            return;
        }
        var bytes = answer.Body as byte[] ?? Encoding.UTF8.GetBytes(answer.Json());
        if (operation?.Method == "GET" && answer.Status == 200)
        {
            var etag = Etag(bytes);
            response.Headers.ETag = etag;
            if (ApiRequest.Tags(http.Request.Headers.IfNoneMatch) is var known && (known.Contains(etag) || known.Contains("*")))
            {
                response.StatusCode = 304;
                return;
            }
        }
        response.ContentType = answer.ContentType ?? "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    /// <summary>The ETag a GET of this view answers.</summary>
    public static string Etag(object view) => Etag(Encoding.UTF8.GetBytes(Api.Answer.Ok(view).Json()));

    /// <summary>A strong ETag: the hash of the representation, so that a retried conditional change is not taken for a conflict.</summary>
    public static string Etag(ReadOnlySpan<byte> representation) => $"\"{Convert.ToHexStringLower(SHA256.HashData(representation))[..32]}\"";
}
