using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Service.Api;

namespace Dunning.Local.Commands;

/// <summary>Nobody answers at the address, or something else than Dunning does.</summary>
internal sealed class NoHost(Uri address, Exception? inner = null) : Exception($"No Dunning answers at {address}.", inner)
{
    public string In(Words words) => words.Say(
        $"No Dunning answers at {address}. Start one with: dotnet run --project src/Local -- or say with --url where it is.",
        $"Aucun Dunning ne répond à l’adresse {address}. Démarrez-en un avec\u00A0: dotnet run --project src/Local -- ou indiquez par --url où il se trouve.");
}

/// <summary>The host answered with a problem document.</summary>
internal sealed class RefusedByHost(JsonNode problem) : Exception(problem.Text("detail"))
{
    public JsonNode Problem => problem;
}

/// <summary>The API of a running host, here or on Azure, as a command speaks to it.</summary>
internal sealed class RunningHost : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _address;

    public RunningHost(Uri address, string key)
    {
        _address = new(address.AbsoluteUri.TrimEnd('/') + "/");
        // A redirection could carry the key elsewhere.
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !address.IsLoopback }) { Timeout = TimeSpan.FromMinutes(4) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public static string Invoice(string id) => $"api/invoices/{Uri.EscapeDataString(id)}";

    /// <summary>A path with the parameters that have a value.</summary>
    public static string Query(string path, params (string Name, string? Value)[] parameters) =>
        string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}")) is { Length: > 0 } query ? $"{path}?{query}" : path;

    /// <exception cref="NoHost">Nobody answers.</exception>
    /// <exception cref="RefusedByHost">The answer is a problem.</exception>
    public async Task<JsonNode> Get(string path, CancellationToken ct) => Document(await Send(HttpMethod.Get, path, null, ct));

    /// <inheritdoc cref="Get"/>
    public async Task<JsonNode> Post(string path, byte[] body, CancellationToken ct) => Document(await Send(HttpMethod.Post, path, body, ct));

    /// <inheritdoc cref="Get"/>
    public Task<JsonNode> Post(string path, JsonObject body, CancellationToken ct) => Post(path, Encoding.UTF8.GetBytes(body.ToJsonString(ApiJson.Options)), ct);

    /// <summary>The lines of JSON an import is answered with.</summary>
    /// <inheritdoc cref="Get"/>
    public async Task<IReadOnlyList<JsonNode>> PostLines(string path, byte[] body, CancellationToken ct) =>
        [.. (await Send(HttpMethod.Post, path, body, ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Document)];

    public void Dispose() => _http.Dispose();

    private async Task<string> Send(HttpMethod method, string path, byte[]? body, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(_address, path));
            if (body is not null)
                request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
            using var response = await _http.SendAsync(request, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            if (response.IsSuccessStatusCode)
                return text;
            // Another server at this address, or a gateway before a host that is not there, does not speak of problems.
            throw response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? new RefusedByHost(Document(text)) : new NoHost(_address);
        }
        catch (HttpRequestException nobody)
        {
            throw new NoHost(_address, nobody);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new NoHost(_address, late);
        }
    }

    private JsonNode Document(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject document ? document : throw new NoHost(_address);
        }
        catch (JsonException garbled)
        {
            throw new NoHost(_address, garbled);
        }
    }
}
