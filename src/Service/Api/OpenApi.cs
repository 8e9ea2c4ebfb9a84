using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;

namespace Dunning.Service.Api;

/// <summary>
/// OpenAPI 3.1 from the table of operations, so that every host serves the same description of what it really does. Schemas of answers come from their
/// types; requests are shown by example, since their readers name every fault themselves.
/// </summary>
public static partial class OpenApi
{
    public static JsonObject Describe(IReadOnlyList<Operation> operations)
    {
        var (paths, schemas) = (new JsonObject(), new JsonObject());
        foreach (var operation in operations)
        {
            if (paths[operation.Route] is not JsonObject path)
                paths[operation.Route] = path = [];
            path[operation.Method.ToLowerInvariant()] = Describe(operation, schemas);
        }
        schemas["Problem"] = Schema("Problem", typeof(Problem));
        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Dunning", ["version"] = "1", ["description"] = "Gets invoices paid without anyone having to remember them." },
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
            },
        };
    }

    private static JsonObject Describe(Operation operation, JsonObject schemas)
    {
        var described = new JsonObject
        {
            ["operationId"] = operation.Name,
            ["summary"] = operation.Summary,
            ["description"] = operation.Role == Role.Anonymous ? "No key is needed." : $"Needs a key of role {ApiJson.Name(operation.Role)} or above.",
            ["tags"] = new JsonArray(operation.Group),
            ["parameters"] = new JsonArray([.. Parameters(operation)]),
        };
        if (operation.Role == Role.Anonymous)
            described["security"] = new JsonArray();
        if (operation.RawBody)
            described["requestBody"] = Body(operation.Name switch { "putDocument" => "application/pdf", "receiveWebhook" => "application/json", _ => "text/csv" }, null, false);
        else if (operation.Method is "POST" or "PUT")
            described["requestBody"] = Body("application/json", operation.Example, operation.BodyOptional);
        var success = new JsonObject { ["description"] = "Done" };
        if (operation.Response is { } type)
        {
            var name = Name(type);
            schemas[name] ??= Schema(name, type);
            success["content"] = new JsonObject
            {
                [operation.Response == typeof(Operations.ImportResult) ? "application/x-ndjson" : "application/json"] =
                    new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{name}" } },
            };
        }
        if (operation.Produces is { } media)
            success["content"] = new JsonObject { [media] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "binary" } } };
        described["responses"] = new JsonObject
        {
            [operation.SuccessStatus.ToString(System.Globalization.CultureInfo.InvariantCulture)] = success,
            ["default"] = new JsonObject
            {
                ["description"] = "A problem (RFC 9457) that names every fault",
                ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } } },
            },
        };
        return described;
    }

    private static IEnumerable<JsonNode> Parameters(Operation operation)
    {
        JsonObject Parameter(string name, string place, bool required) =>
            new() { ["name"] = name, ["in"] = place, ["required"] = required, ["schema"] = new JsonObject { ["type"] = "string" } };
        foreach (Match match in Placeholder().Matches(operation.Route))
            yield return Parameter(match.Groups[1].Value, "path", true);
        foreach (var name in operation.Query)
            yield return Parameter(name, "query", false);
        if (operation is { Method: "POST", Role: > Role.Read, RawBody: false })
            yield return Parameter("Idempotency-Key", "header", false);
    }

    private static JsonObject Body(string contentType, object? example, bool optional)
    {
        var content = new JsonObject { ["schema"] = new JsonObject { ["type"] = contentType == "application/json" ? "object" : "string" } };
        if (example is not null)
            content["example"] = JsonSerializer.SerializeToNode(example, ApiJson.Options);
        return new() { ["required"] = !optional, ["content"] = new JsonObject { [contentType] = content } };
    }

    private static JsonNode Schema(string name, Type type) => Within(name, JsonSchemaExporter.GetJsonSchemaAsNode(ApiJson.Schemas, type));

    // A part that is used twice is referred to from the root of its own schema, which is not the root of the document.
    private static JsonNode Within(string name, JsonNode schema)
    {
        if (schema is JsonObject members && (string?)members["$ref"] is { } reference)
            members["$ref"] = $"#/components/schemas/{name}{reference[1..]}";
        else if (schema is JsonObject or JsonArray)
            foreach (var part in schema is JsonObject json ? json.Select(m => m.Value).ToList() : [.. schema.AsArray()])
                if (part is not null)
                    Within(name, part);
        return schema;
    }

    private static string Name(Type type) =>
        type.IsGenericType ? type.GetGenericArguments()[0].Name + type.Name.Split('`')[0] : type.Name;

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
