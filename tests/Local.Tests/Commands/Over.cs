using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Commands;

/// <summary>A second host, spoken to over HTTP; every answer must be a success.</summary>
internal sealed class Over : IDisposable
{
    private readonly HttpClient _http;

    public Over(string address)
    {
        _http = new() { BaseAddress = new(address) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestHost.Key);
    }

    public Task<JsonNode> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<JsonNode> Post(string path, string body) => Send(HttpMethod.Post, path, body);

    public Task<JsonNode> Put(string path, string body) => Send(HttpMethod.Put, path, body);

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> Send(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
