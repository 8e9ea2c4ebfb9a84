using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Dunning.Functions.Tests;

/// <summary>What a host answered to a request that never left the process.</summary>
public sealed record Answered(int Status, JsonNode? Body, string? Location)
{
    public string? this[string path] => path.Split('.').Aggregate(Body, (node, name) => node?[name])?.ToString();

    public static DefaultHttpContext Request(IServiceProvider services, string method, string path, string? body, string key = AzureWorld.Key)
    {
        var uri = new Uri(new Uri("https://dunning.example.org"), path);
        var http = new DefaultHttpContext { RequestServices = services };
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = (method, uri.AbsolutePath, new(uri.Query));
        http.Request.Headers.Authorization = $"Bearer {key}";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? ""));
        http.Response.Body = new MemoryStream();
        return http;
    }

    public static async Task<Answered> Of(HttpContext http)
    {
        http.Response.Body.Position = 0;
        var text = await new StreamReader(http.Response.Body).ReadToEndAsync();
        return new(http.Response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), http.Response.Headers.Location);
    }
}
